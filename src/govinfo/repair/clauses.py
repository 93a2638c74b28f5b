"""One clause of prose: which cell it names and with what number, or that it says nothing sure.

A clause is understood only if every word of it is. What is left when filling words are taken away must be a label of
the form or one of the few synonyms listed here; anything more (网上申请5件, 驳回2件) makes it a clause about something
else.
"""

from __future__ import annotations

import enum
import re
from itertools import islice
from typing import Any, NamedTuple

from govinfo.parsing.normal import core, normal, plain
from govinfo.parsing.numerals import chinese_number
from govinfo.schema import Disputes, leaves
from govinfo.schema.fields import short_label
from govinfo.schema.paths import memo

__all__ = [
    "COUNTED",
    "LITIGATION",
    "Clause",
    "Head",
    "Kind",
    "Number",
    "Words",
    "absent",
    "clause_of",
    "head_of",
    "words_of",
]


class Kind(enum.Enum):
    """What a clause is about."""

    ROW = "row"
    """A row of table 3; the key is its path below a column."""
    ARRIVED = "arrived"
    """收到 N 件: received, or received and carried over taken together."""
    APPLICANT = "applicant"
    """A column of table 3."""
    BLOCK = "block"
    """A block of table 4, or `LITIGATION`."""
    RESULT = "result"
    """A result, in the block named before or in its own: ``reconsideration.upheld``."""
    NOTICES = "notices"
    """Charging notices."""
    NOTHING = "nothing"
    """Understood, but the form has no one cell for it."""


LITIGATION = "litigation"
"""行政诉讼, without saying which of the two blocks."""


class Number(NamedTuple):
    """A number of cases."""

    value: int
    exact: bool


class Head(NamedTuple):
    """What a clause begins with."""

    who: str
    """Whose figure it is said to be: 我局, 全市; empty where nobody is named."""
    within: bool
    """Said to be a part of what goes before: 其中, 含."""
    summed: bool
    """Said to be a sum: 共收到."""
    rest: str


class Clause(NamedTuple):
    """A clause that was understood."""

    kind: Kind
    key: str
    number: Number
    named: bool = False
    """It says itself that it is about applications for information, or about disputes over them."""


# The words of prose, said once; the labels and variants of the form are added from the schema.

_NEXT_YEAR = [
    f"{verb}{to}{when}{rest}"
    for verb in ("结转", "转结")
    for to in ("", "至", "到")
    for when in ("下年", "下年度", "下一年", "下一年度", "次年", "明年")
    for rest in ("", "办理", "继续办理")
]
_ROWS = {
    "received": ["新收", "新收到", "新接收"],
    "carried_in": [
        "上年度结转",
        "上年度转结",
        "上一年度结转",
        "结转上年",
        "结转上年度",
        "上年结转至本年度",
        "上年遗留",
    ],
    "granted": ["同意公开"],
    "concluded": ["办结", "办理完结", "办理完毕"],
    "carried_out": _NEXT_YEAR,
}
_ARRIVED = frozenset({"收到", "接到", "接收"})
_ALL = frozenset({"", "有"})
"""How many applications there were, without a verb: only where the clause names them in full."""
_NO_CELL = [
    *("办理", "处理", "受理", "答复", "回复", "按时办结", "按期办结", "按时答复", "按期答复"),
    *("法人或其他组织", "法人和其他组织", "法人及其他组织", "信息不存在"),
]
_RESULTS = {"upheld": ["予以维持", "被维持"], "corrected": ["予以纠正", "被纠正"], "pending": ["正在审理", "尚在审理"]}
_BLOCKS = {
    "reconsideration": ["复议"],
    "litigation_direct": ["未经复议直接诉讼", "未经复议直接行政诉讼", "未经行政复议直接起诉", "直接起诉"],
    "litigation_after_reconsideration": ["复议后诉讼", "复议后行政诉讼", "经复议后起诉", "行政复议后起诉"],
    LITIGATION: ["行政诉讼", "诉讼"],
}
_NOTICES = frozenset({"发出收费通知", "发出收费通知书", "发送收费通知", "发送收费通知书"})

_NUMERAL = "零〇一二两三四五六七八九十百千万"
COUNTED = re.compile(
    r"(?P<about>大约|约|近)?"
    rf"(?:(?<![\d.])(?P<digits>\d{{1,9}}(?:\.\d{{1,4}})?)(?P<wan>万)?|(?P<words>[{_NUMERAL}]{{1,11}}))"
    r"(?P<more>余|多)?(?:[件条宗例起次项份]|个(?!月))(?P<around>左右)?"
)
"""A number with a counting word."""

