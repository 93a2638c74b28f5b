"""Whole pages as government sites publish them: navigation, lists of other reports, tables of metadata, comments.

The pages are made up; what stands around a report is what such systems print.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

import govinfo
from govinfo.schema import Report
from govinfo.testing import example_report, print_report, render

COLUMNS = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title>
<meta name="SiteName" content="甲市教育局门户网站">
<meta name="SiteIDCode" content="1300000001">
<meta name="ColumnName" content="政府信息公开年报">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2023-01-18 10:22">
<meta name="ContentSource" content="{publisher}">
</head><body>
<div class="top"><a href="/">首页</a>|<a href="#">设为首页</a>|<a>无障碍阅读</a>|<a>简体</a>|<a>繁體</a></div>
<div class="nav"><ul><li><a>政务公开</a></li><li><a>政务服务</a></li><li><a>互动交流</a></li></ul></div>
<form><input type="text" name="q" value="请输入关键字"><input type="submit" value="搜索"></form>
<div class="left"><ul><li><a>2021年甲市教育局政府信息公开工作年度报告</a></li>
<li><a>2020年政府信息公开工作年度报告</a></li></ul></div>
<table border="0" width="100%"><tbody><tr>
<td>您当前所在位置：<a>首页</a> &gt; <a>政府信息公开年报</a> &gt; 甲市</td></tr></tbody></table>
<table class="xxgk"><tr><td>索 引 号：</td><td>000014349/2023-00005</td><td>主题分类：</td><td>其他</td></tr>
<tr><td>发布机构：</td><td>{publisher}</td><td>发布日期：</td><td>2023-01-18</td></tr>
<tr><td>名&nbsp;&nbsp;称：</td><td colspan="3">{title}</td></tr>
<tr><td>文&nbsp;&nbsp;号：</td><td>无</td><td>有效性：</td><td>有效</td></tr></table>
<div id="article"><p class="con-title"><!--<$[标题名称(html)]>begin-->{title}<!--<$[标题名称(html)]>end--></p>
<div class="tool"><span>发布日期：2023-01-18</span> <span>来源：{publisher}</span>
<span>浏览次数：<script>document.write('<b>88</b>')</script></span> <span>字号：[ 大 中 小 ]</span></div>
<div id="zoom"><meta name="ContentStart">{body}<meta name="ContentEnd"></div>
<div class="fj"><p>附件：
<a href="/module/download/downfile.jsp?classid=0&amp;filename=2301.docx">{title}.docx</a></p></div>
<div>【<a>打印本页</a>】【<a>关闭窗口</a>】</div>
<div class="xg"><h4>相关信息</h4><ul><li><a>甲市财政局2022年政府信息公开工作年度报告</a><span>2023-01-12</span></li>
<li><a>乙区2022年政府信息公开工作年度报告</a><span>2023-01-13</span></li></ul></div>
</div><div class="foot"><p>主办：甲市人民政府办公室 承办：甲市大数据局</p>
<p>冀ICP备05000000号 网站标识码：1300000001</p>
<p>联系电话：0000-12345678</p></div></body></html>"""
"""Columns side by side, a table of metadata, lists of other reports, an attachment."""

TABLES = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
<title>{title}-甲市教育局</title>
<META NAME="ArticleTitle" CONTENT="{title}"/>
<META NAME="PubDate" CONTENT="2023-01-18 16:01:00"/>
<META NAME="ContentSource" CONTENT="{publisher}"/>
<script>var _track='web'; var s="<table><tr><td>ad</td></tr></table>";</script></head><body>
<div id="header"><img src="/logo.png"></div>
<table width="1000"><tr><td class="l" width="200"><table>
<tr><td>政府信息公开指南</td></tr><tr><td>政府信息公开制度</td></tr>
<tr><td>法定主动公开内容</td></tr><tr><td>政府信息公开年报</td></tr><tr><td>依申请公开</td></tr></table></td>
<td><div class="tit">{title}</div>
<div class="tit2">时间：2023-01-18 16:01　　来源：{publisher}　　【字体：大 中 小】</div>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{margin-top:0}}</style>
<div class="Custom_UnionStyle">{body}</div></div>
<div class="fj">相关附件：<ul><li><a href="./W020230118.pdf" target="_blank">附件1</a></li></ul></div>
<div class="page">上一篇：<a>甲市教育局2021年政府信息公开工作年度报告</a><br>下一篇：<a>没有了</a></div>
<div class="comment"><h3>网友评论</h3><textarea name="c">我来说两句</textarea>
<p>用户名：<input type="text" value="游客"> 验证码：<input></p></div>
</td></tr></table><div>版权所有：甲市教育局 备案序号</div></body></html>"""
"""Tables that lay out the page, comments, the reports before and behind."""

SITES = {"columns": COLUMNS, "tables": TABLES}
PASTES = ("html", "html_word", "html_wps", "html_split")


def body(report: Report, paste: str, *, title: bool) -> str:
    sheet = print_report(report)
    page = render(sheet if title else attrs.evolve(sheet, title=()), paste).decode()
    return page[page.index("<body>") + len("<body>") : page.index("</body>")]


def published(report: Report, site: str, paste: str = "html", *, title: bool = True) -> str:
    """The report on a page, its title above the text and, or not, once more in it."""
    names = {"title": report.title, "publisher": report.publisher.name}
    return SITES[site].format(body=body(report, paste, title=title), **names)


@pytest.mark.parametrize("title", [True, False])
@pytest.mark.parametrize("paste", PASTES)
@pytest.mark.parametrize("site", SITES)
def test_a_report_is_read_whatever_stands_around_it(site: str, paste: str, title: bool) -> None:
    for seed, edition in enumerate(("2019", "2021", "mixed")):
        report = attrs.evolve(example_report(edition, seed), published=dt.date(2023, 1, 18))  # type: ignore[arg-type]
        shown = attrs.evolve(report, published=None)
        assert govinfo.read(published(shown, site, paste, title=title).encode()).report == report


@pytest.mark.parametrize("site", SITES)
def test_a_page_in_traditional_characters(site: str) -> None:
    report = attrs.evolve(example_report("2021", 5), published=None)
    plain = "开报总体况动规范制发废现决数处罚强费额单万项对务办结转内机关构会组织类这国无没后复诉请认纠审经问题进"
    other = "開報總體況動規範製發廢現決數處罰強費額單萬項對務辦結轉內機關構會組織類這國無沒後復訴請認糾審經問題進"
    page = published(report, site).translate(str.maketrans(plain, other))
    reading = govinfo.read(page.encode("big5", "xmlcharrefreplace"))
    assert reading.report.applications == report.applications
    assert reading.report.disputes == report.disputes
    assert (reading.report.year, reading.report.published) == (report.year, dt.date(2023, 1, 18))
    assert (reading.report.publisher.name or "").translate(str.maketrans(other, plain)) == report.publisher.name


@pytest.mark.parametrize("site", SITES)
def test_two_reports_on_one_page(site: str) -> None:
    first, second = example_report("2021", 5), example_report("2019", 6)
    page = published(first, site).replace("</body>", f"{body(second, 'html_word', title=True)}</body>")
    found = [one for _, one in govinfo.read_all(page.encode())]
    assert [one.report.applications for one in found if not isinstance(one, govinfo.ReadError)] == [
        first.applications,
        second.applications,
    ]
