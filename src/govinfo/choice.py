"""Which rules are meant: rule sets by name or as files, none of them misspelt without a word."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from govinfo.errors import GovinfoError
from govinfo.plugins import Plugins
from govinfo.rules.adjust import adjusted
from govinfo.rules.model import RuleSet
from govinfo.schema import Report
from govinfo.text import Text

__all__ = ["refuse_unknown", "rule_sets_by_name", "rule_sets_for", "unknown_name", "with_rule_files"]


def with_rule_files(
    plugins: Plugins, rules: Sequence[str | os.PathLike[str]] | None
) -> tuple[Plugins, tuple[str, ...] | None]:
    """Read the rule sets that are files, and return all that is there then and the names of the chosen sets.

    Args:
        plugins: what is installed.
        rules: names of rule sets; a path, or a name that ends in ``.toml``, is a file. None stays None.

    Raises:
        GovinfoError: a file cannot be read, is not a rule set, or claims a name or code that is taken.
    """
    if rules is None:
        return plugins, None
    known = {rule_set.name for rule_set in plugins.rule_sets}  # so that names that were returned may be given again
    names: list[str] = []
    for name in dict.fromkeys(rules):
        if isinstance(name, str) and (name in known or not name.lower().endswith(".toml")):
            names.append(name)
            continue
        from govinfo.rules.toml import take_rule_set

        rule_set = take_rule_set(name, plugins.editions, plugins.rule_sets)
        plugins = plugins.with_rule_set(rule_set, os.fsdecode(name))
        names.append(rule_set.name)
    return plugins, tuple(names)


def rule_sets_by_name(plugins: Plugins, names: Sequence[str] | None) -> tuple[RuleSet, ...]:
    """Return the rule sets of these names, by default every one.

    Raises:
        GovinfoError: no such rule set.
    """
    refuse_unknown(plugins, names or (), ())
    return plugins.rule_sets if names is None else _named(plugins, names)


def rule_sets_for(
    plugins: Plugins, names: Sequence[str] | None, report: Report, region: str = ""
) -> tuple[RuleSet, ...]:
    """Return the rule sets of these names, all of them known; by default those of the report's region.

    ``region`` is the code of where the report comes from, for one that does not say so itself.

    Sets about other years or editions are left out, and rules have the severity the region gives them.
    """
    code = report.publisher.region_code or region or None
    some = rule_sets_by_name(plugins, names)
    chosen = [rule_set for rule_set in some if names is not None or rule_set.is_at_home(code)]
    return adjusted(tuple(rule_set for rule_set in chosen if rule_set.concerns(report)))


def _named(plugins: Plugins, names: Sequence[str]) -> tuple[RuleSet, ...]:
    known = {rule_set.name: rule_set for rule_set in plugins.rule_sets}
    return tuple(known[name] for name in dict.fromkeys(names))


def refuse_unknown(plugins: Plugins, names: Iterable[str], codes: Iterable[str]) -> None:
    """A slip in the name of a rule set or the code of a rule must not change what is checked without a word."""
    for name in names:
        known = [rule_set.name for rule_set in plugins.rule_sets]
        if name not in known:
            raise unknown_name(Text("规则集", "rule set"), name, known)
    for code in codes:
        if not plugins.catalogue.matching(code):
            raise _unknown_code(plugins, code)


def _unknown_code(plugins: Plugins, code: str) -> GovinfoError:
    """Name the rules of the same family or, where there is no such family, the families."""
    family = code.rstrip("0123456789")
    related = plugins.catalogue.matching(family) if family else ()
    known = ", ".join([rule.code for rule in related] or dict.fromkeys(rule.code[:-3] for rule in plugins.catalogue))
    said = Text("没有编号以“{code}”开头的规则（可用：{known}）", "no rule code begins with {code!r} (known: {known})")
    return GovinfoError(said.fill(code=code, known=known))


def unknown_name(what: Text, name: str, known: Iterable[str]) -> GovinfoError:
    """Return the error for a name nothing has, with the names there are."""
    names = ", ".join(known)
    return GovinfoError(
        Text(f"没有名为“{name}”的{what.zh}（可用：{names}）", f"no {what.en} {name!r} (known: {names})")
    )
