"""What every plugin keeps to, as tests a plugin runs on itself.

A plugin's whole contract test is::

    from pathlib import Path
    from govinfo.testing.contract import plugin_contract

    test_contract = plugin_contract("govinfo_hebei", cases=Path(__file__).parent / "cases")

Each thing that is checked is a test of its own, and a failure says how to mend the plugin. Needs pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from govinfo.plugins import Plugins
from govinfo.testing.contract import formats, reports, rules, shape, speed
from govinfo.testing.contract.model import Check, Subject

__all__ = ["Check", "checks_of", "plugin_contract", "plugins_with"]


def plugin_contract(module: str, *, cases: str | Path | None = None) -> Callable[[Check], None]:
    """Return a test of a plugin, with one case for each thing that is checked.

    Args:
        module: the module with the plugin's hooks, ``govinfo_hebei``.
        cases: a TOML file with rule cases, or a folder of such files, see `govinfo.testing.cases`. Needed where the
            plugin has rules.
    """
    import pytest

    @pytest.mark.parametrize("check", [pytest.param(check, id=check.name) for check in checks_of(module, cases=cases)])
    def test(check: Check) -> None:
        check.run()

    return test


def checks_of(module: str, *, cases: str | Path | None = None) -> Iterator[Check]:
    """Yield what is checked of a plugin. The arguments are those of `plugin_contract`."""
    subject = Subject(module, Path(cases) if cases is not None else None)
    yield Check("loads", subject.loads)
    if subject.problem is not None:
        return
    for part in (shape, rules, reports, formats, speed):
        yield from part.checks(subject)


def plugins_with(module: str) -> Plugins:
    """Return the library with one plugin and no other: what a plugin's own tests give as ``plugins=``.

    Raises:
        AssertionError: the plugin does not load.
    """
    subject = Subject(module)
    subject.loads()
    return subject.plugins
