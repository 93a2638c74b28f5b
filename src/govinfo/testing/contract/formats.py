"""What a plugin reads and writes: whatever it gets, it says so or refuses in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import govinfo
from govinfo.errors import ReadError
from govinfo.findings import Finding, Severity
from govinfo.hookspecs import CheckedFile, Container, Reader, Writer
from govinfo.parsing.reading import Reading
from govinfo.schema import Report
from govinfo.testing.contract.model import Check, Subject, refuse
from govinfo.testing.examples import example_report
from govinfo.testing.figures import replace_cells
from govinfo.testing.layouts import LAYOUTS, render
from govinfo.text import LANGUAGES, Text

__all__ = ["checks"]

_HOSTILE = "=1+1\x1b[2J\x00\r\n</td><script>alert(1)</script>]]>\u202e&amp;\ud800,;\t|`$(x)"
_GARBAGE = (
    b"",
    b"\0",
    b"\xff\xfe" * 50,
    b"<" * 1000,
    b"PK\x03\x04" + b"\0" * 40,
    b"%PDF-1.7\n",
    b"{}",
    bytes(range(256)),
)


def checks(subject: Subject) -> Iterator[Check]:
    """Yield what is checked of formats."""
    for writer in subject.plugin.writers:
        for lang in LANGUAGES:
            yield Check(
                f"writes {writer.name} in {lang}",
                partial(_writes, subject, writer, lang),
            )
    several: list[Reader | Container] = [*subject.plugin.readers, *subject.plugin.containers]
    for reader in several:
        yield Check(f"reads {reader.name} by content", partial(_accepts, reader))
        yield Check(f"refuses a damaged {reader.name} in words", partial(_refuses, reader))


def _files(subject: Subject) -> Iterator[tuple[str, list[CheckedFile]]]:
    good = govinfo.check(example_report("2021", 1), plugins=subject.plugins)
    wrong = replace_cells(example_report("2019", 2), {"disputes.reconsideration.total": 9999})
    bad = govinfo.check(wrong, plugins=subject.plugins)
    nasty = Text(_HOSTILE, _HOSTILE)
    hostile = govinfo.Result(
        Reading(Report(title=_HOSTILE)), (Finding("DOC001", Severity.ERROR, nasty, ("title",), _HOSTILE),), ()
    )
    error = CheckedFile("c.pdf", error=ReadError("damaged", Text("文件已损坏", "the file is damaged"), "c.pdf"))
    skipped = CheckedFile(
        "d.txt", error=ReadError("not_a_report", Text("不是年报", "no report"), "d.txt"), skipped=True
    )
    yield "nothing", []
    yield "a good report", [CheckedFile("a.html", good)]
    yield (
        "several, one of which cannot be read",
        [
            CheckedFile("a.html", good),
            CheckedFile("b.html", bad),
            error,
            skipped,
        ],
    )
    yield "words that would act", [CheckedFile(_HOSTILE, hostile)]


def _writes(subject: Subject, writer: Writer, lang: govinfo.text.Language) -> None:
    mistakes = []
    for name, files in _files(subject):
        try:
            written = writer.write(files, lang)
        except Exception as error:
            mistakes.append(f"{writer.name} on {name}: {type(error).__name__}: {error}")
            continue
        if not isinstance(written, (str, bytes)):
            mistakes.append(f"{writer.name} on {name}: returned {type(written).__name__}, not text or bytes")
        elif isinstance(written, str) and any(char in written for char in "\x00\x1b"):
            mistakes.append(f"{writer.name} on {name}: lets control characters of a document through")
        elif name.startswith("several") and len(written) <= len(writer.write(files[:1], lang)):
            mistakes.append(f"{writer.name} on {name}: files that were not good left no trace")
    refuse(
        mistakes, "a writer writes any results there can be, says which files could not be read, and lets nothing act"
    )


def _accepts(reader: Reader | Container) -> None:
    mistakes = []
    for content in (*_GARBAGE, *(render(example_report("2021", 1), layout) for layout in LAYOUTS)):
        try:
            sure = float(reader.accepts(content, "a.bin"))
        except Exception as error:
            mistakes.append(f"accepts({content[:20]!r}…) raised {type(error).__name__}: {error}")
            continue
        if not 0 <= sure <= 1:
            mistakes.append(f"accepts({content[:20]!r}…) returned {sure}")
    refuse(mistakes, "accepts looks at the content and returns 0 to 1, whatever the content is")


def _refuses(reader: Reader | Container) -> None:
    mistakes = []
    for content in _GARBAGE:
        try:
            if isinstance(reader, Reader):
                reader.read(content, "a.bin")
            else:
                list(reader.members(content, "a.bin"))
        except ReadError as error:
            if not error.text.zh or not error.text.en:
                mistakes.append(f"on {content[:20]!r}… it refused without a reason in both languages")
        except Exception as error:
            mistakes.append(f"on {content[:20]!r}… it raised {type(error).__name__}: {error}")
    refuse(mistakes, "what cannot be read raises ReadError(kind, Text(zh, en), name), and nothing else is ever raised")
