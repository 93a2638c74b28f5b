"""Write the reports in ``reports/``: one made-up report on Hubei's form, as the kinds of file it is published as.

    python tests/make_reports.py

The notes in the labels are worded anew: what counts is that they stand inside labels and name other labels.
"""

from __future__ import annotations

from pathlib import Path

import attrs
from govinfo_hubei.form import Disclosure2019Hubei

from govinfo.schema import Report
from govinfo.testing import LAYOUTS, PrintedCell, Sheet, example_report, print_report, render
from govinfo.testing.formats import FORMATS

__all__ = ["FOLDER", "REPORT", "contents", "printed"]

FOLDER = Path(__file__).parent / "reports"

REPORT: Report = example_report("2019", 5, profile="large", forms={"disclosure": Disclosure2019Hubei})
"""A report for 2020 with figures in nearly every cell."""

_LAYOUTS = {"page": "html", "word-page": "html_word", "rows": "tabs", "lines": "lines_plain", "bars": "cell_bar"}
_NOTES = {
    "规范性文件": "（指本机关制发、普遍适用的文件（含联合制发），不含规章、其他主动公开文件）",
    "其他主动公开文件": "（指规章、规范性文件之外主动公开的文件）",
    "其他对外管理服务事项": "（除行政许可外，如行政确认、行政给付，填写项目数量）",
    "行政处罚": "（填写处理决定数量，不含行政强制）",
    "行政强制": "(填写处理决定数量,\n不含行政处罚)",
    "采购总金额": "（单位：万元，含政府集中采购目录内的采购项目）",
    "总计": "（等于前六列之和）",
    "尚未审结": "（不含结果维持、结果纠正、其他结果）",
}


def printed() -> Sheet:
    """Return the report as printed, with the notes in its labels."""

    def annotate(cell: PrintedCell) -> PrintedCell:
        if cell.path is None:
            return attrs.evolve(cell, text=cell.text + _NOTES.get(cell.text, ""))
        return attrs.evolve(cell, text=cell.text.removesuffix("万元"))  # its heading says so

    return print_report(REPORT).map_cells(annotate)


def contents() -> dict[str, bytes]:
    """Return every file by its name."""
    sheet = printed()
    files = {name + LAYOUTS[layout].suffix: render(sheet, layout) for name, layout in _LAYOUTS.items()}
    return {**files, "report.docx": FORMATS["docx"].write(sheet)}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in contents().items():
        (FOLDER / name).write_bytes(content)
