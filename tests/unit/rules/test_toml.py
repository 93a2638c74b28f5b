"""Rule sets as TOML files: the same as in Python, and each mistake with its line, in both languages."""

from __future__ import annotations

import contextlib
import os
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.engines.one import run
from govinfo.errors import GovinfoError
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules import keys
from govinfo.rules.declared import DeadlineRule, LengthRule, Statement, StatementRule
from govinfo.rules.evidence import Strength
from govinfo.rules.model import Adjustment, LabelVariant, LinearRule, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.rules.toml import LARGEST, RuleFileError, read_rule_set, take_rule_set
from govinfo.schema import Level
from govinfo.testing.bases import base_report
from govinfo.testing.figures import replace_cells
from govinfo.text import Text

EXAMPLE = Path(__file__).parents[3] / "docs" / "how-to" / "my-office.toml"

HEAD = 'name = "my-office"\ntitle = "本单位规则"\n'
RULE = """
[[rule]]
code = "MY-APP001"
severity = "warning"
title = { zh = "标题", en = "a title" }
source = "依据"
relation = "applications.{applicant}.carried_out <= applications.{applicant}.received"
"""
GOOD = HEAD + RULE


def read(text: str) -> RuleSet:
    return read_rule_set(text.encode(), "my.toml", others=[NATIONAL])


def refused(text: str | bytes) -> RuleFileError:
    with pytest.raises(RuleFileError) as caught:
        read_rule_set(text.encode() if isinstance(text, str) else text, "my.toml", others=[NATIONAL])
    assert caught.value.name == "my.toml"
    return caught.value


# The same as in Python.

PYTHON = RuleSet(
    "everything",
    Text("全部", "everything"),
    (
        LinearRule(
            "MY-APP001",
            Severity.ERROR,
            Text("一", "one"),
            Text("依据", "a source"),
            "applications.{applicant}.carried_out <= applications.{applicant}.received",
            aliases=("MY-APP009",),
            when="applications.{applicant}.received > 0",
            tolerance=1,
            edition="2021",
            equation=True,
        ),
        LinearRule(
            "MY-FEE001",
            Severity.INFO,
            Text("二", "二"),
            Text("依据", "依据"),
            "processing_fee.received <= processing_fee.charged",
            tolerance=Decimal("0.01"),
            strength=Strength.CONVENTION,
        ),
        StatementRule(
            "MY-DOC001",
            Severity.INFO,
            Text("三", "三"),
            Text("依据", "依据"),
            ("opening", "sections.overview"),
            says=(
                Statement(
                    Text("现行有效", "in force"),
                    ("规范性文件 现行有效 {n}",),
                    ("没有 规范性文件",),
                    ("规章",),
                    "disclosure.normative_documents.in_force",
                    True,
                    ("未",),
                ),
            ),
            never=(Statement(Text("模板文字", "模板文字"), ("填写|填报",)),),
            outline=1,
            when="applications.total.received > 0",
            first_year=2021,
            strength=Strength.DEMANDED,
        ),
        LengthRule(
            "MY-DOC002",
            Severity.INFO,
            Text("四", "四"),
            Text("依据", "依据"),
            "sections.overview",
            at_most=1000,
            at_least=10,
        ),
        DeadlineRule(
            "MY-DOC003",
            Severity.INFO,
            Text("五", "五"),
            Text("依据", "依据"),
            (3, 31),
            levels=(Level.PROVINCE, Level.COUNTY),
        ),
    ),
    "13",
    first_year=2020,
    last_year=2025,
    editions=("2021",),
    adjustments=(Adjustment("DOC001", Severity.INFO, Text("理由", "理由"), Strength.CONVENTION),),
    labels=(LabelVariant("现行有效件数", "现存有效件数"),),
)
TOML = """
name = "everything"
title = { zh = "全部", en = "everything" }
region = "13"
first_year = 2020
last_year = 2025
editions = ["2021"]

[[rule]]
code = "MY-APP001"
severity = "error"
title = { zh = "一", en = "one" }
source = { zh = "依据", en = "a source" }
relation = "applications.{applicant}.carried_out <= applications.{applicant}.received"
aliases = ["MY-APP009"]
when = "applications.{applicant}.received > 0"
tolerance = 1
edition = "2021"
equation = true

[[rule]]
code = "MY-FEE001"
severity = "info"
title = "二"
source = "依据"
relation = "processing_fee.received <= processing_fee.charged"
tolerance = 0.01
strength = "convention"

[[statement]]
code = "MY-DOC001"
severity = "info"
title = "三"
source = "依据"
strength = "demanded"
within = ["opening", "sections.overview"]
never = [{ what = "模板文字", words = ["填写|填报"] }]
outline = 1
when = "applications.total.received > 0"
first_year = 2021

[[statement.says]]
what = { zh = "现行有效", en = "in force" }
words = ["规范性文件 现行有效 {n}"]
none = ["没有 规范性文件"]
apart = ["规章"]
cell = "disclosure.normative_documents.in_force"
heading = true
not_after = ["未"]

[[length]]
code = "MY-DOC002"
severity = "info"
title = "四"
source = "依据"
within = "sections.overview"
at_most = 1000
at_least = 10

[[deadline]]
code = "MY-DOC003"
severity = "info"
title = "五"
source = "依据"
by = "03-31"
levels = ["province", "county"]

[[adjustment]]
code = "DOC001"
severity = "info"
reason = "理由"
strength = "convention"

[[label]]
label = "现行有效件数"
variant = "现存有效件数"
"""


