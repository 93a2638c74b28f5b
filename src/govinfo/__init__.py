"""Read, hold and check China's government-information-disclosure annual reports (政府信息公开工作年度报告).

>>> import govinfo
>>> reading = govinfo.read("report.html")       # doctest: +SKIP
>>> result = govinfo.check(reading)             # doctest: +SKIP
>>> govinfo.write(result, "problems.json")      # doctest: +SKIP

The names below are the public interface. Each is imported when it is first used, so that ``import govinfo`` and
``govinfo --help`` cost next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govinfo.version import __version__

if TYPE_CHECKING:
    from govinfo import batch as batch
    from govinfo.api import check, check_files, load, read, read_all, write
    from govinfo.errors import GovinfoError, PluginError, ReadError
    from govinfo.findings import Finding, Result, Severity, Status
    from govinfo.hookspecs import (
        Container,
        Edition,
        Engine,
        LabelVariant,
        Reader,
        Recogniser,
        Stream,
        Writer,
        hookimpl,
    )
    from govinfo.parsing.reading import Reading
    from govinfo.rules.declared import DeadlineRule, LengthRule, Statement, StatementRule
    from govinfo.rules.evidence import Strength
    from govinfo.rules.model import (
        Adjustment,
        CheckRule,
        Example,
        Fault,
        LinearRule,
        NotApplicable,
        RuleSet,
        Undecided,
        check_rule,
    )
    from govinfo.schema import Missing, Report
    from govinfo.text import Text

__all__ = [  # without "batch": it needs an extra, and `from govinfo import *` must not
    "Adjustment",
    "CheckRule",
    "Container",
    "DeadlineRule",
    "Edition",
    "Engine",
    "Example",
    "Fault",
    "Finding",
    "GovinfoError",
    "LabelVariant",
    "LengthRule",
    "LinearRule",
    "Missing",
    "NotApplicable",
    "PluginError",
    "ReadError",
    "Reader",
    "Reading",
    "Recogniser",
    "Report",
    "Result",
    "RuleSet",
    "Severity",
    "Statement",
    "StatementRule",
    "Status",
    "Stream",
    "Strength",
    "Text",
    "Undecided",
    "Writer",
    "__version__",
    "check",
    "check_files",
    "check_rule",
    "hookimpl",
    "load",
    "read",
    "read_all",
    "write",
]

_HOMES = {
    "govinfo": ("batch",),
    "govinfo.api": ("check", "check_files", "load", "read", "read_all", "write"),
    "govinfo.errors": ("GovinfoError", "PluginError", "ReadError"),
    "govinfo.findings": ("Finding", "Result", "Severity", "Status"),
    "govinfo.hookspecs": (
        "Container",
        "Edition",
        "Engine",
        "LabelVariant",
        "Reader",
        "Recogniser",
        "Stream",
        "Writer",
        "hookimpl",
    ),
    "govinfo.parsing.reading": ("Reading",),
    "govinfo.rules.declared": ("DeadlineRule", "LengthRule", "Statement", "StatementRule"),
    "govinfo.rules.evidence": ("Strength",),
    "govinfo.rules.model": (
        *("Adjustment", "CheckRule", "Example", "Fault", "LinearRule", "NotApplicable", "RuleSet", "Undecided"),
        "check_rule",
    ),
    "govinfo.schema": ("Missing", "Report"),
    "govinfo.text": ("Text",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = _HOME_OF[name]
    value = import_module(f"{home}.{name}") if home == __name__ else getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
