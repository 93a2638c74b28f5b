"""The hooks a plugin can implement, with their exact signatures. Version 1 of the plugin interface.

A plugin is a module or object registered under the entry-point group ``govinfo.plugins.v1``. It marks its functions
with `govinfo.hookimpl`. National rules, built-in readers, writers and editions come through the same hooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import pluggy

from govinfo.documents.model import Document, Member
from govinfo.documents.pages.model import Page, PageImage
from govinfo.errors import ReadError
from govinfo.findings import Result
from govinfo.rules.model import LabelVariant, RuleSet
from govinfo.tally import Tally, tally_of
from govinfo.text import Language, Text

if TYPE_CHECKING:
    from govinfo.engines.block import Kernel
    from govinfo.engines.program import Program
else:  # hints resolve while the program runs, and NumPy stays away
    Kernel = Program = Any

__all__ = ["GROUP", "PROJECT", "CheckedFile", "Container", "Edition", "Engine", "LabelVariant", "Reader", "Recogniser"]
__all__ += ["Stream", "Writer", "hookimpl", "hookspec"]

PROJECT = "govinfo"
GROUP = "govinfo.plugins.v1"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@attrs.frozen
class Reader:
    """Reads one document format."""

    name: str
    """The format's name: ``html``, ``text``, ``docx``."""
    accepts: Callable[[bytes, str], float]
    """``accepts(content, file_name)``: how sure it is that the content is its own, 0 to 1; by content, not suffix."""
    read: Callable[[bytes, str], Document]
    """``read(content, file_name)``; raises `ReadError`, never anything else."""
    title: Text = Text("", "")


@attrs.frozen
class Container:
    """Opens a file that holds others: an archive."""

    name: str
    """The format's name: ``zip``."""
    accepts: Callable[[bytes, str], float]
    """``accepts(content, file_name)``: how sure it is that the content is its own, as for a `Reader`."""
    members: Callable[[bytes, str], Iterable[Member]]
    """``members(content, file_name)``: the files inside, one at a time; raises `ReadError`, never anything else."""
    title: Text = Text("", "")


@attrs.frozen
class Recogniser:
    """Recognises the text of a page that is a picture (OCR)."""

    name: str
    recognise: Callable[[PageImage], Page | None]
    """``recognise(image)``: the words and ruling lines of the page with their places; None if it cannot be read."""
    title: Text = Text("", "")


@attrs.frozen
class CheckedFile:
    """What a writer gets for each input: a result, or the reason there is none."""

    file: str
    result: Result | None = None
    error: ReadError | None = None
    skipped: bool = False
    """Whether ``error`` is no fault: the file was found in a folder or an archive and is plainly no report."""

    @property
    def tally(self) -> Tally:
        """What the file counts for."""
        return tally_of(self.result, self.error, self.skipped)


def _no_head(lang: Language) -> str:
    return ""


def _no_foot(tally: Tally, lang: Language) -> str:
    return ""


@attrs.frozen
class Stream:
    """Writes results one by one, as text: any number of them, none of which is kept."""

    one: Callable[[CheckedFile, Language, bool], str]
    """``one(file, lang, several)``: what is written of a file, and whether it is one of several; it may be called in
    another process, and in any order."""
    head: Callable[[Language], str] = _no_head
    """``head(lang)``: what stands before the first."""
    foot: Callable[[Tally, Language], str] = _no_foot
    """``foot(tally, lang)``: what stands behind the last, made of what all files come to."""
    joint: str = ""
    """What stands between two."""

    def whole(self, files: Sequence[CheckedFile], lang: Language) -> str:
        """Return the whole output for files that are all there."""
        pieces = [self.one(file, lang, len(files) > 1) for file in files]
        tally = Tally.total(file.tally for file in files)
        return f"{self.head(lang)}{self.joint.join(pieces)}{self.foot(tally, lang)}"


@attrs.frozen
class Writer:
    """Writes results in one output format."""

    name: str
    """The value of ``--format``."""
    suffixes: tuple[str, ...]
    """File suffixes it stands for, with their dots; may be empty."""
    stream: Stream | None = attrs.field(default=None, kw_only=True)
    """How results are written one by one; without it all of them are kept until the last is there."""
    write: Callable[[Sequence[CheckedFile], Language], str | bytes] = attrs.field()
    """``write(files, lang)``: the whole output; text is encoded as UTF-8. Needed only where there is no ``stream``."""
    title: Text = Text("", "")

    @write.default
    def _whole(self) -> Callable[[Sequence[CheckedFile], Language], str | bytes]:
        if self.stream is None:
            raise TypeError(f"the writer {self.name!r} needs write or stream")
        return self.stream.whole


@attrs.frozen
class Edition:
    """An edition of table 2 or table 3, as an attrs class whose fields carry labels.

    A form of a region that adds rows to a national one derives from its class and says so with ``extends``.
    """

    table: str
    """``disclosure`` or ``applications``."""
    name: str
    """``2019``, ``2021``."""
    form: type[Any]


@attrs.frozen
class Engine:
    """Runs linear rules on many reports at once. Every engine finds the same violations with the same numbers."""

    name: str
    """The value of ``--engine``."""
    kernel: Callable[[Program], Kernel]
    """``kernel(program)``: what judges blocks of reports by the rules of a program; a thread has its own."""
    title: Text = Text("", "")
    rank: int = 0
    """Of the engines installed the one with the highest rank is taken, unless another is asked for."""
    lean: bool = False
    """Whether it takes programs that number only the cells their rules speak of, however few those are."""


@hookspec
def govinfo_rule_sets() -> Iterable[RuleSet]:  # type: ignore[empty-body]
    """Return the rule sets the plugin adds."""


@hookspec
def govinfo_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Return the document formats the plugin reads."""


@hookspec
def govinfo_containers() -> Iterable[Container]:  # type: ignore[empty-body]
    """Return the kinds of archive the plugin opens."""


@hookspec
def govinfo_recognisers() -> Iterable[Recogniser]:  # type: ignore[empty-body]
    """Return what the plugin recognises the text of scanned pages with; the first installed one is asked first."""


@hookspec
def govinfo_writers() -> Iterable[Writer]:  # type: ignore[empty-body]
    """Return the output formats the plugin writes."""


@hookspec
def govinfo_labels() -> Iterable[LabelVariant]:  # type: ignore[empty-body]
    """Return label variants printed in the plugin's region."""


@hookspec
def govinfo_editions() -> Iterable[Edition]:  # type: ignore[empty-body]
    """Return editions of tables 2 and 3 the plugin adds, rows of a region's form among them."""


@hookspec
def govinfo_engines() -> Iterable[Engine]:  # type: ignore[empty-body]
    """Return engines the plugin adds for many reports at once."""
