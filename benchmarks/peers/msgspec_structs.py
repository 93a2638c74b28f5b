"""msgspec: Structs decoded from JSON, and checks written by hand over their attributes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from benchmarks.case import Failure, Job, Source
from benchmarks.peers.by_hand import everything

__all__ = ["prepare"]

Count = int | None


class Documents(msgspec.Struct):
    issued: Count
    repealed: Count
    in_force: Count


class Decisions(msgspec.Struct):
    decisions: Count


class Fees(msgspec.Struct):
    amount: Decimal | None
    amount_unit: str | None


class Disclosure(msgspec.Struct):
    regulations: Documents
    normative_documents: Documents
    licensing: Decisions
    penalties: Decisions
    coercive_measures: Decisions
    fees: Fees


class Denied(msgspec.Struct):
    state_secret: Count
    prohibited_by_law: Count
    security_stability: Count
    third_party: Count
    internal_affairs: Count
    process: Count
    enforcement_file: Count
    administrative_query: Count


class Unavailable(msgspec.Struct):
    not_held: Count
    needs_creation: Count
    unclear: Count


class NotProcessed(msgspec.Struct):
    complaint: Count
    repeated: Count
    publication: Count
    excessive: Count
    reissue: Count


class OtherOutcome(msgspec.Struct):
    not_corrected: Count
    fee_unpaid: Count
    other: Count


class Column(msgspec.Struct):
    received: Count
    carried_in: Count
    granted: Count
    partly_granted: Count
    denied: Denied
    unavailable: Unavailable
    not_processed: NotProcessed
    other_outcome: OtherOutcome
    concluded: Count
    carried_out: Count


class Applications(msgspec.Struct):
    natural_person: Column
    enterprise: Column
    research: Column
    public_welfare: Column
    legal_service: Column
    other: Column
    total: Column


class Outcomes(msgspec.Struct):
    upheld: Count
    corrected: Count
    other: Count
    pending: Count
    total: Count


class Disputes(msgspec.Struct):
    reconsideration: Outcomes
    litigation_direct: Outcomes
    litigation_after_reconsideration: Outcomes


class Fee(msgspec.Struct):
    notices: Count
    charged: Decimal | None
    received: Decimal | None


class Report(msgspec.Struct):
    disclosure: Disclosure
    applications: Applications
    disputes: Disputes
    processing_fee: Fee


def prepare(source: Source, json: bool) -> Job:
    """Take the reports as JSON, or as decoded already."""
    records = source.records()
    decoder = msgspec.json.Decoder(Report)
    reports: list[Any] = [msgspec.json.encode(record) for record in records] if json else records

    def run() -> list[tuple[int, str]]:
        found = []
        for i, report in enumerate(reports):
            struct = decoder.decode(report) if json else msgspec.convert(report, Report)
            found += [(i, broken) for broken in everything(struct)]
        return found

    def failures(found: list[tuple[int, str]]) -> Iterable[Failure]:
        return [(i, *broken.split(" ", 1), "failed") for i, broken in found]  # type: ignore[misc]

    return Job(run, len(reports), failures)
