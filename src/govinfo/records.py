"""Canonical reports as JSON text, as ``govinfo parse`` writes them: reading them back, strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from govinfo.errors import ReadError
from govinfo.schema import Report
from govinfo.schema.convert import RecordError, from_json
from govinfo.text import Text

__all__ = ["decode", "strict_json", "unique"]

_SHOWN = 5


def decode(content: bytes, name: str, editions: Mapping[str, Mapping[str, type[Any]]]) -> Report:
    """Return the report in ``content``.

    Raises:
        ReadError: ``record``; names the paths that are wrong, or the line where the JSON is.
    """
    try:
        value = strict_json(content)
        if value == {}:
            raise RecordError(["an empty object"])
        return from_json(value, editions)
    except RecordError as error:
        _fail(error.problems, name, error)
    except RecursionError as error:
        _fail(["nested too deeply"], name, error)
    except (ValueError, TypeError) as error:  # not UTF-8, not JSON, a list for a name, a number of thousands of digits
        _fail([str(error)], name, error)


def strict_json(content: bytes) -> Any:
    """Return the JSON value in ``content``; what other programs might understand in another way is refused.

    Raises:
        ValueError: it is not UTF-8, not JSON, has a key twice, ``NaN``, or a number of thousands of digits.
        RecursionError: it is nested too deeply.
    """
    return json.loads(content.decode("utf-8-sig"), object_pairs_hook=unique, parse_constant=_refuse)


def _fail(problems: list[str], name: str, cause: Exception) -> NoReturn:
    more = len(problems) - _SHOWN
    said = "; ".join(problems[:_SHOWN])
    raise ReadError(
        "record",
        Text(
            f"不是有效的标准 JSON 报告：{said}" + (f"；另有 {more} 处" if more > 0 else ""),
            f"not a valid canonical JSON report: {said}" + (f"; and {more} more" if more > 0 else ""),
        ),
        name,
    ) from cause


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key given twice: which of the two counts would be a guess."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"keys given twice: {sorted({key for key in keys if keys.count(key) > 1})}")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
