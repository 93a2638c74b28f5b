"""A paragraph put together from runs of characters: what is raised is kept apart from what it is raised above."""

from __future__ import annotations

import re

__all__ = ["Runs"]

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")

_HALVES = re.compile("[\ud800-\udfff]")


class Runs:
    """Collects the runs of one paragraph."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, bool]] = []

    def add(self, text: str, raised: bool = False) -> None:
        """Add a run; ``raised``: it is printed as a superscript."""
        if text:
            self._runs.append((text, raised))

    def take(self) -> str:
        """Return the paragraph and begin the next one.

        What is raised behind words is a note, （1）; digits raised behind a digit may be a power: ``12^1`` is what a
        person sees, and no number. So it is in web pages.
        """
        runs, self._runs = self._runs, []
        if not any(raised for _, raised in runs):
            return _clean("".join(text for text, _ in runs))
        printed: list[str] = []
        above = before = ""
        for text, raised in [*runs, ("", False)]:
            if raised:
                above += text
                continue
            if above:
                printed.append(_set_apart(above, before))
            above = ""
            printed.append(text)
            before = text.rstrip()[-1:] or before
        return _clean("".join(printed))


def _set_apart(above: str, before: str) -> str:
    note = above.strip()
    if not before or not re.search(r"\w", note):
        return above
    return f"^{note}" if note.isdigit() and before.isdigit() else f"（{note.strip('[]()（）［］')}）"


def _clean(text: str) -> str:
    """Remove control characters but tab and line break, and put the halves of rare characters together."""
    if text.isprintable():
        return text
    if _HALVES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROLS.sub("", text)
