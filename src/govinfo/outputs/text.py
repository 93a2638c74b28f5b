"""What a clerk wants to read: a verdict per report, then what is wrong and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from govinfo.documents.model import Document, Paragraph
from govinfo.documents.sheets.names import letters, row_of
from govinfo.engines.wording import unknown_at_large
from govinfo.findings import Diagnosis, Finding, Location, Outcome, Result, Severity, Status
from govinfo.hookspecs import CheckedFile
from govinfo.outputs.summary import summary
from govinfo.outputs.visible import visible
from govinfo.repair.cause import READING
from govinfo.tally import Tally, mark_of, undecided_in
from govinfo.text import Language, Text

__all__ = ["details_one", "text_foot", "text_one"]

_GAP = "    "
_INDENT = "       "
_MOST_ADVICE = 5
"""So many explanations of one finding are shown."""
_TABLES = {
    "disclosure": Text("表二", "table 2"),
    "applications": Text("表三", "table 3"),
    "disputes": Text("表四", "table 4"),
}
_STATUSES = {
    Status.UNDECIDED: Text("无法判断", "undecided"),
    Status.CRASHED: Text("规则出错", "rule broke"),
    Status.NOT_APPLICABLE: Text("不适用", "not applicable"),
}


def text_one(file: CheckedFile, lang: Language, several: bool) -> str:
    """Return the verdict and the findings of one file."""
    return _lines(_file(file, lang, details=False, several=several))


def details_one(file: CheckedFile, lang: Language, several: bool) -> str:
    """Return the same with every rule that could not be judged, and why."""
    return _lines(_file(file, lang, details=True, several=several))


def text_foot(tally: Tally, lang: Language) -> str:
    """Return the summary, where there are several files."""
    return _lines(line.render(lang) for line in summary(tally))


def _lines(lines: Iterable[str]) -> str:
    return "".join(visible(line) + "\n" for line in lines)


def _file(file: CheckedFile, lang: Language, *, details: bool, several: bool) -> Iterator[str]:
    if file.result is None:
        reason = file.error.text.render(lang) if file.error else ""
        yield f"{'–' if file.skipped else '?'} {_name(file.file).render(lang)}{_GAP}{reason}"
        return
    result = file.result
    verdict = f"{mark_of(result)} {_subject(file, result).render(lang)}{_GAP}{_verdict(result).render(lang)}"
    if several and _publisher(result):  # otherwise the file's name stands in the publisher's place
        verdict += f"{_GAP}{_name(file.file).render(lang)}"
    yield verdict
    for finding in result.findings:
        yield f"  {_line(finding, file, result).render(lang)}"
        for line in _advice(finding):
            yield f"{_INDENT}{line.render(lang)}"
    if details:
        for finding in result.findings:
            yield Text(
                f"  指纹 {finding.fingerprint}  {finding.code}", f"  fingerprint {finding.fingerprint}  {finding.code}"
            ).render(lang)
        for one in result.dismissed:
            said = f"{one.finding.code}  {one.finding.message.render(lang)}"
            why = "  ".join(filter(None, (one.reason, one.who, one.when)))
            yield Text(f"  已复核 {said}（{why}）", f"  reviewed {said} ({why})").render(lang)
        for line in _not_judged(result):
            yield f"  {line.render(lang)}"
        passed = Text("{n} 项成立", "{n} hold").fill(n=result.count(Status.PASSED))
        yield f"  {passed.render(lang)}"


def _publisher(result: Result) -> str:
    return result.reading.report.publisher.name or result.reading.report.title or ""


def _subject(file: CheckedFile, result: Result) -> Text:
    report = result.reading.report
    printed = _publisher(result)
    name = Text(printed, printed) if printed else _name(file.file)
    if report.year is None:
        return Text(f"{name.zh} 年份不明", f"{name.en} (year unknown)")
    return Text(f"{name.zh} {report.year} 年", f"{name.en} {report.year}")


def _name(file: str) -> Text:
    return Text("标准输入", "standard input") if file == "-" else Text(file, file)


def _verdict(result: Result) -> Text:
    """Say how many errors there are, or that the equations hold; then what else a reader should know."""
    found = Counter(finding.severity for finding in result.findings)
    parts: list[Text] = []
    if found[Severity.ERROR]:
        parts.append(_count(found[Severity.ERROR], Text("处错误", "error"), plural="errors"))
    else:
        parts += _holding(result)
    if found[Severity.WARNING]:
        parts.append(_count(found[Severity.WARNING], Text("处警告", "warning"), plural="warnings"))
    if found[Severity.INFO]:
        parts.append(_count(found[Severity.INFO], Text("项提示", "note"), plural="notes"))
    if result.dismissed:
        parts.append(Text("{n} 项已复核", "{n} reviewed").fill(n=len(result.dismissed)))
    if undecided := undecided_in(result):
        parts.append(Text("{n} 项因缺少数据无法判断", "{n} could not be judged for want of figures").fill(n=undecided))
    if crashed := result.count(Status.CRASHED):
        parts.append(Text("{n} 条规则自身出错，未核对", "{n} rules broke and were not checked").fill(n=crashed))
    return Text.join(parts, "，", ", ")


def _holding(result: Result) -> list[Text]:
    """Say what was checked and holds. The balance equations of the form are what clerks count."""
    equations = result.count(Status.PASSED, equations_only=True)
    failed = result.count(Status.FAILED, equations_only=True)
    undecided = result.count(Status.UNDECIDED, equations_only=True)
    if equations and not failed + undecided:
        return [
            _count(equations, Text("项勾稽关系全部成立", "balance equation holds"), plural="balance equations all hold")
        ]
    if equations or undecided:
        return [Text("{n} 项勾稽关系成立", "{n} balance equations hold").fill(n=equations)]
    return [_count(result.count(Status.PASSED), Text("项检查通过", "check passed"), plural="checks passed")]


def _count(n: int, what: Text, plural: str) -> Text:
    return Text(f"{n} {what.zh}", f"{n} {what.en if n == 1 else plural}")


def _line(finding: Finding, file: CheckedFile, result: Result) -> Text:
    where = _where(finding, file, result)
    # of several relations there is no one difference, and what a cell should be is the suggestion's to say
    figures = _figures(finding) if not finding.parts else Text("", "")
    return Text(
        f"{finding.severity.text.zh} {finding.code}  {finding.message.zh}{figures.zh}{_GAP}{where.zh}".rstrip(),
        f"{finding.severity.text.en} {finding.code}  {finding.message.en}{figures.en}{_GAP}{where.en}".rstrip(),
    )


def _advice(finding: Finding) -> Iterator[Text]:
    """Say what the region says of it, and what would put it right: the likely correction, or the few about as good."""
    if finding.note is not None:
        yield Text(f"说明  {finding.note.zh}", f"note  {finding.note.en}")
    suggestions = finding.suggestions
    if finding.diagnosis is Diagnosis.UNEXPLAINED:
        yield Text("未能确定有误的格，请逐格核对", "which cells are wrong was not found: compare them one by one")
    elif finding.diagnosis is Diagnosis.AMBIGUOUS and len(suggestions) > 1:
        shown = suggestions[:_MOST_ADVICE]
        yield Text(
            f"有 {len(suggestions)} 种可能，仅凭勾稽关系不能确定是哪一处有误：",
            f"{len(suggestions)} explanations, and the figures alone do not tell which is true:",
        )
        for suggestion in shown:
            yield Text(f"可能  {suggestion.explanation.zh}", f"maybe  {suggestion.explanation.en}")
        if len(suggestions) > len(shown):
            yield Text(f"等 {len(suggestions)} 种，详见 JSON 输出", f"and more: {len(suggestions)} in the JSON output")
    elif suggestions:
        said = suggestions[0].explanation
        doubt = Text("", "")
        if finding.cause == READING:
            doubt = Text("；读取时有疑问，请先核对原文", "; the reading is in doubt: look at the document first")
        yield Text(f"建议  {said.zh}{doubt.zh}", f"suggest  {said.en}{doubt.en}")


def _figures(finding: Finding) -> Text:
    """Give the numbers printed and expected, where the message does not already; words are its own business."""
    parts = [
        text
        for value, text in (
            (finding.actual, Text("填 {value}", "printed {value}")),
            (finding.expected, Text("应为 {value}", "expected {value}")),
            (finding.delta, Text("差 {value}", "difference {value}")),
        )
        if isinstance(value, (int, Decimal)) and str(value) not in finding.message.zh
        for text in [text.fill(value=value)]
    ]
    joined = Text.join(parts, "，", ", ")
    return Text(f"（{joined.zh}）", f" ({joined.en})") if parts else Text("", "")


def _where(finding: Finding, file: CheckedFile, result: Result) -> Text:
    """Say where the finding stands: the line of a text file, table and cell of a page."""
    at = finding.location
    parts = [_name((at.file if at else "") or file.file)]
    if at is None:
        return parts[0]
    document = result.reading.document
    if document is not None and 0 < at.page <= len(document.page_names):
        parts.append(_in_sheet(at, document))
        return Text.join(parts, " ", ", ")
    if at.page:
        parts.append(Text(f"第{at.page}页", f"page {at.page}"))
    if at.table and at.row and (document is None or document.format != "text"):
        parts += [_table(finding, at), Text(f"第{at.row}行第{at.cell}列", f"row {at.row}, column {at.cell}")]
    elif at.line:
        parts.append(Text(f"第{at.line}行", f"line {at.line}"))
    return Text.join(parts, " ", ", ")


def _in_sheet(at: Location, document: Document) -> Text:
    """Name a cell of a workbook as its user knows it; the column is the cell's, not that of a figure inside it."""
    sheet, row = document.page_names[at.page - 1], row_of(at.line)
    places = (
        place
        for block in document.blocks
        if block.line <= at.line
        for place in ([block] if isinstance(block, Paragraph) else [cell for cells in block.rows for cell in cells])
        if place.line == at.line and (isinstance(place, Paragraph) or (place.row, place.col) == (at.row, at.cell))
    )
    col = next((letters(place.column) for place in places), "")
    return Text(
        f"工作表“{sheet}”第{row}行{col}{'列' if col else ''}",
        f'sheet "{sheet}", {col}{row}' if col else f'sheet "{sheet}", row {row}',
    )


