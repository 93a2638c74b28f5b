"""What matters of the properties of paragraphs, rows and cells, found in the whole document by one search in C.

Word writes a dozen properties for every cell; a few of them, and those of few cells, say where its text belongs.
"""

from __future__ import annotations

from typing import Any

from govinfo.documents.limits import MAX_COLSPAN
from govinfo.documents.word.names import Names
from govinfo.documents.word.styles import numbering_of

__all__ = ["Properties"]

_OF_PARAGRAPHS = ("framePr", "listPr", "numPr")
_OF_ROWS = ("gridBefore", "hidden")
_OF_CELLS = ("gridSpan", "vMerge", "vmerge", "hMerge", "hmerge", "cellMerge")
_LISTED = "{http://schemas.microsoft.com/office/word/2003/auxHint}t"
_TRACKED = {"rest": "restart", "cont": "continue"}


class Properties:
    """Properties by the element that has them."""

    def __init__(self, body: Any, names: Names, *, styles: bool) -> None:
        """Search a body; ``styles``: the styles of paragraphs matter as well."""
        self._names = names
        wanted = (*_OF_PARAGRAPHS, *_OF_ROWS, *_OF_CELLS, *(("pStyle",) if styles else ()))
        kinds = {names(kind): kind for kind in wanted}
        holders = {names("pPr"), names("trPr"), names("tcPr")}
        self._found: dict[Any, dict[str, Any]] = {}
        for one in body.iter(*kinds):
            holder = one.getparent()
            owner = holder.getparent() if holder is not None and holder.tag in holders else None
            if owner is not None:
                self._found.setdefault(owner, {})[kinds[one.tag]] = one

    def numbering(self, paragraph: Any) -> tuple[str | None, str | None, int | None]:
        """Return style, ``numId`` and ``ilvl`` of a paragraph, each None where it is not said."""
        found = self._found.get(paragraph)
        if found is None:
            return None, None, None
        style = self._names.value(found["pStyle"]) if "pStyle" in found else None
        number, level = numbering_of(found["numPr"], self._names) if "numPr" in found else (None, None)
        return style, number, level

    def listed(self, paragraph: Any) -> str:
        """Return the automatic number as Word 2003 writes it beside the paragraph."""
        found = self._found.get(paragraph, {}).get("listPr")
        label = found.find(_LISTED) if found is not None else None
        values = label.attrib.items() if label is not None else ()
        return next((str(value) for key, value in values if key.endswith("}val")), "").strip()

    def is_drop_cap(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is the large first letter of the next."""
        frame = self._found.get(paragraph, {}).get("framePr")
        return frame is not None and frame.get(self._names("dropCap")) in ("drop", "margin")

    def before(self, row: Any) -> int:
        """Return how many columns of the grid are free before a row's first cell."""
        found = self._found.get(row, {}).get("gridBefore")
        return (self._names.number(found, 0, MAX_COLSPAN) or 0) if found is not None else 0

    def is_hidden(self, row: Any) -> bool:
        """Tell whether the end of a row is hidden."""
        found = self._found.get(row, {}).get("hidden")
        return found is not None and self._names.is_on(found)

    def merged(self, cell: Any) -> tuple[int, str, bool]:
        """Return how a cell is merged.

        Returns:
            Columns of the grid; ``restart`` or ``continue`` where it is merged with cells in other rows, empty
            otherwise; whether it goes on with the cell before it.
        """
        found = self._found.get(cell)
        if found is None:
            return 1, "", False
        names = self._names
        span = names.number(found["gridSpan"], 1, MAX_COLSPAN) if "gridSpan" in found else 1
        down = found.get("vMerge", found.get("vmerge"))
        across = found.get("hMerge", found.get("hmerge"))
        if down is not None:
            merged = "restart" if names.value(down) == "restart" else "continue"
        else:  # merged while changes were tracked
            tracked = found.get("cellMerge")
            merged = _TRACKED.get(tracked.get(names("vMerge")) or "", "") if tracked is not None else ""
        return span or 1, merged, across is not None and names.value(across) != "restart"
