"""The query of the SQL engine on a real PostgreSQL, where one is installed."""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from govinfo.engines.sql import quote_identifier, violations_sql
from govinfo.findings import Severity
from govinfo.rules.model import LinearRule
from govinfo.rules.national import NATIONAL
from govinfo.schema import Kind, Missing, cells, report_leaves
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.violations import Violation, expected_violations, random_cells
from govinfo.text import Text

Run = partial[subprocess.CompletedProcess[str]]
EDITIONS = ("2019", "2021")
NAMED = Text("规则", "a rule")
RELATIONS: tuple[tuple[str, str | None, int | Decimal], ...] = (
    ("3 * a.total.received + 5 * a.total.carried_in == a.total.carried_out", None, 0),
    ("6 * a.total.received - 4 * a.total.carried_in == 2 * a.total.carried_out + 1", None, 0),
    ("6 * a.total.received + 9 * a.total.carried_in == 40", "a.total.carried_out > 0", 2),
    ("a.{applicant}.received + 3 > 2 * a.{applicant}.carried_in", "7 * a.{applicant}.carried_out == 21", 0),
    ("2 * processing_fee.charged == 3 * processing_fee.received", "a.total.received <= 5", Decimal("0.25")),
    ("1000000 * a.total.received + 1000000 * a.total.carried_in <= 1000000000000", None, 0),
)


def full(text: str) -> str:
    return text.replace("a.", "applications.")


OTHERS = [
    LinearRule(f"TST{i:03}", Severity.INFO, NAMED, NAMED, full(relation), when=when and full(when), tolerance=tolerance)
    for i, (relation, when, tolerance) in enumerate(RELATIONS)
]


def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "pg_ctl").exists()), None)


@pytest.fixture(scope="module")
def psql() -> Iterator[Run]:
    """A server of our own on a socket in a new folder, gone afterwards."""
    place = programs()
    if place is None or shutil.which("psql") is None:
        pytest.skip("PostgreSQL is not installed")
    user: list[str] = []
    with tempfile.TemporaryDirectory(prefix="govinfo-") as folder:
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            user = ["runuser", "-u", "postgres", "--"]
            if shutil.which("runuser") is None:
                pytest.skip("PostgreSQL does not run as root")
            shutil.chown(folder, "postgres")
        run = partial(subprocess.run, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=True)
        data, options = f"{folder}/data", f"-c listen_addresses='' -c fsync=off -k {folder}"
        control = [*user, str(place / "pg_ctl"), "-D", data, "-w"]
        run([*user, str(place / "initdb"), "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8"])
        run([*control, "-l", f"{folder}/log", "-o", options, "start"], capture_output=False)
        try:
            shell = [*user, "psql", "-h", folder, "-U", "tester", "-d", "postgres", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
            yield partial(run, shell)
        finally:
            run([*control, "-m", "immediate", "stop"])


def listed(psql: Run, query: str, edition: str, reports: Sequence[Mapping[str, Any]]) -> list[Violation]:
    found = report_leaves(base_report(edition))
    columns = [
        f"{quote_identifier(leaf.path)} {'DECIMAL(18, 6)' if leaf.kind is Kind.AMOUNT else 'BIGINT'}" for leaf in found
    ]
    rows = [
        "\t".join([str(i), *("\\N" if report.get(leaf.path) is None else str(report[leaf.path]) for leaf in found)])
        for i, report in enumerate(reports)
    ]
    script = "\n".join(
        (
            f"CREATE TEMPORARY TABLE reports (id BIGINT, {', '.join(columns)});",
            "COPY reports FROM STDIN;",
            *rows,
            "\\.",
            f"COPY (\n{query}\n) TO STDOUT (FORMAT csv, NULL '\\N');",
        )
    )
    said = psql(input=script).stdout
    return [_violation(line) for line in csv.reader(io.StringIO(said))]


def _violation(line: list[str]) -> Violation:
    report, code, severity, binding, column, row, status, *numbers = line
    left, right, difference = (None if number == "\\N" else Decimal(number) for number in numbers)
    place = (None if column == "\\N" else column, None if row == "\\N" else row)
    return (int(report), code, severity, binding, *place, status, left, right, difference)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("undecided", [True, False])
@pytest.mark.parametrize("national", [True, False])
def test_postgresql_says_what_the_definition_says(psql: Run, edition: str, undecided: bool, national: bool) -> None:
    base = base_report(edition)
    classes = tables_of(base)
    chance = random.Random(5)
    sound = {path: None if isinstance(value, Missing) else value for path, value in cells(base).items()}
    rules = [rule for rule in NATIONAL.rules if isinstance(rule, LinearRule)] if national else OTHERS
    reports = [
        sound | random_cells(classes, chance, chance.sample(sorted(sound), size), blank=0.5)
        for size in (0, 1, 3, 40, len(sound)) * (8 if national else 40)
    ]
    expected = expected_violations(rules, classes, reports, undecided=undecided)
    assert {violation[6] for violation in expected} >= ({"failed", "undecided"} if undecided else {"failed"})
    assert listed(psql, violations_sql(rules, classes, undecided=undecided), edition, reports) == expected
