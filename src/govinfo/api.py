"""Read, check, write: with `govinfo.checking` the only place where the stages are wired together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO, TypeVar, cast

from govinfo.checking import Checking, CheckWork
from govinfo.choice import refuse_unknown, rule_sets_by_name, unknown_name, with_rule_files
from govinfo.documents.limits import check_size
from govinfo.errors import GovinfoError, ReadError
from govinfo.files import find, put
from govinfo.findings import Result
from govinfo.hookspecs import CheckedFile, Writer
from govinfo.intake import Source, content_of, reading_of, readings_of, record_of
from govinfo.parsing.reading import Reading
from govinfo.plugins import Plugins, default_plugins
from govinfo.previous import read_earlier
from govinfo.processes import TIMEOUT, Ended, in_order, jobs_for
from govinfo.review import Reviews, reviews_of
from govinfo.schema import Report
from govinfo.text import Language, Text
from govinfo.watch import RAISED

__all__ = [
    "check",
    "check_files",
    "checked",
    "checking_of",
    "choose_writer",
    "code_of",
    "load",
    "read",
    "read_all",
    "read_or_load",
    "refuse_unknown",
    "rule_sets_by_name",
    "with_rule_files",
    "write",
]

Outcome = TypeVar("Outcome", Reading, Reading | ReadError)


def read(
    source: Source, *, name: str | None = None, plugins: Plugins | None = None, region: str | None = None
) -> Reading:
    """Read a published report.

    Args:
        source: a path, the content as bytes, or a binary stream.
        name: what to call the file in messages; by default the path.
        plugins: what is installed, by default everything found.
        region: where it comes from, as a GB/T 2260 code or a name: settles 市科学技术局 and 鼓楼区. A report that
            names another place keeps its own.

    Raises:
        ReadError: the file cannot be read as an annual report; says what it is instead.
        GovinfoError: no such region, or several of that name.
    """
    within = code_of(region)
    content, name = content_of(source, name)
    return _placed(reading_of(content, name, plugins or default_plugins()), within)


def read_all(
    source: Source, *, name: str | None = None, plugins: Plugins | None = None, region: str | None = None
) -> Iterator[tuple[str, Reading | ReadError]]:
    """Read every published report in a file: of a zip file, a workbook, a document several reports were put into.

    Args:
        source: a path, the content as bytes, or a binary stream.
        name: what to call the file in messages; by default the path.
        plugins: what is installed, by default everything found.
        region: where they come from, as for `read`.

    Yields:
        At least once, the name of a report and its reading, or why it cannot be read, which stops no other. Behind
        the name of the file stand the member's (``2022.zip/甲局.docx``) and, where a document holds several, a number
        or the name of the sheet (``汇编.html#2``).

    Raises:
        ReadError: ``io`` or ``too_large``, the file itself cannot be taken in.
        GovinfoError: no such region, or several of that name.
    """
    within = code_of(region)
    content, name = content_of(source, name)
    parts = readings_of(content, name, plugins or default_plugins())
    return ((part.name, _placed(part.outcome, within)) for part in parts)


def code_of(region: str | None) -> str:
    """Return the code of a region given as a code or a name; empty for none.

    Raises:
        GovinfoError: no such region, or several of that name.
    """
    if not region:
        return ""
    from govinfo.regions import region_named

    return region_named(region).code


def _placed(outcome: Outcome, within: str) -> Outcome:
    if not within or not isinstance(outcome, Reading):
        return outcome
    from govinfo.parsing.place import placed

    return placed(outcome, within)


def load(source: Source, *, name: str | None = None, plugins: Plugins | None = None) -> Report:
    """Load a report that ``govinfo parse`` or `govinfo.schema.convert.to_json` wrote.

    Raises:
        ReadError: ``record``, the file is not such a report; names every path that is wrong.
    """
    content, name = content_of(source, name)
    check_size(content, name)
    return record_of(content, name, plugins or default_plugins())


def read_or_load(source: Source, *, name: str | None = None, plugins: Plugins | None = None) -> Reading:
    """Read a published report or load a canonical one, whichever ``source`` is.

    Args:
        source: a path, the content as bytes, or a binary stream.
        name: what to call the file in messages; by default the path.
        plugins: what is installed, by default everything found.

    Raises:
        ReadError: the file is neither.
    """
    content, name = content_of(source, name)
    return reading_of(content, name, plugins or default_plugins(), records=True)


def check(
    source: Reading | Report | Source,
    *,
    name: str | None = None,
    rules: Sequence[str | os.PathLike[str]] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    plugins: Plugins | None = None,
    review: bool | str | os.PathLike[str] | Reviews = True,
    previous: str | os.PathLike[str] | None = None,
    region: str | None = None,
) -> Result:
    """Check a report against the rules.

    Args:
        source: a reading, a report, or anything `read` and `load` take.
        name: what to call the file in messages; by default the path.
        rules: names of the rule sets to apply, and no others; by default those for everywhere and those of the
            region the report comes from. A path, or a name that ends in ``.toml``, is a file with a rule set.
        select: rule codes or their beginnings; others are left out.
        ignore: rule codes or their beginnings to leave out.
        plugins: what is installed, by default everything found.
        previous: last year's report, or a folder of such reports, found by publisher and year: evidence for which cell
            is wrong where arithmetic leaves a choice.
        region: where the report comes from, as a GB/T 2260 code or a name, for one that does not say so itself; one
            that names another place keeps its own.
        review: which reviewed findings are put aside: those noted in ``.govinfo.toml`` beside the file for True, none
            for False, those of the file with this path, or what a `govinfo.review.Reviews` says.

    Raises:
        ReadError: the file cannot be read as an annual report.
        GovinfoError: no such rule set, rule or region, or the file of a rule set or of reviewed findings is wrong.
    """
    path = os.fsdecode(source) if isinstance(source, (str, os.PathLike)) else None
    checking = checking_of(
        () if path is None else (path,),
        rules=rules,
        select=select,
        ignore=ignore,
        plugins=plugins,
        review=review,
        previous=previous,
        region=region,
    )
    if isinstance(source, Report):
        reading = Reading(source)
    elif isinstance(source, Reading):
        reading = source
    else:
        reading = read_or_load(source, name=name, plugins=checking.plugins)
    result, document = checking.judge(reading), reading.document
    if checking.reviews is None:
        return result
    return checking.reviews.apply(result, path or name or (document.name if document else ""))


def checking_of(
    paths: Iterable[str | os.PathLike[str]],
    *,
    rules: Sequence[str | os.PathLike[str]] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    plugins: Plugins | None = None,
    review: bool | str | os.PathLike[str] | Reviews = True,
    previous: str | os.PathLike[str] | None = None,
    region: str | None = None,
    jobs: int | None = 1,
    timeout: float | None = None,
) -> Checking:
    """Get ready to check files, and say what is wrong with the choice before any report is read.

    The arguments are those of `check_files`; ``paths`` are what was named, folders not expanded.

    Raises:
        GovinfoError: no such rule set, rule or region, or the file of a rule set is wrong.
    """
    code = code_of(region)
    plugins, names = with_rule_files(plugins or default_plugins(), rules)
    refuse_unknown(plugins, names or (), (*select, *ignore))
    named = tuple(os.fsdecode(path) for path in paths)
    return Checking(
        plugins,
        names,
        tuple(select),
        tuple(ignore),
        reviews_of(review, named),
        read_earlier(previous, plugins, jobs, timeout),
        frozenset(path for path in named if not os.path.isdir(path)),
        code,
    )


def check_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    rules: Sequence[str | os.PathLike[str]] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    plugins: Plugins | None = None,
    review: bool | str | os.PathLike[str] | Reviews = True,
    previous: str | os.PathLike[str] | None = None,
    region: str | None = None,
    jobs: int | None = 1,
    timeout: float | None = None,
) -> Iterator[CheckedFile]:
    """Check every file named by ``paths``, folders expanded, ``-`` for standard input.

    A file that cannot be read never stops the others. What was found in a folder or an archive and is plainly no
    report is ``skipped``. The arguments are those of `check`, and:

    Args:
        paths: of files and folders.
        jobs: how many processes work on them; 1 for this one alone, None for as many as there are processors where
            there are many files. A file then neither hangs nor crashes the caller.
        timeout: seconds a file may take, 60 where other processes are at work; one that was given is kept by another
            process even for a single file.

    Raises:
        GovinfoError: no such rule set or rule, or the file of a rule set is wrong, before any report is read; a file
            of reviewed findings is wrong; plugins are given that another process cannot load.
    """
    paths = tuple(paths)
    checking = checking_of(
        paths,
        rules=rules,
        select=select,
        ignore=ignore,
        plugins=plugins,
        review=review,
        previous=previous,
        region=region,
        jobs=jobs,
        timeout=timeout,
    )
    if jobs == 1 and timeout is None:
        return chain.from_iterable(map(checking.files, find(paths)))
    return checked(checking, list(find(paths)), jobs=jobs, timeout=timeout)


def checked(
    checking: Checking,
    files: Sequence[str],
    *,
    jobs: int | None = 1,
    timeout: float | None = None,
    tick: Callable[[], object] = lambda: None,
) -> Iterator[CheckedFile]:
    """Check files with what `checking_of` returned.

    Args:
        checking: what they are checked with.
        files: paths of files, no folders.
        jobs: how many processes, as for `check_files`.
        timeout: seconds a file may take, as for `check_files`.
        tick: called now and then while nothing comes from other processes.
    """
    if checking.reviews is not None:
        checking.reviews.prepare(files)
    processes = jobs_for(files, jobs, timeout)
    limit = timeout or TIMEOUT
    for index, value in in_order(CheckWork(checking), files, jobs=processes, timeout=limit, tick=tick):
        if isinstance(value, CheckedFile):
            yield value
        elif isinstance(value, Ended):
            if value.error is not None:
                yield CheckedFile(files[index], error=value.error)
        elif checking.reviews is not None:
            checking.reviews.add_notes(value)


def write(
    results: Result | CheckedFile | Iterable[Result | CheckedFile],
    target: str | os.PathLike[str] | BinaryIO | None = None,
    *,
    format: str | None = None,
    lang: Language = "zh",
    plugins: Plugins | None = None,
) -> bytes | None:
    """Write results in an output format.

    Args:
        results: what `check` returned, one or several.
        target: a path, a binary stream, or None to get the bytes back. A file is written whole or not at all.
        format: the format's name; by default that of the path's suffix; without one, text.
        lang: the language of messages.
        plugins: what is installed, by default everything found.

    Raises:
        GovinfoError: no such format, or the target cannot be written.
    """
    plugins = plugins or default_plugins()
    path = target if isinstance(target, (str, os.PathLike)) else None
    output = _written(choose_writer(plugins, format, path), _checked(results), lang)
    # a file name can hold bytes that are no characters: they must not cost the whole output
    content = output.encode("utf-8", "replace") if isinstance(output, str) else output
    if path is not None:
        put(content, path)
    elif target is not None:
        cast(BinaryIO, target).write(content)
    else:
        return content
    return None


def choose_writer(plugins: Plugins, format: str | None, path: str | os.PathLike[str] | None) -> Writer:
    """Return the writer of ``format``, or else of the suffix of ``path``; without either, text.

    Raises:
        GovinfoError: there is none.
    """
    if format is not None:
        if format not in plugins.writers:
            raise unknown_name(Text("输出格式", "output format"), format, plugins.writers)
        return plugins.writers[format]
    suffix = os.path.splitext(path)[1].lower() if path is not None else ""
    if not suffix:
        return plugins.writers["text"]
    for writer in plugins.writers.values():
        if suffix in writer.suffixes:
            return writer
    raise unknown_name(Text("输出格式", "output format"), str(suffix), plugins.writers)


def _written(writer: Writer, files: Sequence[CheckedFile], lang: Language) -> str | bytes:
    try:
        output = writer.write(files, lang)
        if not isinstance(output, (str, bytes)):
            raise TypeError(f"the writer returned {type(output).__name__}, not text or bytes")
    except RAISED as error:
        broke = Text("输出格式 {name} 内部出错：{said}", "the output format {name} broke: {said}")
        raise GovinfoError(broke.fill(name=writer.name, said=f"{type(error).__name__}: {error}")) from error
    return output


def _checked(results: Result | CheckedFile | Iterable[Result | CheckedFile]) -> tuple[CheckedFile, ...]:
    several = (results,) if isinstance(results, (Result, CheckedFile)) else results
    return tuple(_file(result) if isinstance(result, Result) else result for result in several)


def _file(result: Result) -> CheckedFile:
    document = result.reading.document
    return CheckedFile(document.name if document else "", result)
