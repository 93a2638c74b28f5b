"""The balance equations (勾稽关系) of the rules, handed to the parser as witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govinfo.parsing.arithmetic import Equation
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.rows import compile_rule
from govinfo.rules.vocabulary import Editions
from govinfo.schema.paths import tables_of
from govinfo.schema.report import Report

__all__ = ["equations_of"]


def equations_of(rule_sets: Iterable[RuleSet], editions: Editions, form: type[Any]) -> Iterator[Equation]:
    """Yield the equations of rule sets for reports whose table 3 is of class ``form``."""
    classes = {**tables_of(Report()), "applications": form}
    for rule in sorted((rule for rule_set in rule_sets for rule in rule_set.rules), key=lambda rule: rule.code):
        if isinstance(rule, LinearRule) and rule.equation:
            for row in compile_rule(rule, classes, editions):
                if row.exact and isinstance(row.low, int):
                    yield Equation.of(row.terms, row.low)
