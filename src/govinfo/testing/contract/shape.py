"""What a plugin says of itself: names, codes, evidence, both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from string import Formatter
from typing import Any

import attrs

from govinfo.provinces import LETTERS
from govinfo.rules.catalogue import CODE
from govinfo.rules.evidence import too_severe
from govinfo.rules.model import Rule
from govinfo.testing.contract.model import Check, Subject, refuse
from govinfo.text import Text

__all__ = ["FAMILIES", "checks", "texts_in"]

FAMILIES = ("APP", "DIS", "DSP", "FEE", "NAR", "CHR", "ROL", "DOC", "SRC")
"""The families of rule codes."""
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def checks(subject: Subject) -> Iterator[Check]:
    """Yield what is checked of the things a plugin hands over."""
    yield Check("adds something", partial(_adds, subject))
    yield Check("says everything in both languages", partial(_languages, subject))
    if subject.rule_sets:
        yield Check("names its rule sets in lower case", partial(_names, subject))
        yield Check("puts its province's letters before its codes", partial(_codes, subject))
    for rule_set in subject.rule_sets:
        for rule in rule_set.rules:
            yield Check(f"{rule.code} has evidence", partial(_evidence, rule))


def _adds(subject: Subject) -> None:
    refuse(
        () if any(subject.plugin.adds.values()) else [f"{subject.module} adds nothing"],
        "let one of its hooks return something; the hooks are in docs/reference/hooks.md",
    )


def _names(subject: Subject) -> None:
    refuse(
        (f"rule set {one.name!r}" for one in subject.rule_sets if not _NAME.fullmatch(one.name)),
        "name a rule set in lower-case letters, digits and hyphens: it is what people write after --rules",
    )


def _codes(subject: Subject) -> None:
    mistakes = []
    for rule_set in subject.rule_sets:
        letters = LETTERS.get(rule_set.region[:2])
        for rule in rule_set.rules:
            prefix, _, rest = rule.code.rpartition("-")
            if not CODE.fullmatch(rule.code) or rest[:3] not in FAMILIES:
                mistakes.append(f"{rule.code}: the family is one of {', '.join(FAMILIES)}, and three digits follow")
            if letters is not None and prefix != letters:
                mistakes.append(f"{rule.code}: rules of region {rule_set.region} begin with {letters}-")
            if letters is None and (not prefix or prefix in LETTERS.values()):
                mistakes.append(
                    f"{rule.code}: rule set {rule_set.name} is for everywhere, so its rules have letters of their own "
                    "and no province's; or give it the region it is for"
                )
    refuse(mistakes, "correct the codes, or the region of the rule set; nobody may have used a code before it changes")


def _evidence(rule: Rule) -> None:
    mistakes = []
    if rule.strength is None:
        mistakes.append(f"{rule.code} does not say how sure its source is: give it strength=Strength.…")
    if (above := too_severe(rule.severity, rule.strength)) is not None:
        mistakes.append(f"{rule.code}: {above.en}")
    for field in ("title", "source"):
        text: Text = getattr(rule, field)
        if not text.zh.strip() or not text.en.strip():
            mistakes.append(f"{rule.code} has no {field}")
    refuse(mistakes, "say what the rule rests on, and keep its severity no higher than that")


def _languages(subject: Subject) -> None:
    mistakes = []
    for where, text in texts_in(subject.plugin, subject.module):
        if bool(text.zh.strip()) != bool(text.en.strip()):
            mistakes.append(f"{where}: {text!r} has only one language")
        elif _places(text.zh) != _places(text.en):
            mistakes.append(f"{where}: {text!r} has other placeholders in the other language")
        elif "\n" in text.zh + text.en:
            mistakes.append(f"{where}: {text!r} has more than one line")
    refuse(mistakes, "write each Text(zh, en) in Chinese and English, with the same {placeholders}, on one line")


def texts_in(thing: Any, where: str, depth: int = 8) -> Iterator[tuple[str, Text]]:
    """Yield every `Text` somewhere inside a thing, and where that is."""
    if isinstance(thing, Text):
        yield where, thing
    elif depth and isinstance(thing, (tuple, list)):
        for i, one in enumerate(thing):
            yield from texts_in(one, f"{where}[{getattr(one, 'code', getattr(one, 'name', i))}]", depth - 1)
    elif depth and isinstance(thing, Mapping):
        for key, one in thing.items():
            yield from texts_in(one, f"{where}[{key!r}]", depth - 1)
    elif depth and attrs.has(type(thing)) and not isinstance(thing, type):
        for field in attrs.fields(type(thing)):
            yield from texts_in(getattr(thing, field.name), f"{where}.{field.name}", depth - 1)


def _places(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:  # a lone brace is none
        return set()
