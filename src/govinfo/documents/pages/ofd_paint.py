"""With what an object of OFD is painted: whether it is seen at all, and whether it is as white as the paper."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from govinfo.documents.pages.ofd_geometry import Unreadable, number
from govinfo.documents.xml import local

__all__ = ["Paint", "filled", "opaque", "shown", "stroked", "thickness"]

_TRUE = frozenset({"true", "1"})
_WHITE = 250

_STROKE = 0.353
"""Millimetres: how thick a line is that does not say it."""

Parameters = Callable[[str], Any]
"""``parameters(id)``: a set of drawing parameters, None where there is none."""


class Paint(Enum):
    """What is left on the paper."""

    NONE = "none"
    WHITE = "white"
    INK = "ink"


def shown(node: Any) -> bool:
    """Tell whether an object is visible and not altogether transparent."""
    return node.get("Visible", "true").lower() in _TRUE and (node.get("Alpha") or "255").strip() != "0"


def opaque(node: Any) -> bool:
    """Tell whether what lies under a filled object is hidden: a highlighter hides nothing."""
    colour = _colour(node, "FillColor")
    alphas = [node.get("Alpha"), colour.get("Alpha") if colour is not None else None]
    return all(alpha is None or _part(alpha) >= _WHITE for alpha in alphas)


def filled(node: Any, parameters: Parameters, default: bool) -> Paint:
    """Return what the inside of an object is painted with; ``default``: it is filled where it does not say so."""
    return _paint(node, "Fill", parameters, default)


def stroked(node: Any, parameters: Parameters, default: bool) -> Paint:
    """Return what the outline of an object is painted with; ``default``: it is drawn where it does not say so."""
    return _paint(node, "Stroke", parameters, default)


def thickness(node: Any, parameters: Parameters) -> float:
    """Return how thick an outline is, in the object's own measure."""
    shared = parameters(node.get("DrawParam") or "")
    try:
        return number(node.get("LineWidth") or (shared.get("LineWidth") if shared is not None else None), _STROKE)
    except Unreadable:
        return _STROKE


def _paint(node: Any, what: str, parameters: Parameters, default: bool) -> Paint:
    on = node.get(what)
    if not (on.strip().lower() in _TRUE if on else default):
        return Paint.NONE
    colour = _colour(node, f"{what}Color")
    if colour is None and node.get("DrawParam"):
        shared = parameters(node.get("DrawParam"))
        colour = _colour(shared, f"{what}Color") if shared is not None else None
    if colour is None:
        return Paint.INK
    if (colour.get("Alpha") or "255").strip() == "0":
        return Paint.NONE
    parts = (colour.get("Value") or "").split()
    return Paint.WHITE if len(parts) == 3 and all(_part(one) >= _WHITE for one in parts) else Paint.INK


def _colour(node: Any, name: str) -> Any:
    return next((child for child in node if local(child) == name), None)


def _part(text: str) -> float:
    try:
        return int(text[1:], 16) if text.startswith("#") else number(text)
    except ValueError:
        return 0.0
