"""The balance equations (勾稽关系) of the rules, handed to the parser as witnesses."""

from __future__ import annotations

from typing import Any

from govinfo.parsing.arithmetic import Equation, Equations
from govinfo.rules.catalogue import Catalogue
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import compile_rule
from govinfo.rules.vocabulary import Editions
from govinfo.schema.paths import memo, tables_of
from govinfo.schema.report import Report

__all__ = ["equations_of"]


def equations_of(catalogue: Catalogue, editions: Editions) -> Equations:
    """Return a function that gives the catalogue's equations for a class of table 3, compiled when first asked."""

    @memo
    def of(form: Any) -> tuple[Equation, ...]:
        classes = {**tables_of(Report()), "applications": form}
        return tuple(
            Equation(row.terms, row.constant)
            for rule in catalogue
            if isinstance(rule, LinearRule) and rule.equation
            for row in compile_rule(rule, classes, editions)
            if row.relation == "=="
        )

    return of
