"""What is installed: what packages declare, and whether this installation is ours.

The package index has an unrelated package that is also called ``govinfo``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import NamedTuple

from govinfo.text import Text

__all__ = ["DISTRIBUTION", "EntryPoint", "declared", "foreign_package"]

DISTRIBUTION = "govinfo-cn"
_FOREIGN = "govinfo"  # a client for the US Government Publishing Office


def foreign_package() -> Text | None:
    """Say so if the unrelated distribution ``govinfo`` owns files in our package, or None.

    Reads installed metadata, some 50 ms: only for ``govinfo plugins`` and where something is wrong already.
    """
    from importlib.metadata import PackageNotFoundError, distribution
    from pathlib import Path

    try:
        foreign = distribution(_FOREIGN)
    except PackageNotFoundError:
        return None
    home = Path(__file__).resolve().parent
    if not any(Path(str(foreign.locate_file(file))).resolve().is_relative_to(home) for file in foreign.files or ()):
        return None
    return Text(
        f"安装冲突：另一个无关的软件包“{_FOREIGN}” {foreign.version}（美国政府出版局客户端）覆盖了本程序的文件。"
        f"请先执行 pip uninstall {_FOREIGN} {DISTRIBUTION}，再执行 pip install {DISTRIBUTION}",
        f"installation conflict: the unrelated package {_FOREIGN!r} {foreign.version} (a client for the US Government "
        f"Publishing Office) is installed over this program's files. Run: pip uninstall {_FOREIGN} {DISTRIBUTION}, "
        f"then: pip install {DISTRIBUTION}",
    )


class EntryPoint(NamedTuple):
    """What an installed package declares, unloaded."""

    group: str
    name: str
    value: str
    """``module`` or ``module:attribute``."""
    package: str
    version: str
    needs: tuple[int, ...] = ()
    """The least version of ours the package asks for; empty where it does not say."""

    def load(self) -> object:
        """Import the module, and return it or its attribute."""
        module, _, attributes = self.value.partition("[")[0].replace(" ", "").partition(":")
        found: object = import_module(module)
        for attribute in filter(None, attributes.split(".")):
            found = getattr(found, attribute)
        return found


def declared(prefix: str) -> list[EntryPoint]:
    """Return what installed packages declare under groups that begin with ``prefix``.

    The files are looked at directly, 2 ms: `importlib.metadata` takes 30 ms to import and 1 ms for each package. It is
    asked where something may be installed that cannot be looked at so simply, such as in a zip file.
    """
    found: list[EntryPoint] = []
    seen: set[str] = set()  # of packages installed twice the first on the path counts, as for imports
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except FileNotFoundError:
            continue
        except OSError:
            return _by_importlib(prefix)
        for name in sorted(name for name in names if name.endswith((".dist-info", ".egg-info"))):
            package = _normal(name.rpartition(".")[0].partition("-")[0])
            if package not in seen:
                seen.add(package)
                found += _declared_in(os.path.join(folder, name), prefix)
    return found


def _by_importlib(prefix: str) -> list[EntryPoint]:
    from importlib.metadata import distributions

    found: dict[str, list[EntryPoint]] = {}
    for one in distributions():
        needs = _needs(one.requires or ())
        points = [point for point in one.entry_points if point.group.startswith(prefix)]
        found.setdefault(
            _normal(one.name), [EntryPoint(p.group, p.name, p.value, one.name, one.version, needs) for p in points]
        )
    return [point for points in found.values() for point in points]


def _normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def _declared_in(folder: str, prefix: str) -> Iterator[EntryPoint]:
    points = _text(os.path.join(folder, "entry_points.txt"))
    if prefix not in points:
        return
    about = _text(os.path.join(folder, "METADATA")) or _text(os.path.join(folder, "PKG-INFO"))
    said: dict[str, list[str]] = {}
    for line in about.partition("\n\n")[0].splitlines():
        key, _, value = line.partition(":")
        said.setdefault(key.lower(), []).append(value.strip())
    package, version = said.get("name", ["?"])[0], said.get("version", ["?"])[0]
    needs = _needs(said.get("requires-dist", ()))
    group = ""
    for line in map(str.strip, points.splitlines()):
        if line.startswith("["):
            group = line.strip("[]").strip()
        elif group.startswith(prefix) and line[:1] not in ("", "#", ";"):
            name, _, value = line.partition("=")
            yield EntryPoint(group, name.strip(), value.strip(), package, version, needs)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _needs(requirements: Iterable[str]) -> tuple[int, ...]:
    """Return the least version of ours that requirements ask for. What is not that simple is pip's business."""
    for requirement in requirements:
        wanted = re.match(rf"{DISTRIBUTION}(?![-\w.])(?:\[[^]]*\])?\s*\(?([^;)]*)", requirement, re.IGNORECASE)
        least = re.search(r"(?:>=|~=|==)\s*(\d+(?:\.\d+)*)", wanted[1]) if wanted else None
        if least:
            return tuple(map(int, least[1].split(".")))
    return ()