_OWN = r"[我本全](?:[省市县区旗州盟镇乡]|街道|局|委|办|厅|院|处|所|站|中心|机关|单位|部门)"
_BODY = (
    r"[\u4e00-\u9fff]{1,18}?(?:局(?![面部限势])|委员会|委(?![托员])|厅|办公室|办(?![理结事公法件复])|政府(?!信息|办)"
    r"|街道(?:办事处)?|中心|机关|单位|部门|公司|大队|支队|学校|大学|医院|[乡镇馆])"
)
_TIME = r"(?:(?:(?:20\d\d|二[〇零][一二三四五六七八九〇零]{2})年度?|[本全]年度?|[今当]年|一年来|报告期内?|年)内?)?"
_HEAD = re.compile(
    r"(?:\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}[、是])?"
    r"(?P<within>其中|含|包括|包含)?"
    rf"{_TIME}(?P<who>{_OWN}(?:各级行政机关)?|{_BODY})?{_TIME}(?P<adverbs>(?:共计|总计|合计|总共|一共|共|已经|已|均)*)"
)

_OBJECT = re.compile(
    r"的?(?P<full>(?:依申请|政府信息|信息)公开(?:政府信息)?的?(?:申请|事项)|依申请公开(?:政府信息)?|公开申请)|的?(?:申请|事项)"
)
_TOTAL = re.compile(r"(?:的?(?:件数|案件数|数量|数))?(?:共计|总计|合计|共)?(?:为|是|有)?$")
_ABOUT = re.compile(
    r"(?:因|由|涉及|涉|与|关于|就|针对)?(?:政府)?信息公开(?:工作|申请|答复|类|事项|事宜|问题)?"
    r"(?:而|所)?(?:引起|引发|导致|产生|有关|相关)?的?"
)
_HAPPENED = re.compile(r"被?(?:申请|提起|提出)(?=行政|复议|诉讼)|被|发生|产生|引发|引起|涉及|出现|存在|有")
_CASES = re.compile(r"的?(?:案件|案|情况|现象)+")
_JOINED = re.compile(r"、|以及|及|和|与|或者|或")
_NONE = re.compile(r"(?:均|暂|从|也)?(?:没有|未有|未|无)")
_OTHERS = frozenset({"举报", "投诉", "申诉", "投诉举报", "举报投诉"})
"""What is named beside disputes as not having happened."""
_ANYBODY = re.compile(r"(?:(?:公民、)?法人(?:和|或者|或|及)其他组织|申请人)?(?:提出|提交)?的?")


class Words(NamedTuple):
    """What the labels of a form mean in prose."""

    rows: dict[str, str | None]
    """Keys of rows of table 3; None for a block of rows, which has no cell."""
    applicants: dict[str, str]
    results: dict[str, str]
    blocks: dict[str, str]


@memo
def words_of(form: Any) -> Words:
    """Return the words for the cells of table 4 and of table 3 in the class ``form``."""
    words = Words({}, {}, {}, {})
    for leaf in leaves(form):
        column, _, key = leaf.path.partition(".")
        if column not in ("other", "total"):  # 其他 and 总计 alone name no cell, here and below
            words.applicants.update((plain(label), column) for label in (leaf.specs[0].label, *leaf.specs[0].variants))
        for spec in leaf.specs[1:-1]:
            words.rows.update((core(label), None) for label in (spec.label, *spec.variants))
        if key not in ("other_outcome.other", "concluded"):
            for label in (leaf.spec.label, *leaf.spec.variants, short_label(leaf.spec.label)):
                words.rows.update({core(label): key, plain(label): key})
    words.rows.update((word, key) for key, said in _ROWS.items() for word in said)
    words.rows.update((word, None) for word in _NO_CELL)
    for leaf in leaves(Disputes):
        block, _, key = leaf.path.partition(".")
        words.blocks[plain(leaf.specs[0].label)] = block
        if key != "total":
            words.results.update((plain(label), key) for label in (leaf.spec.label, *leaf.spec.variants))
    words.results.update((word, key) for key, said in _RESULTS.items() for word in said)
    words.blocks.update((word, key) for key, said in _BLOCKS.items() for word in said)
    return words


def head_of(text: str) -> Head:
    """Take off what a clause begins with. ``text`` has no white space in it, and its digits are ASCII."""
    found = _HEAD.match(text)
    assert found is not None  # noqa: S101 - every part of it is optional
    return Head(found["who"] or "", found["within"] is not None, "共" in found["adverbs"], text[found.end() :])


