"""HTML layouts: proper tables, and what Word, WPS and the editors of web sites make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

import attrs

from govinfo.testing.sheet import Block, Grid, PrintedCell, Sheet

__all__ = ["html", "html_page", "html_paragraphs", "html_split", "html_word", "html_wps"]

_SPLIT_AT = "（三）不予公开"


@attrs.frozen
class _Dialect:
    """How one editor writes the parts of a page."""

    paragraph: Callable[[str], str]
    heading: Callable[[str], str]
    cell: Callable[[str], str]
    """The inside of a table cell."""
    table: str = "<table>"
    row: str = "<tr>"
    attributes: str = ""
    """Further attributes of every cell."""
    last_row: Callable[[int], str] = lambda width: ""
    """A row of nothing the editor adds to a table ``width`` columns wide."""
    squares: Callable[[Grid, _Dialect], Iterator[str]] | None = None
    """Writes a table's lines in place of the usual way."""


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _chunks(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def _span(cell: PrintedCell) -> str:
    rows = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    columns = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return rows + columns


def _table(grid: Grid, dialect: _Dialect) -> Iterator[str]:
    yield dialect.table
    for row in grid.rows:
        yield dialect.row
        for cell in row:
            yield f"<td{_span(cell)}{dialect.attributes}>{dialect.cell(cell.text)}</td>"
        yield "</tr>"
    extra = dialect.last_row(grid.width)
    if extra:
        yield extra
    yield "</table>"


def _body(sheet: Sheet, dialect: _Dialect) -> Iterator[str]:
    for title in sheet.title:
        yield f"<h1>{_text(title)}</h1>"
    for line in sheet.opening:
        yield dialect.paragraph(line)
    for section in sheet.sections:
        if section.heading:
            yield dialect.heading(section.heading)
        for block in section.blocks:
            if isinstance(block, Grid):
                yield from (dialect.squares or _table)(block, dialect)
            else:
                yield dialect.paragraph(block)
    for line in sheet.closing:
        yield dialect.paragraph(line)


def _head(sheet: Sheet) -> str:
    return f'<head>\n<meta charset="utf-8">\n<title>{_text("".join(sheet.title))}</title>\n</head>'


def _page(sheet: Sheet, dialect: _Dialect) -> str:
    body = "\n".join(_body(sheet, dialect))
    return f'<!DOCTYPE html>\n<html lang="zh-CN">\n{_head(sheet)}\n<body>\n{body}\n</body>\n</html>\n'


_CLEAN = _Dialect(
    paragraph=lambda text: f"<p>{_text(text)}</p>",
    heading=lambda text: f"<h2>{_text(text)}</h2>",
    cell=_text,
    table='<table border="1">',
)


def html(sheet: Sheet) -> str:
    """Proper HTML: headings, paragraphs, tables with rowspan and colspan."""
    return _page(sheet, _CLEAN)


def html_split(sheet: Sheet) -> str:
    """As `html`, table 3 split into two tables after （三）不予公开, as by a page break."""

    def split(grid: Grid) -> Block | tuple[Block, ...]:
        starts = [number for number, row in enumerate(grid.rows) if any(cell.text == _SPLIT_AT for cell in row)]
        if grid.table != "applications" or not starts:
            return grid
        height = next(cell.rowspan for cell in grid.rows[starts[0]] if cell.text == _SPLIT_AT)
        return (grid.cut(0, starts[0] + height), grid.cut(starts[0] + height))

    return html(sheet.map_grids(split))


_WORD_STYLE = "font-size:10.5pt;font-family:仿宋_GB2312;mso-bidi-font-family:宋体;color:black"
_WORD_EMPTY = f"<span lang=EN-US style='{_WORD_STYLE}'><o:p></o:p></span>"


def _word_spans(text: str) -> str:
    """Split a text over spans as Word does: Latin letters and digits in spans of their own, the rest in pieces."""
    spans: list[str] = []
    for line in text.split("\n"):
        pieces: list[tuple[bool, str]] = []
        for character in line:
            latin = character.isascii()
            if pieces and pieces[-1][0] == latin and (latin or len(pieces[-1][1]) < 4):
                pieces[-1] = (latin, pieces[-1][1] + character)
            else:
                pieces.append((latin, character))
        spans.append(
            "".join(
                f"<span{' lang=EN-US' if latin else ''} style='{_WORD_STYLE}'>{escape(piece, quote=False)}</span>"
                for latin, piece in pieces
            )
        )
    return "<br>\n".join(spans)


def _word_cell(text: str) -> str:
    if not text:
        return f"<p class=MsoNormal align=center><span lang=EN-US style='{_WORD_STYLE}'>&nbsp;</span></p>"
    return f"\n  <p class=MsoNormal align=center style='text-align:center'>{_word_spans(text)}{_WORD_EMPTY}</p>\n  "


_WORD = _Dialect(
    paragraph=lambda text: f"<p class=MsoNormal style='text-indent:32.0pt'>{_word_spans(text)}{_WORD_EMPTY}</p>",
    heading=lambda text: f"<p class=MsoNormal style='text-indent:32.0pt'><b>{_word_spans(text)}</b>{_WORD_EMPTY}</p>",
    cell=_word_cell,
    table="<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>",
    row="<tr style='mso-yfti-irow:1;height:20.0pt'>",
    attributes=" valign=top style='border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'",
    # Word ends a table whose columns do not line up with a row of empty cells, one for each column.
    last_row=lambda width: (
        "<![if !supportMisalignedColumns]>\n<tr height=0>\n"
        + "\n".join("<td width=64 style='border:none'></td>" for _ in range(width))
        + "\n</tr>\n<![endif]>"
    ),
)


def html_word(sheet: Sheet) -> str:
    """Pasted from Word: unquoted attributes, labels split over spans, ``<o:p>``, ``&nbsp;`` in blank cells."""
    return _page(sheet, _WORD)


def _wps(text: str) -> str:
    pieces = "".join(f'<font face="仿宋">{_text(piece)}</font>' for piece in _chunks(text, 6))
    empty = '<span style="font-family:仿宋;font-size:16.0000pt;"><o:p></o:p></span>'
    inner = pieces or "<o:p>&nbsp;</o:p>"
    return f"<span style=\"mso-spacerun:'yes';font-family:仿宋;font-size:16.0000pt;\">{inner}</span>{empty}"


_WPS = _Dialect(
    paragraph=lambda text: f'<p style="text-indent:32.0000pt;">{_wps(text)}</p>',
    heading=lambda text: f'<p style="text-indent:32.0000pt;"><b>{_wps(text)}</b></p>',
    cell=lambda text: f'<p class="MsoNormal" align="center" style="text-align:center;">{_wps(text)}</p>',
    table='<table border="1" cellspacing="0" style="border-collapse:collapse;width:415.3000pt;border:none;"><tbody>',
    row='<tr style="height:20.0000pt;">',
    attributes=' valign="center" style="padding:0.0000pt 5.4000pt;border:1.0000pt solid windowtext;"',
)


def html_wps(sheet: Sheet) -> str:
    """Pasted from WPS: fonts inside spans inside paragraphs, ``<o:p>&nbsp;</o:p>`` in blank cells."""
    return _page(sheet, _WPS)


def _as_paragraphs(grid: Grid, dialect: _Dialect) -> Iterator[str]:
    for row in grid.rows:
        for cell in row:
            yield f"<p>{_text(cell.text) or '&nbsp;'}</p>"


def html_paragraphs(sheet: Sheet) -> str:
    """A page whose tables were lost: every cell its own paragraph, a blank one holding ``&nbsp;``."""
    return _page(sheet, attrs.evolve(_CLEAN, squares=_as_paragraphs))


_SITE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{title}_政府信息公开年报_政府门户网站</title>
<style type="text/css">.nav td {{ width: 110px; }} .content > table {{ margin: 0 auto; }}</style>
<script type="text/javascript">
var channel = "6-1";
if (1 < 2 && channel) {{ document.write("<table><tr><td>3</td></tr></table>"); }}
</script>
</head>
<body>
<!-- header 2 -->
<table class="nav" width="100%"><tr>
<td><a href="/">首页</a></td><td><a href="/zwgk/">政务公开</a></td>
<td><a href="/bsfw/">办事服务</a></td><td><a href="/hdjl/">互动交流</a></td>
</tr></table>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt;
<a href="/zwgk/nb/">政府信息公开年报</a> &gt; 正文</div>
<table width="1000" cellpadding="0" cellspacing="0"><tr>
<td width="220" valign="top" class="sidebar"><ul>
<li><a href="/zwgk/zn/">政府信息公开指南</a></li><li><a href="/zwgk/zd/">政府信息公开制度</a></li>
<li><a href="/zwgk/fd/">法定主动公开内容</a></li><li><a href="/zwgk/nb/">政府信息公开年报</a></li>
</ul></td>
<td valign="top">
<div class="tools">字号：<a>大</a> <a>中</a> <a>小</a> | <a href="javascript:window.print()">打印</a> |
浏览次数：<span id="hits">128</span></div>
<div class="content">
{body}
</div>
<div class="share">分享到：<a>微信</a> <a>微博</a></div>
</td>
</tr></table>
<div class="footer">
<p>主办：政府办公室　网站标识码：1300000012　<a>备案号：冀ICP备05000000号-1</a></p>
<p>联系电话：0000-1234567</p>
</div>
<script src="/js/hits.js?id=2043"></script>
</body>
</html>
"""


def html_page(sheet: Sheet) -> str:
    """A page of a government site: navigation, sidebar, footer, scripts and layout tables around the report."""
    return _SITE.format(title=_text("".join(sheet.title)), body="\n".join(_body(sheet, _CLEAN)))
