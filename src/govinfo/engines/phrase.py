"""A linear rule in the form's own words: 三、每一列：本年新收 + 上年结转 = （七）总计 + 结转下年度."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from govinfo.engines.examples import home_of
from govinfo.engines.wording import name_of, number
from govinfo.rules.expression import Relation, Sum, Term, parse
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import Row
from govinfo.rules.vocabulary import Editions
from govinfo.schema import Report, describe
from govinfo.schema.editions import EDITIONS
from govinfo.schema.paths import tables_of
from govinfo.text import Text

__all__ = ["TEMPLATE_WORDS", "in_words"]


class _Words(NamedTuple):
    each: Text
    """What is said once, before the relation."""
    this: Text
    """What stands for the template inside the relation."""


TEMPLATE_WORDS: Mapping[str, _Words] = {
    "applicant": _Words(Text("每一列", "in each column"), Text("该列", "that column")),
    "organisation": _Words(Text("总计以外的每一列", "in each column but the total"), Text("该列", "that column")),
    "row": _Words(Text("每一行", "in each row"), Text("该行", "that row")),
    "block": _Words(Text("每一类案件", "for each kind of case"), Text("该类案件", "that kind of case")),
    "count": _Words(Text("每个件数", "every count"), Text("该件数", "that count")),
    "amount": _Words(Text("每笔金额", "every sum of money"), Text("该金额", "that sum of money")),
}
"""What the templates of `govinfo.rules.vocabulary` are called."""

_SIGNS = {"==": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_NOTHING = Text("", "")


class _Term(NamedTuple):
    """What a term is called: where it is, and what it is there."""

    table: str
    across: Text
    """Column of table 3, block of another table; empty where the term has none."""
    own: Text
    across_template: str
    """The template that is the whole of ``across``; empty for none."""
    own_template: str


def in_words(rule: LinearRule, editions: Editions = EDITIONS) -> Text:
    """Return what a rule demands, in the words of the newest edition of the form that has its cells.

    Raises:
        ExpressionError: the rule's expression is wrong.
        ValueError: no edition has the cells of the rule.
    """
    report, rows = home_of(rule, editions)
    row = rows[0]
    said = _relation(parse(rule.relation), row, report)
    if row.tolerance:
        allowed = number(row.tolerance, row.unit)
        said = Text(f"{said.zh}（允许误差 {allowed.zh}）", f"{said.en} (give or take {allowed.en})")
    if rule.when is None or row.when is None:
        return said
    when = _relation(parse(rule.when), row.when, report)
    return Text(f"若{when.zh}，则{said.zh}", f"if {when.en}, then {said.en}")


def _relation(relation: Relation, row: Row, report: Report) -> Text:
    terms = relation.left.terms + relation.right.terms
    uses = Counter(name[1:-1] for term in terms for name in term.names if name[0] == "{")
    # 每个件数 ≥ 0: what stands in one place only need not be announced
    inline = {name for name in uses if uses[name] == 1 and name in ("count", "amount")}
    words = {name: TEMPLATE_WORDS[name].each if name in inline else TEMPLATE_WORDS[name].this for name in uses}
    classes = tuple(tables_of(report).values())
    where, names, announced = _shared([_term(term, row.variables, classes, words) for term in terms], report)
    first = [TEMPLATE_WORDS[name].each for name in uses if name not in inline | announced]
    middle = len(relation.left.terms)
    left = _sum(relation.left, names[:middle])
    right = _sum(relation.right, names[middle:])
    sign = _SIGNS[relation.operator]
    said = Text(f"{left.zh} {sign} {right.zh}", f"{left.en} {sign} {right.en}")
    before = Text.join([text for text in (where, *first) if text.zh], "，", ", ")
    return Text(f"{before.zh}：{said.zh}", f"{before.en}: {said.en}") if before.zh else said


def _term(term: Term, variables: Mapping[str, str], classes: tuple[Any, ...], words: Mapping[str, Text]) -> _Term:
    templates = [name[1:-1] if name[0] == "{" else "" for name in term.names]

    def upto(depth: int) -> str:
        return term._replace(names=term.names[:depth]).path(dict(variables))

    if templates[0]:  # a template for cells anywhere in the report
        return _Term("", _NOTHING, words[templates[0]], "", "")
    table, depth = term.names[0], len(templates)
    steps = [words[template] if template else name_of(classes, upto(i + 1)).own for i, template in enumerate(templates)]
    if depth <= 2:
        return _Term(table, _NOTHING, steps[-1], "", "")
    own = Text.join(steps[2:], "·", " / ") if any(templates[2:]) else name_of(classes, upto(depth)).own
    return _Term(table, steps[1], own, templates[1], templates[2] if depth == 3 else "")


def _shared(terms: Sequence[_Term], report: Report) -> tuple[Text, list[Text], set[str]]:
    """Return what terms have in common, what each is called beside it, and which templates the first part names."""
    tables = {term.table for term in terms}
    if len(tables) > 1 or "" in tables:
        return _NOTHING, [_alone(term, report) for term in terms], set()
    table = terms[0].table
    crossed = table == "applications"
    section = _section(report, table)
    across, own = {term.across for term in terms}, {term.own for term in terms}
    if len(across) == 1 and (name := next(iter(across))).zh:
        if template := terms[0].across_template:
            name = TEMPLATE_WORDS[template].each
        elif crossed:
            name = Text(f"{name.zh}列", name.en)
        whole = Text(section.zh + name.zh, f"{section.en}, {name.en}")
        return whole, [term.own for term in terms], {terms[0].across_template}
    if len(own) == 1 and crossed and all(term.across.zh for term in terms):
        name = next(iter(own))
        template = terms[0].own_template
        name = TEMPLATE_WORDS[template].each if template else Text(f"{name.zh}行", name.en)
        whole = Text(section.zh + name.zh, f"{section.en}, {name.en}")
        return whole, [term.across for term in terms], {template}
    return describe(report, table), [_both(term) for term in terms], set()


def _both(term: _Term) -> Text:
    if not term.across.zh:
        return term.own
    return Text(f"{term.across.zh}·{term.own.zh}", f"{term.across.en} / {term.own.en}")


def _alone(term: _Term, report: Report) -> Text:
    """Name a term among terms of other tables."""
    if not term.table:
        return term.own
    section, name = _section(report, term.table), _both(term)
    return Text(section.zh + name.zh, f"{section.en}, {name.en}")


def _section(report: Report, table: str) -> Text:
    """Return the number of a table's section: 三、 or section 3."""
    whole = describe(report, table)
    return Text(whole.zh[:2], whole.en.partition(",")[0])


def _sum(side: Sum, names: Sequence[Text]) -> Text:
    parts: list[Text] = []
    for term, name in zip(side.terms, names, strict=True):
        sign = ("-" if term.coefficient < 0 else "") if not parts else (" - " if term.coefficient < 0 else " + ")
        times = "" if abs(term.coefficient) == 1 else f"{abs(term.coefficient)} × "
        parts.append(Text(sign + times + name.zh, sign + times + name.en))
    if side.constant or not parts:
        sign = "" if not parts else " - " if side.constant < 0 else " + "
        figure = str(abs(side.constant) if parts else side.constant)
        parts.append(Text(sign + figure, sign + figure))
    return Text.join(parts, "", "")
