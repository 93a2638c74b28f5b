"""Slips in the wording: decree and notice numbers, garbled years, text a template left behind, an empty section 5."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules.model import Example, Fault, NotApplicable, Rule, Undecided, check_rule
from govinfo.rules.national.document import NEW_FORM, NO_YEAR
from govinfo.rules.national.sources import SEEN
from govinfo.rules.passages import prose_of
from govinfo.text import Text

__all__ = ["RULES"]

DECREE = 711
"""State Council decree of 2019: the Regulation on Open Government Information in force."""

_NO_PROSE = Undecided(Text("没有正文，无法检查", "there is no text to check"))

_NUMBER = re.compile(r"国务院\s*(?:令\s*第?\s*(\d{1,5})\s*号|第?\s*(\d{1,5})\s*号\s*令)")
# The number belongs to the regulation where it stands in brackets or directly behind its name, or just before it:
# in 《条例》和国务院令第713号《…》 it is another law's.
_CITED = re.compile(
    r"政府信息公开条例[》〉>」]?\s*(?:[（(](?P<bracket>[^（）()《]{0,60})|(?P<behind>国务院[^《。；]{0,20}))"
    r"|(?P<before>国务院[^《》。；，、]{0,16}号令?)\s*(?:公布的?|修订的?)?[《〈<]?(?:中华人民共和国)?政府信息公开条例"
)
_NOTICE = re.compile(r"国办公开办函\s*[〔\[［(（【]\s*(\d{4})\s*[〕\]］)）】]\s*(\d+)\s*号")
_NOTICES = {(2019, 60), (2021, 30)}

# what a section 5 that states nothing can hold besides the word for none
_FILLER = re.compile(
    r"[\s，。、；：:,.;!！/—()（）-]+|[（(]?[一二三四1-4][）)、.]"
    r"|本|我|年度|年|机关|单位|部门|局|委|办|目前|暂|存在|主要|突出|明显|的|问题|不足|及|和|改进|措施|情况"
)
_NOTHING = re.compile(r"(?:无|没有|未发现|不)*")

# the first digit comes before the look behind it: a literal is what the engine finds fast
_GARBLED_YEAR = re.compile(r"2(?<![\dA-Za-z.]2)(?:0\d{3,4}|0[12]|(?=\d*[OoIl])[\dOoIl]{3})\s*年")

_CROSS = "XxＸｘ×╳"
_MARK = re.compile(rf"[{_CROSS}〔（(【\[_*]")  # where a placeholder can begin: a set is what the engine finds fast
_LEFT_BEHIND = re.compile(
    rf"(?:(?<=20)|(?<=20\d))[{_CROSS}]{{1,2}}(?![A-Za-z])"  # 20XX, 202×
    rf"|(?<![A-Za-z0-9./_-])[{_CROSS}]{{2,}}(?![A-Za-z0-9./_@-])"  # ××局, XXXX年; not XXL, not xx.gov.cn
    r"|〔\s*〕"
    r"|[（(【\[]\s*(?:此处|在此|请在?此?处?)(?:填写|填|输入|插入|补充|写明|注明)[^）)】\]\n]{0,40}[）)】\]]"
    r"|(?<![0-9A-Za-z_*])_{3,}(?![0-9A-Za-z@])"
    r"|(?<![0-9A-Za-z*])\*{3,}(?![0-9A-Za-z*])"  # not 138****1234
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+*-]+@[\w.-]+", re.ASCII)
_RULE_LINE = re.compile(r"[\s_*=-]*")


def _opening(zh: str, en: str) -> Example:
    """Return a report whose opening says ``zh``; ``en`` says what is to be seen in it."""
    return Example(Text(f"“{zh}”", f"“{zh}”: {en}"), {"opening": [zh]})


@check_rule(
    "DOC004",
    Severity.WARNING,
    Text(
        "《政府信息公开条例》的国务院令号有误", "wrong decree number for the Regulation on Open Government Information"
    ),
    SEEN,
    passes=_opening("根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制。", "decree 711, the one in force"),
    fails=_opening("根据《中华人民共和国政府信息公开条例》（国务院令第771号）编制。", "decree 771, a digit wrong"),
)
def wrong_decree(reading: Reading) -> Iterator[Fault]:
    """Compare the decree number printed beside the regulation's name; citing an earlier decree beside 711 is fine."""
    prose = prose_of(reading)
    if "国务院" not in prose.text:
        return
    for cited in _CITED.finditer(prose.text):
        words = cited["bracket"] or cited["behind"] or cited["before"] or ""
        numbers = [int(found[1] or found[2]) for found in _NUMBER.finditer(words)]
        if numbers and DECREE not in numbers:
            passage, _ = prose.at(cited.start())
            yield Fault(
                Text(
                    f"《政府信息公开条例》写作国务院令第{numbers[0]}号，现行条例为第{DECREE}号",
                    f"the Regulation is cited as State Council decree {numbers[0]}; the one in force is {DECREE}",
                ),
                passage.paths,
                actual=f"国务院令第{numbers[0]}号",
                expected=f"国务院令第{DECREE}号",
                at=passage.at,
            )


