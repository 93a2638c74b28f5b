"""The errors the library raises on purpose. Each says which file, where, and what to do."""

from __future__ import annotations

from typing import Any

from govinfo.text import Text

__all__ = ["GovinfoError", "PluginError", "ReadError"]


class GovinfoError(Exception):
    """Base of every error raised on purpose; ``text`` is the message in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

    def __reduce__(self) -> tuple[Any, ...]:
        # an exception is pickled by what it was made of: its attributes follow
        return _again, (type(self), self.args, self.__dict__)


class ReadError(GovinfoError):
    """A file cannot be read as an annual report.

    Attributes:
        kind: a stable word for the reason: ``empty``, ``binary``, ``unsupported``, ``encrypted``, ``damaged``,
            ``too_large``, ``too_deep``, ``scanned`` (pages that are pictures), ``interpretation``, ``website_report``,
            ``pre_2019``, ``no_tables``, ``login``, ``not_a_report``, ``several_reports``, ``no_reports`` (an archive
            without any), ``missing_extra`` (a package is not installed), ``timeout``, ``crashed``, ``io``,
            ``internal`` (a reader broke), ``record`` (not a canonical JSON report), ``table`` (a damaged file of many
            reports).
        text: what it is and why it cannot be checked, in both languages.
        name: the file.
    """

    def __init__(self, kind: str, text: Text, name: str = "") -> None:
        super().__init__(text)
        self.kind = kind
        self.name = name


class PluginError(GovinfoError):
    """Installed plugins contradict each other or the library, for instance by claiming the same rule code."""


def _again(kind: type[GovinfoError], arguments: tuple[Any, ...], attributes: dict[str, Any]) -> GovinfoError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(attributes)
    return error
