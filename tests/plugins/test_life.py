"""A plugin installed, upgraded and removed in a fresh environment: nothing but its rules comes, changes and goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from govinfo.scaffold import make_plugin

Run = Callable[..., CompletedProcess[str]]


def test_install_upgrade_remove(
    python: Path, tmp_path: Path, install: Callable[..., None], pip: Callable[..., None], govinfo: Run
) -> None:
    def rules() -> dict[str, Any]:
        done = govinfo("rules", "--format", "json", python=python)
        assert (done.returncode, done.stderr) == (0, "")
        return {rule["code"]: rule for rule in json.loads(done.stdout)}

    def plugins() -> dict[str, str]:
        listed = json.loads(govinfo("plugins", "--format", "json", python=python).stdout)
        assert (listed["problems"], listed["conflict"]) == ([], None)
        return {plugin["package"]: plugin["version"] for plugin in listed["plugins"]}

    before, others = rules(), plugins()
    assert "govinfo-jiading" not in others
    home = make_plugin("jiading", tmp_path, region="310114")

    install(home, python=python)
    installed = rules()
    assert plugins() == {**others, "govinfo-jiading": "0.1.0"}
    assert {code: installed.pop(code)["rule_set"] for code in ("SH-APP001", "SH-DOC001")} == {
        "SH-APP001": "jiading",
        "SH-DOC001": "jiading",
    }
    assert installed == before

    for file, old, new in (
        ("pyproject.toml", 'version = "0.1.0"', 'version = "0.2.0"'),
        ("src/govinfo_jiading/rules.py", "more applications carried over than received", "too many carried over"),
    ):
        text = (home / file).read_text(encoding="utf-8")
        assert old in text
        (home / file).write_text(text.replace(old, new), encoding="utf-8")
    first = rules()
    install(home, python=python)
    upgraded = rules()
    assert plugins() == {**others, "govinfo-jiading": "0.2.0"}
    changed = {code for code in upgraded if upgraded[code] != first.get(code)}
    english = json.loads(govinfo("rules", "SH-APP001", "--format", "json", "--lang", "en", python=python).stdout)
    assert english["title"] == "too many carried over"
    assert changed == set()  # in Chinese it is called as before
    assert upgraded.keys() == first.keys()

    pip("uninstall", "--yes", "--quiet", "govinfo-jiading", python=python)
    assert rules() == before
    assert plugins() == others
