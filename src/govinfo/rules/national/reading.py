"""What reading a document could not do, or did with doubt: one rule per code of the ``SRC`` family.

Readers and the parser note problems under these codes; the rules turn them into findings. None is an error: the
report may well be right and only our reading of it in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from govinfo.documents.model import Problem
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules.model import CheckRule, Example, Fault, Rule
from govinfo.text import Text

__all__ = ["OTHER", "RULES", "SRC"]

OTHER = "SRC099"
"""The rule for problems noted under a code that is not in `SRC`."""

_INFO, _WARNING = Severity.INFO, Severity.WARNING

SRC: dict[str, tuple[Severity, Text]] = {
    "SRC001": (_WARNING, Text("文件中有无法解码的字节", "bytes that cannot be decoded")),
    "SRC002": (
        _INFO,
        Text("行或列的标题受损，按其在表式中的位置认定", "a row or column known by its place: label damaged"),
    ),
    "SRC003": (_INFO, Text("一行的各列按次序或合计关系判定", "the columns of a row decided by order or arithmetic")),
    "SRC004": (
        _WARNING,
        Text("格内印有内容，但无法判定是什么数", "something is printed, which number could not be decided"),
    ),
    "SRC005": (_WARNING, Text("件数不是整数", "a count that is not a whole number")),
    "SRC006": (_WARNING, Text("表格残缺，有的格文中没有", "a table is cut off: cells are not in the document")),
    "SRC007": (_WARNING, Text("同一张表出现两次", "the same table twice")),
    "SRC008": (_INFO, Text("金额未印单位", "a sum of money without a printed unit")),
    "SRC009": (
        _INFO,
        Text("表格中夹杂的文字（如页码）未计入", "text inside a table left aside, such as a page number"),
    ),
    "SRC010": (_WARNING, Text("未找到年份或发布机关", "year or publisher not found")),
    "SRC011": (_WARNING, Text("行标题与数字可能错位", "rows may have been taken for other rows")),
    "SRC012": (
        _WARNING,
        Text("表中有表式以外的行，未读入", "a row the form does not have was not taken"),
    ),
    "SRC022": (
        _INFO,
        Text(
            "工作簿中显示的与存储的不同，或有隐藏、未计算的内容", "a workbook stores what it does not show, or hides it"
        ),
    ),
    "SRC020": (_WARNING, Text("Word 文件中有未读取的内容", "part of a Word document was not read")),
    "SRC021": (
        _INFO,
        Text("文件由 LibreOffice 转换后读取，表格可能有出入", "converted by LibreOffice: tables may differ"),
    ),
    "SRC026": (_INFO, Text("报告取自网页的脚本", "the report was taken from a script in the page")),
    "SRC023": (_WARNING, Text("有的页已损坏，未读取", "pages that are damaged and were not read")),
    "SRC024": (_WARNING, Text("页面上的文字存疑", "text of a page that is in doubt")),
    "SRC025": (
        _WARNING,
        Text(
            "页面是图片：文字为识别所得，或未能识别", "pages that are pictures: their text was recognised, or was not"
        ),
    ),
    "SRC027": (_INFO, Text("发布机关所在地区有歧义", "the publisher's name may mean several places")),
    OTHER: (_INFO, Text("读取时的其他问题", "another problem met while reading")),
}
"""Every code a reader or parser may note: severity and title."""

_EXAMPLES: dict[str, tuple[Text, Text]] = {
    "SRC001": (
        Text("文件全部是 UTF-8", "a file that is UTF-8 throughout"),
        Text("UTF-8 文件中有一个字只剩半个：“公开申\ufffd”", "a character of a UTF-8 file cut in two: “公开申\ufffd”"),
    ),
    "SRC002": (
        Text("行标题为“（一）予以公开”", "a row labelled “（一）予以公开”"),
        Text("行标题为“（一）予以公X”", "a row labelled “（一）予以公X”"),
    ),
    "SRC003": (
        Text("一行的七个数各在一格：0、3、0、1、0、0、4", "seven figures in seven cells: 0, 3, 0, 1, 0, 0, 4"),
        Text("一行的七个数都在一格：“0 3 0 1 0 0 4”", "seven figures in one cell: “0 3 0 1 0 0 4”"),
    ),
    "SRC004": (Text("格内印有“12”", "a cell with “12”"), Text("格内印有“1 2？”", "a cell with “1 2？”")),
    "SRC005": (Text("件数为 3", "a count of 3"), Text("件数为 3.5", "a count of 3.5")),
    "SRC006": (
        Text("表三印到“四、结转下年度继续办理”", "table 3 down to its last row, carried over to next year"),
        Text("表三到“（三）不予公开”为止", "table 3 ends in the middle, with the denied applications"),
    ),
    "SRC007": (
        Text("第三部分有一张表三", "table 3 stands in section 3"),
        Text("表三印了两次", "table 3 is printed, and printed again"),
    ),
    "SRC008": (
        Text("采购总金额：12.5 元", "procurement amount: 12.5 元, the unit is printed"),
        Text("采购总金额：12.5", "procurement amount: 12.5, yuan or 10,000 yuan?"),
    ),
    "SRC009": (
        Text("表内只有标题和数字", "nothing but labels and figures inside a table"),
        Text("表三中间有一行“- 4 -”", "a line “- 4 -” in the middle of table 3"),
    ),
    "SRC010": (
        Text(
            "标题为“青河市教育局2022年政府信息公开工作年度报告”",
            "a title that names office and year: “青河市教育局2022年政府信息公开工作年度报告”",
        ),
        Text(
            "标题为“政府信息公开工作年度报告”，文中也没有机关和年份",
            "the title is “政府信息公开工作年度报告”, and the text names no office and no year",
        ),
    ),
    "SRC011": (
        Text("每行的数字在本行标题之后", "the figures of every row behind its own label"),
        Text("表三的数字都错到了上一行", "all figures of table 3 have slipped up by a row"),
    ),
    "SRC012": (
        Text("表二只有表式规定的各行", "table 2 with the rows of the form and no others"),
        Text(
            "表二“规范性文件”之下多印一行“其他公开文件”", "a row “其他公开文件” printed below “规范性文件” in table 2"
        ),
    ),
    "SRC022": (
        Text("格内存的是 12，显示的也是 12", "a cell that stores 12 and shows 12"),
        Text("格内存的是 3.4，按显示格式显示为 3", "a cell that stores 3.4 and by its number format shows 3"),
    ),
    "SRC020": (
        Text("Word 文件的表格都是 Word 表格", "a Word document whose tables are tables of Word"),
        Text("Word 文件中嵌入了一张 Excel 工作表", "a Word document with a worksheet of Excel embedded in it"),
    ),
    "SRC021": (
        Text("Word 文档（.docx、.doc）或网页", "a Word document (.docx, .doc) or a web page"),
        Text("Word 95 的文档，由 LibreOffice 转换后读取", "a document of Word 95, converted by LibreOffice"),
    ),
    "SRC026": (
        Text("表在网页的正文中", "the tables stand in the page itself"),
        Text(
            '网页正文没有表，表写在脚本中：var content = "<table>…"',
            'the page shows no tables, a script holds them: var content = "<table>…"',
        ),
    ),
    "SRC023": (
        Text("每一页都能打开", "every page opens"),
        Text("第 3 页的数据损坏，打不开", "page 3 is damaged and does not open"),
    ),
    "SRC024": (
        Text("文字印在页面上，一格一个数", "printed text, one figure to a cell"),
        Text(
            "数字取自扫描件自带的隐藏文字，或一个数折成了两行",
            "figures from the hidden text of a scan, or one broken over two lines",
        ),
    ),
    "SRC025": (
        Text("每一页都有文字", "text on every page"),
        Text("第 3 页是扫描的图片，没有文字", "page 3 is a scanned picture without text"),
    ),
    "SRC027": (
        Text("发布机关为“济南市市中区教育局”", "the publisher is 济南市市中区教育局"),
        Text(
            "发布机关为“市中区教育局”，而济南、枣庄、内江、乐山各有一个市中区，网页上也没有写明是哪一个",
            "the publisher is 市中区教育局: four cities have a 市中区, and nothing on the page says which",
        ),
    ),
    OTHER: (
        Text("读取程序没有其他记录", "the reader noted nothing else"),
        Text("插件的读取程序另有记录", "the reader of a plugin noted a problem of its own"),
    ),
}
"""What the reader says nothing about, and what it notes."""

_SOURCE = Text("读取程序的记录，不是对报告的要求", "noted by the reader; nothing a report must satisfy")


def _problems(reading: Reading) -> Iterator[Problem]:
    yield from reading.problems
    if reading.document is not None:
        yield from (problem for problem in reading.document.problems if problem not in reading.problems)


def _rule(code: str, severity: Severity, title: Text) -> CheckRule:
    def check(reading: Reading) -> Iterator[Fault]:
        for problem in _problems(reading):
            if problem.code == code or (code == OTHER and problem.code not in SRC):
                yield Fault(_sure(problem), problem.paths, at=problem.at)

    passes, fails = _EXAMPLES[code]
    noted = {"code": code if code != OTHER else "PLG001", "zh": "某处存疑", "en": "something is in doubt"}
    return CheckRule(
        *(code, severity, title, _SOURCE, check),
        passes=Example(passes, {}),
        fails=Example(fails, {"problems": [noted]}),
    )


def _sure(problem: Problem) -> Text:
    """Say what was decided and how sure the reading is of it."""
    if problem.confidence is None:
        return problem.message
    percent = f"{problem.confidence:.0%}"
    return Text(f"{problem.message.zh}（把握 {percent}）", f"{problem.message.en} ({percent} sure)")


RULES: tuple[Rule, ...] = tuple(_rule(code, severity, title) for code, (severity, title) in SRC.items())
