"""Reads RTF, which offices publish under the names ``.rtf`` and ``.doc``."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from govinfo.documents.archive import damaged
from govinfo.documents.limits import MAX_CHARACTERS, MAX_DEPTH, check_count, check_size
from govinfo.documents.model import Document
from govinfo.documents.signatures import KINDS
from govinfo.documents.word.edges import Down
from govinfo.documents.word.flow import Story, blocks_of_stories
from govinfo.documents.word.rtf_state import RowDefinition, State, bounded
from govinfo.documents.word.rtf_text import SYMBOL, decode_bytes
from govinfo.documents.word.rtf_tokens import Token, tokens
from govinfo.documents.word.runs import Runs
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["read_rtf"]

_NOT_SHOWN = frozenset(
    (
        "colortbl",
        "stylesheet",
        "info",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "footnote",
        "annotation",
        "fldinst",
        "listtable",
        "listoverridetable",
        "revtbl",
        "rsidtbl",
        "nonshppict",
        "shprslt",
        "xe",
        "tc",
        "txe",
        "rxe",
        "atnid",
        "atnauthor",
        "bkmkstart",
        "bkmkend",
        "ftnsep",
        "ftnsepc",
        "ftncn",
        "aftnsep",
        "aftnsepc",
        "aftncn",
        "filetbl",
        "nonesttables",
        "mmathPict",
        "pict",
    )
)
"""Groups whose text is not shown, or shown elsewhere."""
_STARRED = frozenset(("shppict", "nesttableprops", "shpinst", "do"))
"""Groups marked as one that older programs pass over, which are read nevertheless."""
_BOXES = frozenset(("shptxt", "dptxbxtext"))
_PRINTED = {
    "tab": "\t",
    "line": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_SYMBOLS = {"~": "\xa0", "_": "-"}
_FLAGS = {"v": "hidden", "deleted": "deleted", "strike": "struck", "striked": "struck_twice"}
_DOWN: dict[str, Down] = {"clvmgf": "begins", "clvmrg": "goes_on"}
_CODE_PAGES = {"mac": 10000, "pc": 437, "pca": 850}
_LANGUAGES = {2052: 936, 4100: 936, 1028: 950, 3076: 950}
"""Code page by the document's language, where it names no page."""
_MOST_FONTS = 32_768


def read_rtf(content: bytes, name: str) -> Document:
    """Read an RTF document; what is left out is as for Word documents.

    Raises:
        ReadError: ``damaged``, ``too_large`` or ``too_deep``.
    """
    check_size(content, name)
    reading = _Reading(name)
    reading.read(content)
    return Document(
        blocks=blocks_of_stories((reading.main, reading.boxes), name),
        name=name,
        format="rtf",
        encoding=f"cp{reading.page}",
        images=reading.pictures,
        numbering="paragraph",
    )


