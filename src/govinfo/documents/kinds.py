"""What each line of a text file could be part of: one letter a line, so that a file spells a word.

========  =============================================================================================
``" "``   blank
``.``     prose, a section heading, a page number: never part of a table
``c``     a short line without separators: prose, or a cell, or a part of one
``0``     the same, a figure
``M``     a pipe row: several cells, or one between bars (``| 规章 | 0 |``)
``b``     one cell and its bars (``0 |``)
``x``     nothing but bars (``|||``)
``=``     the line under a Markdown header (``|---|---|``)
``R``     a row with two or more tabs between its fields
``r``     a row with one tab between its fields: perhaps a sentence
``t``     one field with tabs behind it
``e``     nothing but tabs
``S``     three or more figures separated by spaces, usually behind a label
``w``     fields separated by wide gaps
``s``     a few short words or figures separated by single spaces
========  =============================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["ENUMERATOR", "FIGURE", "TABLE_KINDS", "is_separator", "kinds_of"]

TABLE_KINDS = frozenset("MbxRrSw")
"""Without one of these there is no table."""

FIGURE = re.compile(
    r"[+\-−－减增]?\d(?:[\d,，.．]*\d)?[^\d\s.。，,、年月日号时分届]{0,3}|[/／\-—–－―]{1,2}|无",
)
"""A figure with its sign and unit, or one of the marks that stand for none; use ``fullmatch``."""

ENUMERATOR = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.．、)）](?!\d)|[一二三四五六七八九十]{1,2}、"
)
"""What labels are numbered with: （一） 1. 三、"""

_HEADING = re.compile(r"[#\s]*[一二三四五六七八九十]{1,2}、\s*.*(?:情况|问题|措施|事项|内容)[\s:：]*")
_PAGE_OF_PAGES = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")
_PAGE_NUMBER = re.compile(r"[-—–－·~]\s*\d{1,4}\s*[-—–－·~]|第\s*\d{1,4}\s*页.{0,12}")
_SEPARATOR = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_WIDE_GAP = re.compile(r" {2}|\u3000")
_SENTENCE_ENDS = "。；！？;!?:："

_SHORT = 40  # the longest label printed on the form has 37 characters
_LONG = 160


def kinds_of(lines: Sequence[str], texts: Sequence[str]) -> str:
    """Return the letters of ``lines``; ``texts`` are the same lines as they read, stripped at both ends."""
    read = dict(zip(lines, texts, strict=True))  # most lines of a report are one of few different ones
    kinds = {raw: _kind(raw, text) for raw, text in read.items()}
    if not TABLE_KINDS.isdisjoint(kinds.values()):
        # Only now does it matter what exactly a bare line is.
        kinds |= {raw: _bare(read[raw]) for raw, kind in kinds.items() if kind == "c"}
    return "".join(map(kinds.__getitem__, lines))


def _kind(raw: str, text: str) -> str:
    if "|" in raw:
        return _with_bars(raw.strip())
    if not text:
        return "e" if raw.count("\t") > 1 else " "
    if "\t" in raw and (tabbed := _with_tabs(raw)):
        return tabbed
    if len(text) > _LONG:
        return "."
    if " " in text or "\u3000" in text:
        return _with_spaces(text)
    return "c" if len(text) <= _SHORT else "."


def is_separator(body: str, row: int) -> bool:
    """Tell whether a row is the line under a Markdown header and not a row of ``--`` for no figure."""
    return (row <= 2 or "---" in body or ":" in body) and _SEPARATOR.fullmatch(body) is not None


def _is_page_number(body: str) -> bool:
    counted = _PAGE_OF_PAGES.fullmatch(body)
    return bool(_PAGE_NUMBER.fullmatch(body)) or (counted is not None and 0 < int(counted[1]) <= int(counted[2]) > 1)


def _bare(body: str) -> str:
    if FIGURE.fullmatch(body) and not _is_page_number(body):
        return "0"
    return "." if _never_in_table(body) else "c"


def _never_in_table(body: str) -> bool:
    return body[-1] in _SENTENCE_ENDS or bool(_HEADING.fullmatch(body)) or _is_page_number(body)


def _with_bars(body: str) -> str:
    core = body.strip("| \t\xa0")
    if not core:
        return "x"
    if "--" in body and _SEPARATOR.fullmatch(body):
        return "="
    if "|" in core:
        return "." if "。" in core and core.count("|") == 1 else "M"
    return "M" if body[0] == "|" else "b"


def _with_tabs(raw: str) -> str | None:
    """Return the kind of a line with tabs, or None where they only indent it."""
    body = raw.strip()
    inner = body.count("\t")
    if not inner:
        return "t" if raw.rstrip(" \xa0\u3000").endswith("\t") else None
    if "。" in body and len(body) > 60:
        return "."
    if inner == 1 and ENUMERATOR.fullmatch(body[: body.index("\t")].rstrip()):
        return "."
    return "R" if inner > 1 else "r"


def _with_spaces(body: str) -> str:
    if _is_page_number(body):
        return "."
    tokens = body.split()
    figures = 0
    for token in reversed(tokens):
        if not FIGURE.fullmatch(token):
            break
        figures += 1
    if figures >= 3 and "。" not in body and sum(any(map(str.isdigit, token)) for token in tokens[-figures:]) >= 2:
        return "S"
    if len(body) > 80 or "。" in body or _never_in_table(body):
        return "."
    if _WIDE_GAP.search(body) and len(tokens) > 1:
        return "w"
    return "s" if len(tokens) > 1 and (figures or max(map(len, tokens)) <= 12) else "c"
