"""How ``govinfo check`` is called. What it does is in `govinfo.cli.check`."""

from __future__ import annotations

from collections.abc import Callable

import click

from govinfo.cli.dismiss import review_options

__all__ = ["check_command", "process_options", "region_option"]


def check_command(
    command: Callable[..., click.Command],
    say: Callable[[str, str], str],
    paths: click.Parameter,
    output: click.Parameter,
    *shared: click.Parameter,
) -> click.Command:
    """Return the command.

    Args:
        command: declares one by name, summary, help and parameters.
        say: chooses between Chinese and English.
        paths: files and folders, declared as for other commands.
        output: the file to write to, declared as for other commands.
        shared: options declared as for other commands.
    """
    return command(
        "check",
        say("核对报告。", "Check reports."),
        say(
            "文件、文件夹均可，“-”表示标准输入。文件夹中明显不是年度报告的文件跳过，并写明。"
            "退出码：0 无错误，1 有错误，2 有文件无法读取或没有报告，130 中断。",
            "Files or folders, - for standard input. What is plainly no annual report in a folder is skipped, and said "
            "so. Exit code: 0 no errors, 1 errors found, 2 a file could not be read or there was no report, "
            "130 interrupted.",
        ),
        paths,
        click.Option(
            ["--format"],
            metavar="FORMAT",
            help=say(
                "输出格式：text、json、jsonl 或插件提供的格式；默认依 --output 的后缀，否则为 text",
                "Output format: text, json, jsonl or one from a plugin; "
                "by default that of the suffix of --output, else text.",
            ),
        ),
        output,
        click.Option(
            ["--resume"],
            is_flag=True,
            help=say(
                "接着做上次中断的 --output，已核对且没有改动的文件不再核对",
                "Go on with an --output that was interrupted: files that are done and have not changed are not "
                "checked again.",
            ),
        ),
        *shared,
        click.Option(
            ["--previous"],
            metavar=say("路径", "PATH"),
            help=say(
                "上一年的报告或其文件夹，按机关和年份对应，用来判断哪一格有误",
                "Last year's report, or a folder of them, by publisher and year: evidence for which cell is wrong.",
            ),
        ),
        region_option(say),
        *review_options(say),
        *process_options(say),
        click.Option(
            ["--verbose", "-v"],
            is_flag=True,
            help=say("列出无法判断和不适用的规则", "List the rules that could not be judged or do not apply."),
        ),
    )


def region_option(say: Callable[[str, str], str]) -> click.Option:
    """Return the option that says where reports come from.

    Args:
        say: chooses between Chinese and English.
    """
    return click.Option(
        ["--region"],
        metavar="REGION",
        help=say(
            "报告来自何地：GB/T 2260 代码或名称；写明其他地区的报告不受影响",
            "Where the reports come from, as a GB/T 2260 code or a name; one that names another place keeps its own.",
        ),
    )


def process_options(say: Callable[[str, str], str]) -> tuple[click.Option, ...]:
    """Return the options of a command that works on many files.

    Args:
        say: chooses between Chinese and English.
    """
    return (
        click.Option(
            ["--jobs"],
            type=click.IntRange(1, 256),
            metavar="N",
            help=say(
                "同时工作的进程数；默认为处理器核数，文件少时不另开进程",
                "Processes at work; by default as many as there are processors, none but this one for few files.",
            ),
        ),
        click.Option(
            ["--timeout"],
            type=click.FloatRange(0.1),
            metavar=say("秒数", "SECONDS"),
            help=say(
                "每个文件的时限，超过即放弃；另开进程时默认 60",
                "What a file may take before it is given up; by default 60 where other processes are at work.",
            ),
        ),
        click.Option(
            ["--no-progress", "--quiet", "-q", "quiet"],
            is_flag=True,
            help=say("不在屏幕上显示进度", "Show no progress on the terminal."),
        ),
    )
