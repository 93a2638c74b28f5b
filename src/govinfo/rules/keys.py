"""What a rule set's file may say, taken from the fields of `RuleSet` and `LinearRule`: keys and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

import attrs

from govinfo.findings import Severity
from govinfo.rules.model import LinearRule, Rule, RuleSet
from govinfo.rules.rows import LARGEST_CONSTANT
from govinfo.text import Text

__all__ = ["HEADER", "RULE", "RULE_SET", "Key", "Kind", "Refused", "keys_of", "shown", "tables_in"]


class Refused(Exception):
    """A value is not what its key holds."""


@attrs.frozen
class Kind:
    """What a key may hold."""

    allowed: Text
    read: Callable[[Any], Any]
    """Returns the value of the field; raises `Refused`."""


@attrs.frozen
class Key:
    """A key of a table and the field it fills."""

    field: str
    needed: bool
    kind: Kind


HEADER = "rule"
_NAMES = {"rules": HEADER}
"""Fields that are called otherwise in a file: ``[[rule]]`` is one rule."""


def keys_of(cls: type[RuleSet] | type[LinearRule]) -> Mapping[str, Key]:
    """Return the keys of a table that becomes a ``cls``, as its fields say."""
    kinds = get_type_hints(cls)
    return {
        _NAMES.get(field.name, field.name): Key(field.name, field.default is attrs.NOTHING, _KINDS[kinds[field.name]])
        for field in attrs.fields(cls)
    }


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused
    return value


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Refused
    return tuple(map(_string, value))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused
    return value


def _number(value: Any) -> int | Decimal:
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except InvalidOperation:
            raise Refused from None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise Refused
    if isinstance(value, Decimal) and not value.is_finite():
        raise Refused
    if not 0 <= value <= LARGEST_CONSTANT:
        raise Refused
    return value


def _text(value: Any) -> Text:
    if isinstance(value, dict) and set(value) == set(Text._fields):
        return Text(_string(value["zh"]), _string(value["en"]))
    said = _string(value)
    return Text(said, said)


def _severity(value: Any) -> Severity:
    try:
        return Severity(_string(value))
    except ValueError:
        raise Refused from None


def tables_in(value: Any) -> list[dict[str, Any]]:
    """Return the tables of a list of tables; none where it is anything else."""
    return value if isinstance(value, list) and all(isinstance(table, dict) for table in value) else []


def _tables(value: Any) -> list[dict[str, Any]]:
    tables = tables_in(value)
    if not tables:
        raise Refused
    return tables


_QUOTED = Text("加引号的文字", "text in quotes")
_LEVELS = [f'"{severity.value}"' for severity in Severity]
_KINDS: dict[Any, Kind] = {
    str: Kind(_QUOTED, _string),
    str | None: Kind(_QUOTED, _string),
    bool: Kind(Text("true 或 false", "true or false"), _flag),
    int | Decimal: Kind(
        Text(f"0 到 {LARGEST_CONSTANT} 的数", f"a number from 0 to {LARGEST_CONSTANT}"),
        _number,
    ),
    tuple[str, ...]: Kind(Text('文字的列表，如 ["…"]', 'a list of texts, as in ["…"]'), _strings),
    Text: Kind(
        Text('加引号的文字或 { zh = "…", en = "…" }', 'text in quotes, or { zh = "…", en = "…" }'),
        _text,
    ),
    Severity: Kind(
        Text("、".join(_LEVELS[:-1]) + f" 或 {_LEVELS[-1]}", ", ".join(_LEVELS[:-1]) + f" or {_LEVELS[-1]}"),
        _severity,
    ),
    tuple[Rule, ...]: Kind(Text("一个或多个 [[rule]]", "one or more [[rule]] tables"), _tables),
}


RULE_SET = keys_of(RuleSet)
"""Keys of the file itself."""
RULE = keys_of(LinearRule)
"""Keys of a ``[[rule]]``."""


def shown(value: Any) -> Text:
    """Return a wrong value in words, short whatever it holds."""
    match value:
        case str():
            short = f'"{value}"' if len(value) <= 40 else f'"{value[:40]}…"'
            return Text(short, short)
        case bool():
            return Text(str(value).lower(), str(value).lower())
        case int() | Decimal() as number:
            # a whole number of a million digits takes Python too long to write down, and it refuses
            short = str(number)[:40] if isinstance(number, Decimal) or number.bit_length() < 100 else ""
            return Text(f"数 {short}".rstrip(), f"the number {short}".rstrip())
        case list():
            return Text("列表", "a list")
        case dict():
            held = ", ".join(value)[:40]
            return Text(f"表（{held}）", f"a table ({held})")
    return Text("日期或时间", "a date or time")
