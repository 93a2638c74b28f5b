"""Loading plugins: each hook, each way a plugin can be wrong, and that order changes nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from itertools import permutations, repeat
from types import ModuleType
from typing import Any

import attrs
import pytest

import govinfo
from govinfo import GovinfoError, LinearRule, PluginError, ReadError, RuleSet, Severity, Text, hookimpl, hookspecs
from govinfo.documents.model import Document, Member
from govinfo.documents.pages.model import Page, PageImage
from govinfo.engines.program import Program
from govinfo.hookspecs import CheckedFile, Container, Edition, Engine, LabelVariant, Reader, Recogniser, Stream, Writer
from govinfo.plugins import Candidate, Plugins, load_plugins
from govinfo.schema import Disclosure2021
from govinfo.testing import example_report, render
from govinfo.testing.formats.scans import paper_picture

WORDS = Text("话", "words")
RELATION = "applications.total.received >= 0"


def rule(code: str, relation: str = RELATION, aliases: tuple[str, ...] = ()) -> LinearRule:
    return LinearRule(code, Severity.INFO, Text("标题", "title"), Text("依据", "source"), relation, aliases=aliases)


def rule_set(name: str, *codes: str) -> RuleSet:
    return RuleSet(name, Text(name, name), tuple(rule(code) for code in codes))


def plugin(package: str, name: str = "it", /, **hooks: Callable[..., Any]) -> Candidate:
    """Make a plugin of hook functions; those that are not marked yet are marked here."""
    module = ModuleType(package)
    for hook, function in hooks.items():
        setattr(module, hook, function if hasattr(function, "unmarked") else hookimpl(function))
    return Candidate(name, package, "1.2", lambda: module)


def giving(*things: Any) -> Callable[[], list[Any]]:
    return lambda: list(things)


def load(*candidates: Candidate) -> Plugins:
    return load_plugins(entry_points=False, candidates=candidates)


def reader(name: str) -> Reader:
    return Reader(name, lambda content, file: 0.0, lambda content, file: Document(()))


def writer(name: str) -> Writer:
    return Writer(name, (f".{name}",), lambda files, lang: "")


def engine(name: str, rank: int = 0) -> Engine:
    def kernel(program: Program) -> Any:
        raise NotImplementedError

    return Engine(name, kernel, rank=rank)


def test_builtins_come_through_the_same_hooks() -> None:
    loaded = load()
    assert [plugin.name for plugin in loaded.plugins] == ["builtin"]
    assert {"text", "html"} <= set(loaded.readers)
    assert {"text", "json", "jsonl"} <= set(loaded.writers)
    assert set(loaded.editions) == {"disclosure", "applications"}
    assert loaded.rule_sets[0].name == "national"


# Every hook has a test that names it.


def test_govinfo_rule_sets() -> None:
    loaded = load(plugin("govinfo-hebei", govinfo_rule_sets=giving(rule_set("hebei", "HE-APP001"))))
    assert [found.name for found in loaded.rule_sets] == ["national", "hebei"]
    assert loaded.catalogue["HE-APP001"].title == Text("标题", "title")


def test_govinfo_readers() -> None:
    assert "caj" in load(plugin("caj", govinfo_readers=giving(reader("caj")))).readers


def test_govinfo_containers() -> None:
    report = render(example_report("2021", 3), "tabs")

    def members(content: bytes, name: str) -> list[Member]:
        return [Member("a.txt", content.removeprefix(b"box")), Member("b.txt", ReadError("damaged", Text("坏", "bad")))]

    box = Container("box", lambda content, name: float(content.startswith(b"box")), members)
    loaded = load(plugin("box", govinfo_containers=giving(box)))
    assert [*loaded.containers] == ["zip", "box"]
    assert loaded.plugins[-1].adds["containers"] == ["box"]
    assert govinfo.read(b"box" + report, plugins=loaded).report == govinfo.read(report).report


def test_govinfo_recognisers() -> None:
    asked: list[str] = []

    def recogniser(name: str) -> Recogniser:
        def recognise(image: PageImage) -> Page | None:
            asked.append(name)
            return None

        return Recogniser(name, recognise)

    one, two = (plugin(name, govinfo_recognisers=giving(recogniser(name))) for name in ("one", "two"))
    loaded = load(one, two)
    assert loaded.plugins[-1].adds["recognisers"] == ["two"]
    with pytest.raises(ReadError):
        govinfo.read(paper_picture().png(), plugins=loaded)
    assert asked == ["one", "two"]  # as they were installed


def test_govinfo_writers() -> None:
    assert "xml" in load(plugin("xml", govinfo_writers=giving(writer("xml")))).writers


def test_a_writer_may_write_one_by_one() -> None:
    stream = Stream(
        lambda file, lang, several: f"{file.file}{several:d}",
        lambda lang: f"<{lang} ",
        lambda tally, lang: f" {tally.files}>",
        "; ",
    )
    loaded = load(plugin("counts", govinfo_writers=giving(Writer("counts", (".counts",), stream=stream))))
    files = [CheckedFile(name, error=ReadError("io", Text("", ""))) for name in "ab"]
    assert loaded.writers["counts"].write(files, "en") == "<en a1; b1 2>"
    assert loaded.writers["counts"].write(files[:1], "zh") == "<zh a0 1>"
    with pytest.raises(TypeError, match="needs write or stream"):
        Writer("neither", ())


def test_govinfo_labels() -> None:
    loaded = load(plugin("hubei", govinfo_labels=giving(LabelVariant("现行有效件数", "现存有效件数"))))
    assert loaded.plugins[-1].adds["labels"] == ["现存有效件数"]
    assert loaded.vocabulary is not load().vocabulary


def test_govinfo_editions() -> None:
    form = attrs.make_class("Disclosure2030", [], bases=(Disclosure2021,))
    loaded = load(plugin("future", govinfo_editions=giving(Edition("disclosure", "2030", form))))
    assert loaded.editions["disclosure"]["2030"] is form
    assert set(loaded.editions["disclosure"]) == {"2019", "2021", "2030"}


def test_govinfo_engines() -> None:
    slow, quick, quicker = engine("slow", -1), engine("quick", 50), engine("quicker", 99)
    loaded = load(plugin("a", govinfo_engines=giving(slow, quick)), plugin("b", govinfo_engines=giving(quicker)))
    assert list(loaded.engines) == ["quicker", "quick", "numpy", "slow"]  # the highest rank first
    assert loaded.engines["quick"] is quick
    assert loaded.plugins[1].adds["engines"] == ["slow", "quick"]


def test_the_engine_asked_for_is_the_one_that_judges() -> None:
    pytest.importorskip("pyarrow")
    from govinfo import batch
    from govinfo.engines.columnar import numpy_kernel
    from govinfo.testing.bases import base_report

    used: list[str] = []

    def noting(name: str) -> Callable[[Program], Any]:
        def kernel(program: Program) -> Any:
            used.append(name)
            return numpy_kernel(program)

        return kernel

    several = [Engine("quick", noting("quick"), rank=99), Engine("slow", noting("slow"), rank=-1)]
    loaded = load(plugin("engines", govinfo_engines=giving(*several)))
    table = batch.flatten([base_report()])
    for asked, judging in (("auto", "quick"), ("slow", "slow"), ("quick", "quick")):
        batch.validate(table, engine=asked, plugins=loaded)
        assert used.pop() == judging
        assert not used


def test_every_hook_has_a_test_and_no_arguments() -> None:
    hooks = [name for name in dir(hookspecs) if name.startswith("govinfo_")]
    untested = [name for name in hooks if f"test_{name}" not in globals()]
    assert not untested, f"write test_{untested[0]} in this file"
    assert not any(inspect.signature(getattr(hookspecs, name)).parameters for name in hooks)


# Whatever is wrong with one plugin, the others work and the reader is told.


def no_import() -> object:
    raise ModuleNotFoundError("No module named 'gone'")


def leaves() -> object:
    raise SystemExit(3)


def raising() -> list[RuleSet]:
    raise ZeroDivisionError("oh")


def unmarked(function: Callable[..., Any]) -> Callable[..., Any]:
    function.unmarked = True  # type: ignore[attr-defined]
    return function


def wants(argument: int) -> list[RuleSet]:
    return []


def wrong(thing: Any, **fields: Any) -> Any:
    """What no type checker lets through."""
    return attrs.evolve(thing, **fields)


def rule_set_of(*rules: Any) -> RuleSet:
    return RuleSet("x", WORDS, rules)


def broken_rule_set() -> RuleSet:
    return RuleSet("broken", Text("", ""), (rule("XX-APP001", "applications.total.nonsense == 0"),))


@pytest.mark.parametrize(
    ("candidate", "said"),
    [
        (Candidate("bad", "bad", "1", no_import), "gone"),
        (Candidate("bad", "bad", "1", leaves), "SystemExit"),
        (plugin("bad", govinfo_rulesets=giving()), "govinfo_rulesets"),
        (plugin("bad", govinfo_readers=unmarked(giving())), "@govinfo.hookimpl"),
        (plugin("bad", govinfo_readers=partial(list)), "@govinfo.hookimpl"),
        (plugin("bad", govinfo_rule_sets=wants), "argument"),
        (plugin("bad", govinfo_rule_sets=raising), "ZeroDivisionError: oh"),
        (plugin("bad", govinfo_rule_sets=lambda: None), "returned None"),
        (plugin("bad", govinfo_rule_sets=lambda: 3), "got int"),
        (plugin("bad", govinfo_rule_sets=lambda: "national"), "got str"),
        (plugin("bad", govinfo_rule_sets=giving(rule("XX-APP001"))), "got LinearRule"),
        (plugin("bad", govinfo_rule_sets=giving(RuleSet("x", Text("", ""), ("no",)))), "holds a str"),  # type: ignore[arg-type]
        (plugin("bad", govinfo_rule_sets=giving(RuleSet("x", Text("", ""), [rule("XX-APP001")]))), "unhashable"),  # type: ignore[arg-type]
        (plugin("bad", govinfo_readers=giving("html")), "got str"),
        (plugin("bad", govinfo_readers=lambda: repeat(reader("same"))), "more than 10000"),
        (plugin("bad", govinfo_readers=giving(reader(""))), "not empty"),
        (plugin("bad", govinfo_readers=giving(wrong(reader("x"), read=None))), "cannot be called"),
        (plugin("bad", govinfo_readers=giving(wrong(reader("x"), title="x"))), "Text of two strings"),
        (plugin("bad", govinfo_writers=giving(wrong(writer("x"), suffixes=["tsv"]))), "begin with a dot"),
        (plugin("bad", govinfo_labels=giving(LabelVariant("总计", ""))), "not empty"),
        (plugin("bad", govinfo_editions=giving(Edition("disclosure", "2030", int))), "attrs class"),
        (plugin("bad", govinfo_rule_sets=giving(rule_set("xx"), rule_set("xx"))), "xx"),
        (plugin("bad", govinfo_rule_sets=giving(wrong(rule_set("x"), region=13))), "string of digits"),
        (
            plugin("bad", govinfo_rule_sets=giving(wrong(rule_set("x"), rules=(wrong(rule("XX-APP001"), title=""),)))),
            "Text",
        ),
        (plugin("bad", govinfo_engines=giving("numpy")), "got str"),
        (plugin("bad", govinfo_editions=giving(Edition("disputes", "2030", object))), "disputes"),
        (plugin("bad", govinfo_rule_sets=giving(rule_set("x", "nonsense"))), "nonsense"),
        (plugin("bad", govinfo_rule_sets=giving(rule_set("x", "XX-APP001", "XX-APP001"))), "XX-APP001"),
        (plugin("bad", govinfo_rule_sets=giving(broken_rule_set())), "XX-APP001"),
    ],
)
def test_a_wrong_plugin_is_left_out_and_named(candidate: Candidate, said: str) -> None:
    good = plugin("good", govinfo_writers=giving(writer("xml")))
    loaded = load(candidate, good)
    assert "xml" in loaded.writers
    assert [found.package for found in loaded.plugins] == ["govinfo-cn", "good"]
    (problem,) = loaded.problems
    assert (problem.package, problem.version) == (candidate.package, candidate.version)
    assert said in problem.text.en
    assert said in problem.text.zh


def test_nothing_of_a_plugin_stays_behind() -> None:
    half = plugin("half", govinfo_writers=giving(writer("xml")), govinfo_rule_sets=raising)
    loaded = load(half)
    assert "xml" not in loaded.writers
    assert len(loaded.plugins) == 1


# Nothing is overridden silently.


@pytest.mark.parametrize(
    ("hook", "thing"),
    [
        ("govinfo_rule_sets", rule_set("same")),
        ("govinfo_readers", reader("same")),
        ("govinfo_writers", writer("same")),
        ("govinfo_editions", Edition("disclosure", "same", Disclosure2021)),
        ("govinfo_engines", engine("same")),
    ],
)
def test_a_name_claimed_twice_names_both_packages(hook: str, thing: Any) -> None:
    one, two = (plugin(package, **{hook: giving(thing)}) for package in ("first", "second"))
    with pytest.raises(PluginError) as caught:
        load(one, two)
    assert "same" in str(caught.value)
    assert {"first", "second"} <= set(str(caught.value).replace(";", " ").split())


def test_a_code_claimed_twice_names_both_packages() -> None:
    one = plugin("first", govinfo_rule_sets=giving(rule_set("one", "XX-APP001")))
    two = plugin("second", govinfo_rule_sets=giving(rule_set("two", "XX-APP001")))
    with pytest.raises(PluginError, match=r"XX-APP001.*first.*second"):
        load(one, two)


def test_a_national_code_cannot_be_taken() -> None:
    with pytest.raises(PluginError, match="govinfo-cn"):
        load(plugin("thief", govinfo_rule_sets=giving(rule_set("one", "APP001"))))


def test_order_of_installation_changes_nothing() -> None:
    candidates = [
        plugin(package, govinfo_rule_sets=giving(rule_set(name, code)), govinfo_writers=giving(writer(name)))
        for package, name, code in (("c", "x", "XX-APP001"), ("a", "z", "ZZ-APP001"), ("B", "y", "YY-APP001"))
    ]
    candidates.append(Candidate("bad", "bad", "1", no_import))
    shapes = {
        (tuple(found.package for found in loaded.plugins), tuple(loaded.writers), tuple(map(str, loaded.problems)))
        for order in permutations(candidates)
        for loaded in [load(*order)]
    }
    assert len(shapes) == 1
    assert next(iter(shapes))[0] == ("govinfo-cn", "a", "B", "c")


def test_a_rule_set_is_added_as_if_a_package_had_brought_it() -> None:
    before = load()
    more = before.with_rule_set(rule_set("mine", "MY-APP001"), "my.toml")
    assert more.plugins[:-1] == before.plugins
    assert (more.plugins[-1].name, more.plugins[-1].package) == ("my.toml", "my.toml")
    assert more.catalogue.package_of("MY-APP001") == "my.toml"
    assert [one.name for one in more.rule_sets] == [*(one.name for one in before.rule_sets), "mine"]
    assert "MY-APP001" not in before.catalogue


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (rule_set("other", "EX-APP001"), "EX-APP001"),
        (rule_set("theirs", "MY-APP001"), "rule set theirs"),
        (rule_set("other", "APP001"), "govinfo-cn"),
    ],
)
def test_an_added_rule_set_that_claims_what_is_taken_names_both(added: RuleSet, said: str) -> None:
    loaded = load(plugin("a-package", govinfo_rule_sets=giving(rule_set("theirs", "EX-APP001"))))
    with pytest.raises(PluginError) as caught:
        loaded.with_rule_set(added, "my.toml")
    assert said in caught.value.text.en
    assert "my.toml" in caught.value.text.zh
    assert ("govinfo-cn" if said == "govinfo-cn" else "a-package") in caught.value.text.zh


def test_a_wrong_expression_of_an_added_rule_set_names_the_file() -> None:
    with pytest.raises(GovinfoError, match=r"rule MY-APP001 \(my.toml\): no cell is called"):
        load().with_rule_set(RuleSet("mine", Text("一", "one"), (rule("MY-APP001", "a.b >= 0"),)), "my.toml")
