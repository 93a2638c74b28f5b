"""A patch as JSON and back: read strictly, each mistake named with its place."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO, NoReturn

import attrs

from govinfo.errors import GovinfoError, ReadError
from govinfo.files import take
from govinfo.records import strict_json
from govinfo.repair.patch import Change, Offer, Patch, PatchedCell
from govinfo.text import Language, Text

__all__ = ["LARGEST", "VERSION", "patch_json", "read_patch", "take_patch"]

VERSION = 1
"""Of the format; another number is refused."""
LARGEST = 4 << 20
"""Bytes of the largest patch that is read."""

_TOO_LARGE = Text(
    f"文件超过 {LARGEST >> 20} MiB，不像补丁，未读取", f"more than {LARGEST >> 20} MiB: not a patch, not read"
)

Read = Callable[[Any, str], Any]
"""Takes a JSON value and its place, and returns what the model holds."""


def patch_json(patch: Patch, lang: Language) -> dict[str, Any]:
    """Return ``patch`` as JSON values, its words in one language."""
    return {"version": VERSION, **_plain(patch, lang)}


def _plain(value: Any, lang: Language) -> Any:
    if isinstance(value, Text):
        return value.render(lang)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [_plain(item, lang) for item in value]
    if attrs.has(type(value)):
        return {field.name: _plain(getattr(value, field.name), lang) for field in attrs.fields(type(value))}
    return value


def take_patch(source: str | os.PathLike[str] | BinaryIO, name: str) -> Patch:
    """Read a patch from a file or a stream.

    Args:
        source: the file or stream.
        name: what to call it in messages.

    Raises:
        GovinfoError: it cannot be read or is not a patch; names the place and what is wrong there.
    """
    try:
        content = take(source, name, LARGEST)
    except ReadError as error:
        text = _TOO_LARGE if error.kind == "too_large" else error.text
        raise GovinfoError(Text(f"{name}：{text.zh}", f"{name}: {text.en}")) from error
    return read_patch(content, name)


def read_patch(content: bytes, name: str) -> Patch:
    """Read a patch.

    Args:
        content: the file, in UTF-8.
        name: what to call the file in messages.

    Raises:
        GovinfoError: it is not a patch; names the place and what is wrong there.
    """
    try:
        return _patch(_decoded(content))
    except _Wrong as error:
        where = f"{name} {error.place}".strip()
        raise GovinfoError(Text(f"{where}：{error.text.zh}", f"{where}: {error.text.en}")) from error


class _Wrong(Exception):
    """What is wrong at a place such as ``changes[0].cells[1].proposed``."""

    def __init__(self, place: str, text: Text) -> None:
        super().__init__(place, text)
        self.place = place
        self.text = text


def _decoded(content: bytes) -> Any:
    if len(content) > LARGEST:
        raise _Wrong("", _TOO_LARGE)
    try:
        return strict_json(content)
    except UnicodeDecodeError as error:
        utf = Text("不是 UTF-8 编码，请另存为 UTF-8", "not in UTF-8: save the file as UTF-8")
        raise _Wrong("", utf) from error
    except json.JSONDecodeError as error:
        where = Text(f"第 {error.lineno} 行第 {error.colno} 列", f"line {error.lineno}, column {error.colno}")
        said = Text("{where}不是有效的 JSON（{said}）", "{where}: not JSON ({said})")
        raise _Wrong("", said.fill(where=where, said=error.msg)) from error
    except RecursionError as error:
        raise _Wrong("", Text("嵌套过深", "nested too deeply")) from error
    except ValueError as error:  # a key twice, NaN, a number of thousands of digits
        reason = str(error)[:200]
        raise _Wrong("", Text(f"不是有效的 JSON（{reason}）", f"not JSON ({reason})")) from error


def _patch(value: Any) -> Patch:
    if isinstance(value, dict) and type(value.get("version")) is int and value["version"] != VERSION:
        what = Text(
            f"补丁格式的版本是 {value['version']}，本程序只读版本 {VERSION}，请用当前程序重新运行 govinfo fix",
            f"version {value['version']} of the format, only {VERSION} can be read: run govinfo fix of this program",
        )
        raise _Wrong("version", what)
    fields = _fields(value, "", {"version": _integer, **_PATCH})
    del fields["version"]
    patch = Patch(**fields)
    _refuse_strange_numbers(patch)
    return patch


def _refuse_strange_numbers(patch: Patch) -> None:
    """Numbers tell entries apart, and an alternative is one to the first explanation of a finding."""
    entries: list[tuple[str, int]] = [(f"changes[{i}]", change.id) for i, change in enumerate(patch.changes)]
    entries += [(f"implied[{i}]", offer.id) for i, offer in enumerate(patch.implied)]
    if again := _repeated([number for _, number in entries]):
        place, number = entries[again]
        raise _Wrong(f"{place}.id", Text(f"编号 {number} 用了两次", f"the number {number} is used twice"))
    firsts = set(patch.firsts)
    for i, change in enumerate(patch.changes):
        if (other := change.alternative_to) is not None and other not in firsts:
            none = Text(f"没有编号为 {other} 的首选项", f"no first explanation has the number {other}")
            raise _Wrong(f"changes[{i}].alternative_to", none)


def _repeated(values: Sequence[Any]) -> int:
    """Return where the first value stands that was there before, 0 where there is none."""
    seen: set[Any] = set()
    for i, value in enumerate(values):
        if value in seen:
            return i
        seen.add(value)
    return 0


def _fields(value: Any, place: str, wanted: Mapping[str, Read]) -> dict[str, Any]:
    """Return the fields of an object that has exactly the keys of ``wanted``."""
    if not isinstance(value, dict):
        _expected(place, value, Text(" JSON 对象", "an object"))
    dot = f"{place}." if place else ""
    for key in value:
        if key not in wanted:
            known = ", ".join(wanted)
            unknown = Text(f"没有这个键（可用：{known}）", f"no such key (known: {known})")
            raise _Wrong(f"{dot}{key[:40]}", unknown)
    for key in wanted:
        if key not in value:
            raise _Wrong(f"{dot}{key}", Text("缺少这个键", "the key is missing"))
    return {key: read(value[key], f"{dot}{key}") for key, read in wanted.items()}


def _expected(place: str, value: Any, what: Text) -> NoReturn:
    if isinstance(value, (dict, list)):  # as deep as it was read, it may be too deep to be written
        found = "{…}" if isinstance(value, dict) else "[…]"
    else:
        found = json.dumps(value, ensure_ascii=False)
        found = found if len(found) <= 40 else found[:40] + "…"
    said = Text("应为{what}，现为 {found}", "expected {what}, found {found}")
    raise _Wrong(place, said.fill(what=what, found=found))


def _of_type(kind: type[Any], what: Text) -> Read:
    """Read a value of exactly one type: ``true`` is no number."""

    def read(value: Any, place: str) -> Any:
        if type(value) is not kind:
            _expected(place, value, what)
        return value

    return read


def _or_null(read: Read) -> Read:
    return lambda value, place: None if value is None else read(value, place)


def _many(read: Read, *, least: int = 0) -> Read:
    def read_all(value: Any, place: str) -> Any:
        if not isinstance(value, list) or len(value) < least:
            _expected(place, value, Text("非空列表", "a list that is not empty") if least else Text("列表", "a list"))
        return tuple(read(item, f"{place}[{i}]") for i, item in enumerate(value))

    return read_all


def _made(cls: type[Any], wanted: Mapping[str, Read]) -> Read:
    return lambda value, place: cls(**_fields(value, place, wanted))


_integer = _of_type(int, Text("整数", "a whole number"))
_flag = _of_type(bool, Text(" true 或 false", "true or false"))
_string = _of_type(str, Text("字符串", "a string"))


def _words(value: Any, place: str) -> Text:
    said = _string(value, place)
    return Text(said, said)


def _share(value: Any, place: str) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        _expected(place, value, Text("0 到 1 之间的数", "a number from 0 to 1"))
    return float(value)


def _number(value: Any, place: str) -> int | Decimal:
    if type(value) is int:
        return value
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        _expected(place, value, Text("整数，或写成字符串的金额", "a whole number, or a sum of money as a string"))
    return Decimal(value)


def _cells(value: Any, place: str) -> tuple[PatchedCell, ...]:
    found: tuple[PatchedCell, ...] = _many(_made(PatchedCell, _CELL), least=1)(value, place)
    if again := _repeated([cell.path for cell in found]):
        raise _Wrong(f"{place}[{again}].path", Text("同一格写了两次", "the same cell a second time"))
    return found


_CELL: Mapping[str, Read] = {
    "path": _string,
    "cell": _words,
    "reported": _or_null(_number),
    "proposed": _number,
}
_CHANGE: Mapping[str, Read] = {
    "id": _integer,
    "accept": _flag,
    "code": _string,
    "fingerprint": _string,
    "kind": _string,
    "confidence": _share,
    "explanation": _words,
    "resolves": _many(_string),
    "cells": _cells,
    "alternative_to": _or_null(_integer),
}
_OFFER: Mapping[str, Read] = {
    "id": _integer,
    "accept": _flag,
    "path": _string,
    "cell": _words,
    "low": _integer,
    "high": _or_null(_integer),
}
_PATCH: Mapping[str, Read] = {
    "file": _string,
    "publisher": _or_null(_string),
    "year": _or_null(_integer),
    "changes": _many(_made(Change, _CHANGE)),
    "implied": _many(_made(Offer, _OFFER)),
}
