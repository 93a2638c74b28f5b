"""What a document is when it is not an annual report one can check, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govinfo.documents.model import Document, Paragraph, Table
from govinfo.errors import ReadError
from govinfo.parsing.labels import Vocabulary
from govinfo.parsing.metadata import Heading
from govinfo.parsing.numbers import FIGURES, look
from govinfo.text import Text

__all__ = [
    "LINES_LOST",
    "compares_offices",
    "interprets",
    "lost_repeated_lines",
    "refuse",
    "rolled_up",
    "several_reports",
]

_HEAD = 4000
_LABELS = 10
"""So many rows have figures that repeat."""
_LISTED = 5
"""So many attachments are named."""
_WEBSITE = re.compile(r"政府网站(?:工作)?年度(?:工作)?报表|独立用户访问总量|网站总访问量")
_LOGIN = re.compile(r"(?:用户名|账号|帐号|手机号).{0,40}密码|验证码.{0,20}登录|请(?:先)?登录后|统一身份认证")
_INTERPRETATION = re.compile(r"(?:文字|图文|图片|视频|政策)解读|一图读懂|图解|【解读】|的?解读$")
_STATISTICS = re.compile(r"统计指标|指\s*标\s*名\s*称|主动公开政府信息数|收到申请数|不同渠道和方式公开相同信息计1条")
_REPORT = re.compile(r"(?:政府信息公开|政务公开)(?:工作)?年度(?:工作)?报告|政府信息公开年报")

_OFFICE = re.compile(r"[\u4e00-\u9fff]{1,20}(?:局|委|厅|办|办公室|政府|委员会|街道|镇|乡|中心|法院|检察院|大队|支队)")
_FEW_OFFICES = 3
LINES_LOST = Text(
    "文中重复的行都已被删去，表中剩下的数字属于哪一格已无法判断",
    "every repeated line is gone from the document: which cells the figures left belong to cannot be told",
)
"""What to say where `lost_repeated_lines`."""

_WHAT: dict[str, Text] = {
    "website_report": Text(
        "这是政府网站工作年度报表，是另一种表，不是政府信息公开工作年度报告，无法按其表式核对",
        "this is an annual statement of a government website, another form, not an annual report on disclosure",
    ),
    "interpretation": Text(
        "这是对年度报告的解读，不是报告本身，文中没有可核对的表；请提供报告原文",
        "this page interprets an annual report and holds no tables to check: give the report itself",
    ),
    "pre_2019": Text(
        "这是 2019 年以前的统计表式，与现行表式不同，不在核对范围之内",
        "this report uses the statistical form of before 2019, which is not covered",
    ),
    "login": Text(
        "这是登录页面，网站没有给出报告正文；请登录后另存报告页面",
        "this is a login page: the site did not hand out the report; save the report's own page",
    ),
    "images": Text(
        "这是年度报告，但网页中没有表格（表格可能是图片），无法核对；请提供文字版或表格版",
        "this is an annual report but it holds no tables (they may be pictures): give one with tables as text",
    ),
    "no_tables": Text(
        "这是年度报告，但文中没有表格（可能在附件中或已丢失），无法核对",
        "this is an annual report but it holds no tables (they may be in an attachment, or lost)",
    ),
    "not_a_report": Text(
        "这不是政府信息公开工作年度报告：没有找到报告标题，也没有找到表式中的表",
        "this is not an information-disclosure annual report: neither its title nor its tables were found",
    ),
}


def lost_repeated_lines(document: Document, vocabulary: Vocabulary) -> bool:
    """Tell whether every line that stood there before is gone, as some sites leave a page.

    A form whose cells stand on lines of their own is full of the same zeros: where its labels do and no line stands
    twice, the others were taken out, and nobody can tell where.
    """
    if any(isinstance(block, Table) for block in document.blocks):
        return False
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.text]
    if len(lines) != len(set(lines)):
        return False
    return len({key for line in lines if (key := vocabulary.rows.exact(line)) is not None}) >= _LABELS


def several_reports(name: str, count: int | None = None) -> ReadError:
    """Return the error for a document that holds more than one report; ``count``: how many, where that is certain."""
    if count is not None:
        counted = Text(
            "文中有不止一份报告（{n} 份），用 govinfo check 可逐份核对（在程序中用 govinfo.read_all）",
            "the document holds several reports ({n}): govinfo check reads each (in a program govinfo.read_all)",
        )
        return ReadError("several_reports", counted.fill(n=count), name)
    what = Text(
        "文中有不止一份报告（表三出现多次，内容或机关不同），且无法确定各份的起止，请分成单独的文件",
        "the document holds more than one report (table 3 stands in it several times), and where each begins is not "
        "certain: split it into single files",
    )
    return ReadError("several_reports", what, name)


def compares_offices(table: Table) -> bool:
    """Tell whether the columns of a table are offices: a roll-up, whose seven columns are no seven kinds of applicant.

    Only what stands above the first figure counts.
    """
    for row in table.rows:
        texts = [cell.text for cell in row if cell.text]
        if any(look(text).look in FIGURES for text in texts):
            return False
        offices = sum(_OFFICE.fullmatch("".join(text.split())) is not None for text in texts)
        if offices >= _FEW_OFFICES and 2 * offices > len(texts):
            return True
    return False


def rolled_up(name: str) -> ReadError:
    """Return the error for a table that puts the figures of several offices side by side."""
    what = Text(
        "这是多个单位的汇总表（各列是不同的单位），不是一份年度报告，无法按其表式核对；请提供各单位的报告",
        "this is a roll-up: its columns are offices, it is not one annual report; give the reports of the offices",
    )
    return ReadError("not_a_report", what, name)


def interprets(document: Document) -> bool:
    """Tell whether a page says of itself that it explains a report."""
    lines = [text for block in document.blocks[:40] for text in _texts(block)]
    return any(_INTERPRETATION.search(text) for text in [document.title or "", *lines] if len(text) < 60)


def refuse(document: Document, heading: Heading | None) -> ReadError:
    """Return the error that says what a document without any of the form's tables is."""
    texts: list[str] = [document.title or ""]
    size = 0
    for block in document.blocks:
        for text in _texts(block):
            texts.append(text)
            size += len(text)
        if size > _HEAD * 10:
            break
    whole = "\n".join(texts)
    kind = _kind(document, heading, whole)
    if document.scans and kind in ("images", "no_tables", "not_a_report"):  # what is missing may stand on these pages
        from govinfo.documents.pages.scan import scanned

        return scanned(document.name, len(document.scans))
    name = "no_tables" if kind == "images" else kind
    what = _WHAT[kind]
    if name == "no_tables" and document.attachments:
        what = _in_attachments(document.attachments)
    if heading is not None and name == "no_tables":
        who = f"{heading.publisher or ''} {heading.year or ''}".strip()
        what = Text(f"{who} 年：{what.zh}", f"{who}: {what.en}")
    return ReadError(name, what, document.name)


def _in_attachments(names: Sequence[str]) -> Text:
    listed = names[:_LISTED]
    more = len(names) - len(listed)
    return Text(
        f"这是年度报告，但文中没有表格，表可能在附件中：{'、'.join(listed)}{f' 等 {len(names)} 个' if more else ''}；"
        "请下载附件后核对",
        f"this is an annual report but it holds no tables; they may be in what it links to: {', '.join(listed)}"
        f"{f' and {more} more' if more else ''}; download and check that",
    )


def _texts(block: Paragraph | Table) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text] if block.text else []
    return [cell.text for row in block.rows for cell in row if cell.text]


def _kind(document: Document, heading: Heading | None, whole: str) -> str:
    head = whole[:_HEAD]
    if _WEBSITE.search(whole):
        return "website_report"
    if interprets(document):
        return "interpretation"
    if heading is not None and (heading.year or 2019) < 2019:
        return "pre_2019"
    if _STATISTICS.search(whole) and (heading is None or (heading.year or 0) < 2019):
        return "pre_2019"
    if len(whole) < 1500 and _LOGIN.search(re.sub(r"\s+", "", whole)):
        return "login"
    if heading is not None or _REPORT.search(head):
        return "images" if document.images else "no_tables"
    return "not_a_report"
