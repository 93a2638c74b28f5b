"""The plugin under test, and one thing that is checked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from importlib import import_module
from pathlib import Path

import attrs

from govinfo.hookspecs import GROUP
from govinfo.installation import EntryPoint, declared
from govinfo.loading import Candidate, Plugin
from govinfo.plugins import Plugins, gather
from govinfo.rules.model import RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.testing.cases import RuleCase, load_cases

__all__ = ["Check", "Subject", "refuse"]


@attrs.frozen
class Check:
    """One thing that is checked."""

    name: str
    run: Callable[[], None]
    """Raises `AssertionError` with a message that says how to mend the plugin."""


def refuse(mistakes: Iterable[str], mend: str) -> None:
    """Fail where there are mistakes, naming all of them and how to mend the plugin."""
    __tracebackhide__ = True  # pytest shows the check, not this
    said = list(mistakes)
    if said:
        raise AssertionError("\n".join([*said, f"→ {mend}"]))


@attrs.frozen(slots=False)
class Subject:
    """A plugin under test, alone with the library."""

    module: str
    cases_path: Path | None = None

    @cached_property
    def entry_points(self) -> list[EntryPoint]:
        """What installed packages declare for the plugin; empty where it is only on the path."""
        return [point for point in declared("govinfo.plugins.") if point.value.partition(":")[0] == self.module]

    @cached_property
    def plugins(self) -> Plugins:
        """The library and the plugin."""
        points = self.entry_points
        name, package, version = self.module.removeprefix("govinfo_"), self.module.replace("_", "-"), "0"
        if points:
            name, package, version = points[0].name, points[0].package, points[0].version
        return gather([Candidate(name, package, version, lambda: import_module(self.module))])

    @cached_property
    def without(self) -> Plugins:
        """The library alone."""
        return gather(())

    @property
    def problem(self) -> str | None:
        """Why the plugin cannot be used; None where it can."""
        if self.plugins.problems:
            return self.plugins.problems[0].text.en
        return self.plugins.conflict.en if self.plugins.conflict is not None else None

    @property
    def plugin(self) -> Plugin:
        """The plugin, loaded."""
        return self.plugins.plugins[-1]

    @property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """Its rule sets."""
        return self.plugin.rule_sets

    @property
    def national_too(self) -> tuple[RuleSet, ...]:
        """Its rule sets and the national one."""
        return (NATIONAL, *self.rule_sets)

    @cached_property
    def cases(self) -> tuple[RuleCase, ...]:
        """Its rule cases."""
        return load_cases(self.cases_path) if self.cases_path is not None else ()

    def loads(self) -> None:
        """Check that it loads, and as what."""
        refuse(
            filter(None, [self.problem]),
            f"mend {self.module}: `govinfo plugins` says the same to whoever installs it",
        )
        refuse(
            (f"{point.package} declares {point.name!r} under {point.group}" for point in self.entry_points)
            if all(point.group != GROUP for point in self.entry_points)
            else (),
            f'write [project.entry-points."{GROUP}"] in its pyproject.toml',
        )
