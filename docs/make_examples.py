"""Write the reports in ``examples/``: one per layout and some of the formats, prose and places our own.

    python docs/make_examples.py

Every report is consistent to begin with; ``printed`` and ``prose`` then put in what real reports get wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from govinfo.schema import Disputes, ProcessingFee, Report
from govinfo.schema.editions import EDITIONS
from govinfo.testing import PrintedCell, Sheet, print_report, render, settle
from govinfo.testing.examples import compose
from govinfo.testing.formats import FORMATS

__all__ = ["EXAMPLES", "FOLDER", "Example", "build", "main"]

FOLDER = Path(__file__).resolve().parents[1] / "examples"

_NONE: Mapping[str, Any] = {}


@attrs.frozen(kw_only=True)
class Example:
    """One report of ``examples/``."""

    file: str
    layout: str
    """Or format: a name in `LAYOUTS` or `FORMATS`."""
    shows: str
    """What is to be seen in it, in a few English words."""
    publisher: str
    year: int
    editions: tuple[str, str] = ("2021", "2021")
    """Of tables 2 and 3."""
    disclosure: Mapping[str, Any] = _NONE
    """Figures of table 2 by path; all others are 0."""
    applications: Mapping[str, int] = _NONE
    """Figures of table 3 that no equation determines; all others follow."""
    disputes: Mapping[str, int] = _NONE
    fee: ProcessingFee = ProcessingFee()
    voice: int = 0
    """Which of the wordings of the prose."""
    printed: Mapping[str, str] = _NONE
    """Cells by canonical path that are printed otherwise than they should be."""
    prose: Mapping[str, str] = _NONE
    """Words to be replaced in paragraphs, and by what."""
    encoding: str = "utf-8"
    declared: str | None = None


_OVERVIEWS = (
    (
        "{year}年，本机关把政务公开与日常业务一同部署、一同检查，全年工作平稳有序。",
        "（一）主动公开。公开目录按季度核对，新制定的文件在印发当日上网，并配有通俗的说明。",
        "（二）依申请公开。全年新收政府信息公开申请{received}件，上年结转{carried_in}件，"
        "办结{concluded}件，结转下年度{carried_out}件。",
        "（三）政府信息管理。现行有效的文件逐件核对，失效的及时标明，统一格式后重新发布。",
        "（四）政府信息公开平台建设。网站栏目作了合并，手机上也能查阅。",
        "（五）监督保障。公开工作列入年度考核，请群众代表评议，听到的意见都有回音。",
    ),
    (
        "本机关围绕群众最常问的事项改进公开，少讲原则，多讲办法。",
        "（一）主动公开。每项政策都写明谁能办、到哪里办、多久办完，过期的内容随时撤下。",
        "（二）依申请公开。来信、来访和网上三种渠道都有专人登记，本年共办结申请{concluded}件，答复前由法制机构审核。",
        "（三）政府信息管理。文件形成时即确定是否公开，档案室与网站使用同一份目录。",
        "（四）政府信息公开平台建设。检索功能更新，查阅点增设了老年人座席。",
        "（五）监督保障。新到岗人员先学条例再上岗，每半年抽查一次栏目。",
    ),
)
_PROBLEMS = (
    ("公开的内容还不够贴近企业和群众的需要，个别栏目更新偏慢。", "下一步将听取服务对象的意见，按月检查栏目。"),
    ("解读材料形式单一，图表和问答偏少。", "今后与起草部门一同准备解读材料，并为新任人员安排培训。"),
)
_OTHER = ("本机关没有其他需要报告的事项。", "各项年度重点任务已经完成，有关材料可在本机关网站查阅。")
_LAW = "《中华人民共和国政府信息公开条例》"


def _fee(notices: int, charged: str, received: str) -> ProcessingFee:
    return ProcessingFee(notices, Decimal(charged), Decimal(received))


EXAMPLES = (
    Example(
        file="one-cell-per-line.txt",
        layout="lines",
        shows="Word text, every cell an indented line; nothing wrong",
        publisher="青河市科学技术局",
        year=2022,
        disclosure={"normative_documents.issued": 2, "normative_documents.in_force": 15, "licensing.decisions": 6},
        applications={"natural_person.granted": 3, "natural_person.unavailable.not_held": 1},
    ),
    Example(
        file="one-cell-per-line-flush.txt",
        layout="lines_plain",
        shows="every cell a line, no indentation, row ends lost",
        publisher="云岭县水利局",
        year=2023,
        disclosure={"licensing.decisions": 41, "penalties.decisions": 3, "fees.amount": Decimal("128.6")},
        applications={
            "natural_person.granted": 5,
            "natural_person.denied.third_party": 1,
            "enterprise.granted": 2,
            "natural_person.carried_in": 1,
        },
        voice=1,
    ),
    Example(
        file="one-cell-per-line-blank-lines.txt",
        layout="lines_spaced",
        shows="every cell a paragraph, blank lines between",
        publisher="石桥县财政局",
        year=2021,
        disclosure={"normative_documents.issued": 1, "normative_documents.in_force": 9},
        applications={"natural_person.partly_granted": 2, "natural_person.carried_out": 1},
        fee=_fee(0, "0", "0"),
    ),
    Example(
        file="cell-and-bar.txt",
        layout="cell_bar",
        shows="cell and bar on each line; the processing fee received exceeds what was charged",
        publisher="白鹿市市场监督管理局",
        year=2023,
        disclosure={
            "normative_documents.in_force": 4,
            "licensing.decisions": 1862,
            "penalties.decisions": 214,
            "coercive_measures.decisions": 17,
        },
        applications={
            "natural_person.granted": 88,
            "natural_person.denied.enforcement_file": 12,
            "natural_person.not_processed.complaint": 31,
            "natural_person.carried_in": 4,
            "natural_person.carried_out": 6,
            "enterprise.granted": 3,
            "legal_service.granted": 2,
        },
        disputes={"reconsideration.upheld": 3, "reconsideration.corrected": 1, "litigation_direct.upheld": 1},
        fee=_fee(2, "560", "650"),
        voice=1,
    ),
    Example(
        file="cell-and-bar-alternating.txt",
        layout="cell_bar_alternate",
        shows="cell and bar on alternate lines; a report for 2024 with many suits that skipped reconsideration",
        publisher="云岭县人民政府办公室",
        year=2024,
        disclosure={
            "normative_documents.issued": 3,
            "normative_documents.repealed": 1,
            "normative_documents.in_force": 27,
        },
        applications={
            "natural_person.granted": 19,
            "natural_person.denied.internal_affairs": 2,
            "natural_person.unavailable.not_held": 7,
            "natural_person.carried_in": 2,
        },
        disputes={"reconsideration.upheld": 2, "litigation_direct.upheld": 5, "litigation_direct.pending": 2},
    ),
    Example(
        file="tabs.txt",
        layout="tabs",
        shows="tab-separated rows; in table 3 a digit of （七）总计 was dropped: 47 became 4, and three equations fail",
        publisher="白鹿市教育局",
        year=2022,
        disclosure={"normative_documents.issued": 4, "normative_documents.in_force": 22, "licensing.decisions": 130},
        applications={
            "natural_person.granted": 33,
            "natural_person.partly_granted": 3,
            "natural_person.denied.process": 2,
            "natural_person.unavailable.not_held": 9,
            "natural_person.carried_in": 2,
            "natural_person.carried_out": 1,
            "enterprise.granted": 1,
        },
        printed={"applications.natural_person.concluded": "4"},
    ),
    Example(
        file="tabs-missing-fields.txt",
        layout="tabs_ragged",
        shows="tab-separated rows whose merged cells are missing fields; the decree is cited as 771 instead of 711",
        publisher="南屏县卫生健康局",
        year=2023,
        disclosure={"licensing.decisions": 305, "penalties.decisions": 44, "coercive_measures.decisions": 2},
        applications={"natural_person.granted": 12, "natural_person.denied.third_party": 2, "research.granted": 1},
        voice=1,
        prose={"711": "771"},
    ),
    Example(
        file="pipes.txt",
        layout="pipes",
        shows="pipe rows; nine cells left blank or struck out: blank is not zero",
        publisher="石桥县水利局",
        year=2022,
        disclosure={"licensing.decisions": 8},
        applications={"natural_person.granted": 2, "enterprise.granted": 1},
        printed={
            "disclosure.regulations.issued": "/",
            "disclosure.regulations.repealed": "/",
            "disclosure.regulations.in_force": "/",
            "applications.research.received": "",
            "applications.research.carried_in": "",
            "applications.research.concluded": "",
            "applications.research.carried_out": "",
            "applications.research.granted": "",
            "disputes.litigation_direct.pending": "",
        },
    ),
    Example(
        file="markdown.md",
        layout="markdown",
        shows="a Markdown table, edition 2019 of the form",
        publisher="青河市财政局",
        year=2020,
        editions=("2019", "2019"),
        disclosure={
            "normative_documents.made": 5,
            "normative_documents.newly_published": 5,
            "normative_documents.total_published": 31,
            "licensing.previous_items": 12,
            "licensing.change": -4,
            "licensing.decisions": 87,
            "fees.previous_items": 3,
            "procurement.items": 6,
            "procurement.amount": Decimal("218300"),
            "procurement.amount_unit": "万元",
        },
        applications={"natural_person.granted": 4, "enterprise.partly_granted": 1, "natural_person.other_outcome": 1},
        voice=1,
    ),
    Example(
        file="pdf-text.txt",
        layout="spaces",
        shows="text taken out of a PDF: columns of spaces, labels broken over lines; figures of a whole city",
        publisher="青河市人民政府",
        year=2023,
        disclosure={
            "regulations.issued": 1,
            "regulations.in_force": 12,
            "normative_documents.issued": 46,
            "normative_documents.repealed": 18,
            "normative_documents.in_force": 537,
            "licensing.decisions": 184206,
            "penalties.decisions": 90418,
            "coercive_measures.decisions": 3127,
            "fees.amount": Decimal("59237.2449"),
        },
        applications={
            "natural_person.granted": 1208,
            "natural_person.partly_granted": 173,
            "natural_person.denied.third_party": 46,
            "natural_person.denied.enforcement_file": 88,
            "natural_person.unavailable.not_held": 655,
            "natural_person.not_processed.complaint": 97,
            "natural_person.other_outcome.not_corrected": 21,
            "natural_person.carried_in": 62,
            "natural_person.carried_out": 75,
            "enterprise.granted": 84,
            "enterprise.unavailable.not_held": 31,
            "enterprise.carried_out": 2,
            "public_welfare.granted": 3,
            "legal_service.granted": 17,
            "other.granted": 5,
        },
        disputes={
            "reconsideration.upheld": 41,
            "reconsideration.corrected": 9,
            "reconsideration.pending": 4,
            "litigation_direct.upheld": 12,
            "litigation_direct.pending": 3,
            "litigation_after_reconsideration.upheld": 8,
            "litigation_after_reconsideration.other": 1,
        },
        fee=_fee(11, "3240", "3240"),
    ),
    Example(
        file="web-table.html",
        layout="html",
        shows="a web page with plain tables; section 5 says nothing but 无",
        publisher="南屏县教育局",
        year=2024,
        disclosure={"normative_documents.in_force": 3, "licensing.decisions": 19},
        applications={"natural_person.granted": 2},
        prose={_PROBLEMS[0][0]: "无。", _PROBLEMS[0][1]: ""},
    ),
    Example(
        file="word-paste.html",
        layout="html_word",
        shows="Word pasted into a page; in table 4 the total of reconsideration is 0 where the outcomes give 11",
        publisher="白鹿市东湖区人民政府",
        year=2023,
        disclosure={"normative_documents.issued": 6, "normative_documents.in_force": 58, "licensing.decisions": 7420},
        applications={
            "natural_person.granted": 96,
            "natural_person.partly_granted": 14,
            "natural_person.unavailable.not_held": 38,
            "natural_person.carried_in": 5,
            "natural_person.carried_out": 9,
            "enterprise.granted": 7,
        },
        disputes={"reconsideration.upheld": 10, "reconsideration.corrected": 1, "litigation_direct.upheld": 2},
        voice=1,
        printed={"disputes.reconsideration.total": "0"},
        prose={
            "每半年抽查一次栏目。": "每半年抽查一次栏目。全年因政府信息公开被申请行政复议11件，其中维持10件、纠正1件。"
        },
    ),
    Example(
        file="wps-paste.html",
        layout="html_wps",
        shows="WPS pasted into a page; the period ends on 30 December and a placeholder was left in",
        publisher="石桥县市场监督管理局",
        year=2022,
        disclosure={"licensing.decisions": 961, "penalties.decisions": 58},
        applications={
            "natural_person.granted": 6,
            "natural_person.not_processed.complaint": 4,
            "natural_person.carried_in": 1,
        },
        prose={"12月31日": "12月30日", _OTHER[0]: "××局没有其他需要报告的事项。"},
    ),
    Example(
        file="web-site-page.html",
        layout="html_page",
        shows="a whole page of a site, menus around the report; bytes are GB18030 and the page says gb2312",
        publisher="云岭县教育局",
        year=2023,
        disclosure={"normative_documents.issued": 1, "normative_documents.in_force": 11, "licensing.decisions": 52},
        applications={"natural_person.granted": 7, "natural_person.unavailable.unclear": 1},
        fee=_fee(0, "0", "0"),
        voice=1,
        prose={"老年人座席": "老年人座席，由赵䶮负责"},
        encoding="gb18030",
        declared="gb2312",
    ),
    Example(
        file="web-paragraphs.html",
        layout="html_paragraphs",
        shows="a page whose tables were dissolved into paragraphs, one cell each",
        publisher="南屏县财政局",
        year=2021,
        disclosure={"normative_documents.issued": 2, "normative_documents.in_force": 13},
        applications={"natural_person.granted": 1, "enterprise.granted": 1, "enterprise.carried_in": 1},
    ),
    Example(
        file="web-table-split.html",
        layout="html_split",
        shows="table 3 split in two; table 2 is still that of the form of 2019, though the report is for 2021",
        publisher="青河市水利局",
        year=2021,
        editions=("2019", "2021"),
        disclosure={
            "normative_documents.made": 1,
            "normative_documents.newly_published": 1,
            "normative_documents.total_published": 14,
            "licensing.previous_items": 9,
            "licensing.change": 2,
            "licensing.decisions": 33,
        },
        applications={"natural_person.granted": 3, "natural_person.carried_in": 1},
        voice=1,
    ),
    Example(
        file="word.docx",
        layout="docx_numbered",
        shows="a Word document whose headings and labels are numbered by Word; two digits changed places: 63 became 36",
        publisher="松原岭县教育局",
        year=2023,
        disclosure={"normative_documents.in_force": 6, "licensing.decisions": 148},
        applications={"natural_person.granted": 63, "enterprise.granted": 4, "natural_person.carried_in": 2},
        disputes={"reconsideration.upheld": 1},
        printed={"applications.natural_person.granted": "36"},
    ),
    Example(
        file="workbook.xlsx",
        layout="xlsx_sheets",
        shows="an Excel workbook, a sheet for each table; figures are numbers, labels merged cells",
        publisher="石桥县财政局",
        year=2024,
        disclosure={"penalties.decisions": 2, "fees.amount": Decimal("31.75")},
        applications={"natural_person.granted": 7, "enterprise.not_processed.repeated": 1},
        voice=1,
    ),
    Example(
        file="printed.pdf",
        layout="pdf_cut",
        shows="a PDF whose tables are cut by the ends of pages, in the middle of rows; one suit too many in a total",
        publisher="江北省青河市人民政府",
        year=2022,
        disclosure={"regulations.in_force": 3, "normative_documents.issued": 12, "normative_documents.in_force": 88},
        applications={"natural_person.granted": 214, "legal_service.granted": 9, "natural_person.carried_out": 17},
        disputes={"litigation_direct.upheld": 4, "litigation_direct.corrected": 1},
        printed={"disputes.litigation_direct.total": "6"},
        voice=1,
    ),
    Example(
        file="official.ofd",
        layout="ofd_printer",
        shows="an OFD document, the national format of official documents",
        publisher="南屏县市场监督管理局",
        year=2025,
        disclosure={"penalties.decisions": 57, "coercive_measures.decisions": 3},
        applications={"enterprise.granted": 2, "natural_person.unavailable.not_held": 3},
    ),
)


def build(example: Example) -> bytes:
    """Return the document of an example."""
    sheet = _misprint(print_report(_report(example)), example)
    if example.layout in FORMATS:
        return FORMATS[example.layout].write(sheet)
    return render(sheet, example.layout, encoding=example.encoding, declared=example.declared)


def _report(example: Example) -> Report:
    two, three = example.editions
    applications = settle(EDITIONS["applications"][three], example.applications)
    total = applications.total
    figures = {name: getattr(total, name) for name in ("received", "carried_in", "concluded", "carried_out")}
    return compose(
        publisher=example.publisher,
        year=example.year,
        disclosure=settle(EDITIONS["disclosure"][two], example.disclosure),
        applications=applications,
        disputes=settle(Disputes, example.disputes),
        fee=example.fee,
        paragraphs={
            "overview": [line.format(year=example.year, **figures) for line in _OVERVIEWS[example.voice]],
            "problems": _PROBLEMS[example.voice],
            "other_matters": [_OTHER[example.voice]],
        },
        published=dt.date(example.year + 1, 1, 20),
    )


def _misprint(sheet: Sheet, example: Example) -> Sheet:
    """Put what is wrong into a printed report; a paragraph with no words left goes."""
    unknown = example.printed.keys() - sheet.figures().keys()
    if unknown:
        raise KeyError(f"{example.file}: not cells of the report: {sorted(unknown)}")
    used: set[str] = set()

    def cell(printed: PrintedCell) -> PrintedCell:
        return attrs.evolve(printed, text=example.printed.get(printed.path or "", printed.text))

    def words(paragraph: str) -> str:
        for old, new in example.prose.items():
            if old in paragraph:
                used.add(old)
                paragraph = paragraph.replace(old, new)
        return paragraph

    sheet = sheet.map_cells(cell)
    sheet = attrs.evolve(
        sheet,
        opening=tuple(words(line) for line in sheet.opening),
        sections=tuple(
            attrs.evolve(
                section,
                blocks=tuple(
                    block for old in section.blocks if (block := words(old) if isinstance(old, str) else old) != ""
                ),
            )
            for section in sheet.sections
        ),
    )
    if unused := example.prose.keys() - used:
        raise KeyError(f"{example.file}: words not in the report: {sorted(unused)}")
    return sheet


def main() -> None:
    """Write the examples anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for example in EXAMPLES:
        (FOLDER / example.file).write_bytes(build(example))


if __name__ == "__main__":
    main()
