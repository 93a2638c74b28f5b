"""How ``govinfo fix`` is called. What it does is in `govinfo.cli.fix`."""

from __future__ import annotations

from collections.abc import Callable

import click

__all__ = ["fix_command"]


def fix_command(
    command: Callable[..., click.Command], say: Callable[[str, str], str], *shared: click.Parameter
) -> click.Command:
    """Return the command.

    Args:
        command: declares one by name, summary, help and parameters.
        say: chooses between Chinese and English.
        shared: options declared as for other commands.
    """
    return command(
        "fix",
        say("列出修改建议，或应用采纳的部分。", "Propose corrections, or apply those accepted."),
        say(
            "报告文件可以是发布的文档或标准 JSON，“-”表示标准输入；原文件从不改动。"
            "不带 --apply：列出建议，每项有编号；写入文件的是补丁。"
            "带 --apply：核对补丁与报告相符后，写出改正后的标准 JSON。"
            "退出码：0 完成（包括没有建议），2 用法有误、文件无法读取或补丁不符。",
            "REPORT is a published document or canonical JSON, - for standard input; it is never changed. "
            "Without --apply: list what is proposed, by number; what is written to a file is a patch. "
            "With --apply: make sure that the patch fits the report and write the corrected canonical JSON. "
            "Exit code: 0 done, also where nothing is proposed; 2 wrong usage, a file could not be read, or the patch "
            "does not fit.",
        ),
        click.Argument(["path"], metavar=say("报告文件", "REPORT")),
        click.Option(
            ["--apply", "patch"],
            metavar="PATCH",
            help=say("应用这个补丁中采纳的各项", "Apply what is accepted in this patch."),
        ),
        click.Option(
            ["--accept"],
            metavar="1,3|all|none",
            help=say(
                "采纳这些编号，不看补丁中的 accept；all 为每个问题的首选项，不含空缺可填的数",
                "Accept these numbers, whatever the patch accepts; all: the first explanation of every finding, "
                "but no implied values.",
            ),
        ),
        click.Option(
            ["--format"],
            type=click.Choice(["text", "json"]),
            help=say(
                "建议的格式，屏幕上默认 text（清单），写入文件默认 json（补丁）",
                "Of what is proposed; by default text (a list) on the screen and json (a patch) in a file.",
            ),
        ),
        *shared,
    )
