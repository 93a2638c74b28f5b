"""Rules about words and dates that are declared, not programmed: in Python, or in a TOML file.

- `StatementRule`: what a part of the report must say, or must not;
- `LengthRule`: how long a section may be;
- `DeadlineRule`: until when the report must be published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import attrs

from govinfo.documents.model import Place
from govinfo.parsing.reading import Reading
from govinfo.rules.model import Fault, NotApplicable, TextRule, Undecided
from govinfo.rules.passages import PARTS, prose_of, title_of
from govinfo.rules.phrases import Found, find, mistake_in
from govinfo.schema import Missing, describe
from govinfo.text import Text

__all__ = ["DeadlineRule", "LengthRule", "Statement", "StatementRule"]

_QUOTED = 40
"""Characters of the report a message quotes at most."""


@attrs.frozen
class Statement:
    """One thing a report says: any of several phrases, written as `govinfo.rules.phrases` says."""

    what: Text
    """What it is about, for messages: 收费通知件数."""
    words: tuple[str, ...]
    """Phrases, any of which says it. ``{n}`` in a phrase is the number it states."""
    none: tuple[str, ...] = ()
    """Phrases that say it is nothing, which is the number 0: 未制发规章."""
    apart: tuple[str, ...] = ()
    """Words that begin another subject: a phrase does not reach beyond them."""
    cell: str | None = None
    """Canonical path of the cell whose number must be the one stated."""
    heading: bool = False
    """Whether it must stand in a heading."""
    not_after: tuple[str, ...] = ()
    """Words that make it another's where one stands close before: not the 总金额 of 实际收取的总金额."""


class Said(NamedTuple):
    """A place where a statement is made."""

    found: Found
    at: Place | None
    quoted: str
    headed: bool
    """Whether a heading makes it."""


def _said(statement: Statement, reading: Reading, parts: Iterable[str]) -> list[Said]:
    """Return where the parts of a report make a statement, in their order."""
    several: list[Said] = []
    for part in parts:
        running = prose_of(reading).running(part)
        text = running.headings if statement.heading else running.text
        found = [one for phrase in statement.words for one in find(phrase, text, statement.apart, statement.not_after)]
        for phrase in statement.none:
            found += [one._replace(number=0) for one in find(phrase, text, statement.apart, statement.not_after)]
        found.sort(key=lambda one: one[:2])
        several += [
            Said(one, running.place(one.start), text[one.start : one.end][:_QUOTED], running.is_heading(one.start))
            for one in found
        ]
    return several


