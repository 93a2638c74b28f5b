"""``govinfo plugins``: what is installed, what each plugin adds, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from govinfo.text import Language, Text

if TYPE_CHECKING:
    from govinfo.plugins import Plugin

__all__ = ["plugins", "plugins_command"]

_KINDS = {
    "rule_sets": Text("规则集", "rule sets"),
    "readers": Text("读取格式", "readers"),
    "containers": Text("压缩包格式", "archive formats"),
    "recognisers": Text("文字识别", "text recognisers"),
    "writers": Text("输出格式", "output formats"),
    "labels": Text("栏目别名", "label variants"),
    "editions": Text("表格版式", "editions"),
    "engines": Text("批量引擎", "engines"),
}


def plugins_command(
    group: Callable[..., click.Command], command: Callable[..., click.Command], say: Callable[[str, str], str]
) -> click.Command:
    """Return the command, which lists plugins and has one below it that makes a new one.

    Args:
        group: declares a command with others below it.
        command: declares one by name, summary, help and parameters.
        say: chooses between Chinese and English.
    """
    kinds = ("rules", "format", "reader", "labels")
    new = command(
        "new",
        say("新建一个插件，自带测试。", "Make a new plugin with tests of its own."),
        say(
            "名字用小写字母、数字和连字符，如 hebei；软件包名为 govinfo-hebei。",
            "A name is of lower-case letters, digits and hyphens, such as hebei; the package is called govinfo-hebei.",
        ),
        click.Argument(["name"], metavar=say("名字", "NAME")),
        click.Option(
            ["--region"],
            metavar="REGION",
            help=say(
                "适用地区：名称、行政区划代码或其开头，如 河北省、13",
                "Its region: a name, a GB/T 2260 code or its beginning, such as 河北省, 13.",
            ),
        ),
        click.Option(
            ["--kind"],
            type=click.Choice(kinds),
            multiple=True,
            help=say(
                "添加什么（可重复），默认 rules：规则、输出格式、读取格式、栏目别名",
                "What it adds (repeatable); by default rules: rules, an output format, a reader, label variants.",
            ),
        ),
        click.Option(
            ["--dir", "folder"],
            default=".",
            metavar="DIR",
            help=say("在哪个文件夹中新建，默认当前文件夹", "Folder to make it in; by default this one."),
        ),
    )
    return group(
        "plugins", say("列出已安装的插件，或新建一个。", "List the installed plugins, or make a new one."), new
    )


def plugins(*, format: str, lang: Language) -> int:
    """List what is installed, what each plugin adds and what is wrong."""
    import attrs

    from govinfo.cli.commands import CLEAN, UNUSABLE, report_problems
    from govinfo.cli.console import complain, emit_json
    from govinfo.cli.console import say as write
    from govinfo.installation import foreign_package
    from govinfo.plugins import gather, installed

    loaded = gather(installed())  # also those in conflict: how else should anybody find out which to remove
    if format == "json":
        problems = [
            {**attrs.asdict(problem, recurse=False), "text": problem.text.render(lang)} for problem in loaded.problems
        ]
        added: list[dict[str, Any]] = [
            {"name": plugin.name, "package": plugin.package, "version": plugin.version, **plugin.adds}
            for plugin in loaded.plugins
        ]
        conflict = loaded.conflict and loaded.conflict.render(lang)
        emit_json({"plugins": added, "problems": problems, "conflict": conflict})
    else:
        for plugin in loaded.plugins:
            write(_plugin(plugin, lang))
    report_problems(loaded, lang)
    if loaded.conflict is not None:
        complain(loaded.conflict.render(lang))
    if foreign := foreign_package():
        complain(foreign.render(lang))
    return CLEAN if loaded.conflict is None else UNUSABLE


def _plugin(plugin: Plugin, lang: Language) -> Iterator[str]:
    yield f"{plugin.name}  {plugin.package} {plugin.version}"
    for kind, names in plugin.adds.items():
        if names:
            yield f"  {_KINDS[kind].render(lang)}  {', '.join(names)}"