@pytest.mark.parametrize("text", [TOML, TOML.replace("0.01", '"0.01"'), TOML.replace("\n", "\r\n"), "\ufeff" + TOML])
def test_a_file_gives_what_python_gives(text: str) -> None:
    made = read(text)
    assert made == PYTHON
    assert hash(made) == hash(PYTHON)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_file_finds_what_python_finds(edition: str) -> None:
    path = "applications.natural_person.carried_out"
    report = replace_cells(base_report(edition), {path: 9999})
    one, other = run([read(TOML)], Reading(report)), run([PYTHON], Reading(report))
    assert one == other
    linear = [finding.code for finding in one.findings if finding.code.startswith("MY-APP")]
    assert linear == (["MY-APP001"] if edition == "2021" else [])


def test_every_field_may_stand_in_the_file() -> None:
    """A field of a new type needs a reader, and this test a line."""
    lists = {"rules", "adjustments", "labels"}
    assert set(keys.RULE_SET) == {*keys.LISTS} | {field.name for field in attrs.fields(RuleSet)} - lists
    assert set(keys.LISTS["rule"]) == {field.name for field in attrs.fields(LinearRule)} - {"note"}
    assert set(keys.LISTS["statement"]) >= {"within", "says", "never", "when", "strength"}
    said = set(re.findall(r"^(\w+) =|^\[\[(?:\w+\.)?(\w+)\]\]", TOML, re.MULTILINE))
    assert {one or other for one, other in said} >= {*keys.RULE_SET, *keys.STATEMENT} - {"ordered"}
    for held in keys.LISTS.values():
        assert {one or other for one, other in said} >= set(held) - {"ordered"}


def test_the_example_is_sound() -> None:
    office = take_rule_set(EXAMPLE, others=[NATIONAL])
    assert [type(rule) for rule in office.rules] == [LinearRule, LinearRule, StatementRule, LengthRule, DeadlineRule]
    assert [one.code for one in office.adjustments] == ["DOC007"]
    assert [one.label for one in office.labels] == ["现行有效件数"]


# Mistakes. Line 4 is the header of the rule.


