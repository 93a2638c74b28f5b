"""What a rule set's file may say, taken from the fields of `RuleSet` and of what it holds: keys and their values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, NoReturn, get_type_hints

import attrs

from govinfo.findings import Severity
from govinfo.rules.declared import DeadlineRule, LengthRule, Statement, StatementRule
from govinfo.rules.evidence import Strength
from govinfo.rules.model import Adjustment, LabelVariant, LinearRule, RuleSet
from govinfo.rules.rows import LARGEST_CONSTANT
from govinfo.schema import Level
from govinfo.text import Text

__all__ = ["LISTS", "RULE_SET", "Key", "Kind", "Refused", "keys_of", "made", "read_table", "tables_in"]


class Refused(Exception):
    """A value is not what its key holds.

    Attributes:
        inside: what is wrong, where that is in something the value holds; None where it is the value itself.
    """

    def __init__(self, inside: Text | None = None) -> None:
        super().__init__()
        self.inside = inside


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


_HEADERS: Mapping[str, type[Any]] = {
    "rule": LinearRule,
    "statement": StatementRule,
    "length": LengthRule,
    "deadline": DeadlineRule,
    "adjustment": Adjustment,
    "label": LabelVariant,
}
"""Lists of tables in a file: ``[[rule]]`` is one linear rule."""
_NOT_IN_FILES = frozenset({"note", "passes", "fails", "rules", "adjustments", "labels"})
"""Fields that are set elsewhere, or filled by lists of tables."""


def keys_of(cls: type[Any]) -> Mapping[str, Key]:
    """Return the keys of a table that becomes a ``cls``, as its fields say."""
    kinds = get_type_hints(cls)
    return {
        field.name: Key(field.name, field.default is attrs.NOTHING, _KINDS[kinds[field.name]])
        for field in attrs.fields(cls)
        if field.name not in _NOT_IN_FILES
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


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_CONSTANT:
        raise Refused
    return value


def _strength(value: Any) -> Strength:
    try:
        return Strength(_string(value))
    except ValueError:
        raise Refused from None


def _levels(value: Any) -> tuple[Level, ...]:
    try:
        return tuple(map(Level, _strings(value)))
    except ValueError:
        raise Refused from None


def _day(value: Any) -> tuple[int, int]:
    month, dash, day = _string(value).partition("-")
    if not (dash and month.isdecimal() and day.isdecimal() and len(value) <= 5):
        raise Refused
    return int(month), int(day)


def _statements(value: Any) -> tuple[Statement, ...]:
    return tuple(_statement(table, number) for number, table in enumerate(_tables(value), 1))


def _statement(table: dict[str, Any], number: int) -> Statement:
    """Read a table inside another; the first thing wrong with it is said."""

    def stop(key: str | None, wrong: Text) -> NoReturn:
        raise Refused(Text(f"第 {number} 项：{wrong.zh}", f"number {number}: {wrong.en}"))

    return Statement(**read_table(STATEMENT, table, stop))


def read_table(
    keys: Mapping[str, Key], table: Mapping[str, Any], note: Callable[[str | None, Text], object]
) -> dict[str, Any]:
    """Return the values of the fields a table gives.

    Args:
        keys: what it may hold.
        table: what it holds.
        note: called with what is wrong and the key it is about, None where one is missing.
    """
    for key in table:
        if key not in keys:
            near = get_close_matches(key[:40].lower(), list(keys), n=3, cutoff=0.5)
            said = Text("没有名为“{key}”的键（可用：{known}）", "no key is called {key!r} (known: {known})")
            note(key, said.fill(key=key[:40], known=", ".join(near or keys)))
    values: dict[str, Any] = {}
    for name, wanted in keys.items():
        allowed = wanted.kind.allowed
        if name in table:
            try:
                values[wanted.field] = wanted.kind.read(table[name])
            except Refused as refused:
                wrong = refused.inside
                if wrong is None:
                    wrong = Text("{name} 应为：{allowed}；现为：{found}", "{name} must be {allowed}, not {found}")
                    wrong = wrong.fill(name=name, allowed=allowed, found=shown(table[name]))
                else:
                    wrong = Text(f"{name} {wrong.zh}", f"{name}, {wrong.en}")
                note(name, wrong)
        elif wanted.needed:
            missing = Text("缺少 {name}（{allowed}）", "{name} is missing ({allowed})")
            note(None, missing.fill(name=name, allowed=allowed))
    return values


def tables_in(value: Any) -> list[dict[str, Any]]:
    """Return the tables of a list of tables; none where it is anything else."""
    return value if isinstance(value, list) and all(isinstance(table, dict) for table in value) else []


def _tables(value: Any) -> list[dict[str, Any]]:
    tables = tables_in(value)
    if not tables:
        raise Refused
    return tables


def _one_of(names: Iterable[str]) -> Text:
    *some, last = [f'"{name}"' for name in names]
    return Text(f"{'、'.join(some)} 或 {last}", f"{', '.join(some)} or {last}")


_QUOTED = Text("加引号的文字", "text in quotes")
_WHOLE = Kind(Text("不为负的整数", "a whole number, not negative"), _whole)
_KINDS: dict[Any, Kind] = {
    str: Kind(_QUOTED, _string),
    str | None: Kind(_QUOTED, _string),
    bool: Kind(Text("true 或 false", "true or false"), _flag),
    int | None: _WHOLE,
    int | Decimal: Kind(
        Text(f"0 到 {LARGEST_CONSTANT} 的数", f"a number from 0 to {LARGEST_CONSTANT}"),
        _number,
    ),
    tuple[str, ...]: Kind(Text('文字的列表，如 ["…"]', 'a list of texts, as in ["…"]'), _strings),
    tuple[int, int]: Kind(Text('加引号的月和日，如 "03-31"', 'month and day in quotes, as in "03-31"'), _day),
    Text: Kind(
        Text('加引号的文字或 { zh = "…", en = "…" }', 'text in quotes, or { zh = "…", en = "…" }'),
        _text,
    ),
    Severity: Kind(_one_of(severity.value for severity in Severity), _severity),
    Strength | None: Kind(_one_of(strength.value for strength in Strength), _strength),
    tuple[Level, ...]: Kind(Text('列表，如 ["county", "town"]', 'a list, as in ["county", "town"]'), _levels),
    tuple[Statement, ...]: Kind(
        Text('列表，如 [{ what = "…", words = ["…"] }]', 'a list, as in [{ what = "…", words = ["…"] }]'), _statements
    ),
}

STATEMENT = keys_of(Statement)
LISTS: Mapping[str, Mapping[str, Key]] = {header: keys_of(cls) for header, cls in _HEADERS.items()}
"""Keys of the tables of each list."""
RULE_SET: Mapping[str, Key] = {
    **keys_of(RuleSet),
    **{
        header: Key(header, False, Kind(Text(f"一个或多个 [[{header}]]", f"one or more [[{header}]] tables"), _tables))
        for header in _HEADERS
    },
}
"""Keys of the file itself."""


def made(header: str, values: dict[str, Any]) -> Any:
    """Return what a table of a list becomes."""
    return _HEADERS[header](**values)


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
