"""The rule set ``shanghai``: what its reports usually say. No document we know asks for it."""

from __future__ import annotations

from govinfo import Example, RuleSet, Severity, Statement, StatementRule, Strength, Text

__all__ = ["SHANGHAI"]

_OVERVIEW = "sections.overview"
_CITES = Text(
    "惯例：2020年以来的上海市年报写明依据《上海市政府信息公开规定》（2020年6月1日起施行）编制；未见文件要求",
    "a convention: Shanghai's reports since 2020 say that they follow the city's Provisions on Open Government "
    "Information, in force since 1 June 2020; no document is known that asks for it",
)
_SPLIT = Text(
    "惯例：上海市年报把规章分为制定、修改、废止分别写明；未见文件要求",
    "a convention: Shanghai's reports tell regulations made, amended and repealed apart; no document is known that "
    "asks for it",
)


def _regulations(zh: str, en: str, act: str) -> Statement:
    """Return the statement how many regulations were made, amended or repealed."""
    return Statement(
        Text(zh, en),
        (f"规章 {act} {{n}}", f"{act} 规章 {{n}}", f"{{n}} {act} 规章", f"{act} 件|部|项 规章"),
        none=(f"未|没有|无 {act} 规章", f"规章 未|没有|无 {act}"),
        apart=("规范性文件",),
    )


SHANGHAI = RuleSet(
    name="shanghai",
    title=Text("上海市规则", "rules of Shanghai"),
    rules=(
        StatementRule(
            "SH-DOC001",
            Severity.INFO,
            Text(
                "没有写明依据《上海市政府信息公开规定》",
                "the city's Provisions on Open Government Information are not cited",
            ),
            _CITES,
            ("opening", _OVERVIEW),
            (
                Statement(
                    Text("《上海市政府信息公开规定》", "the city's Provisions on Open Government Information"),
                    ("上海市|本市 政府信息公开规定",),
                ),
            ),
            strength=Strength.CONVENTION,
            passes=Example(
                Text(
                    "本报告依据《中华人民共和国政府信息公开条例》和《上海市政府信息公开规定》编制。",
                    "the Regulation and the city's Provisions are cited",
                ),
                {"opening": ["本报告依据《中华人民共和国政府信息公开条例》和《上海市政府信息公开规定》编制。"]},
            ),
            fails=Example(
                Text("本报告依据《中华人民共和国政府信息公开条例》编制。", "only the Regulation is cited"),
                {"opening": ["本报告依据《中华人民共和国政府信息公开条例》编制。"]},
            ),
        ),
        StatementRule(
            "SH-DOC002",
            Severity.INFO,
            Text("规章没有分制定、修改写明", "regulations made and amended are not told apart"),
            _SPLIT,
            (_OVERVIEW,),
            (
                _regulations("制定规章件数", "how many regulations were made", "制定|出台|制发"),
                _regulations("修改规章件数", "how many regulations were amended", "修改|修订|修正"),
            ),
            when="disclosure.regulations.issued > 0",
            strength=Strength.CONVENTION,
            passes=Example(
                Text("全年公开规章5件，其中制定2件、修改3件。", "5 regulations: 2 made, 3 amended"),
                {"change": {_OVERVIEW: "全年公开规章5件，其中制定2件、修改3件。", "disclosure.regulations.issued": 5}},
            ),
            fails=Example(
                Text("全年公开规章5件。", "5 regulations, not told apart"),
                {"change": {_OVERVIEW: "全年公开规章5件。", "disclosure.regulations.issued": 5}},
            ),
        ),
        StatementRule(
            "SH-DOC003",
            Severity.INFO,
            Text("没有写明废止的规章", "regulations repealed are not stated"),
            _SPLIT,
            (_OVERVIEW,),
            (_regulations("废止规章件数", "how many regulations were repealed", "废止"),),
            when="disclosure.regulations.repealed > 0",
            strength=Strength.CONVENTION,
            passes=Example(
                Text("全年制定规章2件，废止1件。", "2 regulations made, 1 repealed"),
                {"change": {_OVERVIEW: "全年制定规章2件，废止1件。", "disclosure.regulations.repealed": 1}},
            ),
            fails=Example(
                Text("全年制定规章2件。", "2 regulations made; table 2 has 1 repealed"),
                {"change": {_OVERVIEW: "全年制定规章2件。", "disclosure.regulations.repealed": 1}},
            ),
        ),
    ),
    region="31",
    first_year=2020,
)
