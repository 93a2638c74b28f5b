"""Canonical report to and from plain JSON values.

Numbers are JSON numbers, amounts decimal strings, dates ISO strings. A missing cell is ``null`` and its reason stands
in the top-level ``missing`` object by path. Reading is strict: ``"1"``, ``true`` and ``3.9`` are not whole numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import attrs
import cattrs

from govinfo.schema.applications import Applications
from govinfo.schema.cells import Amount, Count, Missing
from govinfo.schema.disclosure import Disclosure
from govinfo.schema.editions import EDITIONS
from govinfo.schema.fields import spec_of
from govinfo.schema.paths import cells
from govinfo.schema.report import Report

__all__ = ["RecordError", "from_json", "to_json"]


class RecordError(ValueError):
    """A JSON value is not a canonical report. ``problems`` lists every fault with its path."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("not a canonical report: " + "; ".join(problems))
        self.problems = problems


def _structure_count(value: Any, _: Any) -> Count:
    if type(value) is int or isinstance(value, Missing):
        return value
    raise ValueError(f"expected a whole number or null with a reason, got {value!r}")


def _structure_amount(value: Any, _: Any) -> Amount:
    if isinstance(value, Missing):
        return value
    if isinstance(value, str):
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise ValueError(f"expected a decimal string or null with a reason, got {value!r}")


def _structure_strict(kind: type[Any]) -> Any:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"expected {kind.__name__}, got {value!r}")
        return value

    return structure


def _structure_date(value: Any, _: Any) -> dt.date:
    if not isinstance(value, str):
        raise ValueError(f"expected an ISO date, got {value!r}")
    return dt.date.fromisoformat(value)


@lru_cache(maxsize=1)
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook_func(lambda kind: kind == Count, _structure_count)
    converter.register_structure_hook_func(lambda kind: kind == Amount, _structure_amount)
    converter.register_structure_hook(int, _structure_strict(int))
    converter.register_structure_hook(str, _structure_strict(str))
    converter.register_structure_hook(dt.date, _structure_date)
    converter.register_unstructure_hook(Missing, lambda value: None)
    converter.register_unstructure_hook_func(
        lambda kind: kind == Count, lambda value: value if type(value) is int else None
    )
    converter.register_unstructure_hook_func(lambda kind: kind == Amount, _plain)
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    # The table fields are declared by their base class: write out the fields of the edition that is really there.
    converter.register_unstructure_hook_func(
        lambda kind: getattr(kind, "__origin__", kind) in (Disclosure, Applications), converter.unstructure
    )
    return converter


def _plain(value: Amount) -> str | None:
    return None if isinstance(value, Missing) else format(value, "f")


def to_json(report: Report) -> dict[str, Any]:
    """Return ``report`` as JSON values, in the order other programs rely on."""
    body = _converter().unstructure(report)
    missing = {path: value.value for path, value in cells(report).items() if isinstance(value, Missing)}
    return {"edition": report.edition, "editions": report.editions, **body, "missing": missing}


def _with_reasons(body: Mapping[str, Any], missing: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    """Copy ``body`` with every null that has a reason replaced by its `Missing`; only what changes is copied."""
    whole = dict(body)
    copied: dict[str, dict[str, Any]] = {"": whole}
    for path, reason in missing.items():
        above, _, name = path.rpartition(".")
        node = _copied(above, copied)
        if node is None or name not in node or isinstance(node[name], Mapping):
            problems.append(f"{path}: a missing reason for a cell the report does not have")
        elif node[name] is not None:
            problems.append(f"{path}: has both a value and a missing reason")
        else:
            try:
                node[name] = Missing(reason)
            except ValueError:
                problems.append(f"{path}: unknown missing reason {reason!r}")
    return whole


def _copied(path: str, copied: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Return the copy of the object at a path, made when it is first needed; None where there is none."""
    if path in copied:
        return copied[path]
    node, walked = copied[""], ""
    for name in path.split("."):
        below = node.get(name)
        if not isinstance(below, Mapping):
            return None
        walked = f"{walked}.{name}" if walked else name
        if walked not in copied:
            copied[walked] = node[name] = dict(below)
        node = copied[walked]
    return node


def from_json(value: Any, editions: Mapping[str, Mapping[str, type[Any]]] = EDITIONS) -> Report:
    """Return the report that `to_json` wrote.

    Args:
        value: decoded JSON.
        editions: known table classes by table and edition.

    Raises:
        RecordError: naming every path that is wrong.
    """
    if not isinstance(value, Mapping):
        raise RecordError([f"expected an object, got {type(value).__name__}"])
    problems: list[str] = []
    body = dict(value)
    missing = body.pop("missing", {})
    named = body.pop("editions", {})
    body.pop("edition", None)
    if not isinstance(missing, Mapping) or not isinstance(named, Mapping):
        raise RecordError(["missing, editions: expected objects"])
    body = _with_reasons(body, missing, problems)

    arguments: dict[str, Any] = {}
    attrs.resolve_types(Report)
    for field in attrs.fields(Report):
        if field.name not in body:
            continue
        part = body.pop(field.name)
        kind: Any = field.type
        if field.name in EDITIONS:
            edition = named.get(field.name)
            spec = spec_of(field)
            kind = spec.of if edition is None and spec else editions[field.name].get(edition or "")
            if kind is None:
                known = ", ".join(editions[field.name])
                problems.append(
                    f"{field.name}: unknown edition {edition!r}, known are {known}; "
                    "an edition of a region needs the region's plugin"
                )
                continue
        try:
            arguments[field.name] = _converter().structure(part, kind)
        except Exception as error:  # cattrs raises an exception group of many kinds: all of them name a path
            problems += _messages(error, field.name)
    problems += [f"{key}: unknown key" for key in body]
    if problems:
        raise RecordError(problems)
    return Report(**arguments)


def _messages(error: BaseException, path: str) -> list[str]:
    if isinstance(error, cattrs.BaseValidationError):
        found: list[str] = []
        for inner in error.exceptions:
            notes = [
                note for note in getattr(inner, "__notes__", ()) if isinstance(note, cattrs.AttributeValidationNote)
            ]
            found += _messages(inner, ".".join([path, *(note.name for note in notes)]))
        return found
    return [f"{path}: {error}"]
