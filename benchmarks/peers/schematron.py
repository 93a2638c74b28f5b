"""ISO Schematron by lxml: patterns over the report as XML, one assertion per relation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree, isoschematron  # type: ignore[attr-defined]

from benchmarks.case import Failure, Job, Source
from benchmarks.made_up import MadeUp, values_of
from benchmarks.peers.names import AMOUNTS, ORGANISATIONS, OUTCOMES, ROWS

__all__ = ["prepare"]

_SVRL = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
_STEP = re.compile(r"/(?:\*\[local-name\(\)='(\w+)'[^]]*\]|(\w+))(?:\[\d+\])?")


def _pattern(context: str, *tests: tuple[str, str]) -> str:
    asserts = "".join(
        f'<sch:assert id="{code}" test="{test.replace("<", "&lt;").replace(">", "&gt;")}">{code}</sch:assert>'
        for code, test in tests
    )
    return f'<sch:pattern><sch:rule context="{context}">{asserts}</sch:rule></sch:pattern>'


def schema() -> str:
    """Return the Schematron schema."""
    outcomes = [row.replace(".", "/") for row in OUTCOMES]
    rows = [row.replace(".", "/") for row in ROWS]
    totals = [
        (f"APP003.{row}", f"total/{path} = " + " + ".join(f"{who}/{path}" for who in ORGANISATIONS))
        for row, path in zip(ROWS, rows, strict=True)
    ]
    patterns = [
        _pattern(
            "applications/*",
            ("APP001", "received + carried_in = concluded + carried_out"),
            ("APP002", "concluded = " + " + ".join(outcomes)),
        ),
        _pattern("applications", *totals),
        _pattern("disputes/*", ("DSP001", "total = upheld + corrected + other + pending")),
        _pattern("disclosure//amount", ("DIS002", ". >= 0")),
        _pattern("disclosure//*[not(*)][not(self::amount)]", ("DIS001", ". >= 0")),
        _pattern("applications//*[not(*)]", ("APP004", ". >= 0")),
        _pattern("disputes//*[not(*)]", ("DSP002", ". >= 0")),
        _pattern("processing_fee/notices", ("FEE003", ". >= 0")),
        _pattern("processing_fee/charged | processing_fee/received", ("FEE004", ". >= 0")),
        _pattern("processing_fee", ("FEE001", "received <= charged")),
        _pattern(
            "report",
            ("FEE002", "not(applications/total/other_outcome/fee_unpaid > 0) or processing_fee/notices >= 1"),
        ),
    ]
    return f'<sch:schema xmlns:sch="http://purl.oclc.org/dsdl/schematron">{"".join(patterns)}</sch:schema>'


def documents(data: MadeUp) -> list[Any]:
    """Return the reports as parsed XML."""
    found = []
    for i in range(len(data)):
        root = etree.Element("report")
        for path, value in values_of(data, i).items():
            node = root
            for name in path.split("."):
                child = node.find(name)
                node = etree.SubElement(node, name) if child is None else child
            node.text = format(value, "f" if path in AMOUNTS else "d")
        found.append(root.getroottree())
    return found


def _failed(assertion: Any) -> tuple[str, str]:
    code, _, row = assertion.get("id").partition(".")
    if row:
        return code, row
    steps = [first or second for first, second in _STEP.findall(assertion.get("location"))]
    # a pattern's context is report, table, and then what our rules call the binding
    return code, "" if code in ("FEE001", "FEE002") else ".".join(steps[2:])


def prepare(source: Source) -> Job:
    """Compile the schema and parse the documents."""
    trees = documents(source.data())
    schematron = isoschematron.Schematron(etree.fromstring(schema()), store_report=True)

    def validate() -> list[tuple[int, str, str]]:
        found = []
        for i, tree in enumerate(trees):
            if not schematron.validate(tree):
                found += [(i, *_failed(node)) for node in schematron.validation_report.iter(_SVRL)]
        return found

    def failures(found: list[tuple[int, str, str]]) -> Iterable[Failure]:
        return [(*violation, "failed") for violation in found]

    return Job(validate, len(trees), failures)
