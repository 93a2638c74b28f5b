"""``govinfo dismiss``: note that a finding was reviewed and may stand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from govinfo.text import Language, Text

if TYPE_CHECKING:
    from govinfo.findings import Dismissed, Finding, Result

__all__ = ["dismiss", "dismiss_command", "review_options"]

_SHORTEST = 6
_INDENT = " " * 18


def dismiss_command(command: Callable[..., click.Command], say: Callable[[str, str], str]) -> click.Command:
    """Return the command.

    Args:
        command: declares one by name, summary, help and parameters.
        say: chooses between Chinese and English.
    """
    return command(
        "dismiss",
        say("把一个问题标为已复核。", "Note that a finding was reviewed and may stand."),
        say(
            "记入报告所在文件夹的 .govinfo.toml，以后核对不再计入；数字改变后重新出现。"
            "不带指纹：列出问题和指纹。要撤销，删去文件中的那一段。",
            "It goes to .govinfo.toml beside the report and is left out from then on, until a figure changes. "
            "Without a fingerprint: list findings and fingerprints. To undo, delete the entry in the file.",
        ),
        click.Argument(["path"], metavar=say("报告文件", "REPORT")),
        click.Argument(["fingerprint"], required=False, metavar=say("[指纹]", "[FINGERPRINT]")),
        click.Option(["--reason"], metavar="TEXT", help=say("理由（必填）", "Why it may stand (needed).")),
        click.Option(["--who"], default="", metavar="NAME", help=say("复核人", "Who reviewed it.")),
        click.Option(
            ["--rules"],
            multiple=True,
            metavar="SET",
            help=say("规则集，与核对时所用的相同（可重复）", "Rule sets, those you check with (repeatable)."),
        ),
    )


def review_options(say: Callable[[str, str], str]) -> tuple[click.Option, ...]:
    """Return the options of a command that takes account of what was reviewed.

    Args:
        say: chooses between Chinese and English.
    """
    return (
        click.Option(
            ["--review"],
            metavar="FILE",
            help=say(
                "复核记录用这个文件，不用报告旁的 .govinfo.toml",
                "Take reviewed findings from this file, not from .govinfo.toml beside the reports.",
            ),
        ),
        click.Option(
            ["--no-review"],
            is_flag=True,
            help=say(
                "不看 .govinfo.toml，已复核的问题也列出", "Leave .govinfo.toml aside: list reviewed findings too."
            ),
        ),
    )


def dismiss(
    *, path: str, fingerprint: str | None, reason: str | None, who: str, rules: tuple[str, ...], lang: Language
) -> int:
    """List the findings of a report, or dismiss one."""
    from govinfo import api
    from govinfo.cli.commands import CLEAN, load
    from govinfo.cli.console import say
    from govinfo.errors import GovinfoError

    if path == "-" or os.path.isdir(path):
        raise GovinfoError(Text("请指定一个报告文件", "name the file of one report"))
    result = api.check(path, rules=rules or None, plugins=load(lang))
    if fingerprint is None:
        if reason is not None:
            raise GovinfoError(Text("请写明要复核的问题的指纹", "name the finding: its fingerprint"))
        say(line.render(lang) for line in _listing(result))
        return CLEAN
    if done := _known(result, fingerprint):
        where = Text("已标为已复核：{why}", "dismissed already: {why}").fill(why=_why(done))
        say([where.render(lang)])
        return CLEAN
    found = _meant(result, fingerprint)
    if not (reason or "").strip():
        raise GovinfoError(Text("请用 --reason 写明理由", "say why it may stand: --reason"))
    noted = _note(path, found, result, reason or "", who, lang)
    say([Text(f"已记入 {noted}", f"noted in {noted}").render(lang)])
    return CLEAN


def _note(path: str, found: Finding, result: Result, reason: str, who: str, lang: Language) -> str:
    """Add the entry of a finding to the file beside its report, and return that file's path."""
    import datetime as dt

    from govinfo.review import Entry, value_of
    from govinfo.review.adding import add_entry

    entry = Entry(
        found.fingerprint,
        reason.strip(),
        os.path.basename(path),
        found.code,
        value_of(found, result.reading),
        who.strip(),
        dt.date.today().isoformat(),
    )
    return add_entry(path, entry, found.message.render(lang))


def _meant(result: Result, fingerprint: str) -> Finding:
    """Return the finding whose fingerprint begins so.

    Raises:
        GovinfoError: there is none, or more than one; lists them.
    """
    from govinfo.errors import GovinfoError

    meant = [one for one in result.findings if one.fingerprint.startswith(fingerprint.lower())]
    if len(fingerprint) >= _SHORTEST and len({one.fingerprint for one in meant}) == 1:
        return meant[0]
    said = Text(
        "没有唯一以“{given}”开头（至少 {least} 位）的问题。现有：\n{known}",
        "no single finding begins with {given!r} (at least {least} characters). There are:\n{known}",
    )
    known = Text.join(list(_listing(result)), "\n", "\n")
    raise GovinfoError(said.fill(given=fingerprint, least=_SHORTEST, known=known))


def _known(result: Result, fingerprint: str) -> Dismissed | None:
    """Return what is dismissed already, where that and nothing else is meant."""
    if len(fingerprint) < _SHORTEST or any(one.fingerprint.startswith(fingerprint.lower()) for one in result.findings):
        return None
    meant = [one for one in result.dismissed if one.finding.fingerprint.startswith(fingerprint.lower())]
    return meant[0] if len({one.finding.fingerprint for one in meant}) == 1 else None


def _listing(result: Result) -> Iterator[Text]:
    """Yield the findings with their fingerprints, then those that are dismissed with the reason."""
    for finding in result.findings:
        yield _line(finding)
    for one in result.dismissed:
        yield _line(one.finding)
        why = _why(one)
        yield Text(f"{_INDENT}已复核：{why}", f"{_INDENT}reviewed: {why}")
    if not (result.findings or result.dismissed):
        yield Text("没有问题", "nothing was found")


def _line(finding: Finding) -> Text:
    said, severity = finding.message, finding.severity.text
    start = f"{finding.fingerprint}  "
    return Text(f"{start}{severity.zh} {finding.code}  {said.zh}", f"{start}{severity.en} {finding.code}  {said.en}")


def _why(one: Dismissed) -> str:
    return "  ".join(filter(None, (one.reason, one.who, one.when)))
