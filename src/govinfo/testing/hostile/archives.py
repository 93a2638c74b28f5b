"""Hostile archives, RTF files, single-file pages and texts."""

from __future__ import annotations

import struct
from pathlib import Path

from govinfo.testing.hostile.parts import TITLE, enormous, packed

__all__: list[str] = []


# Archives


def zip_bomb(folder: Path) -> bytes:
    return enormous("报告.txt", b"", b"\0" * 1024, 600_000)


def zip_nested(folder: Path) -> bytes:
    content = enormous("报告.txt", b"", b"0" * 1024, 20_000)
    for _ in range(5):
        content = packed({f"{n}.zip": content for n in range(10)})
    return content


def zip_deep(folder: Path) -> bytes:
    content = TITLE.encode()
    for _ in range(200):
        content = packed({"x.zip": content})
    return content


def zip_overlapping(folder: Path) -> bytes:
    """Twenty thousand entries of the directory, one member: ten megabytes each."""
    base = enormous("a", b"", b"\0" * 1024, 10_000)
    at = base.index(b"PK\x01\x02")
    end = base.index(b"PK\x05\x06")
    entry = base[at:end]
    directory = entry * 20_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20_000, 20_000, len(directory), at, 0)
    return base[:at] + directory + tail


def zip_traversal(folder: Path) -> bytes:
    names = ("../../outside", f"{folder}/absolute", "..\\..\\outside", "C:\\outside", "a/../../../outside")
    return packed({**dict.fromkeys(names, TITLE), "link": b"/etc/passwd"})


# Others


def rtf_deep(folder: Path) -> bytes:
    return b"{\\rtf1\\ansi " + b"{" * 300_000 + TITLE.encode("gb18030") + b"}" * 300_000 + b"}"


def rtf_binary(folder: Path) -> bytes:
    return b"{\\rtf1\\ansi\\ansicpg936 \\bin2147483647 0000" + b"{\\pict\\bin999999999 " * 1000 + b"}" * 1001


def rtf_rows(folder: Path) -> bytes:
    row = b"\\trowd" + b"\\cellx100" * 500 + b"\\intbl " + b"0\\cell" * 500 + b"\\row "
    return b"{\\rtf1\\ansi " + row * 1000 + b"}"


def mhtml_parts(folder: Path) -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    return head + b"--b\r\nContent-Type: text/html\r\n\r\n<p>0</p>\r\n" * 100_000 + b"--b--\r\n"


def mhtml_deep(folder: Path) -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b0\r\n\r\n"
    inner = b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(3_000))
    return head + inner + b"<p>0</p>"


def text_spaces(folder: Path) -> bytes:
    """A figure with a note that never ends, a hundred thousand spaces before it: found by fuzzing."""
    return f"{TITLE}\n\n| 规章 | 0{' ' * 100_000}( | 0 | 0 |\n|---|---|---|---|\n| 行政许可 | 0 | 0 | 0 |\n".encode()
