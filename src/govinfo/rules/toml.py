"""Rule sets as TOML files: read strictly, and the mistakes of a file said together, each with its line.

What a file may say is what `RuleSet` and the declared kinds of rules have fields for: keys, which of them are needed
and what they hold are taken from there. Rules are then checked as those of a package are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any

from govinfo.errors import GovinfoError
from govinfo.rules import adjust
from govinfo.rules.catalogue import Catalogue, mistakes_in, mistakes_of
from govinfo.rules.expression import ExpressionError
from govinfo.rules.keys import LISTS, RULE_SET, made
from govinfo.rules.lines import At
from govinfo.rules.model import Rule, RuleSet
from govinfo.rules.tables import LARGEST, Mistake, TableReader, TomlFileError, place
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["LARGEST", "Mistake", "RuleFileError", "read_rule_set", "take_rule_set"]


class RuleFileError(TomlFileError):
    """A file is not a rule set."""


def take_rule_set(
    path: str | os.PathLike[str], editions: Editions = EDITIONS, others: Sequence[RuleSet] = ()
) -> RuleSet:
    """Read a rule set from a file.

    Args:
        path: the file.
        editions: known classes by table and edition.
        others: the sets that are there besides, some of whose rules a set may adjust.

    Raises:
        RuleFileError: the file cannot be read or is not a rule set; names the lines and what is wrong.
    """
    return read_rule_set(_Reader.take(path), os.fsdecode(path), editions, others)


def read_rule_set(content: bytes, name: str, editions: Editions = EDITIONS, others: Sequence[RuleSet] = ()) -> RuleSet:
    """Read a rule set from the content of a TOML file.

    Args:
        content: the file, in UTF-8.
        name: what to call the file in messages.
        editions: known classes by table and edition.
        others: the sets that are there besides, some of whose rules a set may adjust.

    Raises:
        RuleFileError: it is not a rule set; names the lines and what is wrong.
    """
    return _Reader(content, name, LISTS).rule_set(editions, others)


class _Reader(TableReader):
    """Reads one rule set."""

    error = RuleFileError
    what = Text("规则集", "a rule set")

    def rule_set(self, editions: Editions, others: Sequence[RuleSet]) -> RuleSet:
        values = self.values(RULE_SET, self.table, None, Text("", ""))
        lists = {header: values.pop(header, ()) for header in LISTS}
        if not any(lists.values()):
            none = Text("没有任何规则（可用：{headers}）", "there is no rule (known: {headers})")
            self.note(None, Text("", ""), none.fill(headers=", ".join(f"[[{header}]]" for header in LISTS)))
        held = {header: self.held(header, tables, editions) for header, tables in lists.items()}
        adjustments = held.pop("adjustment")
        for one, at in adjustments:
            if (wrong := adjust.mistake_in(one, values.get("region", ""), others)) is not None:
                self.note(self.lines.key("code", at), Text("", ""), wrong)
        labels = tuple(label for label, _ in held.pop("label"))
        rules = [rule for some in held.values() for rule in some]
        if not self.mistakes:
            self.check(rules, editions)
        if self.mistakes:
            self.stop()
        rule_set = RuleSet(
            **values,
            rules=tuple(rule for rule, _ in rules),
            adjustments=tuple(one for one, _ in adjustments),
            labels=labels,
        )
        for key, wrong in mistakes_of(rule_set, editions):
            self.note(self.lines.key(key, None), Text("", ""), wrong)
        if self.mistakes:
            self.stop()
        return rule_set

    def held(self, header: str, tables: Sequence[dict[str, Any]], editions: Editions) -> list[tuple[Any, At]]:
        """Return what the tables of a list become, those with mistakes left out, and which table each is."""
        found: list[tuple[Any, At]] = []
        for number, said in enumerate(tables):
            before = len(self.mistakes)
            values = self.values(LISTS[header], said, (header, number), _called(said.get("code"), number))
            if len(self.mistakes) == before:
                one, at = made(header, values), (header, number)
                found.append((one, at))
                if isinstance(one, Rule):
                    for key, wrong in mistakes_in(one):
                        line = self.lines.key(key, at) if key else self.lines.header(at)
                        self.note(line, _called(one.code, number), wrong)
                    if len(self.mistakes) == before:
                        self.check(found[-1:], editions)
        return found

    def check(self, rules: list[tuple[Any, At]], editions: Editions) -> None:
        """Let the catalogue look at rules: one of its own, or all beside each other.

        Each counts as a package called after its line, so that the messages say where it stands.
        """
        named = [(rule, place(self.name, self.lines.header(at))) for rule, at in rules]
        try:
            Catalogue([(RuleSet(self.name, rule.title, (rule,)), where) for rule, where in named], editions)
        except ExpressionError as error:
            rule, at = rules[0]
            relation = getattr(rule, "relation", None)
            key = "when" if _is_about(error, rule.when) and not _is_about(error, relation) else "relation"
            who = Text(f"规则 {rule.code} 的 {key}：", f"rule {rule.code}, {key}: ")
            self.note(self.lines.key(key, at), Text("", ""), error.within(who).text)
        except GovinfoError as error:
            self.note(self.lines.header(rules[0][1]), Text("", ""), error.text)


def _is_about(error: ExpressionError, expression: str | None) -> bool:
    return expression is not None and re.sub(r"\s", " ", expression) == error.expression


def _called(code: Any, number: int) -> Text:
    if isinstance(code, str) and code:
        return Text(f"规则 {code[:40]}：", f"rule {code[:40]}: ")
    return Text(f"第 {number + 1} 条规则：", f"rule number {number + 1}: ")
