"""What the output depends on beside the files: a run may be resumed only where all of it is the same."""

from __future__ import annotations

import os

from govinfo.checking import Checking
from govinfo.files import find
from govinfo.folders.work import state_of
from govinfo.text import Language, Text
from govinfo.version import __version__

__all__ = ["difference", "settings_of"]

_NAMES = {
    "version": Text("程序版本", "version"),
    "plugins": Text("插件", "plugins"),
    "format": Text("输出格式", "format"),
    "lang": Text("语言", "language"),
    "rules": Text("规则集", "rule sets"),
    "region": Text("--region", "--region"),
    "select": Text("--select", "--select"),
    "ignore": Text("--ignore", "--ignore"),
    "review": Text("复核记录", "reviewed findings"),
    "previous": Text("上一年的报告", "last year's reports"),
    "several": Text("文件数", "number of files"),
}


def settings_of(
    checking: Checking, format: str, lang: Language, several: bool, previous: str | os.PathLike[str] | None
) -> dict[str, str]:
    """Return everything the output depends on beside the files, by name."""
    plugins = checking.plugins.plugins
    files = [plugin for plugin in plugins if not plugin.version]
    earlier = [(path, state_of(path)) for path in find([previous])] if previous is not None else []
    return {
        "version": __version__,
        "plugins": ", ".join(f"{plugin.package} {plugin.version}" for plugin in plugins if plugin.version),
        "format": format,
        "lang": lang,
        "rules": f"{'*' if checking.rules is None else ' '.join(checking.rules)} {_hash(files)}",
        "region": checking.region,
        "select": " ".join(checking.select),
        "ignore": " ".join(checking.ignore),
        "review": "-" if checking.reviews is None else _hash(sorted(checking.reviews.read().items())),
        "previous": _hash(earlier),
        "several": str(several),
    }


def difference(ours: dict[str, str], theirs: dict[str, str]) -> Text | None:
    """Return the names of the settings that differ, None where none does."""
    names = [text for key, text in _NAMES.items() if ours.get(key) != theirs.get(key)]
    return Text.join(names, "、", ", ") if names else None


def _hash(value: object) -> str:
    import hashlib  # 7 ms that only a journal needs

    return hashlib.blake2s(repr(value).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
