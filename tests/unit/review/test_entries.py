"""The file of reviewed findings: read strictly, written so that it reads the same, all that stands in it kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.errors import GovinfoError
from govinfo.review import FILE, Entry
from govinfo.review.adding import add_entry
from govinfo.review.reading import read_entries
from govinfo.rules.tables import LARGEST, TomlFileError

ONE = '[[dismissed]]\nfingerprint = "cfbf8754cc20a123"\nreason = "已核实"\n'
ENTRY = Entry("cfbf8754cc20a123", "已核实", "甲.html", "DSP001", "0", "王某", "2026-11-24")


def test_every_key_is_read() -> None:
    content = ONE + 'file = "区县/甲.html"\ncode = "DSP001"\nvalue = 1.50\nwho = "王某"\nwhen = 2026-11-24 # 今天\n'
    (entry,) = read_entries(content.encode(), "a/.govinfo.toml")
    assert entry == Entry("cfbf8754cc20a123", "已核实", "区县/甲.html", "DSP001", "1.50", "王某", "2026-11-24")
    assert (entry.line, entry.target) == (1, os.path.abspath("a/区县/甲.html"))


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"dismissed = []\n", b"\xef\xbb\xbf\r\n"])
def test_a_file_may_have_no_entries(content: bytes) -> None:
    assert read_entries(content, "it") == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[[dismissed]\n", "it:1: not TOML"),
        (b"# x\n\xff\xfe", "it:2: not in UTF-8"),
        (b"#" * (LARGEST + 1), "it: more than 1 MiB: not a file of reviewed findings"),
        (ONE.replace("dismissed", "dismised"), "it:1: no key is called 'dismised' (known: dismissed)"),
        ("dismissed = 1\n", "it:1: dismissed must be [[dismissed]] tables"),
        (ONE.replace("[[dismissed]]", "[dismissed]"), "it:1: dismissed must be [[dismissed]] tables"),
        ("\n" + ONE.replace('reason = "已核实"', ""), "it:2: entry 1: reason is missing"),
        (ONE.replace("已核实", " \n"[:1]), "it:3: entry 1: reason must be why it may stand"),
        (ONE.replace("cfbf8754cc20a123", "cfbf87"), "it:2: entry 1: fingerprint must be a fingerprint of 16 digits"),
        (ONE.replace('"cfbf8754cc20a123"', "1"), "it:2: entry 1: fingerprint must be"),
        (ONE + 'resaon = "x"\n', "it:4: entry 1: no key is called 'resaon' (known: reason)"),
        (ONE + "\n" + ONE + 'file = "/甲.html"\n', "it:8: entry 2: file must be a path relative"),
        (ONE + 'file = "C:/甲.html"\n', "it:4: entry 1: file must be"),
        (ONE + 'file = " "\n', "it:4: entry 1: file must be"),
        (ONE + "value = true\n", "it:4: entry 1: value must be a number"),
        (ONE + f"value = {'9' * 99}\n", "it:4: entry 1: value must be a number"),
        (ONE + 'when = "yesterday"\n', "it:4: entry 1: when must be a date"),
        (ONE + "when = 12:00:00\n", "it:4: entry 1: when must be a date"),
        (ONE + "who = 3\n", "it:4: entry 1: who must be text in quotes, not the number 3"),
    ],
)
def test_a_mistake_is_said_with_its_line(content: str | bytes, said: str) -> None:
    with pytest.raises(TomlFileError) as caught:
        read_entries(content if isinstance(content, bytes) else content.encode(), "it")
    assert caught.value.text.en.startswith(said)
    assert caught.value.text.zh != caught.value.text.en


def test_all_mistakes_are_said_together() -> None:
    with pytest.raises(TomlFileError) as caught:
        read_entries((ONE.replace("已核实", "") + ONE + "why = 1\n").encode(), "it")
    assert [mistake.line for mistake in caught.value.mistakes] == [3, 7]


# Adding.


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    path = add_entry(str(tmp_path / "甲.html"), ENTRY, "四、行政复议：总计 0\x1b[31m\n")
    assert path == str(tmp_path / FILE)
    text = Path(path).read_text(encoding="utf-8")
    assert text.startswith("# 已复核")
    assert "\n# 四、行政复议：总计 0\\x1b[31m\\n\n[[dismissed]]\n" in text
    assert text.endswith('value = "0"\nreason = "已核实"\nwho = "王某"\nwhen = 2026-11-24\n')
    assert read_entries(text.encode(), path) == (ENTRY,)


@pytest.mark.parametrize(
    "before", [b"", b"# \xe8\xaf\xb4\xe6\x98\x8e", ONE.encode(), b"\xef\xbb\xbf# x\r\n\r\n" + ONE.encode() + b"  "]
)
def test_what_stands_in_the_file_is_kept_to_the_letter(tmp_path: Path, before: bytes) -> None:
    (tmp_path / FILE).write_bytes(before)
    known = read_entries(before, "it")
    add_entry(str(tmp_path / "甲.html"), ENTRY)
    after = (tmp_path / FILE).read_bytes()
    assert after.startswith(before)
    assert read_entries(after, "it") == (*known, ENTRY)
    if b"\r\n" in before:
        assert b"\n" not in after[len(before) :].replace(b"\r\n", b"")


def refused(tmp_path: Path, entry: Entry, said: str) -> None:
    """The entry is not added, and nothing is changed or left behind."""
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(GovinfoError, match=said):
        add_entry(str(tmp_path / "甲.html"), entry)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_nothing_is_noted_twice_but_for_another_figure_or_file(tmp_path: Path) -> None:
    report = str(tmp_path / "甲.html")
    add_entry(report, ENTRY)
    refused(tmp_path, ENTRY, "dismissed already")
    add_entry(report, Entry(ENTRY.fingerprint, "x", ENTRY.file, value="1"))
    add_entry(report, Entry(ENTRY.fingerprint, "x", "乙.html", value="0"))


def test_a_file_that_cannot_take_an_entry_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('dismissed = [{ fingerprint = "1111111111111111", reason = "x" }]\n')
    refused(tmp_path, ENTRY, r"write its entries as \[\[dismissed\]\] first")
    (tmp_path / FILE).write_text("[[dismissed]]\n")
    refused(tmp_path, ENTRY, "fingerprint is missing")
    (tmp_path / FILE).unlink()
    refused(tmp_path, Entry(ENTRY.fingerprint, "x", "\udcff.html"), "rename the report")


texts = st.text(st.characters(codec="utf-8"), max_size=30)


@given(texts.filter(str.strip), texts, texts, texts)
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, reason: str, who: str, value: str, remark: str
) -> None:
    folder = tmp_path_factory.mktemp("written")
    one = Entry("0123456789abcdef", reason, 'a\\b"\x01.html', "DSP001", value or None, who)
    for entry in (one, ENTRY):
        path = add_entry(str(folder / "甲.html"), entry, remark)
    assert read_entries(Path(path).read_bytes(), path) == (one, ENTRY)