@pytest.mark.parametrize("key", [name for name, key in keys.LISTS["rule"].items() if key.needed])
def test_a_missing_key_is_said_at_the_header(key: str) -> None:
    error = refused(HEAD + re.sub(rf"(?m)^{key} = .*\n", "", RULE))
    (mistake,) = error.mistakes
    assert mistake.line == 4
    who = "rule number 1" if key == "code" else "rule MY-APP001"
    assert error.text.en.startswith(f"my.toml:4: {who}: {key} is missing (")
    assert f"缺少 {key}（" in error.text.zh


@pytest.mark.parametrize("key", ["name", "title"])
def test_a_key_missing_from_the_file(key: str) -> None:
    error = refused(re.sub(rf"(?m)\A((?:.*\n)?){key} = .*\n", r"\1", GOOD))
    assert error.text.en.startswith(f"my.toml: {key} is missing (")


def test_a_file_without_rules() -> None:
    assert "there is no rule (known: [[rule]], [[statement]]" in refused(HEAD).text.en
    assert "没有任何规则（可用：[[rule]], [[statement]]" in refused(HEAD).text.zh
    assert "rule must be one or more [[rule]] tables, not a list" in refused(HEAD + "rule = []").text.en
    single = refused(GOOD.replace("[[rule]]", "[rule]"))
    assert single.mistakes[0].line == 4
    assert "rule must be one or more [[rule]] tables, not a table (code, severity" in single.text.en


@pytest.mark.parametrize(
    ("line", "en", "zh"),
    [
        (
            "edition = 2021",
            "edition must be text in quotes, not the number 2021",
            "edition 应为：加引号的文字；现为：数 2021",
        ),
        ("when = true", "when must be text in quotes, not true", "when 应为：加引号的文字；现为：true"),
        (
            "equation = 1",
            "equation must be true or false, not the number 1",
            "equation 应为：true 或 false；现为：数 1",
        ),
        (
            'aliases = "MY-APP009"',
            'aliases must be a list of texts, as in ["…"], not "MY-APP009"',
            "aliases 应为：文字的列表",
        ),
        ("aliases = [1]", 'aliases must be a list of texts, as in ["…"], not a list', "现为：列表"),
        ("tolerance = true", "tolerance must be a number from 0 to 1000000000000, not true", "tolerance 应为：0 到"),
        ("tolerance = nan", "not the number NaN", "现为：数 NaN"),
        ("tolerance = -inf", "not the number -Infinity", "现为：数 -Infinity"),
        ("tolerance = -1", "not the number -1", "现为：数 -1"),
        ('tolerance = "some"', 'not "some"', '现为："some"'),
        ('tolerance = "sNaN"', 'not "sNaN"', '现为："sNaN"'),
        ("tolerance = 2024-01-01", "not a date or time", "现为：日期或时间"),
        (f"tolerance = 0x{'f' * 9000}", "not the number", "现为：数"),
        ('severty = "info"', "no key is called 'severty' (known: severity)", "没有名为“severty”的键（可用：severity）"),
        ('Relations = "x"', "no key is called 'Relations' (known: relation, ", "（可用：relation, "),
        ('"编号" = 1', "no key is called '编号' (known: code, severity, title,", "（可用：code, severity, title,"),
        (f"{'k' * 5000} = 1", f"no key is called '{'k' * 40}'", f"没有名为“{'k' * 40}”的键"),
    ],
)
def test_a_wrong_key_or_value_is_said_at_its_line(line: str, en: str, zh: str) -> None:
    error = refused(f"{GOOD}\n{line}")
    (mistake,) = error.mistakes
    assert mistake.line == 11
    assert error.text.en.startswith("my.toml:11: rule MY-APP001: ")
    assert error.text.zh.startswith("my.toml:11: 规则 MY-APP001：")
    assert en in error.text.en
    assert zh in error.text.zh
    assert len(error.text.en) < 400


