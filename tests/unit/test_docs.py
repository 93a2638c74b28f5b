"""The documentation says what is so: what is generated is current, Python runs, links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from govinfo import hookspecs
from govinfo.cli import run
from govinfo.engines.explain import explain
from govinfo.rules.model import LinearRule, Rule
from govinfo.rules.national import NATIONAL
from govinfo.text import LANGUAGES

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("plugins/*/README.md")])
PYTHON = re.compile(r"(?ms)^```python\n(.*?)^```$")
LINK = re.compile(r"\]\((?!https?://)([^)#]+)")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_and_shown_output_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    stale = [_name(path) for path in _load(ROOT / "docs" / "build.py").stale()]
    assert not stale, f"run `python docs/build.py`, read the difference and commit it: {', '.join(stale)}"


@pytest.mark.parametrize("rule", NATIONAL.rules, ids=lambda rule: rule.code)
def test_the_rules_page_and_the_command_say_what_the_catalogue_says(
    rule: Rule, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    section = re.split(rf"(?m)^### {rule.code}$", page)[1].partition("\n#")[0]
    explained = explain(rule)
    examples = [example.shown for example in (explained.passes, explained.fails) if example is not None]
    said = [rule.source, *([explained.in_words] if explained.in_words else []), *examples]
    for lang in LANGUAGES:
        assert run(["rules", rule.code, "--lang", lang]) == 0
        command = capsys.readouterr().out
        assert rule.title.render(lang)[1:] in section
        for text in said:
            assert text.render(lang) in section
            assert text.render(lang) in command
    if isinstance(rule, LinearRule):
        relation = " ".join(rule.relation.split())
        assert f"`{relation}`" in section
        assert relation in command


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if PYTHON.search(page.read_text(encoding="utf-8")) and page.name != "hooks.md"],
    ids=_name,
)
def test_python_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of a page run one after another, in a folder that has the examples."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    module = ModuleType("a_page_of_the_documentation")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for block in PYTHON.findall(page.read_text(encoding="utf-8")):
        exec(compile(block, _name(page), "exec", dont_inherit=True), vars(module))  # noqa: S102


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    broken = [link for link in links if not (page.parent / link).exists()]
    assert not broken, f"{_name(page)} links to what is not there: {broken}"


def test_the_architecture_names_every_module_and_hook() -> None:
    content = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    home = ROOT / "src" / "govinfo"
    whole = ("national", "outputs", "cli", "testing")  # described as packages
    modules = [path for path in home.rglob("*.py") if not {*path.relative_to(home).parts[:-1]} & {*whole}]
    names = {path.stem for path in modules if not path.stem.startswith("__")} - {"version"} | {*whole}
    names |= {name for name, value in vars(hookspecs).items() if getattr(value, "govinfo_spec", None) is not None}
    missing = sorted(name for name in names if not re.search(rf"`{name}(\.py|/)?`|/{name}/|{name}/\*\*", content))
    assert not missing, f"say in ARCHITECTURE.md what these are for: {missing}"


def test_both_readmes_say_the_two_commands() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        content = (ROOT / name).read_text(encoding="utf-8")
        assert "python3 dev.py demo" in content
        assert "python3 dev.py test" in content
