"""Rule sets as TOML files: read strictly, and the mistakes of a file said together, each with its line.

What a file may say is what `RuleSet` and `LinearRule` have fields for: keys, which of them are needed and what they
hold are taken from there. Rules are then checked as those of a package are.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, NoReturn

import attrs

from govinfo.errors import GovinfoError, ReadError
from govinfo.files import take
from govinfo.rules.catalogue import Catalogue
from govinfo.rules.expression import ExpressionError
from govinfo.rules.keys import HEADER, RULE, RULE_SET, Key, Refused, shown, tables_in
from govinfo.rules.lines import Lines
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["LARGEST", "Mistake", "RuleFileError", "read_rule_set", "take_rule_set"]

LARGEST = 1 << 20
"""Bytes of the largest file that is read."""
_MOST = 20
"""Mistakes after which reading stops: who has as many has a file of another kind."""


@attrs.frozen
class Mistake:
    """One thing wrong in a file."""

    line: int | None
    """From 1; None where it is about the file or cannot be told."""
    text: Text


class RuleFileError(GovinfoError):
    """A file is not a rule set.

    Attributes:
        name: the file.
        mistakes: what is wrong; ``text`` has one line for each, but that an expression is shown below its own.
    """

    def __init__(self, name: str, mistakes: tuple[Mistake, ...]) -> None:
        self.name = name
        self.mistakes = mistakes
        places = [_place(name, mistake.line) for mistake in mistakes]
        said = [
            Text(f"{place}: {mistake.text.zh}", f"{place}: {mistake.text.en}")
            for place, mistake in zip(places, mistakes, strict=True)
        ]
        super().__init__(Text.join(said, "\n", "\n"))


def take_rule_set(path: str | os.PathLike[str], editions: Editions = EDITIONS) -> RuleSet:
    """Read a rule set from a file.

    Args:
        path: the file.
        editions: known classes by table and edition.

    Raises:
        RuleFileError: the file cannot be read or is not a rule set; names the lines and what is wrong.
    """
    name = os.fsdecode(path)
    try:
        content = take(path, name, LARGEST)
    except ReadError as error:
        raise RuleFileError(name, (Mistake(None, _TOO_LARGE if error.kind == "too_large" else error.text),)) from error
    return read_rule_set(content, name, editions)


def read_rule_set(content: bytes, name: str, editions: Editions = EDITIONS) -> RuleSet:
    """Read a rule set from the content of a TOML file.

    Args:
        content: the file, in UTF-8.
        name: what to call the file in messages.
        editions: known classes by table and edition.

    Raises:
        RuleFileError: it is not a rule set; names the lines and what is wrong.
    """
    text = _decode(content, name)
    table = _parse(text, name)
    return _Reader(name, Lines(text, HEADER, len(tables_in(table.get(HEADER))))).rule_set(table, editions)


def _decode(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        raise RuleFileError(name, (Mistake(None, _TOO_LARGE),))
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = Text("不是 UTF-8 编码，请另存为 UTF-8", "not in UTF-8: save the file as UTF-8")
        raise RuleFileError(name, (Mistake(line, what),)) from error


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError as error:
        what = Text("嵌套过深", "nested too deeply")
        raise RuleFileError(name, (Mistake(None, what),)) from error
    except (ValueError, InvalidOperation) as error:  # also a number with too many digits
        said = str(error) if isinstance(error, ValueError) else "a number is out of range"
        line = re.search(r"\(at line (\d+)", said)
        what = Text(f"不是有效的 TOML：{said}", f"not TOML: {said[:1].lower()}{said[1:]}")
        raise RuleFileError(name, (Mistake(int(line[1]) if line else None, what),)) from error


def _place(name: str, line: int | None) -> str:
    return name if line is None else f"{name}:{line}"


_TOO_LARGE = Text(
    f"文件超过 {LARGEST >> 20} MiB，不像规则集，未读取", f"more than {LARGEST >> 20} MiB: not a rule set, not read"
)


class _Reader:
    """Reads one file and gathers what is wrong in it."""

    def __init__(self, name: str, lines: Lines) -> None:
        self.name = name
        self.lines = lines
        self.mistakes: list[Mistake] = []

    def rule_set(self, table: dict[str, Any], editions: Editions) -> RuleSet:
        values = self.values(RULE_SET, table, None, Text("", ""))
        rules: list[tuple[LinearRule, str]] = []
        for number, said in enumerate(values.get("rules", ())):
            before = len(self.mistakes)
            found = self.values(RULE, said, number, _called(said.get("code"), number))
            if len(self.mistakes) == before:
                rule = LinearRule(**found)
                rules.append((rule, _place(self.name, self.lines.header(number))))
                self.check(rules[-1:], number, editions)
        if not self.mistakes:
            self.check(rules, None, editions)
        if self.mistakes:
            self.stop()
        return RuleSet(**{**values, "rules": tuple(rule for rule, _ in rules)})

    def values(self, keys: Mapping[str, Key], table: dict[str, Any], number: int | None, who: Text) -> dict[str, Any]:
        """Return the values of the fields a table gives, noting what is wrong in it."""
        for key in table:
            if key not in keys:
                self.note(self.lines.key(key, number), who, _unknown(key, keys))
        values: dict[str, Any] = {}
        for name, wanted in keys.items():
            if name in table:
                try:
                    values[wanted.field] = wanted.kind.read(table[name])
                except Refused:
                    wrong = Text("{name} 应为：{allowed}；现为：{found}", "{name} must be {allowed}, not {found}")
                    wrong = wrong.fill(name=name, allowed=wanted.kind.allowed, found=shown(table[name]))
                    self.note(self.lines.key(name, number), who, wrong)
            elif wanted.needed:
                missing = Text("缺少 {name}（{allowed}）", "{name} is missing ({allowed})")
                self.note(self.lines.header(number), who, missing.fill(name=name, allowed=wanted.kind.allowed))
        return values

    def check(self, rules: list[tuple[LinearRule, str]], number: int | None, editions: Editions) -> None:
        """Let the catalogue look at rules: one of its own, or all beside each other.

        Each counts as a package called after its line, so that the messages say where it stands.
        """
        try:
            Catalogue([(RuleSet(self.name, rule.title, (rule,)), place) for rule, place in rules], editions)
        except ExpressionError as error:
            rule, _ = rules[0]
            key = "when" if _is_about(error, rule.when) and not _is_about(error, rule.relation) else "relation"
            who = Text(f"规则 {rule.code} 的 {key}：", f"rule {rule.code}, {key}: ")
            self.note(self.lines.key(key, number), Text("", ""), error.within(who).text)
        except GovinfoError as error:
            self.note(self.lines.header(number), Text("", ""), error.text)

    def note(self, line: int | None, who: Text, what: Text) -> None:
        self.mistakes.append(Mistake(line, Text(f"{who.zh}{what.zh}", f"{who.en}{what.en}")))
        if len(self.mistakes) == _MOST:
            more = Text(f"已有 {_MOST} 处错误，其余未查", f"{_MOST} mistakes: the rest was not looked at")
            self.mistakes.append(Mistake(None, more))
            self.stop()

    def stop(self) -> NoReturn:
        raise RuleFileError(self.name, tuple(self.mistakes))


def _is_about(error: ExpressionError, expression: str | None) -> bool:
    return expression is not None and re.sub(r"\s", " ", expression) == error.expression


def _called(code: Any, number: int) -> Text:
    if isinstance(code, str) and code:
        return Text(f"规则 {code[:40]}：", f"rule {code[:40]}: ")
    return Text(f"第 {number + 1} 条规则：", f"rule number {number + 1}: ")


def _unknown(key: str, keys: Mapping[str, object]) -> Text:
    short = key[:40]
    near = get_close_matches(short.lower(), list(keys), n=3, cutoff=0.5)
    said = Text("没有名为“{key}”的键（可用：{known}）", "no key is called {key!r} (known: {known})")
    return said.fill(key=short, known=", ".join(near or keys))
