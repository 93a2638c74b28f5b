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


def test_a_plugin_is_found_without_importlib_metadata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "gone")
    assert not installation.may_declare(GROUP)
    metadata = tmp_path / "some_plugin-1.dist-info"
    metadata.mkdir()
    assert not installation.may_declare(GROUP)
    (metadata / "entry_points.txt").write_text(f"[{GROUP}]\nit = some_plugin\n")
    assert installation.may_declare(GROUP)


def test_what_cannot_be_looked_into_may_hold_a_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "packages.zip").write_bytes(b"")
    monkeypatch.syspath_prepend(tmp_path / "packages.zip")
    assert installation.may_declare(GROUP)
