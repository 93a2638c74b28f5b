"""pydantic v2: nested models whose validators check the equations, in two manners.

``nested``: each model checks what it can see, and counts are declared non-negative. It is how pydantic is meant, but
an error inside a model keeps the validators of the models around it from running: the list is not complete.
``together``: the fields only have types, and the validator of the whole report gathers every broken relation into one
error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError, model_validator

from benchmarks.case import Failure, Job, Source
from benchmarks.peers import by_hand
from benchmarks.peers.names import NOT_NEGATIVE

__all__ = ["nested", "together"]

NotNegative = Annotated[int, Field(ge=0)] | None
MoneyNotNegative = Annotated[Decimal, Field(ge=0)] | None
Count = TypeVar("Count")
Money = TypeVar("Money")


class Documents(BaseModel, Generic[Count]):
    issued: Count
    repealed: Count
    in_force: Count


class Decisions(BaseModel, Generic[Count]):
    decisions: Count


class Fees(BaseModel, Generic[Money]):
    amount: Money
    amount_unit: str | None


class Disclosure(BaseModel, Generic[Count, Money]):
    regulations: Documents[Count]
    normative_documents: Documents[Count]
    licensing: Decisions[Count]
    penalties: Decisions[Count]
    coercive_measures: Decisions[Count]
    fees: Fees[Money]


class Denied(BaseModel, Generic[Count]):
    state_secret: Count
    prohibited_by_law: Count
    security_stability: Count
    third_party: Count
    internal_affairs: Count
    process: Count
    enforcement_file: Count
    administrative_query: Count


class Unavailable(BaseModel, Generic[Count]):
    not_held: Count
    needs_creation: Count
    unclear: Count


class NotProcessed(BaseModel, Generic[Count]):
    complaint: Count
    repeated: Count
    publication: Count
    excessive: Count
    reissue: Count


class OtherOutcome(BaseModel, Generic[Count]):
    not_corrected: Count
    fee_unpaid: Count
    other: Count


class Column(BaseModel, Generic[Count]):
    received: Count
    carried_in: Count
    granted: Count
    partly_granted: Count
    denied: Denied[Count]
    unavailable: Unavailable[Count]
    not_processed: NotProcessed[Count]
    other_outcome: OtherOutcome[Count]
    concluded: Count
    carried_out: Count


class Applications(BaseModel, Generic[Count]):
    natural_person: Column[Count]
    enterprise: Column[Count]
    research: Column[Count]
    public_welfare: Column[Count]
    legal_service: Column[Count]
    other: Column[Count]
    total: Column[Count]


class Outcomes(BaseModel, Generic[Count]):
    upheld: Count
    corrected: Count
    other: Count
    pending: Count
    total: Count


class Disputes(BaseModel, Generic[Count]):
    reconsideration: Outcomes[Count]
    litigation_direct: Outcomes[Count]
    litigation_after_reconsideration: Outcomes[Count]


class Fee(BaseModel, Generic[Count, Money]):
    notices: Count
    charged: Money
    received: Money


def _refuse(broken: Iterable[str]) -> None:
    """Raise what pydantic turns into an error of the model; several relations in one message."""
    if message := "; ".join(broken):
        raise ValueError(message)


class CheckedColumn(Column[NotNegative]):
    @model_validator(mode="after")
    def balance(self) -> CheckedColumn:
        _refuse(by_hand.column(self))
        return self


class CheckedApplications(BaseModel):
    natural_person: CheckedColumn
    enterprise: CheckedColumn
    research: CheckedColumn
    public_welfare: CheckedColumn
    legal_service: CheckedColumn
    other: CheckedColumn
    total: CheckedColumn

    @model_validator(mode="after")
    def total_column(self) -> CheckedApplications:
        _refuse(by_hand.rows(self))
        return self


class CheckedOutcomes(Outcomes[NotNegative]):
    @model_validator(mode="after")
    def total_row(self) -> CheckedOutcomes:
        _refuse([] if by_hand.outcomes_add_up(self) else ["DSP001"])
        return self


class CheckedDisputes(BaseModel):
    reconsideration: CheckedOutcomes
    litigation_direct: CheckedOutcomes
    litigation_after_reconsideration: CheckedOutcomes


class CheckedFee(Fee[NotNegative, MoneyNotNegative]):
    @model_validator(mode="after")
    def no_more_than_charged(self) -> CheckedFee:
        _refuse(["FEE001"] if by_hand.more_than_charged(self) else [])
        return self


class CheckedReport(BaseModel):
    """The nested manner."""

    disclosure: Disclosure[NotNegative, MoneyNotNegative]
    applications: CheckedApplications
    disputes: CheckedDisputes
    processing_fee: CheckedFee

    @model_validator(mode="after")
    def notices(self) -> CheckedReport:
        _refuse(["FEE002"] if by_hand.fee_unpaid(self) else [])
        return self


class PlainReport(BaseModel):
    """The manner that lists everything."""

    disclosure: Disclosure[int | None, Decimal | None]
    applications: Applications[int | None]
    disputes: Disputes[int | None]
    processing_fee: Fee[int | None, Decimal | None]

    @model_validator(mode="after")
    def everything(self) -> PlainReport:
        _refuse(by_hand.everything(self))
        return self


def _tell(error: Any) -> Iterable[tuple[str, str]]:
    """Yield code and binding of an entry in the list of a ValidationError."""
    where, kind = ".".join(map(str, error["loc"])), error["type"]
    if kind == "greater_than_equal":
        yield next((code, name) for code, name, path in NOT_NEGATIVE if path == where)
        return
    for message in str(error["ctx"]["error"]).split("; "):
        code, _, binding = message.partition(" ")
        in_column = code in ("APP001", "APP002", "DSP001") and not binding
        yield code, where.rpartition(".")[2] if in_column else binding


def _job(model: Any, source: Source, json: bool) -> Job:
    adapter = TypeAdapter(model)
    reports: list[Any] = source.records()
    validate: Callable[[Any], Any] = adapter.validate_python
    if json:
        from json import dumps

        reports, validate = [dumps(report, ensure_ascii=False).encode() for report in reports], adapter.validate_json

    def run() -> list[tuple[int, Any]]:
        found = []
        for i, report in enumerate(reports):
            try:
                validate(report)
            except ValidationError as error:
                found.append((i, error.errors(include_url=False)))
        return found

    def failures(found: list[tuple[int, Any]]) -> Iterable[Failure]:
        return [(i, *told, "failed") for i, errors in found for error in errors for told in _tell(error)]

    return Job(run, len(reports), failures)


def nested(source: Source, json: bool = False) -> Job:
    """Validators in every model, on decoded reports or on their JSON."""
    return _job(CheckedReport, source, json)


def together(source: Source, json: bool = False) -> Job:
    """One validator that lists everything, on decoded reports or on their JSON."""
    return _job(PlainReport, source, json)
