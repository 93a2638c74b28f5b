"""What ``govinfo check`` does."""

from __future__ import annotations

import os
from collections.abc import Sequence

from govinfo import api
from govinfo.checking import Checking
from govinfo.cli.commands import CLEAN, FOUND, NOTHING, UNUSABLE, load
from govinfo.cli.console import complain
from govinfo.cli.progress import Progress
from govinfo.cli.walking import Stopped, files_in, stoppable
from govinfo.errors import GovinfoError
from govinfo.files import replacing
from govinfo.folders import Journal, Run, settings_of
from govinfo.hookspecs import Writer
from govinfo.plugins import Plugins
from govinfo.review import Reviews
from govinfo.tally import Tally
from govinfo.text import Language, Text

__all__ = ["check"]


def check(
    *,
    paths: Sequence[str],
    format: str | None,
    output: str | None,
    resume: bool,
    rules: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    previous: str | None,
    region: str | None,
    review: str | None,
    no_review: bool,
    jobs: int | None,
    timeout: float | None,
    quiet: bool,
    verbose: bool,
    lang: Language,
) -> int:
    """Check files and write what was found."""
    loaded = load(lang)
    # an unknown format, and whatever else is wrong with the choice, is said before the work and not after it
    writer = _writer(loaded, format, output, verbose)
    if review and no_review:
        raise GovinfoError(Text("--review 和 --no-review 只能用一个", "give --review or --no-review, not both"))
    if resume and (output is None or writer.stream is None):
        raise GovinfoError(
            Text(
                "--resume 只能与 --output 一起用，格式须为 text、json、jsonl 等逐份写出的格式",
                "--resume needs --output, and a format that is written report by report, such as text, json, jsonl",
            )
        )
    reviews = Reviews(paths, review)  # of what was named, before folders are expanded
    with stoppable():
        files = files_in(paths, lang, output)
        checking = api.checking_of(
            paths,
            rules=rules or None,
            select=select,
            ignore=ignore,
            plugins=loaded,
            review=False if no_review else reviews,
            previous=previous,
            region=region,
            jobs=jobs,
            timeout=timeout,
        )
        with Progress(files, lang, quiet) as progress:
            if writer.stream is None:
                tally = _at_once(checking, files, writer, output, lang, progress, jobs, timeout)
            else:
                run = Run(checking, files, writer.name, lang, jobs, timeout, progress.watch, progress.tick)
                journal = None
                if output is not None and _is_a_file(output):
                    settings = settings_of(checking, writer.name, lang, len(files) > 1, previous)
                    journal = Journal(output, settings, resume=resume)
                try:
                    tally = _written(run, journal, output, progress)
                except Stopped as stopped:
                    return _interrupted(run, journal, progress, stopped.code)
    for entry in reviews.unneeded(complete=not (rules or select or ignore or tally.unreadable)):
        complain(entry.text.render(lang))
    return _code(tally, lang)


def _writer(loaded: Plugins, format: str | None, output: str | None, verbose: bool) -> Writer:
    writer = api.choose_writer(loaded, format, output)
    return loaded.writers["details"] if verbose and writer.name == "text" else writer


def _is_a_file(output: str) -> bool:
    return os.path.isfile(output) or not os.path.exists(output)


def _at_once(
    checking: Checking,
    files: Sequence[str],
    writer: Writer,
    output: str | None,
    lang: Language,
    progress: Progress,
    jobs: int | None,
    timeout: float | None,
) -> Tally:
    """Check everything, then let the format write all of it."""
    tally = Tally()
    kept = []
    for file in api.checked(checking, files, jobs=jobs, timeout=timeout, tick=progress.tick):
        kept.append(file)
        tally.add(file.tally)
        progress.watch(min(len(kept), len(files)), tally)
    written = api.write(kept, output, format=writer.name, lang=lang, plugins=checking.plugins)
    if written is not None:
        progress.emit(written, readable=False)
    return tally


def _written(run: Run, journal: Journal | None, output: str | None, progress: Progress) -> Tally:
    """Check and write, report by report."""
    if journal is not None and output is not None:
        if journal.resumed:
            said = Text("接着做：已有 {n} 份", "going on: {n} files are there").fill(n=len(journal))
            complain(said.render(run.lang))
        try:
            run.write_file(output, journal)
        except BaseException:
            journal.close()
            raise
        journal.remove()
    elif output is not None:  # a device or a pipe
        with replacing(output) as place, open(place, "wb") as file:
            run.write(lambda text: file.write(text.encode("utf-8", "replace")))
    else:
        readable = run.format in ("text", "details")
        run.write(lambda text: progress.emit(text.encode("utf-8", "replace"), readable=readable))
    return run.tally


def _interrupted(run: Run, journal: Journal | None, progress: Progress, code: int) -> int:
    """Say what is done and how to go on."""
    if journal is None and run.format in ("text", "details"):
        progress.emit(run.foot().encode("utf-8", "replace"), readable=True)
    progress.close()
    said = Text("已中断：{total} 份中做完 {done} 份", "interrupted: {done} of {total} files are done")
    if journal is not None and len(journal):
        how = Text(
            "，记在 {path}；同一命令加 --resume 接着做",
            ", noted in {path}: the same command with --resume goes on",
        )
        said = Text(said.zh + how.zh, said.en + how.en)
    path = journal.path if journal is not None else ""
    complain(said.fill(done=run.done, total=len(run.files), path=path).render(run.lang))
    return code


def _code(tally: Tally, lang: Language) -> int:
    if tally.unreadable:
        return UNUSABLE
    if not tally.checked:  # a folder named by mistake must not pass for one without errors
        complain(NOTHING.render(lang))
        return UNUSABLE
    return FOUND if tally.errors else CLEAN