def clause_of(text: str, words: Words) -> Clause | None:
    """Understand a clause with one counted number, its head taken off; None where that is not wholly possible."""
    counted = list(islice(COUNTED.finditer(text), 2))
    if len(counted) != 1:
        return None
    before, after = text[: counted[0].start()], text[counted[0].end() :]
    number = _number(counted[0])
    if number is None or any(char.isdigit() for char in before + after):
        return None
    found = _application(before, after, words)
    if found is None and not (before and after):
        found = _dispute(before or after, words)
    if found is None and not after and _TOTAL.sub("", before, count=1) in _NOTICES:
        found = Kind.NOTICES, "notices", True
    return None if found is None else Clause(found[0], found[1], number, found[2])


def _number(found: re.Match[str]) -> Number | None:
    exact = not any(found[group] for group in ("about", "wan", "more", "around"))
    if found["words"]:
        value = chinese_number(found["words"])
        return None if value is None else Number(value, exact)
    whole, _, fraction = found["digits"].partition(".")
    if not found["wan"]:
        return None if fraction else Number(int(whole), exact)
    return Number(int(whole) * 10_000 + int(fraction.ljust(4, "0")), exact=False)


def _application(before: str, after: str, words: Words) -> tuple[Kind, str, bool] | None:
    """Understand a clause about table 3: what, which, and whether it names applications for information."""
    for said in (before, _TOTAL.sub("", before, count=1)) if not after else (after,) if before in ("", "有") else ():
        key = words.rows.get(normal(said), "")
        if key != "":  # a label may hold the word 申请 itself
            return (Kind.NOTHING, "", False) if key is None else (Kind.ROW, key, False)
    found = _OBJECT.search(before) or _OBJECT.fullmatch(after)
    if found is None:
        column = words.applicants.get(_TOTAL.sub("", before, count=1)) if not after else None
        return None if column is None else (Kind.APPLICANT, column, False)
    if found.string is before:
        before = before[: found.start()] + before[found.end() :]
        if after and (before or after not in words.rows):
            return None
    else:
        after = ""
    said, full = after or _TOTAL.sub("", before, count=1).removesuffix("总"), found["full"] is not None
    if column := words.applicants.get(said):
        return Kind.APPLICANT, column, full
    if full and (said in _ARRIVED or said in _ALL):
        return Kind.ARRIVED, "received", full
    key = words.rows.get(said, "")
    return None if key == "" else (Kind.NOTHING, "", full) if key is None else (Kind.ROW, key, full)


def _bare(text: str) -> tuple[str, bool]:
    """Take the filling words off a clause about disputes; also tell whether it says they are about disclosure."""
    bare, about = _ABOUT.subn("", text)
    return _CASES.sub("", _HAPPENED.sub("", bare)), about > 0


def _dispute(said: str, words: Words) -> tuple[Kind, str, bool] | None:
    said = _TOTAL.sub("", said, count=1)
    if said in words.results:
        return Kind.RESULT, words.results[said], False
    said, about = _bare(said)
    if said in words.blocks:
        return Kind.BLOCK, words.blocks[said], about
    for block, key in words.blocks.items():
        result = said.removeprefix(block)
        if result != said and result.lstrip("中") in words.results and key != LITIGATION:
            return Kind.RESULT, f"{key}.{words.results[result.lstrip('中')]}", about
    return None


def absent(text: str, words: Words) -> tuple[tuple[Kind, str], ...]:
    """Return what a clause without a number says there was none of, its head taken off."""
    found = _NONE.match(text)
    if found is None or len(text) > 60:
        return ()
    rest = text[found.end() :]
    if rest in _NOTICES:
        return ((Kind.NOTICES, "notices"),)
    if applied := _OBJECT.search(rest):
        verb = rest[: applied.start()]
        who = _ANYBODY.sub("", verb.removeprefix("收到").removeprefix("接到"), count=1)
        if applied["full"] and applied.end() == len(rest) and verb[:2] in ("收到", "接到") and not who:
            return ((Kind.ROW, "received"),)
        key = words.rows.get(rest[: applied.start()] + rest[applied.end() :])
        if key in ("received", "carried_in", "carried_out"):
            return ((Kind.ROW, key),)
    bare, _ = _bare(rest)
    keys = [words.blocks.get(item, "" if item in _OTHERS else None) for item in _JOINED.split(bare)]
    return () if None in keys else tuple((Kind.BLOCK, key) for key in dict.fromkeys(keys) if key)
