"""bytes → text: which encoding a file is in, and what was lost in decoding.

Chinese government pages declare gb2312 and hold GBK or GB18030, or declare nothing. Only the bytes can be believed: a
byte-order mark, else strict UTF-8, else whichever of gb18030, UTF-8 and Big5 gives the most common characters. The
declared charset breaks ties.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from govinfo.documents.limits import check_size
from govinfo.documents.model import Paragraph, Problem
from govinfo.documents.signatures import refuse_controls, refuse_known
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["Decoded", "decode", "decode_raw", "looks_like_text", "normalise_lines"]


class Decoded(NamedTuple):
    """A decoded file."""

    text: str
    """Lines end with ``\\n``; a form feed is a page break. Bytes that could not be decoded are U+FFFD."""
    encoding: str
    """Python's name of the encoding: ``utf-8``, ``gb18030``, ``big5``, ``utf-16-le``."""
    problems: tuple[Problem, ...] = ()
    """``SRC001`` at the first bad byte."""


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("gb18030", "utf-8", "big5")
_PYTHON_NAMES = {"big5": "cp950"}  # web pages in Big5 use Microsoft's extension of it
_ALIASES = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5"), "big5"),
}

# The most frequent characters of reports and of Chinese at large, simplified and traditional. Bytes read in the wrong
# encoding give rare ones.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过民说产种面而方后多定"
    "行学法所经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系"
    "府信息公开申请收到处理办结果总计规章文件件数行政复议诉讼主动情况存在问题改进其他需要报告项许可罚强事业费类个位属"
    "這為個國時來們於對會發動過說產種後學經進著電裡現實兩體機當點從業應開還關線內數無條結問報請處類項規訴總況"
)


def decode(content: bytes, declared: str | None = None, *, name: str = "") -> Decoded:
    """Decode a file; ``declared`` is the charset it claims, ``name`` goes into errors.

    Raises:
        ReadError: ``too_large``, ``empty``, ``unsupported`` or ``binary``.
    """
    raw = decode_raw(content, declared, name=name)
    return raw._replace(text=normalise_lines(raw.text))


def decode_raw(content: bytes, declared: str | None = None, *, name: str = "") -> Decoded:
    """Decode like `decode`, leaving line ends as they are: for markup, where they are mere white space."""
    check_size(content, name)
    if not content or content.isspace():
        raise _empty(name)
    refuse_known(content, name)
    encoding, body = _by_mark(content)
    if encoding is None:
        encoding = _utf_16_by_nuls(content)
    if encoding is None:
        refuse_controls(content, name)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            # A sample from the first byte that is not ASCII: what precedes it is the same in every encoding.
            encoding = _most_plausible(content, _first_high_byte(content, error.start), declared)
        else:
            # Searching the bytes for NULs is far quicker than searching the text.
            return _finish(text, "utf-8", (), name) if b"\0" in content or text[0].isspace() else Decoded(text, "utf-8")
    problems: tuple[Problem, ...] = ()
    try:
        text = body.decode(_codec(encoding))
    except UnicodeDecodeError as error:
        text, problems = _decode_damaged(body, encoding, error.start)
    return _finish(text, encoding, problems, name)


def looks_like_text(content: bytes) -> bool:
    """Tell from the first bytes whether `decode` would take ``content`` for text."""
    head = content[:4096]
    try:
        refuse_known(head)
        if not _by_mark(head)[0] and not _utf_16_by_nuls(head):
            refuse_controls(head)
    except ReadError:
        return False
    return True


def normalise_lines(text: str) -> str:
    """Make every line end ``\\n``; form feeds stay."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark in ("\u2028", "\u2029"):
        if mark in text:
            text = text.replace(mark, "\n")
    return text


def _finish(text: str, encoding: str, problems: tuple[Problem, ...], name: str) -> Decoded:
    if "\0" in text:
        # Too few for a binary file: stray bytes like any other that cannot be decoded.
        if not problems:
            problems = (_bad_byte(text[: text.index("\0")], text.count("\0"), encoding),)
        text = text.replace("\0", "\ufffd")
    if not text or (text[0].isspace() and text.isspace()):
        raise _empty(name)
    return Decoded(text, encoding, problems)


def _by_mark(content: bytes) -> tuple[str | None, bytes]:
    """Return the encoding a byte-order mark announces and the content after it."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding, content[len(mark) :]
    return None, content


