"""Bytes of an RTF file → text: by the font they are printed in, by the document's code page otherwise."""

from __future__ import annotations

import re

__all__ = ["SYMBOL", "decode_bytes"]

_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
"""Codec by the number of a character set; others are the document's."""
SYMBOL = 2
"""The character set of fonts of pictures."""
_LATIN = "cp1252"
_PAGES = {
    437: "cp437",
    850: "cp850",
    932: "cp932",
    936: "gb18030",
    949: "cp949",
    950: "cp950",
    1361: "johab",
    10000: "mac_roman",
    10008: "gb2312",
    54936: "gb18030",
    65001: "utf-8",
} | {page: f"cp{page}" for page in (*range(1250, 1259), 874)}
_PAIRED = ("gb18030", "cp932", "cp949", "cp950", "johab", "gb2312", "utf-8")
_SINGLE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x40-\xff])")
"""A byte that is not half of a pair."""


def decode_bytes(raw: bytes, charset: int | None, page: int) -> str:
    """Return the text of some bytes.

    Args:
        raw: the bytes.
        charset: of their font; None where it says none.
        page: code page of the document.
    """
    if raw.isascii():
        return raw.decode("ascii")
    if charset == SYMBOL:
        return "".join(chr(byte) for byte in raw if byte < 0x80)
    document = _PAGES.get(page, _LATIN)
    codec = _CHARSETS.get(charset if charset is not None else -1)
    if codec is None:
        codec = document
        # Word itself writes Latin fonts in Western code; other programs write whatever the document is in.
        if charset == 0 and document in _PAIRED and (_SINGLE.search(raw) or not _is(raw, document)):
            codec = _LATIN
    elif not _is(raw, codec) and _is(raw, document):
        codec = document
    return raw.decode(codec, "replace")


def _is(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
