"""What a text says, looked for by meaning: words in their order inside one sentence, synonyms, a number beside them.

A phrase is written as its author would say it::

    发出|制发 收费|缴费 通知        three words in this order, each with its synonyms
    规范性文件 现行有效 {n}         a number behind them, close by: 现行有效 15 件, 现行有效的有十五件
    {n} 规范性文件                  or before them: 15件规范性文件

Between words anything may stand, a few dozen characters of the same sentence; between a word and its number no more
than a few. Spaces, the width of characters and traditional forms make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from govinfo.parsing.numerals import chinese_number
from govinfo.parsing.script import in_simplified
from govinfo.text import Text

__all__ = ["NUMBER", "Found", "even", "find", "mistake_in"]

NUMBER = "{n}"
_FAR = 60
"""Characters between two words of a phrase, at most."""
_NEAR = 8
"""Characters between a word and its number, at most."""
_QUALIFIER = 4
"""Characters between a word and what it qualifies, at most."""
_LONGEST = 200
_ENDS = "。!?\n"
_SPACE = re.compile(r"\s+")
_COUNTED = "[件条宗例起次项份个部篇期场家处]"
_NUMBER = (
    r"(?P<n>(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,6})?(?!\d|\.\d|[%年月日号时])"
    rf"|[零〇一二两三四五六七八九十百千万]{{1,9}}(?={_COUNTED}))"
)
_APPROXIMATE = ("余", "多", "几", "数")
_SUM = "(?=共|计|合计|总计)"
"""A clause that goes on so still speaks of the word before."""


class Found(NamedTuple):
    """Where a phrase stands, and the number beside it."""

    start: int
    end: int
    number: int | Decimal | None
    """None where the phrase has no ``{n}``, or the number is a rough one: 15余件."""


def even(text: str) -> str:
    """Return a line in the shape phrases are looked for in: half width, simplified, without spaces."""
    return in_simplified(_SPACE.sub("", unicodedata.normalize("NFKC", text)))


def find(phrase: str, text: str, apart: tuple[str, ...] = (), not_after: tuple[str, ...] = ()) -> Iterator[Found]:
    """Yield where ``text`` says ``phrase``, in the order of the text.

    Args:
        phrase: as above.
        text: made even; sentences end in ``。``, ``!``, ``?`` or a line feed.
        apart: words that begin another subject; none may stand inside.
        not_after: words that make it another's; none may stand close before, as 实际 in 实际收取的总金额.
    """
    qualifier = _qualifier(tuple(map(even, not_after))) if not_after else None
    others = tuple(map(even, apart))
    end = 0
    for found in _chains(text, _pieces(phrase, others), _barrier(others)):
        if found.start < end:
            continue
        if qualifier is not None and qualifier.search(text, max(found.start - _FAR, 0), found.start):
            continue
        end = found.end
        yield found


def _chains(text: str, pieces: Sequence[re.Pattern[str]], barrier: re.Pattern[str]) -> Iterator[Found]:
    """Yield where the pieces stand one behind the other, each by the nearest before it: in time linear in the text."""
    barriers = [found.start() for found in barrier.finditer(text)] if len(pieces) > 1 else []
    reached = [_found(text, found) for found in pieces[0].finditer(text)]
    for piece in pieces[1:]:
        before, reached = reached, []
        at = 0
        for found in map(partial(_found, text), piece.finditer(text)):
            while at < len(before) and before[at].end <= found.start:
                at += 1
            if not at:
                continue
            last = before[at - 1]
            if found.start - last.end <= _FAR and bisect_left(barriers, last.end) == bisect_left(barriers, found.start):
                number = found.number if last.number is None else last.number
                reached.append(Found(last.start, found.end, number))
    yield from reached


def _found(text: str, found: re.Match[str]) -> Found:
    number = None
    if "n" in found.re.groupindex and not text.startswith(_APPROXIMATE, found.end("n")):
        number = _number(found["n"])
    return Found(found.start(), found.end(), number)


def mistake_in(phrase: str) -> Text | None:
    """Say what is wrong with a phrase; None where nothing is."""
    words = phrase.split()
    if not words or len(phrase) > _LONGEST:
        return Text(f"短语应为 1 到 {_LONGEST} 字", f"a phrase has 1 to {_LONGEST} characters")
    numbers = words.count(NUMBER)
    if numbers > 1 or (numbers and words[0] != NUMBER and words[-1] != NUMBER) or words == [NUMBER]:
        return Text(
            f"短语“{phrase}”中的 {NUMBER} 只能有一个，写在最前或最后",
            f"the phrase {phrase!r} may have one {NUMBER}, at its beginning or its end",
        )
    if any("{" in word and word != NUMBER for word in words) or not all(
        all(map(even, word.split("|"))) for word in words
    ):
        return Text(
            f"短语“{phrase}”写法有误：同义词用 | 隔开，词用空格隔开，数字写作 {NUMBER}",
            f"the phrase {phrase!r}: synonyms are parted by |, words by spaces, a number is written {NUMBER}",
        )
    return None


@lru_cache(maxsize=1024)
def _pieces(phrase: str, apart: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return the words of a phrase as patterns, the number in one with the word beside it."""
    words = [
        _NUMBER if word == NUMBER else f"(?:{'|'.join(re.escape(even(one)) for one in word.split('|'))})"
        for word in phrase.split()
    ]
    other = "".join(f"(?!{re.escape(word)})" for word in apart)
    near = rf"(?:{other}(?:[^{_ENDS}\d,;]|,{_SUM})){{0,{_NEAR}}}?"  # no other number, no other clause
    if len(words) > 1 and words[0] == _NUMBER:
        words[:2] = [near.join(words[:2])]
    elif len(words) > 1 and words[-1] == _NUMBER:
        words[-2:] = [near.join(words[-2:])]
    return tuple(map(re.compile, words))


@lru_cache(maxsize=256)
def _barrier(apart: tuple[str, ...]) -> re.Pattern[str]:
    """Return what no phrase reaches beyond: the end of a sentence, or another subject."""
    return re.compile("|".join([f"[{_ENDS}]", *map(re.escape, apart)]))


@lru_cache(maxsize=256)
def _qualifier(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of these words close before the end, with no stop or number between."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})[^{_ENDS}\d,;、]{{0,{_QUALIFIER}}}\Z")


def _number(text: str) -> int | Decimal | None:
    digits = text.replace(",", "")
    if "." in digits:
        return Decimal(digits)
    return int(digits) if digits.isascii() and digits.isdigit() else chinese_number(text)
