"""Damage to labels, headings and the title: the figures are all there, what they belong to is harder to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

import attrs

from govinfo.schema import (
    Applications2019,
    Applications2021,
    Disclosure2019,
    Disclosure2021,
    Disputes,
    Sections,
    leaves,
)
from govinfo.schema.fields import spec_of
from govinfo.testing.damage.model import ALL, CELLS, ROWS, damage_sheet
from govinfo.testing.sheet import Block, Grid, PrintedCell, Section, Sheet

__all__: list[str] = []

_TYPOS = {
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "5.属于三类内部事务信息": "5.属于三类内容事务信息",
    "（六）其他处理": "(六)其他",
    "6.属于四类过程性信息": "6.属于四类过程信息",
    "2.没有现成信息需要另行制作": "2.没有现成的信息需另行制作",
    "四、结转下年度继续办理": "四、转结下年度继续办理",
    "尚未审结": "尚未审结结果",
}
_HEADER_TYPOS = {
    "现行有效件数": "现有有效件数",
    "本年制发件数": "本年发件",
    "本年新制作数量": "本年新制定数量",
    "第二十条第（五）项": "第二十条第",
    "第二十条第（六）项": "第二十条第六项",
    "社会公益组织": "社会公益机构",
    "未经复议直接起诉": "未经复议直接诉讼",
}
_TRUNCATED = {
    "本年制发件数": "本年",
    "本年废止件数": "本年",
    "本年新制作数量": "本年新",
    "本年新公开数量": "本年新",
}
_ASCII = str.maketrans("（），：；", "(),:;")
_INSTRUCTIONS = {
    "行政许可": "行政许可（不含行政处罚、行政强制）",
    "行政规范性文件": "行政规范性文件（不含规章，内部文件不计）",
    "规范性文件": "规范性文件（不含规章，内部文件不计）",
    "（四）无法提供": "（四）无法提供（不含不予公开和不予处理）",
    "（七）总计": "（七）总计（等于予以公开至其他处理各项之和）",
}


def _relabel(sheet: Sheet, rng: Random, words: Mapping[str, str], share: float = 0.6) -> Sheet:
    """Replace labels by ``words``, each with probability ``share`` and at least one of those there are."""
    present = [cell.text for grid in sheet.grids() for row in grid.rows for cell in row if cell.text in words]
    chosen = {label for label in dict.fromkeys(present) if rng.random() < share} or {*present[:1]}
    return _labels(sheet, lambda text: words[text] if text in chosen else text)


def _labels(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    return sheet.map_cells(lambda cell: cell if cell.path else attrs.evolve(cell, text=change(cell.text)))


def _everywhere(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """Change labels, headings, prose and title, but no figure."""

    def blocks(section: Section) -> tuple[Block, ...]:
        return tuple(change(block) if isinstance(block, str) else block for block in section.blocks)

    sections = tuple(attrs.evolve(s, heading=change(s.heading), blocks=blocks(s)) for s in sheet.sections)
    return attrs.evolve(
        _labels(attrs.evolve(sheet, sections=sections), change),
        title=tuple(map(change, sheet.title)),
        opening=tuple(map(change, sheet.opening)),
    )


@damage_sheet(certain=ALL)
def ascii_punctuation(sheet: Sheet, rng: Random) -> Sheet:
    """Half-width brackets, commas and colons everywhere: ``(三)不予公开``, ``(单位:万元)``."""
    return _everywhere(sheet, lambda text: text.translate(_ASCII))


@damage_sheet(certain=ALL)
def full_width_label_digits(sheet: Sheet, rng: Random) -> Sheet:
    """Full-width digits and points in labels: ``１．属于国家秘密``, or 、 in place of the point."""
    point = rng.choice("．、")
    return _labels(sheet, lambda t: chr(ord(t[0]) + 0xFEE0) + point + t[2:] if t[:1].isascii() and t[1:2] == "." else t)


@damage_sheet(certain=ALL)
def spaces_in_labels(sheet: Sheet, rng: Random) -> Sheet:
    """Spaces inside labels: ``规 章``, ``其  他``, ``1. 属于国家秘密``, ``（三） 不予公开``."""
    space = rng.choice((" ", "  ", "\u3000"))

    def change(text: str) -> str:
        if len(text) <= 4:
            return space.join(text)
        for mark in (".", "）"):
            head, found, rest = text.partition(mark)
            if found and len(head) <= 3:
                return f"{head}{mark} {rest}"
        return text

    return _labels(sheet, change)


@damage_sheet(certain=ROWS)
def broken_labels(sheet: Sheet, rng: Random) -> Sheet:
    """A line break inside the short labels of table 4, ``结果`` over ``维持``, and a few more."""
    return _labels(sheet, lambda text: f"{text[:2]}\n{text[2:]}" if len(text) == 4 else text)


@damage_sheet(certain=ROWS)
def row_label_typos(sheet: Sheet, rng: Random) -> Sheet:
    """Misprinted row labels: ``2.其他法律行政止公开``, ``5.属于三类内容事务信息``, ``(六)其他``."""
    return _relabel(sheet, rng, _TYPOS)


@damage_sheet(certain=ROWS)
def header_typos(sheet: Sheet, rng: Random) -> Sheet:
    """Misprinted column labels: ``现有有效件数``, ``本年发件``, ``第二十条第`` without its item."""
    return _relabel(sheet, rng, _HEADER_TYPOS)


@damage_sheet()
def truncated_headers(sheet: Sheet, rng: Random) -> Sheet:
    """Two column labels of table 2 cut down to the same few characters: ``本年新|本年新``."""
    return _relabel(sheet, rng, _TRUNCATED, share=1.0)


@damage_sheet(certain=ALL)
def label_variants(sheet: Sheet, rng: Random) -> Sheet:
    """Some labels in another printing that the schema knows: ``合计`` for ``总计``."""
    tables = (Disclosure2019, Disclosure2021, Applications2019, Applications2021, Disputes)
    specs = {spec.label: spec for cls in tables for leaf in leaves(cls) for spec in leaf.specs if spec.variants}
    # A variant that is itself the label of another edition would change the edition, one with a unit the amounts: that
    # is another report.
    return _relabel(
        sheet,
        rng,
        {
            label: rng.choice(s.variants)
            for label, s in specs.items()
            if not {*s.variants} & specs.keys() and not any(variant.endswith("元）") for variant in s.variants)
        },
        0.3,
    )


@damage_sheet(certain=ROWS)
def instructions_in_labels(sheet: Sheet, rng: Random) -> Sheet:
    """Filling notes inside labels that name other labels: ``行政许可（不含行政处罚、行政强制）``."""
    return _relabel(sheet, rng, _INSTRUCTIONS)


_NOTES = (
    "（指本机关制发的（含联合制发），不含{0}、{1}）",
    "（除{0}外，如{1}、行政确认（含登记）等，填写项目数量）",
    "(不含{0},按年末实有填写)",
    "（填写处理决定数量，不含{0}）",
    "（口径同上一年，\n{0}另行统计）",
    "（不含{0}，详见填报说明)",
)
_NOTED = 0.4


@damage_sheet(certain=CELLS)
def notes_in_labels(sheet: Sheet, rng: Random) -> Sheet:
    """Long filling notes in row and column labels of every table, with other labels of the form in them."""

    def annotate(grid: Grid) -> Grid:
        names = [label for label in _names(grid) if "（" not in label]

        def change(cell: PrintedCell) -> PrintedCell:
            if cell.path or len(cell.text) < 2 or not names or rng.random() > _NOTED:
                return cell
            note = rng.choice(_NOTES).format(*rng.choices(names, k=2))
            head, _, own = cell.text.rpartition("（")  # a note the form prints itself takes in the new one
            inside = head and own.endswith("）") and "元" in own
            text = f"{head}（{own[:-1]}，{note[1:]}" if inside else f"{cell.text}{note}"
            return attrs.evolve(cell, text=text)

        return grid.map(change)

    return sheet.map_grids(annotate)


def _names(grid: Grid) -> list[str]:
    """Return the labels of a table without their numbers."""
    texts = (cell.text for row in grid.rows for cell in row if not cell.path)
    return list(dict.fromkeys(text.split("）")[-1] or text for text in texts if text))


@damage_sheet(certain=ALL)
def headings_renamed(sheet: Sheet, rng: Random) -> Sheet:
    """Some section headings in other words, as published reports have them."""
    variants = {name: spec.variants for name, field in attrs.fields_dict(Sections).items() if (spec := spec_of(field))}

    def change(section: Section) -> Section:
        return attrs.evolve(section, heading=rng.choice((section.heading, *variants[section.name])))

    return attrs.evolve(sheet, sections=tuple(map(change, sheet.sections)))


@damage_sheet(certain=ROWS)
def heading_dropped(sheet: Sheet, rng: Random) -> Sheet:
    """One section has no heading."""
    lost = rng.randrange(len(sheet.sections)) if sheet.sections else 0
    return attrs.evolve(
        sheet,
        sections=tuple(
            attrs.evolve(section, heading="") if number == lost else section
            for number, section in enumerate(sheet.sections)
        ),
    )


@damage_sheet(certain=ALL)
def title_at_end(sheet: Sheet, rng: Random) -> Sheet:
    """The title stands after section 6."""
    return attrs.evolve(sheet, title=(), closing=(*sheet.closing, *sheet.title))


@damage_sheet(certain=ALL)
def title_in_lines(sheet: Sheet, rng: Random) -> Sheet:
    """The title is printed on two lines, the publisher on the first."""
    lines: list[str] = []
    for title in sheet.title:
        year = title.find("20")
        lines += [title[:year], title[year:]] if year > 0 else [title]
    return attrs.evolve(sheet, title=tuple(lines))


@damage_sheet(certain=ALL)
def sections_named_in_opening(sheet: Sheet, rng: Random) -> Sheet:
    """The opening paragraph names the six sections in the words of their headings."""
    names = "、".join(section.heading.partition("、")[2] for section in sheet.sections)
    return attrs.evolve(sheet, opening=(*sheet.opening, f"本报告由{names}六个部分组成。"))


@damage_sheet(certain=ALL)
def subheadings_like_headings(sheet: Sheet, rng: Random) -> Sheet:
    """Sub-headings of section 1 bear the names of the later sections."""

    def change(section: Section) -> Section:
        if section.name != "overview":
            return section
        extra = ("（一）主动公开政府信息情况", "本机关按目录公开信息。", "（二）收到和处理政府信息公开申请情况")
        return attrs.evolve(section, blocks=(*section.blocks, *extra, "申请均按期答复。"))

    return attrs.evolve(sheet, sections=tuple(map(change, sheet.sections)))
