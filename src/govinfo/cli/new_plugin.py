"""``govinfo plugins new``: a new plugin, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.cli.commands import CLEAN
from govinfo.cli.console import say
from govinfo.scaffold import make_plugin
from govinfo.text import Language, Text

__all__ = ["new"]

_MADE = Text("已新建 {home}", "{home} was made")
_NEXT = Text("安装并运行自带的测试：", "Install it and run its tests:")


def new(*, name: str, region: str | None, kind: Sequence[str], folder: str, lang: Language) -> int:
    """Make a plugin and say where it is."""
    home = make_plugin(name, folder, region=region or "", kinds=kind)
    commands = (f"  cd {home}", "  pip install -e .[test]", "  pytest")
    say([_MADE.fill(home=home).render(lang), _NEXT.render(lang), *commands])
    return CLEAN
