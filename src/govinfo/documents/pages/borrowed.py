"""Text in fonts that a PDF file names and does not carry: it is read the same whichever fonts the machine has.

Such text is shown in another font, or, on a server without Chinese fonts, not at all. Where its characters stand and
how wide they are the file says nevertheless; everything else about their shapes is the machine's.
"""

from __future__ import annotations

import ctypes
from typing import Any

__all__ = ["FLAT", "Widths", "address_of", "is_borrowed", "with_room"]

FLAT = 0.01
"""Points: pdfium leaves out texts altogether whose shapes are less wide."""
_ROOM = 0.1
"""Points."""
_STROKE = 1
"""The way to draw text whose room is that of its shapes and of the pen around them."""


class Widths(dict[int, float]):
    """Code of a character → how wide it is in a font, for a font size of 1, as the file says."""

    def __init__(self, raw: Any, font: Any) -> None:
        super().__init__()
        self.raw, self.font = raw, font

    def __missing__(self, code: int) -> float:
        width = ctypes.c_float()
        self.raw.FPDFFont_GetGlyphWidth(self.font, code, 1.0, width)
        self[code] = width.value
        return width.value


def address_of(thing: Any) -> int:
    """Return what tells one object of pdfium from another."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def is_borrowed(raw: Any, font: Any) -> bool:
    """Tell whether the file does not carry a font."""
    return bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 0


def with_room(raw: Any, thing: Any) -> bool:
    """Give a flat text object room if it is one because the machine has no shapes for it; return whether it was.

    Its room is measured anew as if a pen drew it; how it is drawn, and where, stays as it is.
    """
    if not is_borrowed(raw, raw.FPDFTextObj_GetFont(thing)):
        return False
    way, pen = raw.FPDFTextObj_GetTextRenderMode(thing), ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(thing, pen)
    raw.FPDFPageObj_SetStrokeWidth(thing, _ROOM)
    raw.FPDFTextObj_SetTextRenderMode(thing, _STROKE)
    raw.FPDFPageObj_Transform(thing, 1, 0, 0, 1, 0, 0)
    raw.FPDFTextObj_SetTextRenderMode(thing, way)
    raw.FPDFPageObj_SetStrokeWidth(thing, pen.value)
    return True