def _table(finding: Finding, at: Location) -> Text:
    first = finding.paths[0].partition(".")[0] if finding.paths else ""
    return _TABLES.get(first) or Text(f"第{at.table}个表格", f"table no. {at.table}")


def _not_judged(result: Result) -> Iterator[Text]:
    """Say what was not judged, a line for each rule.

    A rule about a single cell that is blank says no more than that it is blank, and is left out.
    """
    found: dict[tuple[str, Status], list[Outcome]] = {}
    for outcome in result.outcomes:
        if outcome.status in _STATUSES and not _is_about_one_cell(outcome, result):
            found.setdefault((outcome.code, outcome.status), []).append(outcome)
    for (code, status), outcomes in found.items():
        said = _STATUSES[status]
        many = Text(f"{len(outcomes)} 项：", f"{len(outcomes)} instances: ") if len(outcomes) > 1 else Text("", "")
        reason = _reason(outcomes, result)
        yield Text(f"{said.zh} {code}  {many.zh}{reason.zh}", f"{said.en} {code}  {many.en}{reason.en}")


def _is_about_one_cell(outcome: Outcome, result: Result) -> bool:
    if len(outcome.paths) != 1 or outcome.code in result.equations:
        return False
    return outcome.binding in (outcome.paths[0], outcome.paths[0].partition(".")[2])


def _reason(outcomes: Sequence[Outcome], result: Result) -> Text:
    """Return why none of several outcomes of one rule was judged."""
    if len(outcomes) > 1 and all(outcome.paths for outcome in outcomes):
        return unknown_at_large(result.reading.report, (path for outcome in outcomes for path in outcome.paths))
    reasons = dict.fromkeys(outcome.reason for outcome in outcomes if outcome.reason)
    return Text.join(list(reasons), "；", "; ")
