"""Is this installation ours? The package index has an unrelated package that is also called ``govinfo``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from govinfo.text import Text

__all__ = ["DISTRIBUTION", "foreign_package", "may_declare"]

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


def may_declare(group: str) -> bool:
    """Whether any installed distribution may declare entry points of ``group``.

    A look at the files, 2 ms, saves `importlib.metadata` and its 60 ms where no plugin is installed. True wherever
    something may be installed that cannot be looked at so simply, such as a zip file.
    """
    return any(group.encode() in declared for declared in _declarations(group))


def _declarations(group: str) -> Iterator[bytes]:
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except FileNotFoundError:
            continue
        except OSError:
            yield group.encode()
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                try:
                    with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:
                        yield file.read()
                except OSError:
                    continue