@pytest.mark.parametrize(
    ("old", "new", "line", "en"),
    [
        ('"warning"', '"fatal"', 6, 'severity must be "error", "warning" or "info", not "fatal"'),
        ('"warning"', "3", 6, 'severity must be "error", "warning" or "info", not the number 3'),
        (', en = "a title"', "", 7, "title must be text in quotes, or { zh"),
        ('en = "a title"', "en = 1", 7, "not a table (zh, en)"),
        ('"依据"', "[]", 8, "source must be text in quotes, or { zh"),
        ('"本单位规则"', "1", 2, "my.toml:2: title must be"),
        ('name = "my-office"', "names = 1", 1, "my.toml:1: no key is called 'names' (known: name)"),
        ("MY-APP001", "APP1", 4, "rule code 'APP1' (my.toml:4) must be three capital letters and three digits"),
        ("MY-APP001", "", 4, "rule code '' (my.toml:4) must be"),
        (".carried_out", ".carried", 9, "rule MY-APP001, relation: no cell is called"),
        ("<=", "≤", 9, "'≤' is not allowed here: write <="),
        ("\nrelation", '\nwhen = "1"\nrelation', 9, "rule MY-APP001, when: not a relation"),
        ("\nrelation", '\nedition = "2020"\nrelation', 10, "relation: no edition of the form is called '2020'"),
        ("\nrelation", "\ntolerance = 0.5\nrelation", 10, "the tolerance 0.5 has more than 0 decimals"),
    ],
)
def test_other_mistakes_of_one_line(old: str, new: str, line: int, en: str) -> None:
    error = refused(GOOD.replace(old, new, 1))
    assert error.mistakes[0].line == line
    assert en in error.text.en
    assert error.text.zh != error.text.en


def test_a_caret_points_into_the_expression() -> None:
    said = refused(GOOD.replace("<=", "=", 1)).text.en.split("\n")
    assert said[1][said[2].index("^")] == "="


def test_a_factor_too_many_is_no_crash() -> None:
    assert "nested too deeply" in refused(GOOD.replace(" <=", " * 1" * 1500 + " <=")).text.en


def test_a_code_used_twice_names_both_lines() -> None:
    text = refused(GOOD + RULE).text
    for said in text:
        assert "MY-APP001" in said
        assert "my.toml:4" in said
        assert "my.toml:11" in said


def test_all_mistakes_are_said_together_in_the_order_of_rules() -> None:
    wrong = RULE.replace("warning", "fatal").replace("received", "recieved")
    later = RULE.replace("APP001", "APP002").replace(".received", ".recieved")
    error = refused(f"{HEAD}{wrong}{later}")
    assert [mistake.line for mistake in error.mistakes] == [6, 16]


def test_a_file_of_another_kind_stops_soon() -> None:
    error = refused("".join(f"k{n} = 1\n" for n in range(50_000)))
    assert error.text.en.endswith("my.toml: 20 mistakes: the rest was not looked at")
    assert len(error.mistakes) == 21


@pytest.mark.parametrize(
    ("content", "line", "en", "zh"),
    [
        (b'name = "a"\ntitle = \n', 2, "not TOML: invalid value (at line 2, column 9)", "不是有效的 TOML"),
        (b"\n\nname", None, "not TOML: expected '=' after a key", "不是有效的 TOML"),
        ('name = "a"\ntitle = "规则"'.encode("gbk"), 2, "not in UTF-8", "不是 UTF-8 编码"),
        (b"#" * (LARGEST + 1), None, "more than 1 MiB: not a rule set", "文件超过 1 MiB，不像规则集"),
        (b"x = " + b"[" * 100_000, None, "nested too deeply", "嵌套过深"),
        (b"x = " + b"9" * 10_000, None, "not TOML", "不是有效的 TOML"),
        (b"x = 1e99999999999999999999", None, "not TOML: a number is out of range", "不是有效的 TOML"),
    ],
)
def test_what_is_no_toml_at_all(content: bytes, line: int | None, en: str, zh: str) -> None:
    error = refused(content)
    assert error.mistakes[0].line == line
    assert error.text.en.startswith(f"my.toml:{line}: {en}" if line else f"my.toml: {en}")
    assert zh in error.text.zh


