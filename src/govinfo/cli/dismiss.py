"""``govinfo dismiss``: note that a finding was reviewed and may stand."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable

import click

from govinfo.text import Language, Text

__all__ = ["dismiss", "dismiss_command"]

_SHORTEST = 6


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
    )


def dismiss(*, path: str, fingerprint: str | None, reason: str | None, who: str, lang: Language) -> int:
    """List the findings of a report, or dismiss one."""
    from govinfo import api
    from govinfo.cli.commands import CLEAN, load
    from govinfo.cli.console import say
    from govinfo.errors import GovinfoError
    from govinfo.review import Entry, add_entry, value_of

    result = api.check(path, plugins=load(lang))
    listed = [f"{one.fingerprint}  {one.code}  {one.message.render(lang)}" for one in result.findings]
    if fingerprint is None:
        done = Text("已复核", "reviewed").render(lang)
        say([*listed, *(f"{one.finding.fingerprint}  {done}  {one.reason}" for one in result.dismissed)])
        return CLEAN
    meant = [one for one in result.findings if one.fingerprint.startswith(fingerprint)]
    if len(fingerprint) < _SHORTEST or len({one.fingerprint for one in meant}) != 1:
        known = "\n".join(listed)
        raise GovinfoError(
            Text(
                f"没有唯一以“{fingerprint}”开头（至少 {_SHORTEST} 位）的问题。现有：\n{known}",
                f"no single finding begins with {fingerprint!r} (at least {_SHORTEST} characters). There are:\n{known}",
            )
        )
    if not (reason or "").strip():
        raise GovinfoError(Text("请用 --reason 写明理由", "say why it may stand: --reason"))
    found = meant[0]
    today = dt.date.today().isoformat()
    entry = Entry(found.fingerprint, reason or "", os.path.basename(path), found.code, value_of(found), who, today)
    noted = add_entry(path, entry)
    say([Text(f"已记入 {noted}", f"noted in {noted}").render(lang)])
    return CLEAN
