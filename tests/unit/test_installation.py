"""The unrelated package ``govinfo`` installed over ours is recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

import govinfo
from govinfo import installation

HOME = Path(govinfo.__file__).parent


def install(folder: Path, record: str) -> None:
    metadata = folder / "govinfo-0.1.1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: govinfo\nVersion: 0.1.1\n")
    (metadata / "RECORD").write_text(record)


def test_ours_alone_is_fine() -> None:
    assert installation.foreign_package() is None


def test_the_foreign_package_beside_ours_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "govinfo/client.py,,\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert installation.foreign_package() is None


def test_the_foreign_package_over_ours_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, f"{HOME / '__init__.py'},,\n")
    monkeypatch.syspath_prepend(tmp_path)
    conflict = installation.foreign_package()
    assert conflict is not None
    assert "pip uninstall govinfo" in conflict.zh
    assert "0.1.1" in conflict.en


GROUP = "govinfo.plugins.test"


def declare(folder: Path, name: str, points: str, about: str = "") -> None:
    metadata = folder / f"{name}.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name.partition('-')[0]}\nVersion: 2.0\n{about}\n"
    )
    (metadata / "entry_points.txt").write_text(points)


def found() -> list[tuple[str, str, str, str]]:
    return [(one.group, one.name, one.value, one.package) for one in installation.declared(GROUP)]


def test_a_plugin_is_found_without_importlib_metadata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "gone")
    assert not found()
    (tmp_path / "empty-1.dist-info").mkdir()
    declare(tmp_path, "some_plugin-2.0", f"[console_scripts]\nx = y\n\n[{GROUP}]\n# a note\nit = some_plugin\n")
    assert found() == [(GROUP, "it", "some_plugin", "some_plugin")]


def test_of_a_package_installed_twice_the_first_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("later", "first"):
        declare(tmp_path / folder, "some_plugin-2.0", f"[{GROUP}]\n{folder} = some_plugin\n")
        monkeypatch.syspath_prepend(tmp_path / folder)
    assert [name for _, name, _, _ in found()] == ["first"]


def test_what_cannot_be_looked_into_is_left_to_importlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "packages.zip").write_bytes(b"")
    declare(tmp_path, "some_plugin-2.0", f"[{GROUP}]\nit = some_plugin\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "packages.zip")
    assert found() == [(GROUP, "it", "some_plugin", "some_plugin")]


def test_an_entry_point_is_a_module_or_something_in_it() -> None:
    def load(value: str) -> object:
        return installation.EntryPoint(GROUP, "it", value, "p", "1").load()

    assert load("govinfo.text") is govinfo.text
    assert load("govinfo.text : Text.join [extra]") == govinfo.Text.join


@pytest.mark.parametrize(
    ("requires", "least"),
    [
        ("govinfo-cn>=9", (9,)),
        ("govinfo-cn (>=1.2.3)", (1, 2, 3)),
        ("Govinfo-CN[all]<2,>=1.5; python_version > '3'", (1, 5)),
        ("govinfo-cn~=2.1", (2, 1)),
        ("govinfo-cn", ()),
        ("govinfo-cn<9", ()),
        ("govinfo-cn-extra>=9", ()),
        ("govinfo>=9", ()),
    ],
)
def test_the_version_a_plugin_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, requires: str, least: tuple[int, ...]
) -> None:
    declare(tmp_path, "a-1", f"[{GROUP}]\nit = a\n", f"Requires-Dist: attrs>=99\nRequires-Dist: {requires}\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert [one.needs for one in installation.declared(GROUP)] == [least]
