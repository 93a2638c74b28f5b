"""Who published the report, for which year and period, and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from govinfo.documents.model import Document, Paragraph, Place
from govinfo.parsing.sections import Lines
from govinfo.schema.report import Period, Scope

__all__ = [
    "Heading",
    "find_heading",
    "find_headings",
    "find_period",
    "find_published",
    "find_scope",
    "find_signature",
    "find_source",
    "find_stated_date",
    "opens_report",
    "year_of",
]

_DIGITS = str.maketrans("０１２３４５６７８９〇零○一二三四五六七八九", "01234567890001234567" + "89")
_YEAR = r"(?:[12][0-9０-９]{3}|二[〇零○０0][一二三四五六七八九〇零○]{2})"
_KIND = r"(?:政府信息公开|政务公开|信息公开|政府信息与政务公开)"
_REPORT = r"(?:年度|年)?(?:工作)?(?:情况)?的?(?:报告|年报)"
_AFTER = r"(?:[（(].{0,12}[)）]|全文|的?(?:公告|通知|公示))?"
_TITLES = tuple(
    re.compile(pattern + _AFTER)
    for pattern in (
        rf"(?P<before>.{{0,40}}?)[（(〔\[]?(?P<year>{_YEAR})[)）〕\]]?(?:年度|年)?(?P<between>.{{0,40}}?)"
        rf"{_KIND}(?:工作)?(?:情况)?的?{_REPORT}",
        rf"(?P<before>.{{0,40}}?){_KIND}(?:工作)?(?P<year>{_YEAR}){_REPORT}",
        rf"(?P<before>.{{0,40}}?){_KIND}(?:工作)?{_REPORT}[（(](?P<year>{_YEAR})(?:年度|年)?[)）]",
        rf"(?P<before>.{{0,40}}?){_KIND}(?:工作)?年度(?:工作)?(?:报告|年报)",
    )
)
_ORGANISATION = re.compile(
    r".{1,32}(?:局|委员会|委|办公室|办|人民政府|政府|厅|院|街道办事处|街道|镇|乡|[省市县区旗州])"
)
_BODY = re.compile(r".{1,32}(?:中心|处|会|署|公司|站|所|队|校|大学|学院|室|部|馆|司|社|行|库|园区|开发区|新区)")
"""Words a body's name ends in, and navigation of a page as well: the text must name it too."""
_NAVIGATION = re.compile(r"首页|大厅$|列表$|目录$|专栏$|动态$|公告$|查询$|[>＞|]")
_ABOUT = re.compile(r"^(?:关于(?:公布|发布|公开|印发)?|[《“\"'#*\s]+)|(?:关于(?:公布|发布|公开|印发)?|的|[》”\"'\s]+)$")
_OPENS = re.compile(r"^\W*(?:一、|第一部分|1[、.．])\s*(?:总体|基本|概述|工作)")
_SPACE = re.compile(r"\s+")
_DATE = rf"(?P<{{0}}year>{_YEAR})年(?P<{{0}}month>\d{{{{1,2}}}})月(?P<{{0}}day>\d{{{{1,2}}}})日"
_PERIOD = re.compile(
    r"(?P<y1>\d{4})年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?起?(?:开始)?(?:，|,)?(?:至|到|—+|-+|~|～)"
    r"(?:(?P<y2>\d{4})年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日?"
)
_PUBLISHED = re.compile(
    r"(?:发布|公布|成文|发文|生成|更新|公开)(?:日期|时间)\s*[:：]?\s*(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
)
_STATED_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_SITE = re.compile(r"网|本站|转载|原创|新闻|日报|编辑")
_SIGNED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_SIGNATURE = 12
"""A report is signed in its last lines; a page may go on below."""
_FAR = 3000
"""No title stands so many lines from both ends of a report."""
_JOINED = 4
"""A title may be broken over this many lines."""
_LONGEST_TITLE = 80


