"""The balance equations (勾稽关系) of the rules, handed to the parser as witnesses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govinfo.parsing.arithmetic import Equation
from govinfo.rules.catalogue import Catalogue
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import compile_rule
from govinfo.rules.vocabulary import Editions
from govinfo.schema.paths import tables_of
from govinfo.schema.report import Report

__all__ = ["equations_of"]


def equations_of(catalogue: Catalogue, editions: Editions, form: type[Any]) -> Iterator[Equation]:
    """Yield the catalogue's equations for reports whose table 3 is of class ``form``."""
    classes = {**tables_of(Report()), "applications": form}
    for rule in catalogue:
        if isinstance(rule, LinearRule) and rule.equation:
            for row in compile_rule(rule, classes, editions):
                if row.relation == "==":
                    yield Equation(row.terms, row.constant)