class _Reading:
    def __init__(self, name: str) -> None:
        self._name = name
        self.main, self.boxes = Story(name), Story(name)
        self.page = 1252
        self.pictures = 0
        self._state = State()
        self._stack: list[State] = []
        self._runs = {False: Runs(), True: Runs()}
        """Of the paragraph that has not ended, in the text and in a text box."""
        self._raw = bytearray()
        self._skip = self._characters = 0
        self._number: list[str] = []
        self._charsets: dict[int, int] = {}
        self._default_font = 0
        self._rows = {False: RowDefinition(), True: RowDefinition()}
        self._row_begun = False
        self._words: dict[str, Callable[[int | None], None]] = {
            "par": lambda _: self._paragraph(),
            "sect": lambda _: self._paragraph(),
            "cell": lambda _: self._cell(1),
            "nestcell": lambda _: self._cell(max(self._state.level, 2)),
            "row": lambda _: self._row(1),
            "nestrow": lambda _: self._row(max(self._state.level, 2)),
            "pard": lambda _: self._set(in_table=False, depth=0),
            "intbl": lambda _: self._set(in_table=True),
            "itap": lambda number: self._set(depth=number or 0, in_table=bool(number)),
            "plain": lambda _: self._plain(),
            "f": lambda number: self._set(font=number or 0),
            "deff": self._set_default_font,
            "uc": lambda number: self._set(alternatives=max(number if number is not None else 1, 0)),
            "super": lambda number: self._set(raised=number != 0),
            "sub": lambda _: self._set(raised=False),
            "nosupersub": lambda _: self._set(raised=False),
            "u": self._unicode,
            "ansicpg": self._set_page,
            "deflang": self._set_language,
            "deflangfe": self._set_language,
            "fcharset": self._set_charset,
            "trowd": lambda _: self._begin_row(),
            "trleft": self._set_left,
            "cellx": lambda number: self._rows[self._state.nested].end_cell(number or 0),
            "clmrg": lambda _: setattr(self._rows[self._state.nested], "covered", True),
        }

    def read(self, content: bytes) -> None:
        """Take the whole file in."""
        started = False
        for token in tokens(content, self._name):
            if token.kind == "text":
                self._text(token)
            elif token.kind == "brace":
                self._flush()
                self._skip = 0
                if token.word == "{":
                    self._open()
                    started = True
                elif self._stack:
                    self._close()
                if started and not self._stack:
                    break
            elif token.kind == "word":
                self._flush()
                self._skip = 0
                self._word(token.word, token.number)
            else:
                self._symbol(token.word)
        self._flush()
        if self._stack or not started:  # cut off: what is left may look like a whole report
            raise damaged(KINDS["rtf"].what, self._name, "}")
        if text := self._runs[False].take():
            self.main.paragraph(text, self._state.level)

    def _open(self) -> None:
        if len(self._stack) >= MAX_DEPTH:
            deep = Text("文件的标签嵌套超过 {limit} 层，未读取", "nested more than {limit} deep: not read")
            raise ReadError("too_deep", deep.fill(limit=MAX_DEPTH), self._name)
        self._stack.append(self._state)
        self._state = self._state.inner()

    def _close(self) -> None:
        ended, self._state = self._state, self._stack.pop()
        if ended.number and not self._state.number:
            printed = "".join(self._number).strip()
            self._number = []
            if re.search(r"\w", printed) and not ended.gone:
                self._runs[ended.box].add(f"{printed} " if printed[-1].isalnum() else printed)
        if ended.box and not self._state.box and (text := self._runs[True].take()):
            self.boxes.paragraph(text, ended.level)

    def _text(self, token: Token) -> None:
        text = token.text
        if self._skip:
            skipped = min(self._skip, len(text))
            self._skip -= skipped
            text = text[skipped:]
        if self._state.shown and not self._state.fonts:
            self._raw += text

    def _flush(self) -> None:
        if self._raw:
            charset = self._charsets.get(self._state.font)
            if not (self._state.number and charset == SYMBOL):
                self._print(decode_bytes(bytes(self._raw), charset, self.page))
            self._raw.clear()

    def _print(self, text: str) -> None:
        state = self._state
        if not state.shown or state.fonts or state.gone:
            return
        self._characters += len(text)
        check_count(self._characters, MAX_CHARACTERS, Text("字符", "characters"), self._name)
        if state.number:
            self._number.append(text)
        else:
            self._runs[state.box].add(text, state.raised)

    def _symbol(self, symbol: str) -> None:
        if self._skip and symbol not in "*\r\n":
            self._skip -= 1
        elif symbol in "\\{}":
            if self._state.shown and not self._state.fonts:
                self._raw += symbol.encode()
        else:
            self._flush()
            if symbol == "*":
                self._state.starred = True
            elif symbol in "\r\n":
                self._paragraph()
            elif symbol in _SYMBOLS:
                self._print(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if state.starred:
            state.starred = False
            if word not in _STARRED:
                state.shown, state.never = False, True
        if word in _NOT_SHOWN:
            self.pictures += word == "pict" and not state.never
            state.shown, state.never = False, True
        elif word in _BOXES:
            if not state.never:
                self._state = attrs.evolve(state, shown=True, box=True, number=False, in_table=False, depth=0)
        elif word in ("shpinst", "do"):
            state.shown = False
        elif word == "fonttbl":
            state.fonts = True
        elif word in ("listtext", "pntext"):
            state.number = True
        elif word == "nesttableprops":
            state.nested = True
        elif word in _FLAGS:
            setattr(state, _FLAGS[word], number != 0)
        elif word in _PRINTED:
            self._print(_PRINTED[word])
        elif word in _DOWN:
            self._rows[state.nested].down = _DOWN[word]
        elif word in _CODE_PAGES:
            self.page = _CODE_PAGES[word]
        elif word in self._words:
            self._words[word](number)

    def _set(self, **values: int) -> None:
        for name, value in values.items():
            setattr(self._state, name, value)

    def _plain(self) -> None:
        self._set(font=self._default_font, raised=False, **dict.fromkeys(_FLAGS.values(), False))

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = self._state.font = number or 0

    def _set_page(self, number: int | None) -> None:
        if number:
            self.page = number

    def _set_language(self, number: int | None) -> None:
        if self.page == 1252:
            self.page = _LANGUAGES.get(number or 0, self.page)

    def _set_charset(self, number: int | None) -> None:
        if self._state.fonts and len(self._charsets) < _MOST_FONTS:
            self._charsets[self._state.font] = number or 0

    def _unicode(self, number: int | None) -> None:
        code = (number or 0) % 0x10000
        self._print(chr(code))
        self._skip = self._state.alternatives

    def _begin_row(self) -> None:
        self._rows[self._state.nested] = RowDefinition()

    def _set_left(self, number: int | None) -> None:
        self._rows[self._state.nested].left = bounded(number or 0)

    @property
    def _story(self) -> Story:
        return self.boxes if self._state.box else self.main

    def _paragraph(self) -> None:
        state = self._state
        if not state.shown or state.number or state.gone:
            return
        level = state.level or int(self._row_begun and not state.box)
        self._story.paragraph(self._runs[state.box].take(), level)

    def _cell(self, level: int) -> None:
        if self._state.shown:
            self._story.cell(self._runs[self._state.box].take(), level)
            self._row_begun = self._row_begun or not self._state.box

    def _row(self, level: int) -> None:
        if not self._state.shown:
            return
        if (text := self._runs[self._state.box].take()).strip():
            self._story.paragraph(text, level)
        self._story.row(self._rows[self._state.nested].shape(), level)
        if level == 1:
            self._row_begun = False