def _utf_16_by_nuls(content: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every digit and line end has a NUL, and so has 一."""
    sample = content[:4096]
    if b"\0" not in sample or sample.count(0) * 100 < len(sample):
        return None
    texts = {encoding: sample.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")}
    plain = {
        encoding: sum(" " <= char < "\x7f" or char in _COMMON for char in text) for encoding, text in texts.items()
    }
    likely = max(plain, key=plain.__getitem__)
    odd = sum(char < " " and char not in "\t\n\r\f" for char in texts[likely])
    return likely if plain[likely] * 4 > len(texts[likely]) and odd * 50 <= len(texts[likely]) else None


def _first_high_byte(content: bytes, before: int) -> int:
    try:
        content[:before].decode("ascii")
    except UnicodeDecodeError as error:
        return error.start
    return before


def _most_plausible(content: bytes, start: int, declared: str | None) -> str:
    """Return the candidate under which a sample holds the most common characters, less the undecodable ones."""
    sample = content[start : start + 4096]
    if len(sample) - len(sample.translate(None, bytes(range(128, 256)))) < 200:
        sample = content[start : start + 262144]  # a lone bad byte before the Chinese text begins
    hint = _ALIASES.get((declared or "").strip().lower())
    order = sorted(_CANDIDATES, key=lambda encoding: encoding != hint)
    return max(order, key=lambda encoding: _plausibility(sample, _codec(encoding)))


def _codec(encoding: str) -> str:
    return _PYTHON_NAMES.get(encoding, encoding)


def _plausibility(sample: bytes, codec: str) -> int:
    text = sample.decode(codec, "replace")
    return sum(map(_COMMON.__contains__, text)) - text.count("\ufffd")


def _decode_damaged(content: bytes, encoding: str, first_bad: int) -> tuple[str, tuple[Problem, ...]]:
    codec = _codec(encoding)
    text = content.decode(codec, "replace")
    if encoding in ("gb18030", "big5") and text.count("\ufffd") <= 100:  # each costs a call into Python
        text = content.decode(codec, _RESYNCHRONISE)
    before = content[:first_bad].decode(codec, "replace")
    return text, (_bad_byte(before, text.count("\ufffd"), encoding),)


def _bad_byte(before: str, count: int, encoding: str) -> Problem:
    """Report bytes that could not be decoded; the first stands right after ``before``."""
    before = normalise_lines(before)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    message = Text(
        "第 {line} 行第 {column} 个字符处有字节不符合 {encoding} 编码（全文共 {count} 处），以 \ufffd 代替，"
        "其余内容不受影响",
        "line {line}, character {column}: bytes that are not valid {encoding} ({count} in the file) were replaced by "
        "\ufffd; nothing else was lost",
    ).fill(line=line, column=column, encoding=encoding, count=count)
    return Problem("SRC001", message, Paragraph("\ufffd", line, column))


def _empty(name: str) -> ReadError:
    message = Text("文件是空的，没有可核对的内容", "the file is empty: there is nothing to check")
    return ReadError("empty", message, name)


def _resynchronise(error: UnicodeError) -> tuple[str, int]:
    """Skip one or two bytes after a damaged double-byte character, whichever makes more sense of what follows.

    A damaged first byte leaves its second alone; decoding from there pairs up the wrong bytes to the end of the line.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    content, start = error.object, error.start
    after_one, after_two = (
        _plausibility(content[start + skipped : start + skipped + 64], str(error.encoding)) for skipped in (1, 2)
    )
    return "\ufffd", min(start + 1 + (after_two > after_one + 1), len(content))


_RESYNCHRONISE = "govinfo.resynchronise"
codecs.register_error(_RESYNCHRONISE, _resynchronise)
