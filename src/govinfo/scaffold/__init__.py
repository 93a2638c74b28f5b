"""A new plugin made from a template: a package that passes its own tests at once.

The files lie in ``template``, in a folder for what every plugin has and one for each kind of thing it can add. Their
names and what stands in them has ``${placeholders}``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template

import attrs

from govinfo.errors import GovinfoError
from govinfo.provinces import LETTERS
from govinfo.regions import region_named
from govinfo.text import Text
from govinfo.version import __version__

__all__ = ["KINDS", "make_plugin", "plugin_files"]

_TEMPLATE = Path(__file__).parent / "template"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 30
_TAKEN = ("builtin", "cn", "national", "testing")


@attrs.frozen
class _Kind:
    """What a plugin can add, and how its hook says so."""

    title: Text
    imports: tuple[str, ...]
    """Names taken from ``govinfo``."""
    module: str
    gives: str
    """What is taken from the module."""
    hook: str


KINDS: Mapping[str, _Kind] = {
    "rules": _Kind(
        Text("一个规则集", "one rule set"),
        ("RuleSet",),
        "rules",
        "RULES",
        '''
@hookimpl
def govinfo_rule_sets() -> list[RuleSet]:
    """Add the rule set ``${name}``."""
    return [RULES]
''',
    ),
    "format": _Kind(
        Text("一种输出格式", "one output format"),
        ("Stream", "Text", "Writer"),
        "output",
        "header, lines",
        '''
@hookimpl
def govinfo_writers() -> list[Writer]:
    """Add the output format ``${name}``: tab-separated values."""
    title = Text("每个问题一行", "one line per finding")
    return [Writer("${name}", (".tsv",), stream=Stream(lines, header), title=title)]
''',
    ),
    "reader": _Kind(
        Text("一种读取格式", "one document format"),
        ("Reader", "Text"),
        "reader",
        "accepts, read",
        '''
@hookimpl
def govinfo_readers() -> list[Reader]:
    """Add the document format ``${name}``."""
    title = Text(
        "以 ${mark} 开头的文本",
        "text that begins with ${mark}",
    )
    return [Reader("${name}", accepts, read, title)]
''',
    ),
    "labels": _Kind(
        Text("一种栏目名的印法", "one printing of a label"),
        ("LabelVariant",),
        "labels",
        "LABELS",
        '''
@hookimpl
def govinfo_labels() -> list[LabelVariant]:
    """Add the printings of labels seen in the region."""
    return list(LABELS)
''',
    ),
}
"""What a plugin can add."""


def make_plugin(name: str, folder: str | os.PathLike[str], *, region: str = "", kinds: Iterable[str] = ()) -> Path:
    """Write a new plugin and return its folder, which must not exist before.

    Args:
        name: lower-case letters, digits and hyphens; ``govinfo-`` before it is left out.
        folder: where to make it; must exist.
        region: the region its rules are for, a GB/T 2260 code, the beginning of one, or a name; empty for everywhere.
        kinds: what it adds, of `KINDS`; rules where nothing is said.

    Raises:
        GovinfoError: the name or the region cannot be used, the folder is there already, or cannot be written.
    """
    files = plugin_files(name, region=region, kinds=kinds)
    home = Path(folder) / f"govinfo-{_bare(name)}"
    try:
        home.mkdir()
        for path, content in files.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_text(content, encoding="utf-8", newline="\n")
    except FileExistsError:
        there = Text("“{path}”已存在，未改动", "{path} is there already: nothing was written")
        raise GovinfoError(there.fill(path=home)) from None
    except OSError as error:
        failed = Text("无法写入“{path}”：{said}", "cannot write {path}: {said}")
        raise GovinfoError(failed.fill(path=home, said=error.strerror or error)) from None
    return home


def plugin_files(name: str, *, region: str = "", kinds: Iterable[str] = ()) -> dict[str, str]:
    """Return the files of a new plugin by their paths in its folder. The arguments are those of `make_plugin`.

    Raises:
        GovinfoError: the name, the region or a kind cannot be used.
    """
    name, place = _checked_name(_bare(name)), region_named(region) if region else None
    prefix = re.sub(r"(?:00){1,2}$", "", place.code) if place else ""  # zeros only fill a code up
    chosen = [kind for kind in KINDS if kind in ({*kinds} or {"rules"})]
    values = {
        "name": name,
        "module": f"govinfo_{name.replace('-', '_')}",
        "place": place.name if place else name,
        "region": prefix,
        "letters": LETTERS[prefix[:2]] if prefix else _letters(name),
        "mark": f"#{name}",
        "version": ".".join(__version__.split(".")[:2]),
        "adds_zh": "、".join(KINDS[kind].title.zh for kind in chosen),
        "adds_en": ", ".join(KINDS[kind].title.en for kind in chosen),
    }
    files = {"src/${module}/__init__.py": _hooks(chosen)}
    for part in ("all", *chosen):
        for path in sorted((_TEMPLATE / part).rglob("*.txt")):
            files[path.relative_to(_TEMPLATE / part).as_posix().removesuffix(".txt")] = path.read_text("utf-8")
    filled = {Template(path).substitute(values): Template(text).substitute(values) for path, text in files.items()}
    return dict(sorted(filled.items()))


def _bare(name: str) -> str:
    return name.removeprefix("govinfo-")


def _checked_name(name: str) -> str:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST or name in _TAKEN:
        bad = Text(
            "插件不能叫“{name}”：名字用小写字母、数字和连字符，以字母开头，不超过 {most} 个字符，不能是 {taken}",
            "a plugin cannot be called {name}: a name is of lower-case letters, digits and hyphens, begins with a "
            "letter, has at most {most} characters and is none of {taken}",
        )
        raise GovinfoError(bad.fill(name=f"{name!r:.80}", most=_LONGEST, taken=", ".join(_TAKEN)))
    return name


def _letters(name: str) -> str:
    """Return letters for the rule codes of no province: the first of the name that are no province's."""
    letters = re.sub("[^a-z]", "", name).upper().ljust(2, "X")
    return next((letters[:n] for n in range(2, len(letters) + 1) if letters[:n] not in LETTERS.values()), letters + "X")


def _hooks(kinds: Iterable[str]) -> str:
    """Return the module with the hooks, its placeholders still open."""
    several = [KINDS[kind] for kind in kinds]
    names = sorted({"hookimpl", *(name for kind in several for name in kind.imports)}, key=_isort)
    hooks = [re.search(r"def (\w+)", kind.hook) for kind in several]
    listed = ", ".join(f'"{found[1]}"' for found in sorted(filter(None, hooks), key=lambda found: found[1]))
    imports = [f"from govinfo import {', '.join(names)}", ""]
    imports += sorted(f"from ${{module}}.{kind.module} import {kind.gives}" for kind in several)
    return "\n".join(
        [
            '"""A plugin for govinfo. The functions below are the hooks: each says what the plugin adds."""',
            "",
            "from __future__ import annotations",
            "",
            *imports,
            "",
            f"__all__ = [{listed}]",
            "",
            *(kind.hook.rstrip("\n") + "\n" for kind in several),
        ]
    )


def _isort(name: str) -> tuple[bool, str]:
    return name[0].islower(), name
