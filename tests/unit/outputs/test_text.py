"""What a clerk reads: the verdict, the findings with their places, the summary, and nothing a document can act by."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest

import govinfo
from govinfo import Finding, Missing, ReadError, Reading, Report, Result, Severity, Status, Text
from govinfo.documents.model import Document
from govinfo.findings import Dismissed, Location, Outcome
from govinfo.hookspecs import CheckedFile
from govinfo.outputs.visible import visible
from govinfo.plugins import load_plugins
from govinfo.schema import Publisher, cells
from govinfo.testing import example_report, replace_cells
from govinfo.text import LANGUAGES, Language

WRITERS = load_plugins(entry_points=False).writers
REPORT = Report(year=2023, publisher=Publisher("乙区人民政府"))
SUM = Text("四、行政复议：总计 0，差 -11", "section 4: total 0; difference -11")


def write_text(files: Sequence[CheckedFile], lang: Language) -> str:
    return str(WRITERS["text"].write(files, lang))


def write_details(files: Sequence[CheckedFile], lang: Language) -> str:
    return str(WRITERS["details"].write(files, lang))


def result(
    *findings: Finding,
    report: Report = REPORT,
    passed: int = 45,
    undecided: int = 0,
    crashed: int = 0,
    format: str = "text",
    equations: bool = True,
) -> Result:
    outcomes = [Outcome("APP001", Status.PASSED)] * passed
    outcomes += [Outcome("APP001", Status.UNDECIDED, "total", Text("空白", "blank"))] * undecided
    outcomes += [Outcome("DOC001", Status.CRASHED, reason=Text("坏了", "broke"))] * crashed
    outcomes += [Outcome("APP001", Status.FAILED) for finding in findings if finding.severity is Severity.ERROR]
    document = Document((), name="乙区.html", format=format)
    known = frozenset({"APP001"} if equations else ())
    return Result(Reading(report, document=document), findings, tuple(outcomes), ("national",), known)


def finding(severity: Severity = Severity.ERROR, at: Location | None = None, message: Text = SUM) -> Finding:
    return Finding("DSP001", severity, message, ("disputes.reconsideration.total",), 0, 11, -11, at)


def lines(*results: Result, lang: Language = "zh") -> list[str]:
    return write_text([CheckedFile("乙区.html", result) for result in results], lang).splitlines()


def error(name: str = "丙.html") -> CheckedFile:
    return CheckedFile(name, error=ReadError("no_tables", Text("网页中没有表格", "no tables"), name))


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        (
            result(),
            "√ 乙区人民政府 2023 年    45 项勾稽关系全部成立",
            "√ 乙区人民政府 2023    45 balance equations all hold",
        ),
        (result(passed=1), "1 项勾稽关系全部成立", "1 balance equation holds"),
        (result(finding(Severity.INFO)), "45 项勾稽关系全部成立，1 项提示", "all hold, 1 note"),
        (
            result(passed=42, undecided=3),
            "42 项勾稽关系成立，3 项因缺少数据无法判断",
            "42 balance equations hold, 3 could not",
        ),
        (result(passed=0, undecided=3), "? 乙区人民政府 2023 年", "? 乙区人民政府 2023"),
        (result(finding()), "× 乙区人民政府 2023 年    1 处错误", "× 乙区人民政府 2023    1 error"),
        (
            result(finding(), finding(), finding(Severity.WARNING), crashed=2),
            "2 处错误，1 处警告，2 条规则自身出错，未核对",
            "2 errors, 1 warning, 2 rules broke and were not checked",
        ),
        (result(passed=7, equations=False), "7 项检查通过", "7 checks passed"),
        (result(report=Report()), "√ 乙区.html 年份不明", "√ 乙区.html (year unknown)"),
        (result(report=Report(title="年度报告", year=2020)), "√ 年度报告 2020 年", "√ 年度报告 2020"),
    ],
)
def test_verdict(given: Result, zh: str, en: str) -> None:
    assert zh in lines(given)[0]
    assert en in lines(given, lang="en")[0]


@pytest.mark.parametrize(
    ("at", "format", "zh", "en"),
    [
        (Location("甲.txt", line=14), "text", "甲.txt 第14行", "甲.txt, line 14"),
        (
            Location("乙.html", 90, table=7, row=4, cell=5),
            "html",
            "乙.html 表四 第4行第5列",
            "table 4, row 4, column 5",
        ),
        (Location("乙.txt", 90, table=7, row=4, cell=5), "text", "乙.txt 第90行", "乙.txt, line 90"),
        (Location("丁.pdf", page=5, table=7, row=4, cell=5), "pdf", "丁.pdf 第5页 表四 第4行第5列", "page 5, table 4"),
        (Location("乙.html"), "html", "    乙.html", "    乙.html"),
        (Location("-", line=3), "text", "标准输入 第3行", "standard input, line 3"),
        (None, "text", "    乙区.html", "    乙区.html"),
    ],
)
def test_place(at: Location | None, format: str, zh: str, en: str) -> None:
    given = result(finding(at=at), format=format)
    assert lines(given)[1].endswith(zh)
    assert en in lines(given, lang="en")[1]


def test_a_table_that_is_not_of_the_form_has_its_number() -> None:
    at = Location("乙.html", 90, table=7, row=4, cell=5)
    given = result(Finding("SRC004", Severity.WARNING, SUM, (), location=at), format="html")
    assert lines(given)[1].endswith("乙.html 第7个表格 第4行第5列")


def test_a_finding_says_what_is_printed_and_expected_once() -> None:
    line = lines(result(finding()))[1]
    assert line.startswith("  错误 DSP001  四、行政复议：总计 0，差 -11")
    assert line.count("-11") == 1
    silent = lines(result(finding(message=Text("总计不对", "wrong total"))))[1]
    assert "（填 0，应为 11，差 -11）" in silent


def test_several_files_have_a_summary() -> None:
    files = [
        CheckedFile("a", result()),
        CheckedFile("b", result(finding(), finding(), undecided=1)),
        CheckedFile("c", result(undecided=1)),
        CheckedFile("d", result(finding(Severity.INFO))),
        error(),
    ]
    zh, en = (write_text(files, lang).splitlines() for lang in LANGUAGES)
    assert zh[-1] == "共 5 份：2 份无错误，1 份有无法判断的项，1 份有错误（共 2 处），1 份无法核对"
    assert en[-1] == "5 files: 2 without errors, 1 not judged in full, 1 with errors (2 in all), 1 could not be checked"
    assert "? 丙.html    网页中没有表格" in zh
    assert len(lines(result())) == 1
    assert lines(result(), result())[-1] == "共 2 份：2 份无错误"


def office(name: str, year: int | None, errors: int = 0) -> CheckedFile:
    report = Report(year=year, publisher=Publisher(name))
    return CheckedFile("a", result(*[finding()] * errors, report=report))


def test_several_publishers_have_a_line_each() -> None:
    files = [
        *(office("甲局", year) for year in (2024, 2019, 2021, 2020) * 2),
        office("乙局", 2023, 2),
        office("乙局", None),
        office("丙局", 2023, 1),
        attrs.evolve(error(), skipped=True),
    ]
    assert write_text(files, "zh").splitlines()[-4:] == [
        "各机关（错误多的在前）：",
        "  乙局    2 份（2023 年），2 处错误",
        "  丙局    1 份（2023 年），1 处错误",
        "  甲局    8 份（2019–2021、2024 年）",
    ]
    assert write_text(files, "en").splitlines()[-4:] == [
        "By publisher, most errors first:",
        "  乙局    2 reports (2023), 2 errors",
        "  丙局    1 report (2023), 1 error",
        "  甲局    8 reports (2019–2021, 2024)",
    ]
    assert "机关" not in write_text(files[:8] * 2, "zh")
    assert "机关" not in write_text(files[2:], "zh")


def test_very_many_publishers_are_not_all_listed() -> None:
    files = [office(f"{number:02}局", 2023, number < 3) for number in range(30)]
    zh, en = (write_text(files, lang).splitlines() for lang in LANGUAGES)
    assert (zh[-1], en[-1]) == ("  另有 10 个机关，10 份", "  and 10 more with 10 reports")
    assert zh[-21:-18] == [f"  {number:02}局    1 份（2023 年），1 处错误" for number in range(3)]


def test_what_is_skipped_has_a_mark_of_its_own() -> None:
    skipped = attrs.evolve(error(), skipped=True)
    zh, en = (write_text([skipped, error("丁.html")], lang).splitlines() for lang in LANGUAGES)
    assert [line[:2] for line in zh[:2]] == ["– ", "? "]
    assert zh[-1] == "共 2 份：1 份无法核对，1 份不是年度报告，已跳过"
    assert en[-1] == "2 files: 1 could not be checked, 1 skipped as no annual reports"


def test_what_was_reviewed_is_counted_and_never_said_to_hold() -> None:
    error = finding()
    reviewed = attrs.evolve(result(error), findings=(), dismissed=(Dismissed(error, "已核实", "王某", "2026-11-24"),))
    assert lines(reviewed) == ["√ 乙区人民政府 2023 年    45 项勾稽关系成立，1 项已复核"]
    assert lines(reviewed, lang="en") == ["√ 乙区人民政府 2023    45 balance equations hold, 1 reviewed"]
    assert lines(reviewed, result())[-1] == "共 2 份：2 份无错误，1 项已复核，未计入"
    details = write_details([CheckedFile("乙区.html", reviewed)], "zh").splitlines()
    assert "  已复核 DSP001  四、行政复议：总计 0，差 -11（已核实  王某  2026-11-24）" in details
    assert f"  指纹 {error.fingerprint}  DSP001" in write_details([CheckedFile("a", result(error))], "zh").splitlines()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_files_are_named_once_in_each_verdict(lang: Language) -> None:
    nameless = CheckedFile("丁.txt", result(report=Report(year=2023)))
    files = [CheckedFile("甲/乙.txt", result()), nameless, CheckedFile("-", result()), error()]
    verdicts = [line for line in write_text(files, lang).splitlines() if line[:1] in ("√", "?")]
    assert [line.count(file.file) for line, file in zip(verdicts, files, strict=True)][:2] == [1, 1]
    assert verdicts[0].endswith("    甲/乙.txt")
    assert verdicts[2].endswith("标准输入" if lang == "zh" else "standard input")
    assert "甲/乙.txt" not in write_text(files[:1], lang)


def test_a_check_of_which_nothing_could_be_judged_is_not_called_good() -> None:
    assert lines(result(passed=0, undecided=1, equations=False))[0].startswith("?")
    assert lines(result(passed=3, crashed=1))[0].startswith("√")


def test_words_that_were_compared_are_left_to_the_message() -> None:
    compared = Finding("DOC004", Severity.WARNING, SUM, ("period",), "国务院令第771号", "国务院令第711号")
    for lang in LANGUAGES:
        assert "国务院令" not in write_text([CheckedFile("乙区.html", result(compared))], lang)


def test_details_list_what_could_not_be_judged() -> None:
    text = write_details([CheckedFile("a", result(passed=42, undecided=2, crashed=1))], "zh").splitlines()
    assert text[1:] == ["  规则出错 DOC001  坏了", "  无法判断 APP001  2 项：空白", "  42 项成立"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            [
                "APP001  三、总计列：（七）总计（文中没有）、结转下年度（文中没有）",
                "APP003  23 项：三、总计列 23 格（文中没有）",
            ],
        ),
        (
            "en",
            [
                "APP001  section 3, total: concluded in total (not in the document), ",
                "APP003  23 instances: section 3, ",
            ],
        ),
    ],
)
def test_details_are_a_line_for_each_rule(lang: Language, said: list[str]) -> None:
    whole = example_report("2021", 3, profile="large")
    kept = ("applications.total.received", "applications.total.carried_in")
    lost = [path for path in cells(whole) if path.startswith("applications.total.") and path not in kept]
    report = replace_cells(whole, dict.fromkeys(lost, Missing.ABSENT))
    text = write_details([CheckedFile("a", govinfo.check(report, select=["APP", "DIS"]))], lang).splitlines()
    assert all(any(one in line for line in text) for one in said), text
    codes = [line.split()[1] for line in text[1:-1]]
    assert codes == ["APP001", "APP002", "APP003"]  # APP004, about single cells, only says that they are missing


# A document must not be able to act on the terminal that shows it.

NASTY = "\x1b[2J\x07\r\n\x9b\u202e\u2028\u200b\ud800\U000e0041"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_from_outside_acts(lang: Language) -> None:
    nasty = Text(NASTY, NASTY)
    report = Report(year=2023, publisher=Publisher(NASTY))
    given = result(finding(at=Location(NASTY, 3), message=nasty), report=report, undecided=1, crashed=1)
    bad = CheckedFile(NASTY, error=ReadError("io", nasty))
    for write in (write_text, write_details):
        text = write([CheckedFile(NASTY, given), bad], lang)
        assert all(line.isprintable() for line in text.split("\n"))
        assert len(write_text([CheckedFile(NASTY, given)], lang).splitlines()) == 3


def test_visible_text_stays_as_it_is() -> None:
    plain = "（一）予以公开 √×? “引号” 1,234.5　全角"
    assert visible(plain) == plain
    assert visible("a\x1b[0m\n\u202e") == "a\\x1b[0m\\n\\u202e"
