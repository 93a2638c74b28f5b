"""All plugins together: what they add, what is wrong with them, where they contradict each other.

Each is loaded by itself (`govinfo.loading`), and no order of installation can show: the library itself comes first,
the others follow by the names of their packages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import attrs

from govinfo.errors import GovinfoError, PluginError
from govinfo.hookspecs import Container, Engine, Reader, Recogniser, Writer
from govinfo.loading import BUILT_IN, Candidate, Loader, Plugin, check_rule_set, installed, reason_of
from govinfo.rules.model import RuleSet
from govinfo.text import Text

if TYPE_CHECKING:
    from govinfo.parsing.arithmetic import Equation
    from govinfo.parsing.labels import Vocabulary
    from govinfo.rules.catalogue import Catalogue

__all__ = ["Candidate", "Plugin", "PluginProblem", "Plugins", "default_plugins", "gather", "installed", "load_plugins"]


@attrs.frozen
class PluginProblem:
    """A plugin that was left out, and why."""

    name: str
    package: str
    version: str
    text: Text


@attrs.frozen
class Plugins:
    """All that is loaded, in an order that does not depend on the order of installation."""

    plugins: tuple[Plugin, ...]
    problems: tuple[PluginProblem, ...] = ()
    conflict: Text | None = None
    """Why these plugins cannot work together; such are only to be listed, see `gather`."""

    @cached_property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """Every rule set, the national one first."""
        return tuple(rule_set for plugin in self.plugins for rule_set in plugin.rule_sets)

    @cached_property
    def origins(self) -> Mapping[str, str]:
        """Package and version each rule set comes from, by its name."""
        return {rule_set.name: plugin.origin for plugin in self.plugins for rule_set in plugin.rule_sets}

    @cached_property
    def readers(self) -> Mapping[str, Reader]:
        """Readers by name."""
        return {reader.name: reader for plugin in self.plugins for reader in plugin.readers}

    @cached_property
    def containers(self) -> Mapping[str, Container]:
        """What opens archives, by name."""
        return {container.name: container for plugin in self.plugins for container in plugin.containers}

    @cached_property
    def recognisers(self) -> tuple[Recogniser, ...]:
        """What recognises the text of scanned pages, in the order it is asked."""
        return tuple(recogniser for plugin in self.plugins for recogniser in plugin.recognisers)

    @cached_property
    def writers(self) -> Mapping[str, Writer]:
        """Writers by name, the value of ``--format``."""
        return {writer.name: writer for plugin in self.plugins for writer in plugin.writers}

    @cached_property
    def engines(self) -> Mapping[str, Engine]:
        """Engines for many reports by name, the one to take first."""
        several = (engine for plugin in self.plugins for engine in plugin.engines)
        return {engine.name: engine for engine in sorted(several, key=lambda engine: -engine.rank)}

    @cached_property
    def editions(self) -> Mapping[str, Mapping[str, type[Any]]]:
        """Classes of tables 2 and 3 by table and edition."""
        found: dict[str, dict[str, type[Any]]] = {}
        for plugin in self.plugins:
            for edition in plugin.editions:
                found.setdefault(edition.table, {})[edition.name] = edition.form
        return found

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The labels a parser looks for."""
        from govinfo.parsing.labels import Vocabulary

        labels = [label for plugin in self.plugins for label in plugin.labels]
        labels += [label for rule_set in self.rule_sets for label in rule_set.labels]
        return Vocabulary(self.editions, tuple((label.label, label.variant) for label in labels))

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every rule by its code.

        Raises:
            PluginError: two packages claim the same code.
        """
        return _catalogue(self.plugins, self.editions)

    def equations(self, form: type[Any]) -> tuple[Equation, ...]:
        """Return the balance equations of the rules for a class of table 3: witnesses for the parser."""
        if form not in self._equations:
            from govinfo.rules.equations import equations_of

            self._equations[form] = tuple(equations_of(self.rule_sets, self.editions, form))
        return self._equations[form]

    def with_rule_set(self, rule_set: RuleSet, where: str) -> Plugins:
        """Return the same with one rule set more, as if a package called ``where`` had brought it.

        Args:
            rule_set: the rule set.
            where: what to call its origin in messages, such as the name of the file.

        Raises:
            PluginError: its name or one of its codes is taken already, or a code is not shaped like one.
            ExpressionError: an expression is wrong.
        """
        check_rule_set(rule_set)
        more = attrs.evolve(self, plugins=(*self.plugins, Plugin(where, where, "", rule_sets=(rule_set,))))
        _refuse_duplicates(more.plugins)
        _check_adjustments([rule_set], more.rule_sets)
        _refuse_contradictions(more.plugins)
        len(more.catalogue)  # made here, so that it is here that what is wrong shows
        return more

    def __reduce__(self) -> tuple[Any, ...]:
        """Be pickled as what another process does to have the same: load what is installed, add files of rules."""
        known = default_plugins().plugins
        if self.plugins[: len(known)] != known or any(plugin.version for plugin in self.plugins[len(known) :]):
            raise GovinfoError(
                Text(
                    "所给的插件没有安装，其他进程无法加载：请先安装，或用 jobs=1",
                    "plugins that are not installed cannot be loaded in another process: install them, or give jobs=1",
                )
            )
        return _with_files, (self.plugins[len(known) :],)

    @cached_property
    def _equations(self) -> dict[type[Any], tuple[Equation, ...]]:
        return {}


def _with_files(files: tuple[Plugin, ...]) -> Plugins:
    installed = default_plugins()
    return attrs.evolve(installed, plugins=(*installed.plugins, *files)) if files else installed


@cache
def default_plugins() -> Plugins:
    """Return the built-in plugin and every installed one, loaded once."""
    return load_plugins()


def load_plugins(entry_points: bool = True, *, candidates: Iterable[Candidate] = ()) -> Plugins:
    """Load the built-in plugin, installed plugins if ``entry_points``, and ``candidates``.

    A plugin that does not load is left out entirely and stands in ``problems``.

    Raises:
        PluginError: two plugins claim the same rule code or the same name.
    """
    loaded = gather((*candidates, *(installed() if entry_points else ())))
    if loaded.conflict is not None:
        raise PluginError(loaded.conflict)
    return loaded


def gather(candidates: Iterable[Candidate]) -> Plugins:
    """Load the built-in plugin and ``candidates``, also those that contradict each other: only to be listed then."""
    loader = Loader()
    loaded = [loader.load(BUILT_IN)]
    problems: list[PluginProblem] = []

    def leave_out(one: Candidate | Plugin, error: BaseException) -> None:
        problems.append(PluginProblem(one.name, one.package, one.version, reason_of(error)))

    for candidate in sorted(set(candidates), key=_rank):
        try:
            loaded.append(loader.load(candidate))
        except Exception as error:  # whatever a stranger's module does when it is imported
            leave_out(candidate, error)
    editions = Plugins(tuple(loaded)).editions
    for plugin in loaded[1:]:  # the built-in rules are proved sound by the tests
        try:
            _refuse_duplicates([plugin])
            _catalogue([plugin], editions)
            _check_adjustments(plugin.rule_sets, (*loaded[0].rule_sets, *plugin.rule_sets))
        except Exception as error:
            loaded.remove(plugin)
            leave_out(plugin, error)
    found = Plugins(tuple(loaded), tuple(problems))
    try:
        _refuse_duplicates(loaded)
        _refuse_contradictions(loaded)
    except PluginError as error:
        return attrs.evolve(found, conflict=error.text)
    return found


def _rank(candidate: Candidate) -> tuple[str, str]:
    return candidate.package.lower(), candidate.name


def _catalogue(plugins: Iterable[Plugin], editions: Mapping[str, Mapping[str, type[Any]]]) -> Catalogue:
    from govinfo.rules.catalogue import Catalogue

    return Catalogue([(rule_set, plugin.package) for plugin in plugins for rule_set in plugin.rule_sets], editions)


def _check_adjustments(rule_sets: Iterable[RuleSet], others: Sequence[RuleSet]) -> None:
    """A set adjusts national rules, and those of a wider region that stand in ``others``."""
    for rule_set in rule_sets:
        for one in rule_set.adjustments:
            from govinfo.rules.adjust import mistake_in

            if (mistake := mistake_in(one, rule_set.region, others)) is not None:
                raise PluginError(Text(f"{rule_set.name}：{mistake.zh}", f"{rule_set.name}: {mistake.en}"))


def _refuse_contradictions(plugins: Iterable[Plugin]) -> None:
    """Two sets for one region that disagree how severe a rule is there."""
    owners = {rule_set: plugin for plugin in plugins for rule_set in plugin.rule_sets if rule_set.adjustments}
    if len(owners) < 2:
        return
    from govinfo.rules.adjust import conflict

    found = conflict(owners)
    if found is not None:
        code, *sets = found
        one, two = (owners[rule_set].origin for rule_set in sets)
        said = Text(
            "插件冲突：{one} 和 {two} 为同一地区的规则 {code} 规定了不同的严重程度，请卸载其中一个",
            "plugins in conflict: {one} and {two} give rule {code} different severities in one region; uninstall one",
        )
        raise PluginError(said.fill(code=code, one=one, two=two))


_EXCLUSIVE = {
    "rules": Text("规则编号", "rule code"),
    "rule_sets": Text("规则集", "rule set"),
    "readers": Text("读取格式", "reader"),
    "containers": Text("压缩包格式", "archive format"),
    "recognisers": Text("文字识别", "text recogniser"),
    "writers": Text("输出格式", "output format"),
    "editions": Text("表格版式", "edition"),
    "engines": Text("批量引擎", "engine"),
}

_CONFLICT = Text(
    "插件冲突：{what}“{name}”由 {one} 和 {two} 同时提供，请卸载其中一个（pip uninstall）或改名",
    "plugins in conflict: {what} {name} is provided by both {one} and {two}; "
    "uninstall one of them (pip uninstall) or rename it",
)

_TWICE = Text("{what}“{name}”声明了两次", "it declares the {what} {name} twice")


def _refuse_duplicates(plugins: Iterable[Plugin]) -> None:
    """Nothing is overridden silently: a name claimed twice is an error that names both packages."""
    owners: dict[tuple[str, str], Plugin] = {}
    for plugin in plugins:
        for claim in _claims(plugin):
            if claim in owners:
                kind, name = claim
                if owners[claim] is plugin:
                    raise PluginError(_TWICE.fill(what=_EXCLUSIVE[kind], name=name))
                one, two = owners[claim].origin, plugin.origin
                raise PluginError(_CONFLICT.fill(what=_EXCLUSIVE[kind], name=name, one=one, two=two))
            owners[claim] = plugin


def _claims(plugin: Plugin) -> Iterator[tuple[str, str]]:
    """Yield what a plugin wants for itself alone, as kind and name."""
    for kind, names in plugin.adds.items():
        if kind in _EXCLUSIVE:
            yield from ((kind, name) for name in names)
    for rule_set in plugin.rule_sets:
        for rule in rule_set.rules:
            yield from (("rules", code) for code in (rule.code, *rule.aliases))