@attrs.frozen
class StatementRule(TextRule):
    """What a part of the report must say, or must not; numbers said may have to be those of cells."""

    within: tuple[str, ...]
    """The parts it may stand in: ``title``, ``opening``, ``sections.overview`` and so on."""
    says: tuple[Statement, ...] = ()
    """Every one must be there."""
    never: tuple[Statement, ...] = ()
    """None may be there."""
    ordered: bool = False
    """Whether those of ``says`` must stand in their order: that of headings, where any of them stands in one."""
    outline: int | None = None
    """How many of ``says`` are there at least where a report follows this outline at all: with fewer it follows
    another one, and the rule does not apply."""

    def look(self, reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
        """Look for each statement in each part."""
        parts = [part for part in self.within if prose_of(reading).running(part).text]
        where = Text.join([Text(f"“{title_of(part).zh}”", title_of(part).en) for part in self.within], "或", " or ")
        if not parts:
            yield Undecided(Text(f"没有读到{where.zh}", f"{where.en} was not found"), self._paths(self.within))
            return
        said = {statement: _said(statement, reading, parts) for statement in (*self.says, *self.never)}
        missing = [statement.what for statement in self.says if not said[statement]]
        if self.outline is not None and len(self.says) - len(missing) < self.outline:
            yield NotApplicable(Text(f"{where.zh}采用的是别的提纲", f"{where.en} follows another outline"))
            return
        if missing:
            what = Text.join(missing, "、", ", ")
            yield Fault(
                Text(f"{where.zh}没有写明：{what.zh}", f"{where.en} does not state: {what.en}"),
                self._paths(parts),
                at=prose_of(reading).running(parts[0]).place(0),
            )
        if self.ordered:
            yield from self._disorder({one.what: said[one] for one in self.says}, where)
        for statement in self.says:
            if statement.cell is not None:
                yield from _compare(statement.cell, said[statement], reading, where)
        for statement in self.never:
            for one in said[statement][:1]:
                what = statement.what
                yield Fault(
                    Text(f"{where.zh}写有{what.zh}：“{one.quoted}”", f"{where.en} has {what.en}: {one.quoted!r}"),
                    self._paths(parts),
                    one.quoted,
                    at=one.at,
                )

    def _disorder(self, said: Mapping[Text, list[Said]], where: Text) -> Iterator[Fault]:
        headings = {what: [one for one in several if one.headed] for what, several in said.items()}
        counted = headings if any(headings.values()) else said
        firsts = [(what, several[0]) for what, several in counted.items() if several]
        for (before, one), (what, other) in pairwise(firsts):
            if other.found.start < one.found.start:
                yield Fault(
                    Text(
                        f"{where.zh}中{what.zh}应在{before.zh}之后", f"{where.en}: {what.en} should follow {before.en}"
                    ),
                    self._paths(self.within),
                    other.quoted,
                    at=other.at,
                )

    def mistake(self) -> Text | None:
        """Parts that are none, and phrases that are wrong."""
        unknown = [part for part in self.within if part not in PARTS]
        if unknown or not self.within:
            known = ", ".join(PARTS)
            return Text(
                f"within 应为报告的部分（可用：{known}）", f"within must name parts of a report (known: {known})"
            )
        if not self.says and not self.never:
            return Text("says 和 never 至少要有一个", "neither says nor never is given")
        if self.ordered and len(self.within) > 1:
            return Text("ordered 只能用于一个部分", "ordered is for one part only")
        if self.outline is not None and not 0 < self.outline <= len(self.says):
            return Text("outline 应为 1 到 says 的条数", "outline must be 1 to as many as says has")
        phrases = [phrase for one in (*self.says, *self.never) for phrase in (*one.words, *one.none)]
        return next((wrong for phrase in phrases if (wrong := mistake_in(phrase)) is not None), None)

    @staticmethod
    def _paths(parts: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        return tuple(part for part in parts if part != "opening")


def _compare(path: str, said: Iterable[Said], reading: Reading, where: Text) -> Iterator[Fault | Undecided]:
    """Compare the numbers stated with the cell. One that agrees is enough: others may speak of a part of it."""
    try:
        value = attrgetter(path)(reading.report)
    except AttributeError:  # of another edition
        return
    numbers = [one for one in said if one.found.number is not None]
    if isinstance(value, Missing):
        yield Undecided(Text("表中没有可对照的数", "the table has no number to compare with"), (path,))
    elif numbers and all(one.found.number != value for one in numbers):
        first = numbers[0]
        cell = describe(reading.report, path)
        yield Fault(
            Text(
                f"{where.zh}：“{first.quoted}”，与“{cell.zh}”的 {value} 不一致，可能口径不同",
                f"{where.en}: {first.quoted!r}, while {cell.en} has {value}; they may count different things",
            ),
            (path,),
            first.found.number,
            value,
            first.at,
        )


@attrs.frozen
class LengthRule(TextRule):
    """How many characters a section has, spaces not counted."""

    within: str
    """Path of the section, ``sections.overview``."""
    at_most: int | None = None
    at_least: int | None = None

    def look(self, reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
        """Count."""
        text = attrgetter(self.within)(reading.report)
        title = title_of(self.within)
        if text is None:
            yield Undecided(Text(f"没有读到“{title.zh}”", f"{title.en} was not found"), (self.within,))
            return
        length = len("".join(text.split()))
        for bound, wrong, zh, en in (
            (self.at_most, self.at_most is not None and length > self.at_most, "不超过", "at most"),
            (self.at_least, self.at_least is not None and length < self.at_least, "不少于", "at least"),
        ):
            if wrong:
                message = Text(
                    f"“{title.zh}”{length} 字，应{zh} {bound} 字",
                    f"{title.en}: {length} characters, {en} {bound} wanted",
                )
                yield Fault(message, (self.within,), length, bound)

    def mistake(self) -> Text | None:
        """No section, or no bound."""
        known = [part for part in PARTS if part.startswith("sections.")]
        if self.within not in known:
            names = ", ".join(known)
            return Text(f"within 应为一个部分（可用：{names}）", f"within must be a section (known: {names})")
        if self.at_most is None and self.at_least is None:
            return Text("at_most 和 at_least 至少要有一个", "neither at_most nor at_least is given")
        return None


@attrs.frozen
class DeadlineRule(TextRule):
    """Until when a report must be published: a day of the year after its own."""

    by: tuple[int, int]
    """Month and day, the last on which it is in time."""

    def look(self, reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
        """Compare the date of publication the document states; a page that was moved states a later one."""
        report = reading.report
        if report.year is None or report.published is None:
            missing = tuple(path for path in ("year", "published") if getattr(report, path) is None)
            yield Undecided(Text("报告年份或发布日期不详", "the year or the date of publication is not known"), missing)
        else:
            last = dt.date(report.year + 1, *self.by)
            if report.published > last:
                yield Fault(
                    Text(
                        f"发布日期 {report.published}，晚于 {last}（网站迁移后重新发布的日期可能更晚）",
                        f"published on {report.published}, later than {last}; a moved page may state a later day",
                    ),
                    ("published",),
                    str(report.published),
                    str(last),
                )

    def mistake(self) -> Text | None:
        """No such day."""
        try:
            dt.date(2001, *self.by)
        except (TypeError, ValueError):
            return Text("by 应为月和日，如 03-31", "by must be a month and a day, as in 03-31")
        return None
