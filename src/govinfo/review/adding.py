"""An entry added to the file beside a report; what stands there is kept to the letter, comments too."""

from __future__ import annotations

import os
import re

from govinfo.errors import GovinfoError
from govinfo.files import put
from govinfo.outputs.visible import visible
from govinfo.review.entry import FILE, Entry
from govinfo.review.reading import HEADER, read_entries
from govinfo.rules.tables import TableReader
from govinfo.text import Text

__all__ = ["add_entry"]

_TOP = (
    "# 已复核、不再计入的问题；删去一条，该问题即重新列出。\n"
    "# Findings that were reviewed and may stand; delete an entry, and its finding is listed again.\n"
)
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def add_entry(report: str, entry: Entry, remark: str = "") -> str:
    """Append an entry to the file beside a report and return that file's path.

    Args:
        report: the report's path.
        entry: what to note.
        remark: what the finding says, noted as a comment for people.

    Raises:
        GovinfoError: the file there is not as it should be, has the entry already, or cannot be written; what was
            there before still is.
    """
    path = os.path.join(os.path.dirname(report), FILE)
    before = TableReader.take(path) if os.path.lexists(path) else b""
    known = read_entries(before, path)
    key = (entry.fingerprint, entry.file, entry.value)
    if any((one.fingerprint, one.file, one.value) == key for one in known):
        raise _refused(
            path, "该问题已标为已复核；要改写请直接编辑此文件", "dismissed already: edit the file to change it"
        )
    try:
        content = before + _appended(before, _written(entry, remark)).encode()
    except UnicodeEncodeError as error:  # bytes of a file name that are no characters
        raise _refused(
            path, "文件名或文字中有无法写成 UTF-8 的字符，请先改名", "a name that is no UTF-8: rename the report first"
        ) from error
    try:
        after = read_entries(content, path)
    except GovinfoError:
        after = ()
    if after != (*known, entry):
        raise _refused(
            path, "请把其中各条改写为 [[dismissed]] 的形式，再添加", "write its entries as [[dismissed]] first"
        )
    put(content, path)
    return path


def _appended(before: bytes, block: str) -> str:
    """Return what to put behind the content of a file, with the line ends it has."""
    end = "" if not before or before.endswith(b"\n") else "\n"
    text = f"{end}\n{block}" if before else f"{_TOP}\n{block}"
    return text.replace("\n", "\r\n") if b"\r\n" in before else text


def _written(entry: Entry, remark: str) -> str:
    said = [f"# {visible(remark)}"] if remark else []
    texts = {"file": entry.file, "fingerprint": entry.fingerprint, "code": entry.code, "value": entry.value}
    texts |= {"reason": entry.reason, "who": entry.who}
    lines = [f"{key} = {_quoted(text)}" for key, text in texts.items() if text]
    lines += [f"when = {entry.when}"] if entry.when else []
    return "\n".join([*said, f"[[{HEADER}]]", *lines, ""])


def _quoted(text: str) -> str:
    """Return a TOML string."""
    escaped = re.sub(r"[\x00-\x1f\"\\\x7f]", lambda m: _SHORT.get(m[0]) or f"\\u{ord(m[0]):04x}", text)
    return f'"{escaped}"'


def _refused(path: str, zh: str, en: str) -> GovinfoError:
    return GovinfoError(Text(f"{path}：{zh}", f"{path}: {en}"))
