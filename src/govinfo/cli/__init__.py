"""The ``govinfo`` command: arguments → `govinfo.api` → exit code.

Only click and light modules are imported here; each command imports what it needs when it runs, so that
``govinfo --help`` stays quick. What the commands do is in `govinfo.cli.commands`,
`govinfo.cli.listings` and the modules named after a command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

import click

from govinfo.cli.check_options import check_command, process_options, region_option
from govinfo.cli.chinese import ChineseCommand, ChineseGroup, explain
from govinfo.cli.dismiss import dismiss_command
from govinfo.cli.fix_options import fix_command
from govinfo.cli.locale import choose_language
from govinfo.cli.plugins import plugins_command
from govinfo.cli.region import region_command
from govinfo.errors import GovinfoError, ReadError
from govinfo.text import LANGUAGES, Language, Text
from govinfo.version import __version__

__all__ = ["COMMANDS", "main", "run"]

_HOMES = {
    "parse": "govinfo.cli.parse",
    "check": "govinfo.cli.check",
    "schema": "govinfo.cli.commands",
    "validate": "govinfo.cli.validate",
    "fix": "govinfo.cli.fix",
    "dismiss": "govinfo.cli.dismiss",
    "rules": "govinfo.cli.listings",
    "plugins": "govinfo.cli.plugins",
    "region": "govinfo.cli.region",
}
_BELOW = {"new": "govinfo.cli.new_plugin"}
"""Commands below others: ``govinfo plugins new``."""
_OWN_RULES = "the national rules and those of the report's region"
COMMANDS = tuple(_HOMES)
"""The names of all commands."""
UNUSABLE = 2
"""Exit code for wrong usage or unreadable input."""
_BROKEN_PIPE = 141  # as if ended by SIGPIPE: whoever read our output has seen enough


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command with ``arguments`` and return the exit code.

    0: no finding at error level. 1: at least one. 2: wrong usage, or a file could not be read. 130: interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a GBK console has no √: write a question mark rather than stop
            stream.reconfigure(errors="replace")
    lang = choose_language(arguments, os.environ)
    try:
        return int(_group(lang).main(list(arguments), prog_name="govinfo", standalone_mode=False) or 0)
    except click.ClickException as error:
        said = explain(error) if lang == "zh" else None
        if said:
            _complain(said)
        else:
            error.show()
        return UNUSABLE
    except GovinfoError as error:
        where = f"? {error.name}    " if isinstance(error, ReadError) and error.name else ""
        _complain(where + error.text.render(lang))
        return UNUSABLE
    except click.Abort:
        return 130
    except ImportError as error:
        return _explain_import(error, lang)


def _explain_import(error: ImportError, lang: Language) -> int:
    """Say so if another package was installed over ours; any other import error is a defect and shows as such."""
    from govinfo.installation import foreign_package

    conflict = foreign_package()
    if conflict is None:
        raise error
    _complain(conflict.render(lang))
    return UNUSABLE


def _complain(message: str) -> None:
    from govinfo.cli.console import complain

    complain(message)


def _lazily(command: str, lang: Language) -> Callable[..., int]:
    """Return the callback of ``command``, importing what it needs when it is called."""

    def call(**options: Any) -> int:
        home = import_module({**_HOMES, **_BELOW}[command])
        function: Callable[..., int] = getattr(home, command)
        try:
            code = function(lang=lang, **options)
            sys.stdout.flush()
        except BrokenPipeError:  # caught here: click would make it exit code 1, which means findings
            # the interpreter flushes standard output once more on its way out: give it somewhere to go
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return _BROKEN_PIPE
        return code

    return call


def _group(lang: Language) -> click.Group:
    """Declare the whole command line in one language."""

    def say(zh: str, en: str) -> str:
        return Text(zh, en).render(lang)

    # the value was read before parsing began (see choose_language): here it is only checked
    language = partial(
        click.Option,
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=say("输出语言，默认依系统语言", "Language of the output; by default that of the system."),
    )

    make_command, make_group = (ChineseCommand, ChineseGroup) if lang == "zh" else (click.Command, click.Group)

    def command(name: str, short: str, help: str, *params: click.Parameter) -> click.Command:
        help = say(short + help, f"{short} {help}")
        call = _lazily(name, lang)
        return make_command(name, callback=call, short_help=short, help=help, params=[*params, language()])

    def group(name: str, help: str, *below: click.Command) -> click.Command:
        """Declare a command that does something itself where none of those below it is given."""
        call = _lazily(name, lang)

        def alone(**options: Any) -> int:
            return call(**options) if click.get_current_context().invoked_subcommand is None else 0

        params = [choice("text", "json"), language()]
        return make_group(
            name, commands=below, callback=alone, short_help=help, help=help, params=params, invoke_without_command=True
        )

    def choice(*values: str) -> click.Option:
        shown = say(f"输出格式，默认 {values[0]}", f"Output format; by default {values[0]}.")
        return click.Option(["--format"], type=click.Choice(values), default=values[0], help=shown)

    def paths() -> click.Argument:
        return click.Argument(["paths"], nargs=-1, required=True, metavar=say("路径...", "PATH..."))

    output = partial(
        click.Option,
        ["--output", "-o"],
        metavar="FILE",
        help=say("写入文件而不是屏幕", "Write to a file instead of standard output."),
    )

    def rules(zh: str, en: str) -> click.Option:
        shown = say(
            f"只用这些规则集，或 .toml 文件中的规则集（可重复）；默认为{zh}",
            f"Apply these rule sets only, by name or as a .toml file (repeatable); by default {en}.",
        )
        return click.Option(["--rules"], multiple=True, metavar="SET", help=shown)

    choosing = (
        click.Option(
            ["--select"],
            multiple=True,
            metavar="CODE",
            help=say("只看这些规则（编号或其开头，可重复）", "Only these rules (code or its beginning, repeatable)."),
        ),
        click.Option(
            ["--ignore"],
            multiple=True,
            metavar="CODE",
            help=say(
                "不看这些规则（编号或其开头，可重复）",
                "Without these rules (code or its beginning, repeatable).",
            ),
        ),
    )
    return make_group(
        "govinfo",
        help=say(
            "读取并核对政府信息公开工作年度报告。", "Read and check annual reports on open government information."
        ),
        params=[
            language(),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_version,
                help=say("显示版本", "Show the version."),
            ),
        ],
        context_settings={"help_option_names": ["-h", "--help"]},
        commands=[
            command(
                "parse",
                say("读取报告，输出标准 JSON。", "Read reports and write canonical JSON."),
                say(
                    "文件、文件夹、压缩包均可，“-”表示标准输入；有多份报告时每份一行。",
                    "Files, folders or zip files, - for standard input; one line each for several reports.",
                ),
                paths(),
                click.Option(
                    ["--compact"], is_flag=True, help=say("单个文件也写成一行", "One line, for a single file too.")
                ),
                output(),
                region_option(say),
                *process_options(say),
            ),
            check_command(
                command,
                say,
                paths(),
                output(),
                rules("全国规则和报告所在地区的规则", _OWN_RULES),
                *choosing,
            ),
            command(
                "validate",
                say("核对一个存有许多份报告的数据文件。", "Check a file of many reports."),
                say(
                    "Parquet、Arrow 或标准 JSON Lines，每份报告一行，只用线性规则。"
                    "退出码：0 无错误，1 有错误，2 文件无法读取。",
                    "Parquet, Arrow or canonical JSON Lines, one report a row; linear rules only. "
                    "Exit code: 0 no errors, 1 errors found, 2 the file could not be read.",
                ),
                click.Argument(["path"], metavar=say("数据文件", "DATA")),
                output(),
                click.Option(
                    ["--format"],
                    metavar="FORMAT",
                    help=say(
                        "写出不成立的关系：parquet、csv、jsonl；默认依 --output 的后缀，都没有则只写汇总",
                        "How to write what does not hold: parquet, csv, jsonl; by default by the suffix of --output, "
                        "without either only the summary.",
                    ),
                ),
                rules("不限地区的规则集", "those that are for everywhere"),
                *choosing,
                click.Option(
                    ["--locate"],
                    is_flag=True,
                    help=say(
                        "改为找出错的数据格：哪一格改了就能全部平衡，应改为多少",
                        "Find wrong cells instead: which one would make everything balance, and with what number.",
                    ),
                ),
                click.Option(
                    ["--failed-only"],
                    is_flag=True,
                    help=say("不列因缺数而无法判断的关系", "Leave out relations that lack figures to be judged."),
                ),
                click.Option(
                    ["--id", "ids"],
                    multiple=True,
                    metavar="COLUMN",
                    help=say(
                        "这些列合起来不得重复（可重复）；默认为 id 列（如有）",
                        "These columns together must tell reports apart (repeatable); by default id, if there is one.",
                    ),
                ),
                click.Option(
                    ["--threads"],
                    type=click.IntRange(1, 64),
                    default=1,
                    metavar="N",
                    help=say("同时使用的线程数，默认 1", "Threads at work; by default 1."),
                ),
                click.Option(
                    ["--engine"],
                    default="auto",
                    metavar="NAME",
                    help=say(
                        "引擎：numpy、compiled；默认 auto，即已安装的最快者",
                        "Engine: numpy, compiled; by default auto, the quickest one installed.",
                    ),
                ),
            ),
            command(
                "rules",
                say("列出规则，或说明一条规则。", "List the rules, or explain one."),
                "",
                click.Argument(["code"], required=False, metavar=say("[编号]", "[CODE]")),
                click.Option(
                    ["--rules"],
                    multiple=True,
                    metavar="SET",
                    help=say(
                        "只看这些规则集，或 .toml 文件中的规则集（可重复）",
                        "Only these rule sets, by name or as a .toml file (repeatable).",
                    ),
                ),
                click.Option(
                    ["--check", "check"],
                    metavar="FILE",
                    help=say(
                        "检查一个 .toml 规则集文件：逐行指出错误；没有错误时列出规则，并与全国规则对照",
                        "Check a rule set in a .toml file: mistakes with their lines; without any, list its rules and "
                        "compare them with the national ones.",
                    ),
                ),
                click.Option(
                    ["--lint"],
                    is_flag=True,
                    help=say(
                        "检查规则本身：矛盾、重复、多余、查不出错的规则；有矛盾时退出码为 1",
                        "Inspect the rules themselves: contradictions, repetitions, rules that follow from others or "
                        "never fail. Exit code 1 where rules contradict.",
                    ),
                ),
                choice("text", "json"),
                click.Option(
                    ["--sql"],
                    is_flag=True,
                    help=say(
                        "输出一条 SQL 查询，在 DuckDB 或 PostgreSQL 中列出一张表里所有报告的问题",
                        "Write a query for DuckDB and PostgreSQL that lists the violations of a table of reports.",
                    ),
                ),
                click.Option(
                    ["--table"],
                    metavar="TABLE",
                    help=say(
                        "查询的表或 Parquet 文件，默认 reports", "Table or Parquet file to query; by default reports."
                    ),
                ),
                click.Option(
                    ["--id"],
                    multiple=True,
                    metavar="COLUMN",
                    help=say(
                        "区分各份报告的列（可重复），默认 id",
                        "Column that tells the reports apart (repeatable); by default id.",
                    ),
                ),
                click.Option(
                    ["--edition"],
                    metavar="EDITION",
                    help=say(
                        "表二、表三的版本，默认 2021", "Edition of tables 2 and 3 of the reports; by default 2021."
                    ),
                ),
            ),
            dismiss_command(command, say),
            fix_command(command, say, output(), rules("全国规则和报告所在地区的规则", _OWN_RULES)),
            region_command(command, say, choice),
            plugins_command(group, command, say),
            command("schema", say("输出标准 JSON 的 Schema。", "Write the schema of canonical JSON."), "", output()),
        ],
    )


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"govinfo {__version__}")
        context.exit()
