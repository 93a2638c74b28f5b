"""How much time a plugin takes of everybody's: at each start, and for each report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from time import perf_counter

from govinfo.parsing.reading import Reading
from govinfo.rules.model import CheckRule, TextRule
from govinfo.testing.bases import base_reading, base_report
from govinfo.testing.contract.model import Check, Subject, refuse
from govinfo.testing.examples import example_report

__all__ = ["LOADING", "RULE", "checks"]

LOADING = 10.0
"""Milliseconds importing and loading a plugin may take, the best of several times; one alone takes less than 1."""
RULE = 2.0
"""Milliseconds a rule that is not linear may take on a usual report, the best of several times."""
_TIMES = 5

_LOAD = """
import sys
from importlib import import_module
from time import perf_counter
import govinfo
from govinfo.plugins import Candidate, gather
from govinfo.rules import declared
from govinfo.rules.catalogue import Catalogue
from govinfo.rules.national import NATIONAL
for name in ("read", "check", "check_rule", "Reading", "hookimpl", "RuleSet", "Strength"):
    getattr(govinfo, name)
gather(())
Catalogue([(NATIONAL, "")])  # what the first rule of any plugin makes, and is kept
begun = perf_counter()
gather([Candidate("it", "it", "0", lambda: import_module(sys.argv[1]))])
print((perf_counter() - begun) * 1000)
"""


def checks(subject: Subject) -> Iterator[Check]:
    """Yield what is checked of the time a plugin takes."""
    yield Check("loads quickly", partial(_loads, subject))
    for rule_set in subject.rule_sets:
        for rule in rule_set.rules:
            if isinstance(rule, (CheckRule, TextRule)):
                yield Check(f"{rule.code} is quick", partial(_rule, rule))


def _loads(subject: Subject) -> None:
    command = [sys.executable, "-c", _LOAD, subject.module]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for _ in range(_TIMES):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
        if float(done.stdout.split()[-1]) < LOADING:
            return
    refuse(
        [f"loading {subject.module} takes more than {LOADING:g} ms"],
        "import what is heavy, and compile regular expressions, where they are used, not when the module is imported",
    )


def _rule(rule: CheckRule | TextRule) -> None:
    readings = [base_reading(base_report()), base_reading(example_report("2021", 1))]
    took = min(max(_once(rule, reading) for reading in readings) for _ in range(_TIMES))
    refuse([f"{rule.code} takes {took:.1f} ms on a usual report"] if took > RULE else [], "look at less, and only once")


def _once(rule: CheckRule | TextRule, reading: Reading) -> float:
    begun = perf_counter()
    list(rule.check(reading))
    return (perf_counter() - begun) * 1000
