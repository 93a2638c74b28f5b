"""click's own words in Chinese: the headings of help, and what it says of wrong usage."""

from __future__ import annotations

import re

import click

__all__ = ["ChineseCommand", "ChineseGroup", "explain"]

_HEADINGS = {"Options": "选项", "Commands": "命令"}

_COMPLAINTS = (
    (r"No such option:? '?(.+?)'?(?:\.| Did you mean| \(Possible|$).*", "没有选项 {}"),
    (r"No such command '(.+?)'\..*", "没有命令 {}"),
    (r"Missing command\.", "缺少命令"),
    (r"Missing argument '(.+?)'\..*", "缺少参数：{}"),
    (r"Option '(.+?)' requires an argument\.", "选项 {} 缺少值"),
    (r"Option '(.+?)' does not take a value\.", "选项 {} 不带值"),
    (r"Invalid value for '(.+?)': ['\"](.*)['\"] is not one of (.+)\.", "选项 {} 不能是“{}”，可用：{}"),
    (r"Got unexpected extra arguments? \((.+)\)", "多余的参数：{}"),
)


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")


class _Context(click.Context):
    formatter_class = _Formatter


class ChineseCommand(click.Command):
    """A command whose help is Chinese throughout."""

    context_class = _Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words behind the command's name in its usage line."""
        chinese = {
            "[OPTIONS]": "[选项]",
            "COMMAND [ARGS]...": "命令 [参数]...",
            "[COMMAND] [ARGS]...": "[命令 [参数]...]",
        }
        return [chinese.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows this help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示帮助"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands whose help is Chinese throughout."""


def explain(error: click.ClickException) -> str | None:
    """Return what is wrong with the usage, None where click says something we do not know."""
    message = error.format_message()
    for pattern, chinese in _COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            said = "错误：" + chinese.format(*(word.replace("', '", "、").strip("'") for word in found.groups()))
            context = getattr(error, "ctx", None)
            if context is None:
                return said
            return f"{context.get_usage()}\n输入 {context.command_path} --help 查看帮助\n\n{said}"
    return None
