"""The name of a publisher → the region it belongs to, its level, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from govinfo.regions.chains import Chain, chains
from govinfo.regions.choosing import dated, same_places
from govinfo.regions.evidence import Mention, in_line, mentions, settle
from govinfo.regions.model import Confidence, Region, Resolution
from govinfo.regions.names import Entry, entries, is_generic
from govinfo.regions.reasons import REASONS, listed
from govinfo.regions.table import Row, prefix_of, read_lines, table
from govinfo.regions.units import (
    Head,
    Marker,
    begins_a_word,
    is_office,
    is_town_of_that_name,
    is_zone,
    level_of,
    marker_of,
    unlisted_in,
    without_head,
)
from govinfo.schema.report import Level
from govinfo.text import Text

__all__ = ["region_of", "resolve"]

_LONGEST = 120
"""No publisher's name is longer."""
_PROVINCE = 2
"""Digits that say a province."""
_NOISE = re.compile(r"[\s　《》“”\"'#*]+")


def resolve(name: str, *, year: int | None = None, context: Sequence[str] = (), within: str = "") -> Resolution:
    """Resolve the name of a publisher to its place and level.

    Args:
        name: as it is printed: 北京市门头沟区科学技术和信息化局, 市科学技术局, 番田镇人民政府.
        year: of the report: names and codes change.
        context: texts of the page the report stands on: title bar, trail, name of the site, first lines, contact
            line. They settle which of several places is meant, or say the place a name leaves out.
        within: a GB/T 2260 code the publisher is known to lie in; a name that says another place keeps its own.

    Returns:
        What was found; never an error. A place that is not certain is ambiguous or unknown, never guessed.
    """
    return _Name(name, year, context, within).resolution()


def region_of(code: str, year: int | None = None) -> Region | None:
    """Return what a code means at the end of a year (by default: means now, or meant last); None if nothing."""
    row = table().at(code, year)
    return None if row is None else row.region


@lru_cache(maxsize=1)
def _zones() -> list[tuple[str, str]]:
    return sorted(((name, code) for name, code in read_lines("zones.tsv")), key=lambda one: -len(one[0]))