class Heading(NamedTuple):
    """The report's title and what it says."""

    title: str
    year: int | None
    publisher: str | None
    places: tuple[Place, ...]
    """The lines it is printed on; the publisher's name stands on the first, the year on the last."""


def year_of(text: str) -> int:
    """Return the year of ``2022``, ``２０２２`` or 二〇二二."""
    return int(text.translate(_DIGITS))


def find_heading(
    document: Document, lines: Sequence[Lines], printed: Mapping[Place, Place] | None = None
) -> Heading | None:
    """Find the title: the line (or lines, where it is broken) that says whose report it is and for which year.

    The best candidate names a publisher and a year and stands nearest above section 1: lists of other years' reports
    stand around it. A title may stand at the end.
    """
    opens = next((index for index, line in enumerate(lines) if opens_report(line.place.text)), len(lines))
    found = [(_rank(heading, first, opens), heading) for first, heading in _headings(lines)]
    stated = [document.stated["articletitle"]] if "articletitle" in document.stated else []
    stated += [Paragraph(document.title, 1)] if document.title else []
    for one in stated:
        first, *others = (_clean(part) for part in re.split(r"[_|—–-]", one.text))
        heading = _read_title(first, (one,))
        if heading is not None:
            bodies = [part for part in others if _ORGANISATION.fullmatch(part)]
            heading = heading._replace(publisher=heading.publisher or (bodies[0] if bodies else None))
            found.append((_rank(heading, len(lines), opens), heading))
    if not found:
        return None
    best = min(found, key=lambda one: one[0])[1]
    return _as_printed(best, printed) if printed else best


def opens_report(text: str) -> bool:
    """Tell whether a line is the heading of the first section, with which the body of a report begins."""
    return _OPENS.match(text) is not None


def find_headings(lines: Sequence[Lines]) -> list[Heading]:
    """Return every line, or run of lines, that reads as the title of a report."""
    return [heading for _, heading in _headings(lines)]


def _headings(lines: Sequence[Lines]) -> Iterator[tuple[int, Heading]]:
    for end, line in enumerate(lines):
        if _FAR < end < len(lines) - _FAR:
            continue
        text = line.place.text
        if not ("报" in text or text.strip() == "告") or len(text) > _LONGEST_TITLE:  # 年度报｜告: paper has an edge
            continue
        found: tuple[int, Heading] | None = None
        for pieces in range(1, min(_JOINED, end + 1) + 1):
            first = end + 1 - pieces
            places = tuple([line.place for line in lines[first : end + 1]])
            heading = _read_title("".join([_clean(place.text) for place in places]), places)
            if heading is not None and (found is None or heading.year is not None):
                found = first, heading
            if found is not None and found[1].year is not None:
                break
        if found is not None:
            yield found[0], _with_publisher(found[1], lines, found[0])


def _rank(heading: Heading, first: int, opens: int) -> tuple[bool, bool, int]:
    return heading.publisher is None, heading.year is None, opens - first if first < opens else first


def _as_printed(heading: Heading, printed: Mapping[Place, Place]) -> Heading:
    """Put the title and the name back into the characters they are printed in; conversion was one for one."""
    looked_up = "".join(_clean(place.text) for place in heading.places)
    original = "".join(_clean(printed.get(place, place).text) for place in heading.places)

    def back(text: str) -> str:
        start = looked_up.find(text)
        return original[start : start + len(text)] if start >= 0 else text

    return heading._replace(title=back(heading.title), publisher=heading.publisher and back(heading.publisher))


def _clean(text: str) -> str:
    return _SPACE.sub("", text).strip("#*《》“”\"'")


def _read_title(text: str, places: tuple[Place, ...]) -> Heading | None:
    if len(text) > _LONGEST_TITLE:
        return None
    match = next((match for title in _TITLES if (match := title.fullmatch(text))), None)
    if match is None:
        return None
    groups = match.groupdict()
    name = _name(groups["before"]) or _name(groups.get("between") or "")
    year = groups.get("year")
    return Heading(text, year_of(year) if year else None, name, places)


