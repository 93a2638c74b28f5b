"""Loading plugins: what is installed, what it adds, what is wrong with it.

Each plugin is registered with a pluggy manager of its own. What goes wrong in one plugin then cannot leave half of it
behind or touch another, and no order of installation can show: the library itself comes first, the others follow by
the names of their packages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import attrs
import pluggy

from govinfo import hookspecs
from govinfo.errors import GovinfoError, PluginError
from govinfo.hookspecs import GROUP, PROJECT, Container, Edition, Engine, LabelVariant, Reader, Recogniser, Writer
from govinfo.installation import DISTRIBUTION, may_declare
from govinfo.rules.model import Rule, RuleSet
from govinfo.text import Text
from govinfo.version import __version__

if TYPE_CHECKING:
    from govinfo.parsing.arithmetic import Equation
    from govinfo.parsing.labels import Vocabulary
    from govinfo.rules.catalogue import Catalogue

__all__ = ["Candidate", "Plugin", "PluginProblem", "Plugins", "default_plugins", "installed", "load_plugins"]


@attrs.frozen
class Candidate:
    """A plugin that is installed but not loaded yet."""

    name: str
    """Name of its entry point."""
    package: str
    """The distribution it comes from."""
    version: str
    load: Callable[[], object]
    """Imports the module or object that holds the hook functions."""


@attrs.frozen
class PluginProblem:
    """A plugin that was left out, and why."""

    name: str
    package: str
    version: str
    text: Text


@attrs.frozen
class Plugin:
    """A loaded plugin and what it adds."""

    name: str
    package: str
    version: str
    rule_sets: tuple[RuleSet, ...] = ()
    readers: tuple[Reader, ...] = ()
    containers: tuple[Container, ...] = ()
    recognisers: tuple[Recogniser, ...] = ()
    writers: tuple[Writer, ...] = ()
    labels: tuple[LabelVariant, ...] = ()
    editions: tuple[Edition, ...] = ()
    engines: tuple[Engine, ...] = ()

    @property
    def adds(self) -> dict[str, list[str]]:
        """The names of what the plugin adds, by kind."""
        return {
            "rule_sets": [rule_set.name for rule_set in self.rule_sets],
            "readers": [reader.name for reader in self.readers],
            "containers": [container.name for container in self.containers],
            "recognisers": [recogniser.name for recogniser in self.recognisers],
            "writers": [writer.name for writer in self.writers],
            "labels": [label.variant for label in self.labels],
            "editions": [f"{edition.table} {edition.name}" for edition in self.editions],
            "engines": [engine.name for engine in self.engines],
        }


@attrs.frozen
class Plugins:
    """All that is loaded, in an order that does not depend on the order of installation."""

    plugins: tuple[Plugin, ...]
    problems: tuple[PluginProblem, ...] = ()

    @cached_property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """Every rule set, the national one first."""
        return tuple(rule_set for plugin in self.plugins for rule_set in plugin.rule_sets)

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
        _check_rule_set(rule_set)
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
    loaded = [_load(_BUILT_IN)]
    problems: list[PluginProblem] = []
    for candidate in sorted({*candidates, *(installed() if entry_points else ())}, key=_rank):
        try:
            loaded.append(_load(candidate))
        except (Exception, SystemExit) as error:  # whatever a stranger's module does when it is imported
            problems.append(PluginProblem(candidate.name, candidate.package, candidate.version, _reason(error)))
    _refuse_duplicates(loaded)
    editions = Plugins(tuple(loaded)).editions
    for plugin in loaded[1:]:  # the built-in rules are proved sound by the tests
        try:
            _catalogue([plugin], editions)
            _check_adjustments(plugin.rule_sets, (*loaded[0].rule_sets, *plugin.rule_sets))
        except GovinfoError as error:
            loaded.remove(plugin)
            problems.append(PluginProblem(plugin.name, plugin.package, plugin.version, error.text))
    if len(loaded) > 1:
        _catalogue(loaded, editions)
        _refuse_contradictions(loaded)
    return Plugins(tuple(loaded), tuple(problems))


def installed() -> Iterator[Candidate]:
    """Yield the plugins installed under the entry-point group, unloaded."""
    if not may_declare(GROUP):
        return
    from importlib.metadata import entry_points

    for found in entry_points(group=GROUP):
        package, version = (found.dist.name, found.dist.version) if found.dist else ("?", "?")
        yield Candidate(found.name, package, version, found.load)


def _built_in() -> object:
    from govinfo import builtin

    return builtin


_BUILT_IN = Candidate("builtin", DISTRIBUTION, __version__, _built_in)


def _rank(candidate: Candidate) -> tuple[str, str]:
    return candidate.package.lower(), candidate.name


def _catalogue(plugins: Iterable[Plugin], editions: Mapping[str, Mapping[str, type[Any]]]) -> Catalogue:
    from govinfo.rules.catalogue import Catalogue

    return Catalogue([(rule_set, plugin.package) for plugin in plugins for rule_set in plugin.rule_sets], editions)


def _load(candidate: Candidate) -> Plugin:
    module = candidate.load()
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(module, candidate.name)
    manager.check_pending()
    for name in dir(module):
        looks_like_hook = name.startswith("govinfo_") and callable(getattr(module, name))
        if looks_like_hook and manager.parse_hookimpl_opts(module, name) is None:  # pluggy passes over it in silence
            raise TypeError(f"{name!r} looks like a hook but is not a function marked with @govinfo.hookimpl")
    return Plugin(
        candidate.name,
        candidate.package,
        candidate.version,
        rule_sets=_given(manager.hook.govinfo_rule_sets, RuleSet, _check_rule_set),
        readers=_given(manager.hook.govinfo_readers, Reader),
        containers=_given(manager.hook.govinfo_containers, Container),
        recognisers=_given(manager.hook.govinfo_recognisers, Recogniser),
        writers=_given(manager.hook.govinfo_writers, Writer),
        labels=_given(manager.hook.govinfo_labels, LabelVariant),
        editions=_given(manager.hook.govinfo_editions, Edition, _check_edition),
        engines=_given(manager.hook.govinfo_engines, Engine),
    )


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
        one, two = (f"{owners[rule_set].package} {owners[rule_set].version}".rstrip() for rule_set in sets)
        said = Text(
            "插件冲突：{one} 和 {two} 为同一地区的规则 {code} 规定了不同的严重程度，请卸载其中一个",
            "plugins in conflict: {one} and {two} give rule {code} different severities in one region; uninstall one",
        )
        raise PluginError(said.fill(code=code, one=one, two=two))


def _given(hook: pluggy.HookCaller, kind: type[Any], check: Callable[[Any], None] | None = None) -> tuple[Any, ...]:
    """Call one hook of one plugin and make sure that what it returns is what the hook promises."""
    answers: list[Any] = hook()
    given: list[Any] = []
    if hook.get_hookimpls() and not answers:  # pluggy takes None out
        raise TypeError(f"{hook.name} returned None")
    for answer in answers:
        if isinstance(answer, (str, bytes)) or not isinstance(answer, Iterable):
            raise TypeError(f"{hook.name} must return an iterable of {kind.__name__}, got {type(answer).__name__}")
        given += answer
    for thing in given:
        if not isinstance(thing, kind):
            raise TypeError(f"{hook.name} must return {kind.__name__} objects, got {type(thing).__name__}")
        if check is not None:
            check(thing)
    return tuple(given)


def _check_rule_set(rule_set: RuleSet) -> None:
    hash(rule_set)  # engines keep what they prepared under it: a list where a tuple belongs shows here
    for rule in rule_set.rules:
        if not isinstance(rule, Rule):
            raise TypeError(f"rule set {rule_set.name!r} holds a {type(rule).__name__} where a rule belongs")


def _check_edition(edition: Edition) -> None:
    if edition.table not in ("disclosure", "applications"):
        raise ValueError(f"edition {edition.name!r} names the unknown table {edition.table!r}")
    from govinfo.schema.editions import EDITIONS

    extended = getattr(edition.form, "extends", None)
    if extended is not None and not issubclass(edition.form, EDITIONS[edition.table].get(extended, ())):
        raise ValueError(f"edition {edition.name!r} extends {extended!r} but its class does not derive from that one's")


def _reason(error: BaseException) -> Text:
    if isinstance(error, pluggy.PluginValidationError):
        # pluggy adds the plugin's repr and the signatures on lines of their own; the last line says what is wrong
        said = " ".join(str(error).split())
        return Text(f"钩子不符合约定：{said}", f"a hook is not what it should be: {said}")
    said = f"{type(error).__name__}: {error}"
    return Text(f"无法加载：{said}", f"cannot be loaded: {said}")


_EXCLUSIVE = {
    "rule_sets": Text("规则集", "rule set"),
    "readers": Text("读取格式", "reader"),
    "containers": Text("压缩包格式", "archive format"),
    "recognisers": Text("文字识别", "text recogniser"),
    "writers": Text("输出格式", "output format"),
    "editions": Text("表格版式", "edition"),
    "engines": Text("批量引擎", "engine"),
}


def _refuse_duplicates(plugins: Iterable[Plugin]) -> None:
    """Nothing is overridden silently: a name claimed twice is an error that names both packages."""
    owners: dict[tuple[str, str], Plugin] = {}
    for plugin in plugins:
        for claim in [(kind, name) for kind in _EXCLUSIVE for name in plugin.adds[kind]]:
            if claim in owners:
                other = owners[claim]
                one, two = (f"{owner.package} {owner.version}".rstrip() for owner in (other, plugin))
                conflict = Text(
                    "插件冲突：{what}“{name}”由 {one} 和 {two} 同时提供，请卸载其中一个或改名",
                    "plugins in conflict: {what} {name} is provided by both {one} and {two}; "
                    "uninstall or rename one of them",
                )
                raise PluginError(conflict.fill(what=_EXCLUSIVE[claim[0]], name=claim[1], one=one, two=two))
            owners[claim] = plugin