class _Name:
    """One name while it is resolved."""

    def __init__(self, name: str, year: int | None, context: Sequence[str], within: str) -> None:
        self.name = name
        self.year = year
        self.context = context
        self.within = prefix_of(within.ljust(6, "0")) if within else ""
        self.container = table().at(within.ljust(6, "0"), year) or table().at(within.ljust(6, "0"), None)
        self.head: Head = without_head(_NOISE.sub("", name)[:_LONGEST])

    def resolution(self) -> Resolution:
        text = self.head.rest
        for zone, code in _zones():
            at = text.find(zone)
            if at >= 0 and self._leads_to(text, at, code):
                return self._zone(zone, code, text[at + len(zone) :])
        found = list(chains(text, 0, self._accepts))
        if not found:
            return self._without_place(text)
        end = max(chain.end for chain in found)
        return self._with_place([chain for chain in found if chain.end == end], text[end:])

    def _accepts(self, entry: Entry, row: Row, rest: str, _: bool) -> bool:
        if is_town_of_that_name(rest):
            return False
        if not entry.bare:
            return not begins_a_word(entry.name[-1], rest)
        # 东湖高新区 is not in 东湖区, but 合肥高新区 is in 合肥市
        return not rest or is_office(rest, self.head.vertical) or (row.level is not Level.COUNTY and is_zone(rest))

    @staticmethod
    def _leads_to(text: str, at: int, code: str) -> bool:
        """Whether what stands before a zone is nothing, or a place around it: 重庆 of 重庆两江新区."""
        before = [chain.rows[-1] for chain in chains(text, 0, lambda *_: True) if chain.end == at] if at else []
        return at == 0 or any(code.startswith(prefix_of(row.code)) for row in before)

    # names that say a place

    def _elsewhere(self, rest: str) -> list[Row]:
        """Return the places that stand behind the place and are not in it: 河南省河南蒙古族自治县."""
        return [
            row
            for entry in entries(rest)
            if not entry.bare
            and not is_generic(entry.name)
            and self._accepts(entry, entry.rows[0], rest[len(entry.name) :], True)
            for row in entry.rows
        ]

    def _with_place(self, best: list[Chain], rest: str) -> Resolution:
        rows = [chain.rows[-1] for chain in best]
        if rest.endswith("厅") and not rest.endswith("办公厅"):
            rows = [row for row in rows if row.level is Level.PROVINCE] or rows
        places = same_places([*rows, *self._elsewhere(rest)], self.year)
        inside = [row for row in places if self.within and row.code.startswith(self.within)]
        narrowed = 0 < len(inside) < len(places)
        places = inside or places
        in_its_city = bool(inside) and len(self.within) > _PROVINCE
        generic = len(best[0].rows) == 1 and is_generic(best[0].name)
        level = level_of(rest, places[0].level) if len({row.level for row in places}) == 1 else level_of(rest, None)
        if len(places) == 1 and (in_its_city or not generic):
            bare = all(chain.bare for chain in best if chain.rows[-1].code == places[0].code)
            return self._settled(places[0], rest, bare=bare, narrowed=narrowed)
        row = settle(places, self._mentions(), generic=generic)
        if row is not None:
            return self._settled(row, rest, by_page=True)
        reason = REASONS["ambiguous"].fill(name=best[0].name, places=listed(places))
        return self._open(level, Confidence.AMBIGUOUS, places, reason)

    def _settled(
        self, row: Row, rest: str, *, bare: bool = False, narrowed: bool = False, by_page: bool = False
    ) -> Resolution:
        now = dated(row, self.year)
        zone = is_zone(rest)
        unlisted = None if zone else unlisted_in(rest)
        certain = not (bare or by_page or now.former or zone or unlisted)
        level = level_of(rest, now.row.level)
        path = table().path(now.row)
        if now.former:
            key = "no_longer" if self.year is None else "renamed" if now.dated else "not_then"
        else:
            key = "page" if by_page else "within" if narrowed else "zone" if zone else "bare" if bare else "named"
        if unlisted is not None:
            key, (inside, its_level) = "unlisted", unlisted
            level = level_of(rest[len(inside) :], its_level)
        reason = REASONS[key].fill(
            path=path, name=unlisted[0] if unlisted else row.name, code=now.row.code, year=self.year or ""
        )
        return Resolution(
            name=self.name,
            code=now.row.code,
            level=level,
            confidence=Confidence.CERTAIN if certain else Confidence.LIKELY,
            candidates=(now.row.region,),
            reason=reason,
        )

    def _zone(self, zone: str, code: str, rest: str) -> Resolution:
        row = table().at(code, self.year) or table().by_code[code][-1]
        # 两江新区 is a district since 2026
        own = [one for entry in entries(zone) if entry.name == zone and not entry.bare for one in entry.rows]
        if own and self.year is None:
            places = [*own, row]
            reason = REASONS["ambiguous"].fill(name=zone, places=listed(places))
            return self._open(Level.DEPARTMENT, Confidence.AMBIGUOUS, places, reason)
        if own and own[0].holds(self.year or 0):
            return self._settled(own[0], rest)
        reason = REASONS["zone"].fill(path=table().path(row), name=zone, code=row.code)
        level = level_of(rest, Level.DEPARTMENT)
        return Resolution(self.name, row.code, level, Confidence.LIKELY, (row.region,), reason)

    # names that leave their place out

    def _without_place(self, text: str) -> Resolution:
        marker = marker_of(text)
        level = level_of(marker.rest, None)
        found = [] if not text or (self.head.vertical and not marker.kind) else self._mentions()
        line = in_line(found, self.container)
        sure = level is not None or marker.rest.startswith(("人民政府", "政府"))
        row = self._left_out(marker, level, found, line) if line and sure else None
        if row is not None:
            return self._settled(row, marker.rest, by_page=True)
        reason = REASONS["disagree" if found and not line else "unknown"]
        return self._open(level, Confidence.UNKNOWN, (), reason.fill(name=self.name))

    def _left_out(self, marker: Marker, level: Level | None, found: list[Mention], line: tuple[Row, ...]) -> Row | None:
        """Return the region a name leaves out, as the page and ``within`` say it; None where they do not.

        An address does not say whose office it is: a city's sits in one of its districts.
        """
        last = line[-1]
        sites = in_line([mention for mention in found if not mention.address], None)
        if marker.kind == "province" or (marker.rest.endswith("厅") and not marker.rest.endswith("办公厅")):
            return next((row for row in (last, *table().above(last)) if row.level is Level.PROVINCE), None)
        if marker.kind:
            row = next((row for row in reversed(line) if marker.fits(row.name)), None)
            below = row is not None and any(site.lies_within(row) for site in sites)
            return None if below else row
        if last.level is not Level.COUNTY and table().parts(last, self.year):
            return None  # a county's offices and towns stand on its city's site as well
        return last if level is Level.TOWN or last in sites or last is self.container else None

    def _mentions(self) -> list[Mention]:
        return mentions(self.context, self.year) if self.context else []

    def _open(self, level: Level | None, confidence: Confidence, places: Sequence[Row], reason: Text) -> Resolution:
        return Resolution(self.name, None, level, confidence, tuple(row.region for row in places), reason)
