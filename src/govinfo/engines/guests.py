"""Rules of guests, that is of every rule set but the library's own (`RuleSet.is_guest`): they run apart.

What they do is not known. A guest's check sees a copy of the reading, and what it does to that is noticed; it runs
watched, and what it yields has an end. Rules that are declared are only data, for code of ours: they run as ours do.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice
from types import MappingProxyType
from typing import Any

import attrs

from govinfo.errors import GovinfoError
from govinfo.parsing.reading import Reading
from govinfo.rules.declared import DeadlineRule, LengthRule, StatementRule
from govinfo.rules.model import Check, LinearRule, Rule, RuleSet
from govinfo.text import Text
from govinfo.watch import watched

__all__ = ["MOST", "Guests", "brings_code", "guests_among"]

MOST = 1000
"""So many things a rule may find in one report."""


_DATA = (LinearRule, StatementRule, LengthRule, DeadlineRule)


def brings_code(rule: Rule) -> bool:
    """Whether a rule runs code of its author's; a class derived from one of ours does."""
    return type(rule) not in _DATA


def guests_among(rule_sets: Sequence[RuleSet]) -> dict[str, str]:
    """Return the codes of the rules of guests, each with the name of its rule set."""
    return {rule.code: one.name for one in rule_sets if one.is_guest for rule in one.rules}


class Guests:
    """Runs guests' checks on one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._shown: Reading | None = None

    def run(self, check: Check) -> list[Any]:
        """Return what a check yields.

        Raises:
            GovinfoError: it takes too long, yields too much, or changes what it is shown.
            Exception: whatever it raises itself.
        """
        # one copy serves all rules, as long as they leave it as it was
        shown = self._shown = self._shown or _copy(self._reading)
        try:
            with watched():
                said = list(islice(check(shown), MOST + 1))
        finally:
            changed = not _same(shown, self._reading)
            if changed:
                self._shown = None
        if changed:
            raise GovinfoError(Text("规则改动了所核对的报告", "it changed the report it was to check"))
        if len(said) > MOST:
            much = Text("一份报告给出 {most} 个以上的问题", "it found more than {most} things in one report")
            raise GovinfoError(much.fill(most=MOST))
        return said


def _copy(reading: Reading) -> Reading:
    """Return a copy that shares nothing that can be changed; a third of the time `copy.deepcopy` takes."""
    plain = attrs.evolve(reading, origins=dict(reading.origins))
    try:
        copied: Reading = pickle.loads(pickle.dumps(plain, pickle.HIGHEST_PROTOCOL))  # noqa: S301  # our own bytes
    except Exception:  # a class of a table that has no module to be found in
        copied = deepcopy(plain)
    return attrs.evolve(copied, origins=MappingProxyType(copied.origins))


def _same(shown: Reading, reading: Reading) -> bool:
    try:
        return bool(shown == reading)
    except Exception:  # nothing of ours raises when it is compared
        return False
