"""Which names in a folder or an archive are plainly no reports, and names from outside made harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

__all__ = ["belongs_to_saved_page", "harmless", "is_hidden", "is_no_document"]

_NO_DOCUMENT = re.compile(
    r"(?i).*\.(avi|bat|c|cfg|conf|css|dll|eot|exe|flv|go|h|ico|ini|java|js|less|lock|log|map|mjs|mov|mp[34]|otf"
    r"|partial|ps1|pyc?|pyi|rs|scss|sh|so|sql|toml|ts|ttf|vue|wav|whl|wm[av]|woff2?|ya?ml)"
    r"|Dockerfile|LICENSE|Makefile|Thumbs\.db|py\.typed"
)
_HIDDEN = (".", "~$")
_SAVED = ("_files", ".files", "_文件")
_PAGES = (".html", ".htm", ".shtml", ".xhtml")
_MACOS = "__MACOSX"
_DRIVE = re.compile(r"^[A-Za-z]:")
_NOT_SHOWN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_LONGEST = 255
_DEEPEST = 30


def is_no_document(name: str) -> bool:
    """Tell whether nobody publishes a report under a name: ``style.css``, ``Thumbs.db``."""
    return _NO_DOCUMENT.fullmatch(name) is not None


def is_hidden(name: str) -> bool:
    """Tell hidden files and folders, the lock files of Office (``~$…``), and what macOS adds to archives."""
    return name.startswith(_HIDDEN) or name == _MACOS


def belongs_to_saved_page(folder: str, beside: Collection[str]) -> bool:
    """Tell whether a folder holds the pictures and scripts of a page that was saved whole.

    Args:
        folder: its name: ``年报_files`` as browsers write it, ``年报.files`` as Word does.
        beside: the names of the files beside it.
    """
    end = next((end for end in _SAVED if folder.endswith(end)), None)
    return end is not None and any(folder.removesuffix(end) + page in beside for page in _PAGES)


def harmless(path: str) -> str:
    """Return a path from an archive as a relative path with ``/``, without ``..`` and characters that are not shown.

    Nothing is ever written there; but the name is printed, and noted in reviews.
    """
    shown = "".join(
        "\ufffd" if unicodedata.category(character) in _NOT_SHOWN else character
        for character in path.replace("\\", "/")
    )
    parts = [part[:_LONGEST] for part in _DRIVE.sub("", shown).split("/") if part not in ("", ".", "..")]
    return "/".join(parts[-_DEEPEST:]) or "\ufffd"
