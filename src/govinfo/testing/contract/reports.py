"""What a plugin does to reading: nothing to reports that need nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import govinfo
from govinfo.errors import ReadError
from govinfo.parsing.normal import normal
from govinfo.rules.model import LabelVariant
from govinfo.schema import TABLES, Spec, leaves
from govinfo.testing.contract.model import Check, Subject, refuse
from govinfo.testing.examples import Edition, example_report
from govinfo.testing.layouts import LAYOUTS, render

__all__ = ["checks"]

_EDITIONS: tuple[Edition, ...] = ("2019", "2021")


def checks(subject: Subject) -> Iterator[Check]:
    """Yield what is checked of reading."""
    adds = subject.plugin
    labels = [*adds.labels, *(label for rule_set in adds.rule_sets for label in rule_set.labels)]
    if labels:
        yield Check("takes no other label's words", partial(_labels, subject, labels))
    if labels or adds.readers or adds.containers or adds.editions:
        for layout in LAYOUTS:
            yield Check(f"leaves {layout} as it was read", partial(_same, subject, layout))


def _labels(subject: Subject, labels: list[LabelVariant]) -> None:
    printed: dict[str, set[str]] = {}
    for spec in _specs(subject):
        for text in (spec.label, *spec.variants):
            printed.setdefault(normal(text), set()).add(normal(spec.label))
    mistakes = []
    for label in labels:
        if not any(normal(label.label) in meant for meant in printed.values()):
            mistakes.append(f"{label.label!r} is no label of the form")
        elif others := printed.get(normal(label.variant), set()) - {normal(label.label)}:
            mistakes.append(f"{label.variant!r} is what the form calls {', '.join(sorted(others))}")
    refuse(
        mistakes, "a label variant names a label as the form prints it (docs/reference/cells.md) and new words for it"
    )


def _specs(subject: Subject) -> Iterator[Spec]:
    from govinfo.schema import Disputes

    for table in TABLES:
        for form in subject.plugins.editions.get(table, {"": Disputes}).values():
            for leaf in leaves(form):
                yield from leaf.specs


def _same(subject: Subject, layout: str) -> None:
    mistakes = []
    for edition in _EDITIONS:
        for seed in range(2):
            content = render(example_report(edition, seed), layout)
            without = govinfo.read(content, plugins=subject.without).report
            try:
                same = govinfo.read(content, plugins=subject.plugins).report == without
            except ReadError:
                same = False
            if not same:
                mistakes.append(f"a report of edition {edition} in layout {layout} is read otherwise than without it")
    refuse(mistakes, "accept only documents of your own format, and only labels that mean one thing")
