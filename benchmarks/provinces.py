"""What regional rules cost a batch: the national rules alone, and with those of every province, in one run.

    python benchmarks/provinces.py [--reports N] [--rounds N] [--engine numpy|compiled]

Every made-up province has linear rules of its own, over totals, single columns and money. "by region" is what happens
by default: each report is judged by the rules of its region, told by its region code. "all at once" names every
province, so that every report is judged by all of them. What is compared is the best of the rounds, taken by turns.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from benchmarks.made_up import LINEAR, columnar, make
from govinfo.batch import validate
from govinfo.findings import Severity
from govinfo.plugins import Plugins, load_plugins
from govinfo.provinces import LETTERS
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.text import Text

RELATIONS = (
    "applications.total.carried_out <= applications.total.received + applications.total.carried_in",
    "applications.{applicant}.granted + applications.{applicant}.partly_granted <= applications.{applicant}.concluded",
    "applications.natural_person.received <= applications.total.received",
    "disclosure.fees.amount >= 0",
)
BY_REGION = "and every province, by region"
LEAST = 0.5
"""Of the speed of the national rules alone, where each report is under the rules of its region."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", default="auto")
    options = parser.parse_args()
    plugins = with_provinces()
    table = placed(columnar(make(options.reports)))
    names = [rule_set.name for rule_set in plugins.rule_sets]
    ways: dict[str, Callable[[], pa.Table]] = {
        "national alone": lambda: validate(table, rules=["national"], plugins=plugins, engine=options.engine),
        BY_REGION: lambda: validate(table, plugins=plugins, engine=options.engine),
        "and every province, all at once": lambda: validate(table, rules=names, plugins=plugins, engine=options.engine),
    }
    took: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(options.rounds):
        for way, run in ways.items():
            begun = time.perf_counter()
            run()
            took[way].append(time.perf_counter() - begun)
    alone = min(took["national alone"])
    rules = sum(len(rule_set.rules) for rule_set in plugins.rule_sets if rule_set.region)
    sys.stdout.write(f"{len(LINEAR.rules)} national linear rules, {rules} regional ones, {len(table):,} reports\n\n")
    sys.stdout.write("| rules | reports/s | speed, national alone = 1 |\n|---|---:|---:|\n")
    for way, times in took.items():
        sys.stdout.write(f"| {way} | {len(table) / min(times):,.0f} | {alone / min(times):.2f} |\n")
    if alone / min(took[BY_REGION]) < LEAST:
        raise SystemExit(f"less than {LEAST:g} of the speed by region")


def with_provinces() -> Plugins:
    """Return the library with a rule set for every province."""
    loaded = load_plugins(entry_points=False)
    words = Text("随手写的规则", "a rule made up")
    for region, letters in LETTERS.items():
        rules = tuple(
            LinearRule(f"{letters}-APP{n:03}", Severity.INFO, words, words, relation)
            for n, relation in enumerate(RELATIONS, 1)
        )
        loaded = loaded.with_rule_set(RuleSet(letters.lower(), words, rules, region), letters)
    return loaded


def placed(table: pa.Table) -> pa.Table:
    """Return the reports with region codes, of every province as many."""
    codes = [f"{region}{n:04}" for region in LETTERS for n in range(0, 1000, 100)]
    drawn = np.random.default_rng(1).integers(len(codes), size=len(table))
    column = pa.array(codes).take(pa.array(drawn))
    return table.append_column("publisher.region_code", column)


if __name__ == "__main__":
    main()
