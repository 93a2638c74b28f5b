"""Rule sets as TOML files: read strictly, and the mistakes of a file said together, each with its line.

What a file may say is what `RuleSet` and `LinearRule` have fields for: keys, which of them are needed and what they
hold are taken from there. Rules are then checked as those of a package are.
"""

from __future__ import annotations

import os
import re
from typing import Any

from govinfo.errors import GovinfoError
from govinfo.rules.catalogue import Catalogue
from govinfo.rules.expression import ExpressionError
from govinfo.rules.keys import HEADER, RULE, RULE_SET
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.tables import LARGEST, Mistake, TableReader, TomlFileError, place
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["LARGEST", "Mistake", "RuleFileError", "read_rule_set", "take_rule_set"]


class RuleFileError(TomlFileError):
    """A file is not a rule set."""


def take_rule_set(path: str | os.PathLike[str], editions: Editions = EDITIONS) -> RuleSet:
    """Read a rule set from a file.

    Args:
        path: the file.
        editions: known classes by table and edition.

    Raises:
        RuleFileError: the file cannot be read or is not a rule set; names the lines and what is wrong.
    """
    return read_rule_set(_Reader.take(path), os.fsdecode(path), editions)


def read_rule_set(content: bytes, name: str, editions: Editions = EDITIONS) -> RuleSet:
    """Read a rule set from the content of a TOML file.

    Args:
        content: the file, in UTF-8.
        name: what to call the file in messages.
        editions: known classes by table and edition.

    Raises:
        RuleFileError: it is not a rule set; names the lines and what is wrong.
    """
    return _Reader(content, name, HEADER).rule_set(editions)


class _Reader(TableReader):
    """Reads one rule set."""

    error = RuleFileError
    what = Text("规则集", "a rule set")

    def rule_set(self, editions: Editions) -> RuleSet:
        values = self.values(RULE_SET, self.table, None, Text("", ""))
        rules: list[tuple[LinearRule, str]] = []
        for number, said in enumerate(values.get("rules", ())):
            before = len(self.mistakes)
            found = self.values(RULE, said, number, _called(said.get("code"), number))
            if len(self.mistakes) == before:
                rule = LinearRule(**found)
                rules.append((rule, place(self.name, self.lines.header(number))))
                self.check(rules[-1:], number, editions)
        if not self.mistakes:
            self.check(rules, None, editions)
        if self.mistakes:
            self.stop()
        return RuleSet(**{**values, "rules": tuple(rule for rule, _ in rules)})

    def check(self, rules: list[tuple[LinearRule, str]], number: int | None, editions: Editions) -> None:
        """Let the catalogue look at rules: one of its own, or all beside each other.

        Each counts as a package called after its line, so that the messages say where it stands.
        """
        try:
            Catalogue([(RuleSet(self.name, rule.title, (rule,)), where) for rule, where in rules], editions)
        except ExpressionError as error:
            rule, _ = rules[0]
            key = "when" if _is_about(error, rule.when) and not _is_about(error, rule.relation) else "relation"
            who = Text(f"规则 {rule.code} 的 {key}：", f"rule {rule.code}, {key}: ")
            self.note(self.lines.key(key, number), Text("", ""), error.within(who).text)
        except GovinfoError as error:
            self.note(self.lines.header(number), Text("", ""), error.text)


def _is_about(error: ExpressionError, expression: str | None) -> bool:
    return expression is not None and re.sub(r"\s", " ", expression) == error.expression


def _called(code: Any, number: int) -> Text:
    if isinstance(code, str) and code:
        return Text(f"规则 {code[:40]}：", f"rule {code[:40]}: ")
    return Text(f"第 {number + 1} 条规则：", f"rule number {number + 1}: ")
