"""The output format: valid whatever is checked, everything JSON says, nothing a document holds acts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import govinfo_xml
import pytest
from govinfo_xml import read_xml, write_xml
from lxml import etree

from govinfo import Missing, ReadError, Report, Text, check, write
from govinfo.api import check_files
from govinfo.findings import Diagnosis, Dismissed, Finding, Location, Result, Severity
from govinfo.hookspecs import CheckedFile
from govinfo.plugins import Plugins
from govinfo.schema import Disclosure2019, Publisher, Sections, cells
from govinfo.schema.disclosure import Disclosure, Documents2021
from govinfo.schema.editions import EDITIONS
from govinfo.schema.fields import amount, block, count
from govinfo.testing import example_report, replace_cells
from govinfo.text import Language

ROOT = Path(__file__).parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"
EXAMPLES = sorted((ROOT / "examples").iterdir())
FOLDERS = [folder for folder in (ROOT / "examples", SEEDS) if folder.is_dir()]
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def written(
    results: Iterable[Result | CheckedFile], plugins: Plugins, format: str = "xml", lang: Language = "zh"
) -> bytes:
    content = write(results, format=format, lang=lang, plugins=plugins)
    assert content is not None
    return content


def one(result: Result | CheckedFile, plugins: Plugins, schema: Any, lang: Language = "zh") -> Any:
    """The element of the only file, held against the XML Schema."""
    root: Any = etree.fromstring(written([result], plugins, lang=lang))
    schema.assertValid(root)
    return bare(root)[0]


def bare(root: Any) -> Any:
    """The same without a namespace, for short paths in the tests."""
    for element in root.iter():
        element.tag = etree.QName(element).localname
    return root


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_valid_and_says_what_json_says(path: Path, plugins: Plugins, schema: Any) -> None:
    for lang in ("zh", "en"):
        files = list(check_files([path], plugins=plugins))
        (said,) = json.loads(written(files, plugins, "json", lang))["reports"]
        file = one(files[0], plugins, schema, lang)
        assert file.get("name") == said["file"]
        for cell, value in cells(files[0].result.reading.report).items() if files[0].result else ():
            (element,) = file.xpath(f"report/{cell.replace('.', '/')}")
            reason = value.value if isinstance(value, Missing) else None
            assert (element.get("missing"), element.get(NIL)) == (reason, "true" if reason else None)
            assert element.text == (None if reason else str(value))
        assert [as_json(finding) for finding in file.findall("finding")] == [
            without_nothing(finding) for finding in said["findings"]
        ]
        counts = {name: n for name, n in said["outcomes"].items() if name != "details"}
        assert dict(file.find("outcomes").attrib) == {name: str(n) for name, n in counts.items()}
        assert len(file.findall("outcomes/outcome")) == len(said["outcomes"]["details"])


def as_json(element: Any) -> dict[str, Any]:
    """What JSON has of a finding, and of what is in it, with every number as text."""
    many = {"path": "paths", "suggestion": "suggestions", "cell": "cells", "resolves": "resolves", "part": "parts"}
    made: dict[str, Any] = dict(element.attrib)
    for child in element:
        value = as_json(child) if len(child) or child.attrib else child.text
        if child.tag in many:
            made.setdefault(many[child.tag], []).append(value)
        else:
            made[child.tag] = value
    return made


def without_nothing(value: Any) -> Any:
    """A value of JSON without what is unknown or empty, with every number as text."""
    if isinstance(value, dict):
        return {
            name: without_nothing(held)
            for name, held in value.items()
            if held not in (None, "", []) and kept(name, held)
        }
    if isinstance(value, list):
        return [without_nothing(held) for held in value]
    return value if isinstance(value, str) else str(value)


def kept(name: str, held: Any) -> bool:
    return held != 0 or name not in {field.name for field in attrs.fields(Location)}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_is_one_document(folder: Path, plugins: Plugins, schema: Any) -> None:
    files = list(check_files([folder], plugins=plugins))
    root: Any = etree.fromstring(written(files, plugins))
    schema.assertValid(root)
    bare(root)
    assert [file.get("name") for file in root.findall("file")] == [file.file for file in files]
    summary = root.find("summary")
    errors = root.xpath("count(file/finding[@severity='error'])")
    assert (int(summary.get("checked")), int(summary.get("errors"))) == (len(files), errors)
    assert sum(int(office.get("reports")) for office in summary) == len(root.xpath("file/report/publisher/name"))


def test_a_file_that_cannot_be_read_says_why(plugins: Plugins, schema: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.html").write_text("<p>政府网站工作年度报表</p>", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes((ROOT / "examples" / "pipes.txt").read_bytes())
    root: Any = etree.fromstring(written(check_files([tmp_path], plugins=plugins), plugins, lang="en"))
    schema.assertValid(root)
    empty, skipped, checked = bare(root).findall("file")
    assert empty.find("error").get("kind") == "empty"
    assert "empty" in empty.findtext("error/message")
    assert (empty.get("skipped"), skipped.get("skipped")) == (None, "true")
    assert empty.find("report") is None
    assert checked.find("error") is None
    assert checked.find("report") is not None
    summary = root.find("summary")
    assert [summary.get(name) for name in ("checked", "unreadable", "skipped")] == ["1", "1", "1"]


def test_messages_follow_the_language(plugins: Plugins, schema: Any) -> None:
    result = check(
        replace_cells(example_report("2021", 3), {"disputes.reconsideration.total": 10**30}), plugins=plugins
    )
    zh, en = (one(result, plugins, schema, lang) for lang in ("zh", "en"))
    assert "行政复议" in zh.findtext("finding/message")
    assert "reconsideration" in en.findtext("finding/message")
    assert zh.getparent().get("lang") == "zh"
    assert en.getparent().get("lang") == "en"
    assert zh.find("finding").get("actual") == str(10**30)


HOSTILE = "<b>&amp;\"']]><!-- \x00\x1b[31m \ud800 \ufffe\r\n\t\x9b\u202e\ufeff字\U0001f600"
SHOWN = "<b>&amp;\"']]><!-- \\x00\\x1b[31m \\ud800 \\ufffe\r\n\t\x9b\u202e\ufeff字\U0001f600"


def test_nothing_a_document_holds_acts(plugins: Plugins, schema: Any) -> None:
    report = Report(title=HOSTILE, publisher=Publisher(HOSTILE, HOSTILE), sections=Sections(overview=HOSTILE))
    words = Text(HOSTILE, HOSTILE)
    finding = Finding(
        HOSTILE, Severity.INFO, words, (HOSTILE,), HOSTILE, Decimal("1E+3"), None, Location(HOSTILE, raw=HOSTILE)
    )
    finding = attrs.evolve(finding, parts=(finding,), diagnosis=Diagnosis.UNEXPLAINED, cause=HOSTILE, note=words)
    result = attrs.evolve(
        check(report, plugins=plugins),
        findings=(finding,),
        dismissed=(Dismissed(finding, HOSTILE, HOSTILE, HOSTILE),),
        rule_sets=(HOSTILE,),
    )
    content = written([CheckedFile(HOSTILE, result)], plugins).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]", content)
    file = one(CheckedFile(HOSTILE, result), plugins, schema)
    for path in ("@name", "report/title", "report/publisher/name", "report/sections/overview", "finding/@code"):
        (found,) = (file.xpath(f"string({path})"),)
        assert found == SHOWN, path
    for path in (
        "finding/path",
        "finding/location/@raw",
        "finding/part/message",
        "finding/note",
        "dismissed/@reason",
        "rule_set",
    ):
        assert file.xpath(f"string({path})") == SHOWN, path
    assert file.find("finding").get("expected") == "1000"
    error = CheckedFile(HOSTILE, error=ReadError("io", words))
    assert one(error, plugins, schema).findtext("error/message") == SHOWN


@attrs.frozen
class Documents2030(Documents2021):
    renewed: int | Missing = count("本年重新公布件数", en="published anew")


@attrs.frozen
class Disclosure2030(Disclosure):
    edition = "2030"
    regulations: Documents2030 = block(Documents2030, "规章", en="regulations")
    budget: Decimal | Missing = amount("预算", en="budget", unit="万元")


def test_an_edition_of_a_plugin_is_written(plugins: Plugins, schema: Any) -> None:
    table = Disclosure2030(Documents2030(1, 2, Missing.BLANK, 4), Decimal("2.50"))
    file = one(check(Report(disclosure=table), plugins=plugins), plugins, schema)
    element = file.find("report/disclosure")
    assert dict(element.attrib)["edition"] == "2030"
    assert element.get("{http://www.w3.org/2001/XMLSchema-instance}type") == "OtherDisclosure"
    assert element.findtext("regulations/renewed") == "4"
    assert element.find("budget").get("unit") == "万元"
    assert element.find("regulations/in_force").get("missing") == "blank"


def test_an_edition_of_a_plugin_is_read_back_where_it_is_known() -> None:
    report = Report(disclosure=Disclosure2030(Documents2030(1, 2, Missing.BLANK, 4), Decimal("2.50")))
    known = {**EDITIONS, "disclosure": {**EDITIONS["disclosure"], "2030": Disclosure2030}}
    assert read_xml(write_xml([report]), editions=known) == [report]
    with pytest.raises(ReadError, match="2030"):
        read_xml(write_xml([report]))


def test_a_table_that_is_not_there_has_no_edition(plugins: Plugins, schema: Any) -> None:
    report = one(check(Report(disclosure=Disclosure2019()), plugins=plugins), plugins, schema).find("report")
    assert "edition" not in report.attrib
    assert [report.find(name).get("edition") for name in ("disclosure", "applications")] == [None, None]
    assert set(report.xpath("disclosure//@missing")) == {"absent"}


def test_nothing_is_imported_before_something_is_written() -> None:
    code = "import govinfo.hookspecs; known = {*sys.modules}; import govinfo_xml; print(*({*sys.modules} - known))"
    path = [str(Path(govinfo_xml.__file__).parents[1]), *filter(None, sys.path)]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "govinfo_xml\n"
