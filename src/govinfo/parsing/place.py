"""Where the publisher is: its region and level, from its name and, where that does not say, from the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import attrs

from govinfo.documents.model import Document, Paragraph, Problem
from govinfo.parsing.reading import Reading
from govinfo.parsing.script import in_simplified
from govinfo.regions import Confidence, Resolution, resolve
from govinfo.text import Text

__all__ = ["AMBIGUOUS_PLACE", "placed"]

AMBIGUOUS_PLACE = "SRC027"
"""The code of the problem noted where a name may mean several places."""

_STATED = ("sitename", "contentsource", "columnname")
_FIRST = 15
"""Lines at the top of a page: trail, name of the site, title, opening."""
_LAST = 4
_CONTACT = re.compile(r"地址|主办|承办|版权所有|网站名称|门户网站")
_MOST_CONTACTS = 6
_LONG = 300

_PATHS = ("publisher.region_code", "publisher.level")


def placed(reading: Reading, within: str = "") -> Reading:
    """Return the reading with its publisher's region and level, where they are certain or likely.

    A region the report states itself stays. A name that may mean several places becomes a problem; one that says no
    place is left alone.

    Args:
        reading: of a report.
        within: a GB/T 2260 code the publisher is known to lie in.
    """
    publisher = reading.report.publisher
    if publisher.name is None or publisher.region_code is not None:
        return reading
    found = _resolution(reading, in_simplified(publisher.name), within)
    publisher = attrs.evolve(publisher, region_code=found.code, level=found.level or publisher.level)
    said = {"publisher.region_code": found.code, "publisher.level": found.level}
    place = reading.origins.get("publisher.name")
    origins = dict(reading.origins)
    if place is not None:
        origins |= {path: place for path in _PATHS if said[path] is not None}
    problems = tuple(one for one in reading.problems if one.code != AMBIGUOUS_PLACE)
    if found.confidence is Confidence.AMBIGUOUS:
        problems += (Problem(AMBIGUOUS_PLACE, _several(found), place, _PATHS[:1]),)
    report = attrs.evolve(reading.report, publisher=publisher)
    return attrs.evolve(reading, report=report, origins=origins, problems=problems)


def _resolution(reading: Reading, name: str, within: str) -> Resolution:
    year = reading.report.year
    found = resolve(name, year=year, within=within)
    if found.code is not None or reading.document is None:
        return found
    # the page is looked at only where the name does not say it all
    return resolve(name, year=year, within=within, context=list(_around(reading.document)))


def _around(document: Document) -> Iterator[str]:
    """Yield what of a page may speak of itself: its title bar, what it states, its first and last lines, contacts."""
    if document.title:
        yield in_simplified(document.title)
    for name in _STATED:
        if name in document.stated:
            yield in_simplified(document.stated[name].text)
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.text]
    edges = [*lines[:_FIRST], *lines[_FIRST:][-_LAST:]]
    contacts = islice((line for line in lines if len(line) <= _LONG and _CONTACT.search(line)), _MOST_CONTACTS)
    for line in dict.fromkeys((*edges, *contacts)):
        yield in_simplified(line)


def _several(found: Resolution) -> Text:
    said = Text(
        "{reason}。未能确定是哪一处，没有适用地方规则；可用 --region 指明",
        "{reason}. Which one is not certain, so that no rules of a region were applied; --region would settle it",
    )
    return said.fill(reason=found.reason)
