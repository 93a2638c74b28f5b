"""One plugin loaded: from what is installed to what it adds, each thing made sure to be what its hook promises.

The code of a plugin runs watched (`govinfo.watch`). What goes wrong raises; nothing of the plugin is left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import ModuleType
from typing import Any

import attrs
import pluggy

from govinfo import hookspecs
from govinfo.errors import PluginError
from govinfo.hookspecs import GROUP, PROJECT, Container, Edition, Engine, LabelVariant, Reader, Recogniser, Writer
from govinfo.installation import DISTRIBUTION, EntryPoint, declared
from govinfo.rules.model import Rule, RuleSet
from govinfo.text import Text
from govinfo.version import __version__
from govinfo.watch import said_of, watched

__all__ = ["BUILT_IN", "Candidate", "Loader", "Plugin", "check_rule_set", "installed", "reason_of"]

_GROUPS, _, _VERSION = GROUP.rpartition("v")
_MOST = 10_000
"""So many things of one kind a plugin may add."""
_HOOKS = [name for name, thing in vars(hookspecs).items() if hasattr(thing, "govinfo_spec")]
_UNKNOWN = Text(
    "没有名为 {name} 的钩子（写错了？或此插件是为比 {version} 更新的版本写的？可用：{known}）",
    "there is no hook {name} (misspelt? or was the plugin made for a version after {version}? known: {known})",
)


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

    @property
    def origin(self) -> str:
        """The package and its version, as people are told."""
        return f"{self.package} {self.version}".rstrip()


def _built_in() -> object:
    from govinfo import builtin

    return builtin


BUILT_IN = Candidate("builtin", DISTRIBUTION, __version__, _built_in)
"""The library itself, which comes through the same hooks."""


def installed() -> Iterator[Candidate]:
    """Yield the plugins installed for any version of the interface, unloaded; those for another one do not load."""
    found = declared(_GROUPS)
    ours = {one.package for one in found if one.group == GROUP}
    for one in found:
        if one.group == GROUP:
            yield Candidate(
                one.name, one.package, one.version, one.load if not _too_new(one) else _refusal(_newer(one))
            )
        elif one.package not in ours:  # a package may serve several versions
            yield Candidate(one.name, one.package, one.version, _refusal(_for_another(one)))


def _too_new(one: EntryPoint) -> bool:
    ours = tuple(int("".join(filter(str.isdigit, part)) or 0) for part in __version__.split(".")[:3])
    return one.needs > ours


def _newer(one: EntryPoint) -> Text:
    newer = Text(
        "它要求 {ours} {needs} 或更高版本，现为 {version}：请升级 {ours}，或改装此插件的旧版本",
        "it needs {ours} {needs} or later, this is {version}: upgrade {ours}, or take an earlier version of the plugin",
    )
    return newer.fill(ours=DISTRIBUTION, needs=".".join(map(str, one.needs)), version=__version__)


def _for_another(one: EntryPoint) -> Text:
    theirs = one.group.removeprefix(_GROUPS)
    made = Text(
        "它是为插件接口 {theirs} 写的，{ours} {version} 的接口是 v{api}：{advice}",
        "it was made for plugin interface {theirs}, {ours} {version} has v{api}: {advice}",
    )
    number = theirs.removeprefix("v")
    if number.isdecimal() and int(number) > int(_VERSION):
        advice = Text("请升级 {ours}（pip install -U {ours}）", "upgrade {ours} (pip install -U {ours})")
    else:
        advice = Text("请升级此插件（pip install -U {package}）", "upgrade the plugin (pip install -U {package})")
    advice = advice.fill(ours=DISTRIBUTION, package=one.package)
    return made.fill(theirs=theirs, ours=DISTRIBUTION, version=__version__, api=_VERSION, advice=advice)


def _refusal(why: Text) -> Callable[[], object]:
    def refuse() -> object:
        raise PluginError(why)

    return refuse


class Loader:
    """Loads plugins one by one. Each is alone with the hooks while it is asked, so that none can touch another."""

    def __init__(self) -> None:
        self._manager: pluggy.PluginManager | None = None

    def load(self, candidate: Candidate) -> Plugin:
        """Return what a plugin adds.

        Raises:
            Exception: whatever keeps it from being loaded; `reason_of` says it in words.
        """
        if candidate is BUILT_IN:
            return self._asked(candidate, candidate.load())
        with watched():
            return self._asked(candidate, candidate.load())

    def _asked(self, candidate: Candidate, module: object) -> Plugin:
        # made anew only where the one before was left with a plugin that is half registered
        manager, self._manager = self._manager or _new_manager(), None
        # pluggy would look at everything there is, and pass over these mistakes in silence
        hooks = ModuleType(candidate.name)
        for name in dir(module):
            if name.startswith("govinfo_") and callable(getattr(module, name)):
                if name not in _HOOKS:
                    raise PluginError(_UNKNOWN.fill(name=name, version=__version__, known=", ".join(_HOOKS)))
                if manager.parse_hookimpl_opts(module, name) is None:
                    raise TypeError(f"{name!r} looks like a hook but is not a function marked with @govinfo.hookimpl")
                setattr(hooks, name, getattr(module, name))
        manager.register(hooks, candidate.name)
        hook = manager.hook
        plugin = Plugin(
            candidate.name,
            candidate.package,
            candidate.version,
            rule_sets=_given(hook.govinfo_rule_sets, RuleSet, check_rule_set),
            readers=_given(hook.govinfo_readers, Reader, _check_named),
            containers=_given(hook.govinfo_containers, Container, _check_named),
            recognisers=_given(hook.govinfo_recognisers, Recogniser, _check_named),
            writers=_given(hook.govinfo_writers, Writer, _check_writer),
            labels=_given(hook.govinfo_labels, LabelVariant, _check_label),
            editions=_given(hook.govinfo_editions, Edition, _check_edition),
            engines=_given(hook.govinfo_engines, Engine, _check_named),
        )
        manager.unregister(hooks)
        self._manager = manager
        return plugin


def _new_manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    return manager


def _given(hook: pluggy.HookCaller, kind: type[Any], check: Callable[[Any], None]) -> tuple[Any, ...]:
    """Call one hook of one plugin and make sure that what it returns is what the hook promises."""
    if not hook.get_hookimpls():
        return ()
    answers: list[Any] = hook()
    given: list[Any] = []
    if not answers:  # pluggy takes None out
        raise TypeError(f"{hook.name} returned None")
    for answer in answers:
        if isinstance(answer, (str, bytes)) or not isinstance(answer, Iterable):
            raise TypeError(f"{hook.name} must return an iterable of {kind.__name__}, got {type(answer).__name__}")
        given += islice(answer, _MOST + 1)
        if len(given) > _MOST:
            raise ValueError(f"{hook.name} returned more than {_MOST} things")
    for thing in given:
        if not isinstance(thing, kind):
            raise TypeError(f"{hook.name} must return {kind.__name__} objects, got {type(thing).__name__}")
        check(thing)
    return tuple(given)


def _check_named(thing: Any) -> None:
    if not isinstance(thing.name, str) or not thing.name:
        raise TypeError(f"the name of a {type(thing).__name__} is a string that is not empty, not {thing.name!r}")
    if not _is_text(thing.title):
        raise TypeError(f"the title of {type(thing).__name__} {thing.name!r} is a Text of two strings")
    for field in attrs.fields(type(thing)):
        value = getattr(thing, field.name)
        if str(field.type).startswith("Callable") and not callable(value):
            raise TypeError(f"{field.name} of {type(thing).__name__} {thing.name!r} cannot be called: {value!r}")


def _check_writer(writer: Writer) -> None:
    _check_named(writer)
    suffixes: Any = writer.suffixes
    if not isinstance(suffixes, tuple) or not all(isinstance(one, str) and one[:1] == "." for one in suffixes):
        raise TypeError(f"the suffixes of writer {writer.name!r} are a tuple of strings that begin with a dot")


def check_rule_set(rule_set: RuleSet) -> None:
    """Make sure that a rule set is built as one.

    Raises:
        TypeError: it is not, and why.
    """
    _check_named(rule_set)
    hash(rule_set)  # engines keep what they prepared under it: a list where a tuple belongs shows here
    if not isinstance(rule_set.region, str):
        raise TypeError(f"the region of rule set {rule_set.name!r} is a string of digits, not {rule_set.region!r}")
    for rule in rule_set.rules:
        if not isinstance(rule, Rule):
            raise TypeError(f"rule set {rule_set.name!r} holds a {type(rule).__name__} where a rule belongs")
        if not isinstance(rule.code, str) or not _is_text(rule.title) or not _is_text(rule.source):
            raise TypeError(f"rule {rule.code!r}: its code is a string, its title and source are Texts of two strings")


def _check_label(label: LabelVariant) -> None:
    for said in (label.label, label.variant):
        if not isinstance(said, str) or not said.strip():
            raise TypeError(f"a label and its variant are strings that are not empty, not {said!r}")


def _check_edition(edition: Edition) -> None:
    if edition.table not in ("disclosure", "applications"):
        raise ValueError(f"edition {edition.name!r} names the unknown table {edition.table!r}")
    if not isinstance(edition.form, type) or not attrs.has(edition.form):
        raise TypeError(f"the form of edition {edition.name!r} is an attrs class, not {edition.form!r}")
    from govinfo.schema.editions import EDITIONS

    extended = getattr(edition.form, "extends", None)
    if extended is not None and not issubclass(edition.form, EDITIONS[edition.table].get(extended, ())):
        raise ValueError(f"edition {edition.name!r} extends {extended!r} but its class does not derive from that one's")


def _is_text(thing: object) -> bool:
    return isinstance(thing, Text) and all(isinstance(words, str) for words in thing)


def reason_of(error: BaseException) -> Text:
    """Say why a plugin was not loaded."""
    return Text("无法加载：{said}", "cannot be loaded: {said}").fill(said=said_of(error))
