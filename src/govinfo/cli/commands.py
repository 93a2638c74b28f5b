"""What ``govinfo schema`` does, and what all commands share: exit codes, and plugins with what is wrong with them."""

from __future__ import annotations

from govinfo.cli.console import complain, emit_json, json_bytes
from govinfo.files import put
from govinfo.installation import foreign_package
from govinfo.plugins import Plugins, default_plugins
from govinfo.text import Language, Text

__all__ = ["CLEAN", "FOUND", "NOTHING", "UNUSABLE", "load", "report_problems", "schema"]

CLEAN, FOUND, UNUSABLE = 0, 1, 2
NOTHING = Text("没有找到年度报告", "no annual report was found")


def schema(*, output: str | None, lang: Language) -> int:
    """Write the JSON Schema of canonical JSON, editions of plugins included."""
    from govinfo.schema.jsonschema import json_schema

    described = json_schema(load(lang).editions)
    if output is None:
        emit_json(described)
    else:
        put(json_bytes(described), output)
    return CLEAN


def load(lang: Language) -> Plugins:
    """Load the plugins and say on standard error which were left out."""
    loaded = default_plugins()
    report_problems(loaded, lang)
    if loaded.problems and (conflict := foreign_package()):
        complain(conflict.render(lang))
    return loaded


def report_problems(loaded: Plugins, lang: Language) -> None:
    """Say on standard error which plugins were left out, and why."""
    for problem in loaded.problems:
        left_out = Text("插件 {name}（{package} {version}）未启用", "plugin {name} ({package} {version}) was left out")
        said = left_out.fill(name=problem.name, package=problem.package, version=problem.version)
        complain(f"{said.render(lang)}: {problem.text.render(lang)}")