@check_rule(
    "DOC006",
    Severity.WARNING,
    Text("引用的年报通知与报告年份不符", "the notice cited is not the one for the report's year"),
    SEEN,
    passes=Example(
        Text(
            "2022 年的报告：按照国办公开办函〔2021〕30号要求编制", "a report for 2022 citing 国办公开办函〔2021〕30号"
        ),
        {"opening": ["按照国办公开办函〔2021〕30号要求编制。"]},
    ),
    fails=Example(
        Text(
            "2022 年的报告：按照国办公开办函〔2019〕60号要求编制", "a report for 2022 citing 国办公开办函〔2019〕60号"
        ),
        {"opening": ["按照国办公开办函〔2019〕60号要求编制。"]},
    ),
)
def wrong_notice(reading: Reading) -> Iterator[Fault | Undecided]:
    """Compare the notices cited with the year; citing the older one beside the right one is fine."""
    prose = prose_of(reading)
    if "国办公开办函" not in prose.text:
        return
    cited = [(found, (int(found[1]), int(found[2]))) for found in _NOTICE.finditer(prose.text)]
    notices = {notice for _, notice in cited} & _NOTICES
    year = reading.report.year
    if not notices:
        return
    if year is None:
        yield NO_YEAR
        return
    right = (2021, 30) if year >= NEW_FORM else (2019, 60)
    if right in notices:
        return
    found, notice = next((found, notice) for found, notice in cited if notice in notices)
    passage, _ = prose.at(found.start())
    actual, expected = (f"国办公开办函〔{of}〕{number}号" for of, number in (notice, right))
    yield Fault(
        Text(
            f"{year} 年的报告引用了{actual}，该年适用的是{expected}",
            f"a report for {year} cites {actual}; for that year {expected} applies",
        ),
        passage.paths,
        actual=actual,
        expected=expected,
        at=passage.at,
    )


@check_rule(
    "DOC007",
    Severity.WARNING,
    Text("第五部分只写“无”", "section 5 says no more than “none”"),
    SEEN,
    passes=Example(
        Text(
            "第五部分写“个别栏目更新偏慢，下一步将按月检查”",
            "section 5 says “个别栏目更新偏慢，下一步将按月检查”: slow updates, to be looked at every month",
        ),
        {"change": {"sections.problems": "个别栏目更新偏慢，下一步将按月检查。"}},
    ),
    fails=Example(
        Text("第五部分写“暂无”", "section 5 says “暂无”: none for now"), {"change": {"sections.problems": "暂无。"}}
    ),
)
def no_problems_stated(reading: Reading) -> Iterator[Fault | NotApplicable]:
    """Note a section on problems and improvements that states none."""
    text = reading.report.sections.problems
    if text is None:
        yield NotApplicable(Text("没有第五部分", "there is no section 5"))
        return
    said = text.strip()
    if _NOTHING.fullmatch(_FILLER.sub("", said)):
        shown = Text(f"只写“{said}”", f"only says {said!r}") if said else Text("没有内容", "is empty")
        yield Fault(
            Text(f"五、存在的主要问题及改进情况：{shown.zh}", f"section 5, problems and improvements: {shown.en}"),
            ("sections.problems",),
            actual=said,
        )


@check_rule(
    "DOC008",
    Severity.WARNING,
    Text("留有未填写的模板文字", "text of a template was left unfilled"),
    SEEN,
    passes=_opening("本报告由青河市教育局编制。", "the office is named"),
    fails=_opening("本报告由××局编制。", "the office is still ××"),
)
def template_left(reading: Reading) -> Iterator[Fault | Undecided]:
    """Note placeholders, once per paragraph."""
    prose = prose_of(reading)
    if not prose.passages:
        yield _NO_PROSE
        return
    seen: set[int] = set()
    for mark in _MARK.finditer(prose.text):
        found = _LEFT_BEHIND.match(prose.text, mark.start())
        if found is None:
            continue
        passage, start = prose.at(found.start())
        if id(passage) in seen or _RULE_LINE.fullmatch(passage.text):
            continue
        if found[0][0] == "*" and _is_emphasis(passage.text, reading):
            continue
        if any(address.start() <= start < address.end() for address in _ADDRESS.finditer(passage.text)):
            continue
        seen.add(id(passage))
        around = passage.text[max(0, start - 10) : start + len(found[0]) + 10]
        yield Fault(
            Text(f"疑为未填写的模板文字：“{around}”", f"looks like an unfilled template: {around!r}"),
            passage.paths,
            actual=found[0],
            at=passage.at,
        )


def _is_emphasis(text: str, reading: Reading) -> bool:
    """Whether stars may be Markdown's: they come in pairs and the document is no web page."""
    markup = reading.document is not None and reading.document.format != "text"
    return not markup and len(re.findall(r"\*{3,}", text)) % 2 == 0


@check_rule(
    "DOC009",
    Severity.WARNING,
    Text("年份书写有误", "a year is garbled"),
    SEEN,
    passes=_opening("现将2022年情况公布如下。", "four digits"),
    fails=_opening("现将20222年情况公布如下。", "a digit too many"),
)
def garbled_year(reading: Reading) -> Iterator[Fault | Undecided]:
    """Note years with a digit too many or too few, or with a letter for a digit."""
    prose = prose_of(reading)
    if not prose.passages:
        yield _NO_PROSE
        return
    for found in _GARBLED_YEAR.finditer(prose.text):
        passage, _ = prose.at(found.start())
        yield Fault(
            Text(f"年份“{found[0]}”书写有误", f"{found[0]!r} is no year"), passage.paths, actual=found[0], at=passage.at
        )


RULES: tuple[Rule, ...] = (wrong_decree, wrong_notice, no_problems_stated, template_left, garbled_year)
