"""A new plugin: what can be asked for is made, whatever cannot is refused, and nothing is written over."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from govinfo import GovinfoError
from govinfo.cli import run
from govinfo.hookspecs import GROUP
from govinfo.provinces import LETTERS
from govinfo.scaffold import KINDS, make_plugin, plugin_files


def test_files_are_where_a_package_has_them() -> None:
    files = plugin_files("my-office", kinds=KINDS)
    project = tomllib.loads(files["pyproject.toml"])["project"]
    assert project["name"] == "govinfo-my-office"
    assert project["entry-points"][GROUP] == {"my-office": "govinfo_my_office"}
    for path, content in files.items():
        assert "$" not in path
        assert "${" not in content
        if path.endswith(".py"):
            compile(content, path, "exec")
    assert {"src/govinfo_my_office/py.typed", "tests/test_contract.py", "tests/cases/rules.toml"} <= files.keys()


@pytest.mark.parametrize(
    ("name", "region", "letters"),
    [
        ("hebei", "13", "HE"),
        ("govinfo-hebei", "130000", "HE"),
        ("wuwei", "6206", "GS"),
        ("wuwei", "甘肃省武威市", "GS"),
        ("wuwei-county", "620602", "GS"),
        ("example", "", "EX"),
        ("hebei-office", "", "HEB"),  # HE is Hebei's
        ("he", "", "HEX"),
        ("a1", "", "AX"),
    ],
)
def test_codes_have_the_letters_of_the_region(name: str, region: str, letters: str) -> None:
    files = plugin_files(name, region=region)
    (rules,) = (content for path, content in files.items() if path.endswith("/rules.py"))
    assert f'"{letters}-DOC001"' in rules
    prefix = {"甘肃省武威市": "6206", "130000": "13"}.get(region, region)
    assert f'region="{prefix}"' in rules
    assert region or letters not in LETTERS.values()


@pytest.mark.parametrize(
    "name",
    [
        *("", "Hebei", "河北", "1st", "-x", "x-", "a--b", "a_b", "../x", "a/b", "a\nb", ".", "a b", "${name}"),
        *("cn", "national", "govinfo-", "x" * 31),
    ],
)
def test_a_name_that_cannot_be_one_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(GovinfoError, match="a plugin cannot be called"):
        make_plugin(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("region", ["1", "131", "99", "00", "139900", "hebei", "1301000", "市中区"])
def test_a_region_that_is_none_is_refused(region: str, tmp_path: Path) -> None:
    with pytest.raises(GovinfoError):
        make_plugin("hebei", tmp_path, region=region)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    make_plugin("hebei", tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(GovinfoError, match="there already"):
        make_plugin("hebei", tmp_path)
    (tmp_path / "govinfo-henan").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(GovinfoError, match="there already"):
        make_plugin("henan", tmp_path)
    assert not (tmp_path / "elsewhere").exists()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GovinfoError, match="cannot write"):
        make_plugin("hebei", tmp_path / "gone")


def test_the_command_makes_one_and_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["plugins", "new", "hebei", "--region", "13", "--kind", "labels", "--dir", str(tmp_path), "--lang", "en"]
    assert run(words) == 0
    said = capsys.readouterr()
    assert str(tmp_path / "govinfo-hebei") in said.out
    assert "pytest" in said.out
    assert (tmp_path / "govinfo-hebei" / "tests" / "test_labels.py").exists()
    assert not (tmp_path / "govinfo-hebei" / "src" / "govinfo_hebei" / "rules.py").exists()
    assert run(words) == 2
    assert "there already" in capsys.readouterr().err
    assert run(["plugins", "new", "../x", "--dir", str(tmp_path)]) == 2
    assert run(["plugins", "new", "--lang", "en"]) == 2
    assert run(["plugins", "--format", "json"]) == 0
