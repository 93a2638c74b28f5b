"""A Word document as a person sees it: changes accepted, what is hidden or struck out gone, every part only once.

The tree is changed in place. Documents that have none of this cost a few searches in C.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from govinfo.documents.word.names import ALTERNATE, MATH_TEXT, Names, child, marks
from govinfo.documents.word.styles import NO_STYLE, Look, Styles, look_of
from govinfo.documents.xml import local

__all__ = ["Accepted", "accept"]

_STEPS = 8
"""What stands before a raised text is looked for through so many empty elements."""
_FORMER = (
    *("rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblPrExChange", "sectPrChange"),
    *("tblGridChange", "numberingChange", "rt"),
)
"""How something looked before a change; and the reading printed above a word (``w:ruby``)."""
_GONE = "gone"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}annotation"


class Accepted:
    """What else was found while changes were accepted."""

    def __init__(self) -> None:
        self.joined: set[Any] = set()
        """Paragraphs whose end is deleted or hidden: what follows goes on in the same line."""
        self.unlabelled: set[Any] = set()
        """Paragraphs whose automatic number is hidden or struck out."""


def accept(root: Any, names: Names, styles: Styles) -> Accepted:
    """Take out of the tree what a person does not see."""
    found = Accepted()
    etree.strip_elements(root, *map(names, _FORMER), with_tail=False)
    # Marked elements are taken out when nothing refers to them any more: then that is quick.
    _choose(root, names)
    etree.strip_elements(root, _GONE)
    _delete(root, names, found)
    raised = _hide(root, names, styles, found)
    etree.strip_elements(root, _GONE)
    _set_raised_apart(raised, names)
    return found


def _remove(element: Any) -> None:
    """Mark an element; all that are marked are taken out at once, for what is in it may be marked as well."""
    element.tag = _GONE


def _choose(root: Any, names: Names) -> None:
    """Of the same thing for new and old programs keep one: the new one, unless only the old one has text boxes."""
    alternates = marks(root, f"{ALTERNATE}AlternateContent")
    if not alternates:
        return
    with_boxes: set[Any] = set()
    for node in marks(root, names("txbxContent")):
        while node is not None and node not in with_boxes:
            with_boxes.add(node)
            node = node.getparent()
    for one in alternates:
        versions = [version for version in one if local(version) in ("Choice", "Fallback")]
        kept = next((version for version in versions if version in with_boxes), versions[0] if versions else None)
        for version in versions:
            if version is not kept:
                _remove(version)


def _delete(root: Any, names: Names, found: Accepted) -> None:
    deleted = marks(root, names("del"), names("moveFrom"), names("cellDel"))
    for one in marks(root, _ANNOTATION):
        kind = next((value for key, value in one.attrib.items() if key.endswith("type")), "")
        if kind == "Word.Deletion":
            deleted.append(one)
    for one in deleted:
        holder = one.getparent()
        if holder is None:
            continue
        if holder.tag == names("rPr"):  # the end of the paragraph
            properties = holder.getparent()
            if properties is not None and properties.tag == names("pPr"):
                found.joined.add(properties.getparent())
        elif holder.tag in (names("trPr"), names("tcPr")):  # a row or a cell
            thing = holder.getparent()
            if thing is not None:
                _remove(thing)
        else:
            _remove(one)


def _hide(root: Any, names: Names, styles: Styles, found: Accepted) -> list[Any]:
    """Remove hidden and struck-out runs; return the raised ones."""
    direct: dict[Any, Look] = {}
    own = [names("vanish"), names("strike"), names("dstrike"), names("vertAlign")]
    if styles.for_runs:
        own.append(names("rStyle"))
    for one in marks(root, *own):
        properties = one.getparent()
        if properties is None or properties.tag != names("rPr"):
            continue
        holder = properties.getparent()
        if holder is not None and holder not in direct:
            direct[holder] = _run_look(properties, names, styles)
    if styles.for_paragraphs:
        _style_runs(root, names, styles, direct)
    raised: list[Any] = []
    for holder, look in direct.items():
        if holder.tag == names("r"):
            if look.hidden or look.struck:
                _remove(holder)
            elif look.raised:
                raised.append(holder)
        elif holder.tag == names("pPr"):
            if look.hidden:
                found.joined.add(holder.getparent())
            if look.hidden or look.struck:
                found.unlabelled.add(holder.getparent())
    return raised


def _run_look(properties: Any, names: Names, styles: Styles) -> Look:
    look = look_of(properties, names)
    styled = properties.find(names("rStyle")) if styles.for_runs else None
    return look.over(styles[names.value(styled)].look) if styled is not None else look


def _style_runs(root: Any, names: Names, styles: Styles, direct: dict[Any, Look]) -> None:
    """Add what the styles of paragraphs say of their runs; a text box in a paragraph has paragraphs of its own."""
    around: list[Look] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=(names("p"), names("r"))):
        if element.tag == names("r"):
            if event == "start" and around and (around[-1].hidden or around[-1].struck):
                direct[element] = direct.get(element, NO_STYLE.look).over(around[-1])
        elif event == "end":
            around.pop()
        else:
            properties = child(element, names("pPr"))
            styled = properties.find(names("pStyle")) if properties is not None else None
            around.append(styles[names.value(styled)].look if styled is not None else styles.default.look)


def _texts(run: Any, names: Names) -> list[Any]:
    return [one for one in run if one.tag == names("t")]


def _set_raised_apart(runs: Iterable[Any], names: Names) -> None:
    """Keep what is raised from running together with what it is raised above, as in web pages.

    Behind words, and where it cannot be a figure, it is a note, （1）. Raised digits behind a figure may be a note or a
    power: ``12^1`` is what a person sees, and no number.
    """
    groups: list[list[Any]] = []
    for run in runs:
        if run.find(names("footnoteReference")) is not None or run.find(names("endnoteReference")) is not None:
            for one in _texts(run, names):  # the mark of a note that is not in the text
                one.text = ""
            continue
        if groups and run.getprevious() is groups[-1][-1]:
            groups[-1].append(run)
        else:
            groups.append([run])
    for group in groups:
        texts = [one for run in group for one in _texts(run, names)]
        text = "".join(one.text or "" for one in texts).strip()
        before = _before(group[0], names) if text else ""
        if before:
            for one in texts:
                one.text = ""
            apart = f"^{text}" if text.isdigit() and before[-1].isdigit() else f"（{text.strip('[]()（）［］')}）"
            texts[0].text = apart


def _before(run: Any, names: Names) -> str:
    """Return the nearest text before a run in its paragraph."""
    element = run
    for _ in range(_STEPS):
        before = element.getprevious()
        if before is None:
            element = element.getparent()
            if element is None or element.tag == names("p"):
                return ""
            continue
        text = "".join(one.text or "" for one in before.iter(names("t"), *MATH_TEXT)).strip()
        if text:
            return text
        element = before
    return ""
