"""Rules inspected: what contradicts, what follows from others, what can never fail or never hold.

Everything said is proved, in exact arithmetic. Counts are non-negative whole numbers, 本年增/减 any whole numbers, sums
of money non-negative with at most six decimals. Rules that only say so of one cell are taken for granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from govinfo.findings import Severity
from govinfo.rules.algebra import WORK, Budget, Elimination, GaveUp
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.rules.proofs import Item, Proof, prove
from govinfo.rules.remarks import Inspection, Kind, Rank, Remark, instance_of, said
from govinfo.rules.rows import compile_rule
from govinfo.rules.systems import Constraint
from govinfo.rules.vocabulary import Editions
from govinfo.schema import TABLES, leaves
from govinfo.schema.editions import EDITIONS, forms_of
from govinfo.schema.paths import tables_of
from govinfo.schema.report import Report

__all__ = ["inspect"]


def inspect(rule_sets: Iterable[RuleSet], editions: Editions = EDITIONS, *, work: int = WORK) -> tuple[Inspection, ...]:
    """Inspect the linear rules of rule sets.

    Each set is looked at together with the national one and with those before it that may apply to the same report.

    Args:
        rule_sets: those to inspect; the national one comes first, whatever the order.
        editions: known classes of tables 2 and 3 by table and edition.
        work: how much arithmetic each set may take in each edition; beyond that a remark says that it was given up.

    Returns:
        One inspection for each rule set.

    Raises:
        ExpressionError: the expression of a rule is wrong.
    """
    several = sorted(rule_sets, key=lambda rule_set: rule_set.name != NATIONAL.name)
    forms = dict(_forms(editions))
    kept: dict[tuple[str, str], list[Item]] = {}  # by rule set and edition
    if not any(rule_set.name == NATIONAL.name for rule_set in several):
        for edition, classes in forms.items():
            kept[NATIONAL.name, edition] = prove([], _items(NATIONAL, classes, editions), Budget(work))[1]
    regions = {NATIONAL.name: ""}
    inspections = []
    for rule_set in several:
        ranks: list[Rank] = []
        found: dict[str, list[Proof]] = {}
        for edition, classes in forms.items():
            items = _items(rule_set, classes, editions)
            base = [
                item
                for name, region in regions.items()
                if name != rule_set.name and _overlap(region, rule_set.region)
                for item in kept[name, edition]
            ]
            found[edition], kept[rule_set.name, edition] = prove(base, items, Budget(work))
            try:
                ranks += _ranks(edition, classes, items, Budget(work))
            except GaveUp:
                found[edition].append(Proof(Kind.OPEN))
        regions[rule_set.name] = rule_set.region
        inspections.append(Inspection(rule_set, tuple(forms), tuple(ranks), tuple(_remarks(found))))
    return tuple(inspections)


def _overlap(one: str, other: str) -> bool:
    """Whether two regions have places in common."""
    return one.startswith(other) or other.startswith(one)


def _forms(editions: Editions) -> Iterator[tuple[str, dict[str, type[Any]]]]:
    """Yield every edition and the classes of a report all whose tables are of it, or else of the one in force."""
    for name in sorted({name for several in editions.values() for name in several}):
        yield name, {**tables_of(Report()), **forms_of(name, editions)}


def _items(rule_set: RuleSet, classes: Mapping[str, type[Any]], editions: Editions) -> list[Item]:
    found: list[Item] = []
    for rule in sorted(rule_set.rules, key=lambda rule: rule.code):
        if isinstance(rule, LinearRule):
            for row in compile_rule(rule, classes, editions):
                when = Constraint.of(row.when) if row.when is not None else None
                found.append(Item(instance_of(rule.code, row, classes), Constraint.of(row), when))
    return found


def _ranks(edition: str, classes: Mapping[str, type[Any]], items: Sequence[Item], budget: Budget) -> Iterator[Rank]:
    for table in ("", *TABLES):
        tables = (table,) if table else TABLES
        inside = [item for item in items if all(path.partition(".")[0] in tables for path, _ in item.constraint.terms)]
        elimination = Elimination[int](budget)
        standing: dict[str, list[int]] = {
            leaf.path: [] for name in tables for leaf in leaves(classes[name], f"{name}.")
        }
        equations = [item.constraint for item in inside if item.constraint.equation and item.when is None]
        if table and not equations:
            continue
        for i, equation in enumerate(equations):
            elimination.add(i, dict(equation.terms))
            for path, _ in equation.terms:
                standing[path].append(i)
        patterns = Counter(map(tuple, standing.values()))
        distinct = sum(count for pattern, count in patterns.items() if pattern and count == 1)
        yield Rank(edition, table, len(inside), len(equations), elimination.rank, len(standing), distinct)


def _remarks(found: Mapping[str, Sequence[Proof]]) -> Iterator[Remark]:
    """Word what was proved, what is the same in several editions or of several instances of a rule once."""
    grouped: dict[tuple[Any, ...], dict[str, list[Proof]]] = {}
    for edition, proofs in found.items():
        for proof in proofs:
            code = proof.instance.code if proof.instance is not None else ""
            others = tuple(dict.fromkeys(other.code for other in proof.because))
            key = (proof.kind, code, others, proof.conditional)
            grouped.setdefault(key, {}).setdefault(edition, []).append(proof)
    merged: dict[Remark, tuple[str, ...]] = {}
    for editions in grouped.values():
        for edition, proofs in editions.items():
            remark = _remark(proofs)
            merged[remark] = (*merged.get(remark, ()), edition)
    order = list(Severity)
    for remark, editions_of in sorted(merged.items(), key=lambda pair: (order.index(pair[0].severity), pair[0].code)):
        yield attrs.evolve(remark, editions=editions_of)


def _remark(proofs: Sequence[Proof]) -> Remark:
    first = proofs[0]
    own = tuple(dict.fromkeys(proof.instance for proof in proofs if proof.instance is not None))
    return Remark(
        first.kind,
        first.kind.severity,
        own[0].code if own else "",
        tuple(instance.binding for instance in own),
        first.because,
        (),
        said(first.kind, own, first.because, conditional=first.conditional),
    )
