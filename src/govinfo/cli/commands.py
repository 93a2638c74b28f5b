"""What ``govinfo parse``, ``check`` and ``schema`` do. Each returns the exit code."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from govinfo import api
from govinfo.cli.console import complain, emit, emit_json, json_bytes
from govinfo.errors import GovinfoError, ReadError
from govinfo.files import find, open_input, put
from govinfo.findings import Severity
from govinfo.installation import foreign_package
from govinfo.parsing.reading import Reading
from govinfo.plugins import Plugins, default_plugins
from govinfo.review import Reviews
from govinfo.text import Language, Text

__all__ = ["CLEAN", "FOUND", "UNUSABLE", "check", "load", "parse", "report_problems", "schema"]

CLEAN, FOUND, UNUSABLE = 0, 1, 2
_DOUBTS = Text("读取时有 {n} 处存疑，可用 check 查看", "{n} doubts while reading, see govinfo check")


def parse(*, paths: Sequence[str], compact: bool, output: str | None, lang: Language) -> int:
    """Write canonical JSON: one object for one report, one line each for several."""
    from govinfo.schema.convert import to_json

    loaded = load(lang)
    code, kept = CLEAN, []
    parts = (part for path in _found(paths, lang) for part in _parts(path, loaded))
    first = list(islice(parts, 2))
    indent = None if compact or len(first) > 1 or len(paths) > 1 or os.path.isdir(paths[0]) else 2
    for name, outcome in chain(first, parts):
        if isinstance(outcome, ReadError):
            complain(f"? {name}    {outcome.text.render(lang)}")
            code = UNUSABLE
            continue
        if outcome.problems:
            complain(f"{name}    {_DOUBTS.fill(n=len(outcome.problems)).render(lang)}")
        record = to_json(outcome.report)
        if output is None:
            emit_json(record, indent=indent)
        else:
            kept.append(json_bytes(record, indent=indent))
    if output is not None and kept:
        put(b"".join(kept), output)
    return code


def _parts(path: str, loaded: Plugins) -> Iterator[tuple[str, Reading | ReadError]]:
    try:
        yield from api.read_all(open_input(path), name=path, plugins=loaded)
    except ReadError as error:
        yield path, error


def check(
    *,
    paths: Sequence[str],
    format: str | None,
    output: str | None,
    rules: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    previous: str | None,
    review: str | None,
    no_review: bool,
    verbose: bool,
    lang: Language,
) -> int:
    """Check files and write what was found."""
    loaded = load(lang)
    # an unknown format is said before the work, not after it
    name = api.choose_writer(loaded, format, output).name
    if verbose and name == "text":
        name = "details"
    if review and no_review:
        both = Text("--review 和 --no-review 只能用一个", "give --review or --no-review, not both")
        raise GovinfoError(both)
    reviews = Reviews(paths, review)  # of what was named, before folders are expanded
    found = api.check_files(
        _found(paths, lang),
        rules=rules or None,
        select=select,
        ignore=ignore,
        plugins=loaded,
        review=False if no_review else reviews,
        previous=previous,
    )
    files = tuple(found)
    written = api.write(files, output, format=name, lang=lang, plugins=loaded)
    if written is not None:
        emit(written, readable=name in ("text", "details"))
    unreadable = any(file.error for file in files)
    for entry in reviews.unneeded(complete=not (rules or select or ignore or unreadable)):
        complain(entry.text.render(lang))
    if unreadable:
        return UNUSABLE
    return FOUND if any(file.result and file.result.worst is Severity.ERROR for file in files) else CLEAN


def schema(*, output: str | None, lang: Language) -> int:
    """Write the JSON Schema of canonical JSON, editions of plugins included."""
    from govinfo.schema.jsonschema import json_schema

    described = json_schema(load(lang).editions)
    if output is None:
        emit_json(described)
    else:
        put(json_bytes(described), output)
    return CLEAN


def load(lang: Language) -> Plugins:
    """Load the plugins and say on standard error which were left out."""
    loaded = default_plugins()
    report_problems(loaded, lang)
    if loaded.problems and (conflict := foreign_package()):
        complain(conflict.render(lang))
    return loaded


def report_problems(loaded: Plugins, lang: Language) -> None:
    """Say on standard error which plugins were left out, and why."""
    for problem in loaded.problems:
        left_out = Text("插件 {name}（{package} {version}）未启用", "plugin {name} ({package} {version}) was left out")
        said = left_out.fill(name=problem.name, package=problem.package, version=problem.version)
        complain(f"{said.render(lang)}: {problem.text.render(lang)}")


def _found(paths: Sequence[str], lang: Language) -> list[str]:
    passed_over: list[str] = []
    files = list(find(paths, passed_over.append))
    if passed_over:
        kinds = ", ".join(sorted({os.path.splitext(path)[1] or os.path.basename(path) for path in passed_over}))
        said = Text("跳过 {n} 个不是文档的文件或文件夹（{kinds}）", "passed over as no documents: {n} ({kinds})")
        complain(said.fill(n=len(passed_over), kinds=kinds).render(lang))
    if not files:
        where = ", ".join(paths)
        raise GovinfoError(Text(f"{where} 中没有文件", f"no files in {where}"))
    return files
