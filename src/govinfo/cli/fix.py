"""What ``govinfo fix`` does: propose a patch, or apply one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

from govinfo import api
from govinfo.cli.commands import CLEAN, load
from govinfo.cli.console import complain, emit, emit_json, json_bytes
from govinfo.cli.fix_words import after_lines, changed_lines, proposal_lines
from govinfo.errors import GovinfoError
from govinfo.files import open_input, put
from govinfo.outputs.visible import visible
from govinfo.repair.patch import Patch, apply, patch_of
from govinfo.repair.patch_json import patch_json, take_patch
from govinfo.text import Language, Text

__all__ = ["fix"]


def fix(
    *,
    path: str,
    patch: str | None,
    accept: str | None,
    format: str | None,
    output: str | None,
    rules: Sequence[str],
    lang: Language,
) -> int:
    """Write what is proposed for a report, or with ``patch`` the corrected report."""
    if os.path.isdir(path):
        said = Text("{path} 是文件夹，请给出一份报告的文件名", "{path} is a folder: fix takes the file of one report")
        raise GovinfoError(said.fill(path=path))
    _refuse_overwriting(output, (path, patch))
    if patch is None:
        _propose(path, accept, format, output, rules, lang)
    elif format == "text":
        raise GovinfoError(
            Text(
                "--apply 写出的是标准 JSON，不能与 --format text 同用",
                "--apply writes canonical JSON: it cannot be combined with --format text",
            )
        )
    else:
        _apply(path, patch, accept, output, rules, lang)
    return CLEAN


def _refuse_overwriting(output: str | None, inputs: Iterable[str | None]) -> None:
    """What a report says, and what a person accepted, stay as they are."""
    for path in inputs:
        if output is not None and path is not None and _are_same(output, path):
            said = Text("不能写入 {path}：它是读取的文件，请另起文件名", "{path} is read, not written: choose another")
            raise GovinfoError(said.fill(path=output))


def _are_same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):  # one of them is not there, or cannot be
        return False


def _propose(
    path: str, accept: str | None, format: str | None, output: str | None, rules: Sequence[str], lang: Language
) -> None:
    result = api.check(open_input(path), name=path, rules=rules or None, plugins=load(lang))
    patch = _accepting(patch_of(result, path), accept)
    readable = (format or ("text" if output is None else "json")) == "text"
    if readable:
        lines = proposal_lines(patch, result)
        content = "".join(visible(line.render(lang)) + "\n" for line in lines).encode("utf-8", "replace")
    else:
        content = json_bytes(patch_json(patch, lang))
    if output is None:
        emit(content, readable=readable)
        return
    put(content, output)
    said = Text("已写入 {output}：{n} 项建议，采纳 {m} 项", "written to {output}: {n} proposals, {m} of them accepted")
    accepted = len({number for number, _ in patch.accepted})
    total = len(patch.changes) + sum(offer.only is not None for offer in patch.implied)
    complain(said.fill(output=output, n=total, m=accepted).render(lang))


def _apply(
    path: str, patch_path: str, accept: str | None, output: str | None, rules: Sequence[str], lang: Language
) -> None:
    from govinfo.schema.convert import to_json

    if path == patch_path == "-":
        raise GovinfoError(
            Text("报告和补丁不能都来自标准输入", "report and patch cannot both come from standard input")
        )
    patch = _accepting(take_patch(open_input(patch_path), patch_path), accept)
    loaded = load(lang)
    report = api.read_or_load(open_input(path), name=path, plugins=loaded).report
    corrected = apply(patch, report)
    # both without a document, as what is written is: only then can they be compared
    before, after = (api.check(one, rules=rules or None, plugins=loaded) for one in (report, corrected))
    record = to_json(corrected)
    if output is None:
        emit_json(record)
    else:
        put(json_bytes(record), output)
    for line in (*changed_lines(patch, report), *after_lines(before, after)):
        complain(line.render(lang))


def _accepting(patch: Patch, accept: str | None) -> Patch:
    return patch if accept is None else patch.accepting(_numbers(accept, patch))


def _numbers(accept: str, patch: Patch) -> Sequence[int]:
    """Return the numbers in ``1,3``, ``all`` or ``none``."""
    words = [word for word in re.split(r"[,，、\s]+", accept.strip().lower()) if word]
    if words == ["none"]:
        return ()
    if words == ["all"]:
        return patch.firsts
    if not words or not all(re.fullmatch("[0-9]{1,9}", word) for word in words):
        said = Text(
            "--accept 应为编号（如 1,3）、all 或 none，不能是“{accept}”",
            "--accept takes numbers (1,3), all or none, not {accept!r}",
        )
        raise GovinfoError(said.fill(accept=accept))
    return [int(word) for word in words]