def _name(text: str) -> str | None:
    """Return the organisation a piece of a title names, or None."""
    before = None
    while before != text:
        before, text = text, _ABOUT.sub("", text)
    return text if len(text) > 2 and text != "本级政府" and not re.search(r"[，。；：]", text) else None


def _with_publisher(heading: Heading, lines: Sequence[Lines], index: int) -> Heading:
    """A title without a name: the name stands on the line above, or two above."""
    if heading.publisher is not None:
        return heading
    for line in reversed(lines[max(0, index - 2) : index]):
        text = _name(_clean(line.place.text))
        if text is None or _NAVIGATION.search(text):
            continue
        named = _BODY.fullmatch(text) and any(text in other.place.text for other in lines if other is not line)
        if named or _ORGANISATION.fullmatch(text):
            return heading._replace(publisher=text, places=(line.place, *heading.places))
    return heading


def find_period(lines: Sequence[Lines]) -> tuple[Period, Place] | None:
    """Find the statistical period (统计期限), by its words or because it runs from 1 January to 31 December."""
    other: tuple[Period, Place] | None = None
    for line in lines:
        text = _SPACE.sub("", line.place.text)
        for match in _PERIOD.finditer(text):
            try:
                start = dt.date(int(match["y1"]), int(match["m1"]), int(match["d1"]))
                end = dt.date(int(match["y2"] or match["y1"]), int(match["m2"]), int(match["d2"]))
            except ValueError:
                continue
            if end < start:
                continue
            before = text[max(0, match.start() - 24) : match.start()]
            if re.search(r"统计|期限|数据|时限|时间范围", before):
                return Period(start, end), line.place
            if other is None and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
                other = Period(start, end), line.place
    return other


def find_signature(lines: Sequence[Lines]) -> tuple[str, Place] | None:
    """Find who signed the report: the body named right above the date in its last lines."""
    for above, line in pairwise(lines[-_SIGNATURE:]):
        if _SIGNED.fullmatch(_SPACE.sub("", line.place.text)):
            name = _clean(above.place.text)
            if _ORGANISATION.fullmatch(name):
                return name, above.place
    return None


def find_source(document: Document) -> tuple[str, Place] | None:
    """Find whom the page states as its source. (The site's name is not taken: a county's site has all its offices'.)"""
    source = document.stated.get("contentsource")
    name = _name(_clean(source.text)) if source is not None else None
    if source is None or name is None or _SITE.search(name):
        return None
    return (name, source) if _ORGANISATION.fullmatch(name) or _BODY.fullmatch(name) else None


def find_stated_date(document: Document) -> tuple[dt.date, Place] | None:
    """Find the date of publication the page states about itself and does not show."""
    stated = document.stated.get("pubdate")
    match = _STATED_DATE.match(stated.text) if stated is not None else None
    date = _date(match) if match is not None else None
    return (date, stated) if date is not None and stated is not None else None


def find_published(lines: Sequence[Lines]) -> tuple[dt.date, Place] | None:
    """Find the date of publication: as the page states it, else the date the report is signed with at its end."""
    for line in lines:
        match = _PUBLISHED.search(line.place.text) if len(line.place.text) < 200 else None
        if match is not None and (date := _date(match)) is not None:
            return date, line.place
    for line in reversed(lines[-_SIGNATURE:]):
        match = _SIGNED.fullmatch(_SPACE.sub("", line.place.text))
        if match is not None and (date := _date(match)) is not None:
            return date, line.place
    return None


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def find_scope(heading: Heading | None) -> Scope | None:
    """Tell whether the title says whose figures these are; None where it does not."""
    if heading is None:
        return None
    if "本级" in heading.title or "本机关" in heading.title:
        return Scope.OWN
    return Scope.AGGREGATE if "汇总" in heading.title else None
