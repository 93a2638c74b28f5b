"""What is imported only where it is needed, and what to say where it is not installed."""

from __future__ import annotations

from importlib import import_module

from govinfo.errors import GovinfoError
from govinfo.text import Text

__all__ = ["MissingExtra", "need"]


class MissingExtra(GovinfoError, ImportError):
    """A package is not installed that only part of the library needs."""


def need(extra: str, *modules: str) -> None:
    """Make sure that modules can be imported.

    Args:
        extra: the extra of the distribution that brings them.
        modules: their names.

    Raises:
        MissingExtra: one cannot; says what to install.
    """
    for name in modules:
        try:
            import_module(name)
        except ImportError as error:
            raise MissingExtra(
                Text(
                    f"此功能需要 {name}：请安装 pip install 'govinfo-cn[{extra}]'",
                    f"this needs {name}: pip install 'govinfo-cn[{extra}]'",
                )
            ) from error
