"""Pages that are pictures: a recogniser of text is asked, and what could not be read is said.

A scanned figure is never guessed. Where a recogniser is installed its words are taken as printed, with a doubt that
names it; otherwise the page is listed as unread, and a document of nothing else is refused as ``scanned``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from govinfo.documents.model import Document, Place, Problem, Table
from govinfo.documents.pages.model import Page, PageImage, Rule
from govinfo.documents.pages.recognition import ask, can_recognise
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["Scans", "is_picture", "ranges", "scanned"]

_FEW = 40
"""Characters that a scanned page may have of its own: a page number, a stamp of the archive."""
_MOST = 0.5
"""Share of a page that a scan covers at least: pictures in a report are smaller."""


def is_picture(page: Page) -> bool:
    """Tell whether a page is a picture with hardly any text of its own."""
    if sum(len(glyph.text.strip()) for glyph in page.glyphs) > _FEW:
        return False
    return sum(_inside(box, page) for box in page.images) >= _MOST * page.width * page.height


def _inside(box: Rule, page: Page) -> float:
    """Return how much of a page a picture covers, in square points."""
    across = min(box.x1, page.width) - max(box.x0, 0.0)
    down = min(box.y1, page.height) - max(box.y0, 0.0)
    return max(across, 0.0) * max(down, 0.0)


def scanned(name: str, pages: int = 0, broke: Sequence[tuple[str, str]] = ()) -> ReadError:
    """Return the error for a document whose pages are pictures.

    Args:
        name: the file.
        pages: how many there are; 0 says nothing of it.
        broke: recognisers that failed, and what they said.
    """
    count = Text("共 {n} 页，", ", {n} pages").fill(n=pages) if pages else Text("", "")
    message = Text(
        "这是扫描件（{count}页面是图片，没有文字），无法核对；请提供文字版，或安装文字识别（OCR）插件",
        "this is a scan (pictures without text{count}) and cannot be checked: give a version with text, or install a "
        "plugin that recognises text",
    ).fill(count=count)
    if broke:
        recogniser, said = broke[0]
        failed = Text("{before}。文字识别插件 {who} 未能识别：{said}", "{before}. The recogniser {who} failed: {said}")
        message = failed.fill(before=message, who=recogniser, said=said)
    return ReadError("scanned", message, name)


class Scans:
    """What becomes of those pages of one document that are pictures."""

    def __init__(self) -> None:
        self._recognised: dict[str, list[int]] = {}
        self._broke: dict[tuple[str, str], list[int]] = {}
        self._unread: list[int] = []

    @property
    def unread(self) -> tuple[int, ...]:
        """Pages, from 1, whose text could not be had."""
        return tuple(self._unread)

    def read(self, number: int, draw: Callable[[], PageImage | None]) -> Page | None:
        """Return what a recogniser makes of a page.

        Args:
            number: the page, from 1.
            draw: makes its picture, asked only where there is a recogniser; None where it cannot be made.

        Returns:
            The words and ruling lines with their places; None where they could not be recognised, which is noted.
        """
        image = draw() if can_recognise() else None
        if image is not None:
            answer = ask(image)
            for failure in answer.broke:
                self._broke.setdefault(failure, []).append(number)
            if answer.page is not None:
                self._recognised.setdefault(answer.page.recognised_by, []).append(number)
                return answer.page
        self.miss(number)
        return None

    def miss(self, number: int) -> None:
        """Note a page whose text nobody can read."""
        if number not in self._unread:
            self._unread.append(number)

    def finish(self, document: Document) -> Document:
        """Return the document with its unread pages, and with what is in doubt about the others.

        Raises:
            ReadError: ``scanned``, there are pages that could not be read and nothing else.
        """
        texts = (block.rows if isinstance(block, Table) else block.text for block in document.blocks)
        if self._unread and not any(texts):
            raise scanned(document.name, len(self._unread), [*self._broke])
        return attrs.evolve(document, scans=self.unread, problems=(*document.problems, *self._problems(document)))

    def _problems(self, document: Document) -> list[Problem]:
        found = []
        for who, pages in self._recognised.items():
            recognised = Text(
                "{pages}是图片，其中的数字由文字识别（OCR）插件 {who} 识别，未经人工校对",
                "{pages}: a picture; its figures were recognised by OCR ({who}) and not proofread",
            )
            found.append(self._problem(recognised.fill(pages=ranges(pages), who=who), pages, document))
        for (who, said), pages in self._broke.items():
            failed = Text(
                "文字识别（OCR）插件 {who} 未能识别{pages}：{said}", "{pages}: the recogniser {who} failed: {said}"
            )
            found.append(self._problem(failed.fill(pages=ranges(pages), who=who, said=said), pages, document))
        if self._unread:
            missing = Text(
                "{pages}是图片，文字未能识别，其中的内容没有核对",
                "{pages}: a picture whose text was not recognised; nothing on it was checked",
            )
            found.append(self._problem(missing.fill(pages=ranges(self._unread)), self._unread, document))
        return found

    @staticmethod
    def _problem(message: Text, pages: Sequence[int], document: Document) -> Problem:
        on = set(pages)
        return Problem("SRC025", message, next((place for place in _places(document) if place.page in on), None))


def _places(document: Document) -> Iterator[Place]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (row[0] for row in block.rows if row)
        else:
            yield block


def ranges(pages: Sequence[int]) -> Text:
    """Return ``pages 1-3, 5``."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    said = [f"{first}" if first == last else f"{first}-{last}" for first, last in runs]
    return Text(f"第 {'、'.join(said)} 页", f"page{'s' if len(pages) > 1 else ''} {', '.join(said)}")