# Lines.


def test_headers_in_strings_and_comments_are_no_headers() -> None:
    text = HEAD + '# [[rule]]\n[[ "rule" ]] # the first\n' + RULE.split("]]", 1)[1].strip()
    text = text.replace('"依据"', '"""\n[[rule]]\nseverity = 1 """') + "\n" + RULE.replace("001", "002")
    assert len(read(text).rules) == 2
    assert refused(text.replace('severity = "warning"', "severity = 1")).mistakes[0].line == 6
    assert refused(text + "\nnothing = 1").mistakes[0].line == text.count("\n") + 2


def test_a_title_may_be_a_table_of_its_own() -> None:
    text = GOOD.replace('title = { zh = "标题", en = "a title" }\n', "") + '[rule.title]\nzh = "标题"\nen = "a title"\n'
    assert read(text) == read(GOOD)
    assert refused(text.replace('en = "', 'e = "')).mistakes[0].line == 9


def test_inline_rules_are_read_too_but_have_no_lines() -> None:
    inline = HEAD + 'rule = [{ code = "MY-APP001", severity = "info", title = "t", source = "s", relation = "R" }]'
    relation = "disputes.reconsideration.total >= 0"
    assert read(inline.replace('"R"', f'"{relation}"')).rules[0].code == "MY-APP001"
    assert refused(inline).mistakes[0].line is None


# Files.


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert take_rule_set(path) == take_rule_set(os.fspath(path)) == read(GOOD)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (LARGEST + 1))
    for path, en in ((tmp_path / "gone.toml", "no such file"), (tmp_path, "folder"), (large, "not a rule set")):
        with pytest.raises(RuleFileError, match=en) as caught:
            take_rule_set(path)
        assert caught.value.text.zh.startswith(os.fspath(path))
    with pytest.raises(RuleFileError, match="cannot be read"):
        take_rule_set("a\0b.toml")


# Whatever a file holds, it is read or refused.


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for around in (content, GOOD.encode() + content):
        with contextlib.suppress(GovinfoError):
            assert read_rule_set(around, "my.toml").rules


WORDS = st.sampled_from(["MY-APP001", "info", "x", "disputes.{count} >= 0", "{row} == 1", "2021", "0.01", "sNaN", ""])
NUMBERS = st.integers() | st.floats() | st.booleans()
VALUES = st.recursive(
    WORDS | NUMBERS | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["zh", "en", "x"]), inner, max_size=3),
    max_leaves=4,
)
TABLES = st.dictionaries(st.sampled_from([*keys.LISTS["rule"], "x", "编号"]), VALUES, max_size=11)


def written(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\x7f", "") + '"'
        case list():
            return f"[{', '.join(map(written, value))}]"
        case dict():
            return "{" + ", ".join(f"{written(key)} = {written(held)}" for key, held in value.items()) + "}"
        case float():
            return repr(value) if "e" not in repr(value) else f"{value:.3f}"
    return str(value)


@given(st.lists(TABLES, max_size=3), st.dictionaries(st.sampled_from([*keys.RULE_SET, "x"]), VALUES), st.booleans())
def test_any_tables_are_read_or_refused(tables: list[dict[str, Any]], top: dict[str, Any], sound: bool) -> None:
    """A sound rule with anything changed, and tables of anything."""
    base = {"code": "MY-APP001", "severity": "info", "title": "t", "source": "s", "relation": "disputes.{count} >= 0"}
    head = {"name": "a", "title": "b"} | ({} if sound else {key: value for key, value in top.items() if key != "rule"})
    lines = [f"{written(key)} = {written(value)}" for key, value in head.items()]
    for table in tables:
        lines.append("[[rule]]")
        lines += [f"{written(key)} = {written(value)}" for key, value in (base | table).items()]
    text = "\n".join(lines)
    tomllib.loads(text)
    with contextlib.suppress(RuleFileError):
        assert len(read(text).rules) == len(tables)
