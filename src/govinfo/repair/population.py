"""Whose figures a clause is about: those of the report, or of somebody else."""

from __future__ import annotations

import re

import attrs

from govinfo.schema import Report, Scope

__all__ = ["Population"]

_OWN = re.compile(r"[我本全](?:局|委|办|厅|院|处|所|站|中心|机关|单位|部门)")
_AREA = re.compile(r"[我本全](?:[省市县区旗州盟镇乡]|街道)(?:各级行政机关)?")
_SMALLEST = re.compile(r"[镇乡]|街道")
_AREA_WIDE = re.compile(r"政府(?:[（(]汇总[)）])?$")
_TOWN = re.compile(r"(?:[镇乡](?:人民政府|政府)?|街道(?:办事处|办)?)$")


@attrs.frozen
class Population:
    """Whose figures a report holds."""

    publisher: str
    town: bool
    """A town or street office: its figures are those of its area."""
    area: bool
    """A government's report about all of its area."""

    @classmethod
    def of(cls, report: Report) -> Population:
        """Tell it from the publisher's name and the scope the title states."""
        name = report.publisher.name or ""
        town = _TOWN.search(name) is not None
        area = report.scope is Scope.AGGREGATE or (
            report.scope is None and not town and _AREA_WIDE.search(name) is not None
        )
        return cls(name, town, area)

    def holds(self, who: str) -> bool:
        """Whether ``who`` (我局, 全市, 市教育局) is surely whose figures these are."""
        if _AREA.fullmatch(who):
            return self.area or (self.town and _SMALLEST.search(who) is not None)
        if self.area:  # the government's own office is a part of it
            return False
        return _OWN.fullmatch(who) is not None or self._is_short(who)

    def _is_short(self, who: str) -> bool:
        """Whether ``who`` is the publisher's name or short for it: 市科技局 for 青河市科学技术局."""
        if len(who) < 2 or who[-1:] != self.publisher[-1:]:
            return False
        letters = iter(self.publisher)
        return all(char in letters for char in who)
