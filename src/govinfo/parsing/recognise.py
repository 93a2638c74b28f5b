"""What a document is when it is not an annual report one can check, and why."""

from __future__ import annotations

import re

from govinfo.documents.model import Document, Paragraph, Table
from govinfo.errors import ReadError
from govinfo.parsing.metadata import Heading
from govinfo.text import Text

__all__ = ["interprets", "refuse", "several_reports"]

_HEAD = 4000
_WEBSITE = re.compile(r"政府网站(?:工作)?年度(?:工作)?报表|独立用户访问总量|网站总访问量")
_LOGIN = re.compile(r"(?:用户名|账号|帐号|手机号).{0,40}密码|验证码.{0,20}登录|请(?:先)?登录后|统一身份认证")
_INTERPRETATION = re.compile(r"(?:文字|图文|图片|视频|政策)解读|一图读懂|图解|【解读】|的?解读$")
_STATISTICS = re.compile(r"统计指标|指\s*标\s*名\s*称|主动公开政府信息数|收到申请数|不同渠道和方式公开相同信息计1条")
_REPORT = re.compile(r"(?:政府信息公开|政务公开)(?:工作)?年度(?:工作)?报告|政府信息公开年报")

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


def several_reports(name: str) -> ReadError:
    """Return the error for a document that holds more than one report."""
    what = Text(
        "文中有不止一份报告（表三出现多次，内容或机关不同），请分成单独的文件",
        "the document holds more than one report (table 3 stands in it several times): split it into single files",
    )
    return ReadError("several_reports", what, name)


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
    if heading is not None and name == "no_tables":
        who = f"{heading.publisher or ''} {heading.year or ''}".strip()
        what = Text(f"{who} 年：{what.zh}", f"{who}: {what.en}")
    return ReadError(name, what, document.name)


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
