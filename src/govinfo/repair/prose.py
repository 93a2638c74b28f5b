"""What the prose of a report says about single cells: evidence where arithmetic leaves several cells open.

A wrong reading of prose would accuse the wrong cell. So a mention counts only if each word of its clause is understood
(`govinfo.repair.clauses`), if it is about this year and this office, and if there is one cell it can mean. A paragraph
is followed clause by clause: a clause that counts something else ends what 其中 and 维持 could refer to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govinfo.documents.model import Place
from govinfo.parsing.reading import Reading
from govinfo.repair.clauses import (
    COUNTED,
    LITIGATION,
    Clause,
    Head,
    Kind,
    Number,
    absent,
    clause_of,
    head_of,
    words_of,
)
from govinfo.repair.setting import APPLICATIONS, DISPUTES, Setting
from govinfo.rules.passages import Passage, prose_of

__all__ = ["Stated", "stated"]


class Stated(NamedTuple):
    """What a clause says of a cell."""

    path: str
    """Canonical path of the cell."""
    number: int
    text: str
    """The clause as printed, at most 60 characters."""
    exact: bool
    """False for 约45件, 755多件, 15.8万件."""
    place: Place | None
    """The paragraph, where known."""


_READ = frozenset({"sections.overview", APPLICATIONS, DISPUTES, "sections.other_matters"})
"""The other sections do not speak of applications and disputes, or speak of plans."""
_WORTH = re.compile(r"申请|新收|予以公开|结转|转结|复议|诉讼|收费通知")
_LONGEST = 12_000
"""Characters a paragraph written by people has at most; longer ones are left alone, which bounds the time."""
_ALL = 60_000
"""Characters that are read of one report."""
_SHOWN = 60
_LONGEST_CLAUSE = 60
_NONE = Number(0, exact=True)

_PLAIN = str.maketrans("０１２３４５６７８９，．％○", "0123456789,.%〇")
_MARKS = str.maketrans("０１２３４５６７８９，", "0123456789,")
# a comma inside a number and a 、 between the parts of a name (行政复议、行政诉讼) end no clause
_BREAK = re.compile(
    r"(?<!\d),|,(?!\d{3}(?!\d))|[。；;：:！？!?()（）\[\]【】]|(?<=[件条宗例起次项份个])(?<!案件)、|、(?=\d)"
)
_BROKEN_NUMBER = re.compile(r"\d\s+\d")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d)")

_PARTS = {
    "arrived": frozenset({"received", "carried_in", "outcome"}),
    "nothing": frozenset({"received", "carried_in", "outcome"}),
    "received": frozenset({"outcome", "concluded"}),
    "concluded": frozenset({"outcome"}),
}
"""What may be said to be a part of what: 收到47件，其中新收45件."""
_AGREED = frozenset({"received", "carried_in", "concluded", "carried_out"})
"""Rows that are no outcome."""


def stated(reading: Reading) -> tuple[Stated, ...]:
    """Return what the prose says of single cells, each cell once, in the order of the prose.

    A cell of which the prose says two things is left out, and so is 收到 N 件 unless the report itself shows that
    nothing carried over is in it.

    Args:
        reading: the report; without prose there is nothing.
    """
    left = _ALL
    found: list[Stated] = []
    for passage in prose_of(reading).passages:
        size = len(passage.text)
        if passage.path in _READ and size <= min(_LONGEST, left) and _WORTH.search(passage.text):
            left -= size
            found += _Paragraph(reading, passage).read()
    return _settled(found)


def _settled(found: list[Stated]) -> tuple[Stated, ...]:
    """Keep one statement for each cell, the exact one before others; none where they differ."""
    cells: dict[str, list[Stated]] = {}
    for one in found:
        cells.setdefault(one.path, []).append(one)
    kept = []
    for said in cells.values():
        best = [one for one in said if one.exact] or said
        if len({one.number for one in best}) == 1:
            kept.append(best[0])
    return tuple(kept)


class _Paragraph:
    """One paragraph, and what its clauses so far leave for the next one to refer to."""

    def __init__(self, reading: Reading, passage: Passage) -> None:
        self.reading, self.passage = reading, passage
        self.words = words_of(type(reading.report.applications))
        self.setting = Setting(reading.report, passage.path)
        self.found: list[Stated] = []
        self.block = ""  # of table 4, for the results that follow
        self.several = False  # those results may belong to several blocks
        self.last = ""  # what the clause before counted
        self.new_sentence()

    def new_sentence(self) -> None:
        """Forget what reaches no further than a sentence."""
        self.setting.new_sentence()
        self.whole = ""  # what 其中 refers to: what follows is a part of it
        self.came = False  # it has been said what came in
        self.arrived: Stated | None = None  # 收到 N 件, until the next clause tells what is in it
        self.first = True  # nothing has been counted yet
        self.part_next = False  # 其中 stood alone: what comes next is a part

    def read(self) -> list[Stated]:
        """Return what the paragraph says."""
        for raw, opened, closed in _pieces(self.passage.text):
            if clause := "".join(raw.split()).translate(_PLAIN):
                self._clause(raw, self.setting.as_labels(clause), opened in "(（")
            if closed in "。！？!?":
                self.new_sentence()
            elif closed in "；;)）":
                self.whole = ""
                self.last = self.last if self.last != "applicant" else ""
        return self.found

    def _clause(self, raw: str, clause: str, bracketed: bool) -> None:
        counted = COUNTED.search(clause) is not None
        if self.setting.compares(clause, counted):
            return
        head = head_of(clause)
        self.setting.look(clause, head.who)
        if head.within and not head.rest:
            self.part_next = True
            return
        if not counted:
            if not self.setting.unsure:
                self._absent(raw, head)
            if "复议" in clause or "诉" in clause:
                self.block = ""
            self.setting.turn(clause)
            return
        understood = len(clause) <= _LONGEST_CLAUSE and not _BROKEN_NUMBER.search(raw)
        found = clause_of(_THOUSANDS.sub("", head.rest), self.words) if understood else None
        if found is None or self.setting.unsure:
            # it counts something else, and what follows may be a part of that
            self.block, self.last, self.whole, self.arrived = "", "", "", None
            self.setting.about = self.setting.about and found is not None
        else:
            part = head.within or self.part_next or bracketed
            self._counted(raw, head._replace(within=part), found, bracketed)
        self.first = self.part_next = False

    def _say(self, path: str, number: Number, raw: str) -> None:
        self.found.append(Stated(path, number.value, raw.strip()[:_SHOWN], number.exact, self.passage.at))

    def _absent(self, raw: str, head: Head) -> None:
        if head.within:
            return
        for kind, key in absent(head.rest, self.words):
            if kind is Kind.BLOCK:
                self._say_block(key, _NONE, raw)
            elif kind is Kind.NOTICES:
                self._say_notices(_NONE, raw)
            elif key == "received" or self.setting.about:
                self._say(f"applications.total.{key}", _NONE, raw)

    def _counted(self, raw: str, head: Head, found: Clause, bracketed: bool) -> None:
        kind = found.kind
        if kind is Kind.NOTICES:
            self._say_notices(found.number, raw)
        elif kind is Kind.BLOCK:
            self._block(raw, found)
        elif kind is Kind.RESULT:
            self._result(raw, head, found, bracketed)
        else:
            self._application(raw, head, found)

    def _say_notices(self, number: Number, raw: str) -> None:
        # the cell is read from the prose: the sentence it was read from is no second witness
        origin = self.reading.origins.get("processing_fee.notices")
        if origin is None or origin.text != self.passage.text:
            self._say("processing_fee.notices", number, raw)

    # Table 4.

    def _say_block(self, key: str, number: Number, raw: str) -> None:
        if key != LITIGATION:
            self._say(f"disputes.{key}.total", number, raw)
        elif number == _NONE:
            self._say("disputes.litigation_direct.total", number, raw)
            self._say("disputes.litigation_after_reconsideration.total", number, raw)

    def _block(self, raw: str, found: Clause) -> None:
        self.setting.disputed = self.setting.disputed or found.named
        if not self.setting.disputed:
            self.block = ""
            return
        self._say_block(found.key, found.number, raw)
        self.several = self.block != "" and self.last != "result" and not self.first
        self.block, self.last = found.key, "block"

    def _result(self, raw: str, head: Head, found: Clause, bracketed: bool) -> None:
        block, _, key = found.key.rpartition(".")
        if head.within and self.last == "result":  # a part of a result
            self.setting.barred = True
            return
        if block:
            if self.setting.disputed or found.named:
                self._say(f"disputes.{block}.{key}", found.number, raw)
                self.block, self.last = block, "result"
            return
        if self.several and not bracketed:
            return
        self.last = "result"
        if self.block not in ("", LITIGATION):
            self._say(f"disputes.{self.block}.{key}", found.number, raw)

    # Table 3.

    def _application(self, raw: str, head: Head, found: Clause) -> None:
        self.setting.about = self.setting.about or found.named
        self.block, part = "", head.within
        if self.first and not part:
            self.last = ""
        if part:
            self.whole = self.last or "?"
        arrived, self.arrived = self.arrived, None
        if not self.setting.about:
            return
        path = f"applications.total.{found.key}"
        if found.kind is Kind.NOTHING:
            self.last = "nothing"
        elif found.kind is Kind.APPLICANT:
            if self.last in ("received", "applicant"):
                self._say(f"applications.{found.key}.received", found.number, raw)
                self.last = "applicant"
        elif found.kind is Kind.ARRIVED:
            self._arrived(raw, head, found)
        else:
            role = found.key if found.key in _AGREED else "outcome"
            if self.last == "applicant" or (self.whole and role not in _PARTS.get(self.whole, ())):
                self.setting.barred = True
                return
            if role not in ("received", "carried_in") and self.last == "carried_in" and not self.came:
                self.setting.barred = True  # 上年结转2件，办结2件: of those two
                return
            if role == "carried_in" and arrived is not None and not part:
                self.found.append(arrived)  # said beside it, it is not in it
            self._say(path, found.number, raw)
            self.came = self.came or role == "received"
            self.last = role

    def _arrived(self, raw: str, head: Head, found: Clause) -> None:
        """收到 N 件: received, if nothing was carried over, or if what was is said beside it."""
        self.last, self.came = "arrived", True
        if head.within:
            return
        total = self.reading.report.applications.total
        path = "applications.total.received"
        if found.number == _NONE or (total.received == found.number.value and total.carried_in == 0):
            self._say(path, found.number, raw)
            self.last = "received"
        elif not head.summed and found.number.exact:
            self.arrived = Stated(path, found.number.value, raw.strip()[:_SHOWN], True, self.passage.at)


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """Cut a paragraph into clauses, each with the marks before and behind it."""
    start, before = 0, "。"
    for mark in _BREAK.finditer(text.translate(_MARKS)):
        yield text[start : mark.start()], before, mark[0]
        start, before = mark.end(), mark[0]
    yield text[start:], before, "。"
