"""What is said to people: every message stands in both languages, hooks and commands are where they are documented."""

from __future__ import annotations

import ast
import json
import re
import shlex
from pathlib import Path

import pytest

from govinfo import hookspecs
from govinfo.cli import COMMANDS, run
from govinfo.engines.guests import MOST
from govinfo.hookspecs import GROUP
from govinfo.schema.jsonschema import json_schema
from govinfo.testing.contract.speed import LOADING, RULE
from govinfo.watch import SECONDS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "govinfo"
CHINESE = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2}")
HOOKS = sorted(name for name in vars(hookspecs) if name.startswith("govinfo_"))
HOOKS_PAGE = ROOT / "docs" / "reference" / "hooks.md"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


def literal(node: ast.expr) -> str | None:
    """The words of a text, its placeholders left out; None where they are made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        words = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        return words if CHINESE.search(words) or ENGLISH.search(words) else None  # all of it is filled in
    if isinstance(node, ast.BinOp):
        left, right = literal(node.left), literal(node.right)
        return None if left is None and right is None else f"{left or ''}{right or ''}"
    return None


def texts() -> list[tuple[str, str | None, str | None]]:
    found: list[tuple[str, str | None, str | None]] = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
                if any(isinstance(argument, ast.Starred) for argument in node.args):
                    continue
                words = {keyword.arg: keyword.value for keyword in node.keywords}
                two = [*node.args, *(words[name] for name in ("zh", "en") if name in words)]
                assert len(two) == 2, f"{where}: a Text takes two texts, Chinese and English."
                found.append((where, literal(two[0]), literal(two[1])))
    return found


def test_every_text_stands_in_both_languages() -> None:
    seen = texts()
    assert len(seen) > 100
    for where, zh, en in seen:
        if not zh or not en or not re.sub(r"\{\w*\}", "", zh + en).strip(" ;；,，、：:()（）./"):
            continue
        if CHINESE.search(zh):
            assert ENGLISH.search(en) or len(zh) == 1, f"{where}: write the English text, not {en!r}."
            words = re.sub(r"《[^》]*》|“[^”]*”|[国政]\S*?〔\d+〕\S*?号|「[^」]*」", "", en)
            assert len(CHINESE.findall(words)) <= 12, f"{where}: the English text is in Chinese: {en!r}."
        else:
            assert not ENGLISH.search(re.sub(r"\{\w*\}", "", zh)) or zh == en, (
                f"{where}: write the Chinese text: {zh!r}."
            )


def test_both_languages_fill_in_the_same() -> None:
    for where, zh, en in texts():
        if zh is None or en is None:
            continue
        fields = [set(re.findall(r"\{(\w+)[^{}]*\}", text)) for text in (zh, en)]
        fields = [names - {"space"} for names in fields]  # only Chinese wants one beside a Latin word
        assert fields[0] == fields[1], f"{where}: one language has {fields[0] ^ fields[1]} and the other has not."


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_named_in_a_test(hook: str) -> None:
    tests = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "plugins").rglob("tests/test_*.py")]
    users = [path for path in tests if path != Path(__file__) and hook in path.read_text(encoding="utf-8")]
    assert users, f"no test names {hook}: add one to tests/unit/test_plugins.py that implements it and sees its effect."


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_documented_with_its_signature(hook: str) -> None:
    function = getattr(hookspecs, hook)
    given = ", ".join(f"{name}: {kind}" for name, kind in function.__annotations__.items() if name != "return")
    signature = f"def {hook}({given}) -> {function.__annotations__['return']}: ..."
    assert signature in HOOKS_PAGE.read_text(encoding="utf-8").splitlines(), (
        f"`{signature}` does not stand in {HOOKS_PAGE.relative_to(ROOT)}: run docs/build.py."
    )
    assert function.__doc__, f"give {hook} a docstring: plugin authors read it first."


def test_no_other_hook_is_documented() -> None:
    shown = re.findall(r"(?m)^def (\w+)", HOOKS_PAGE.read_text(encoding="utf-8"))
    assert sorted(shown) == HOOKS, "run docs/build.py: docs/reference/hooks.md shows other hooks than there are."


def test_the_limits_of_plugins_are_those_documented() -> None:
    page = (ROOT / "docs" / "reference" / "plugins.md").read_text(encoding="utf-8")
    for limit in (
        f"ends after {SECONDS:g} seconds",
        f"longer than {SECONDS:g} seconds",
        f"more than {MOST} things",
        f"less than {LOADING:g} ms",
        f"less than {RULE:g} ms",
        f"`{GROUP}`",
    ):
        assert limit in page, f"docs/reference/plugins.md does not say `{limit}`: correct it."


def test_the_published_schema_is_current() -> None:
    path = ROOT / "docs" / "reference" / "report.schema.json"
    published = json.loads(path.read_text(encoding="utf-8"))
    assert published == json_schema(), f"{path.relative_to(ROOT)} is old: write `govinfo schema` into it."


# Commands people copy.


def commands(path: Path) -> list[str]:
    """The commands in the code blocks of a page."""
    blocks = re.findall(r"^```(?:\w*)\n(.*?)^```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for line in lines if re.match(r"(?:govinfo|python3? (?:dev\.py|-m govinfo))(?: |$)", line)]


PAGES = [*(path for path in READMES if path.exists()), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_commands_of_a_page_exist(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for line in commands(path):
        words = shlex.split(line, comments=True)
        where = f"{path.relative_to(ROOT)}: `{line}`"
        if "dev.py" in words:
            known = re.findall(r"python3 dev\.py (\w+)", (ROOT / "dev.py").read_text(encoding="utf-8"))
            assert words[words.index("dev.py") + 1] in known, f"{where}: dev.py knows {known}."
            continue
        arguments = words[words.index("govinfo") + 1 :]
        names = [word for word in arguments if word in COMMANDS]
        if not arguments or not names:
            assert not arguments or arguments[0].startswith("-"), f"{where}: there is no such command."
            continue
        assert run([names[0], "--help"]) == 0
        help_text = capfd.readouterr().out
        if names[0] == "plugins" and "new" in arguments:
            assert run(["plugins", "new", "--help"]) == 0
            help_text += capfd.readouterr().out
        assert run(["--help"]) == 0
        help_text += capfd.readouterr().out
        options = {word.partition("=")[0] for word in arguments if word.startswith("--")}
        unknown = sorted(option for option in options if option not in help_text)
        assert not unknown, f"{where}: no option {unknown}; correct the page."


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_readme_has_the_two_commands(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} has not been written")
    text = path.read_text(encoding="utf-8")
    if "dev.py" not in text:
        pytest.skip(f"{path.name} does not show dev.py yet")
    for command in ("demo", "test"):
        assert f"dev.py {command}" in text, f"{path.name}: show how to run `python3 dev.py {command}`."


@pytest.mark.parametrize("path", [*READMES, *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} has not been written")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{path.relative_to(ROOT)} links to {target}, which does not exist."
