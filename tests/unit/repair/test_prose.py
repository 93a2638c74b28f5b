"""What prose says of single cells: sentences, and what may be taken from each."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from govinfo import Reading, Report
from govinfo.documents.model import Paragraph
from govinfo.parsing.numerals import chinese_number
from govinfo.repair.prose import Stated, stated
from govinfo.schema import ProcessingFee, Publisher, Scope, Sections
from govinfo.schema.applications import ApplicantColumn2019, ApplicantColumn2021, Applications2019, Applications2021

OFFICE, GOVERNMENT, TOWN = "青河市科学技术局", "青河市人民政府", "石桥镇人民政府"
Figures = dict[str, int]


def reading(text: str, section: str = "overview", publisher: str | None = OFFICE, **fields: Any) -> Reading:
    report = Report(year=2022, publisher=Publisher(name=publisher), sections=Sections(**{section: text}))
    return Reading(attrs.evolve(report, **fields))


def said(of: Reading) -> Figures:
    found = stated(of)
    figures = {one.path.replace("applications.total.", "").replace("disputes.", ""): one.number for one in found}
    assert len(figures) == len(found)
    return figures


CLEAR: list[tuple[str, str, Figures]] = [
    ("overview", "2022年，我局新收政府信息公开申请45件，上年结转2件。", {"received": 45, "carried_in": 2}),
    (
        "overview",
        "依申请公开方面。全年新收政府信息公开申请１，２４５件，办结１，２４４件，结转下年度继续办理１件。",
        {"received": 1245, "concluded": 1244, "carried_out": 1},
    ),
    ("applications", "本年度新收申请三十二件；上年结转十件。", {"received": 32, "carried_in": 10}),
    ("overview", "新收政府信息公开申请一百零三件，同比增长12.5%，上年结转两件。", {"received": 103, "carried_in": 2}),
    (
        "overview",
        "全年共办理政府信息公开申请9件，其中：予以公开5件，部分公开2件，不予公开1件，无法提供1件。",
        {"granted": 5, "partly_granted": 2},
    ),
    (
        "applications",
        "新收政府信息公开申请6件，其中自然人申请4件、商业企业2件。",
        {"received": 6, "applications.natural_person.received": 4, "applications.enterprise.received": 2},
    ),
    (
        "applications",
        "共办结申请12件：5件予以公开、3件部分公开；不予公开4件，其中属于国家秘密1件、属于行政执法案卷3件。",
        {
            "concluded": 12,
            "granted": 5,
            "partly_granted": 3,
            "denied.state_secret": 1,
            "denied.enforcement_file": 3,
        },
    ),
    (
        "applications",
        "收到政府信息公开申请47件，其中新收45件，上年结转2件。",
        {"received": 45, "carried_in": 2},
    ),
    ("applications", "收到政府信息公开申请45件，上年结转2件。", {"received": 45, "carried_in": 2}),
    (
        "applications",
        "新收申请8件，2021年结转1件，结转2023年继续办理2件。",
        {"received": 8, "carried_in": 1, "carried_out": 2},
    ),
    ("overview", "本机关未收到政府信息公开申请，无行政复议案件。", {"received": 0, "reconsideration.total": 0}),
    ("overview", "2022 年共收到政府信息公开申请 0 件。", {"received": 0}),
    (
        "overview",
        "全年未发生因政府信息公开引起的行政复议、行政诉讼案件。",
        {
            "reconsideration.total": 0,
            "litigation_direct.total": 0,
            "litigation_after_reconsideration.total": 0,
        },
    ),
    (
        "disputes",
        "2022年，本机关因政府信息公开被申请行政复议11件，其中维持10件、纠正1件。",
        {"reconsideration.total": 11, "reconsideration.upheld": 10, "reconsideration.corrected": 1},
    ),
    (
        "disputes",
        "行政复议3起（结果维持2起、尚未审结1起）；未经复议直接起诉1起，结果纠正1起；复议后起诉1起，其他结果1起。",
        {
            "reconsideration.total": 3,
            "reconsideration.upheld": 2,
            "reconsideration.pending": 1,
            "litigation_direct.total": 1,
            "litigation_direct.corrected": 1,
            "litigation_after_reconsideration.total": 1,
            "litigation_after_reconsideration.other": 1,
        },
    ),
    (
        "overview",
        "因政府信息公开申请引发行政复议案件4宗、行政诉讼案件0宗。",
        {
            "reconsideration.total": 4,
            "litigation_direct.total": 0,
            "litigation_after_reconsideration.total": 0,
        },
    ),
    ("applications", "全年新收20件。其中：自然人18件。", {"received": 20, "applications.natural_person.received": 18}),
    ("disputes", "行政复议结果维持3件。", {"reconsideration.upheld": 3}),
    ("disputes", "发生行政复议5例。其中，维持4例。", {"reconsideration.total": 5, "reconsideration.upheld": 4}),
    ("other_matters", "2022年发出收费通知的件数为3件，总金额为120元。", {"processing_fee.notices": 3}),
    ("other_matters", "本年度未发出收费通知。", {"processing_fee.notices": 0}),
    ("overview", "承办建议5件。我局新收政府信息公开申请7件。", {"received": 7}),
    ("overview", "市科技局新收政府信息公开申请7件。", {"received": 7}),
    # what stands beside a trap
    ("overview", "2021年新收政府信息公开申请40件。2022年，新收政府信息公开申请45件。", {"received": 45}),
    ("overview", "新收政府信息公开申请45件，比上年增加5件，其中自然人4件。", {"received": 45}),
    ("applications", "新收申请9件，网上申请5件、信函申请4件。", {"received": 9}),
    ("applications", "新收申请9件，予以公开5件，其中自然人4件。", {"received": 9, "granted": 5}),
    ("disputes", "被申请行政复议11件、提起行政诉讼5件，其中维持10件。", {"reconsideration.total": 11}),
    (
        "disputes",
        "行政诉讼2件，其中未经复议直接起诉1件、复议后起诉1件，维持1件。",
        {"litigation_direct.total": 1, "litigation_after_reconsideration.total": 1},
    ),
    ("disputes", "行政复议3件，已审结2件，维持2件。", {"reconsideration.total": 3}),
]


@pytest.mark.parametrize(("section", "text", "figures"), CLEAR, ids=[text[:24] for _, text, _ in CLEAR])
def test_a_clear_mention_is_taken(section: str, text: str, figures: Figures) -> None:
    assert said(reading(text, section)) == figures


TRAPS: list[tuple[str, str, str]] = [
    ("last year's number", "overview", "2021年，新收政府信息公开申请40件，办结40件。"),
    ("last year's number", "overview", "上年新收政府信息公开申请40件。"),
    ("two years", "overview", "2021年、2022年新收政府信息公开申请分别为40件、45件。"),
    ("a difference", "overview", "较上年多收政府信息公开申请5件，其中自然人申请4件。"),
    ("a difference", "applications", "与2021年相比，新收申请增加5件，予以公开3件。"),
    ("several years", "overview", "2019年以来，累计新收政府信息公开申请450件，予以公开300件。"),
    ("several years", "overview", "近三年新收政府信息公开申请450件。"),
    ("part of a year", "overview", "上半年新收政府信息公开申请20件。"),
    ("part of a year", "overview", "截至6月底，新收政府信息公开申请20件。"),
    ("other offices", "overview", "下属单位均设有窗口，新收政府信息公开申请3件。"),
    ("other offices", "overview", "全市教育系统新收政府信息公开申请300件。"),
    ("other offices", "overview", "全市新收政府信息公开申请300件。"),
    ("other offices", "overview", "市图书馆新收政府信息公开申请3件。"),
    ("other offices", "overview", "市财政局全年较忙，新收政府信息公开申请3件。"),
    ("a channel", "overview", "通过网站平台，收到政府信息公开申请0件。"),
    ("a channel", "overview", "依申请公开。信函申请0件，现场申请0件。"),
    ("no one cell", "overview", "收到政府信息公开申请45件。"),
    ("no one cell", "overview", "共收到政府信息公开申请47件，予以答复45件。"),
    ("no one cell", "applications", "不予公开5件，无法提供3件，信息不存在2件，其他处理1件。"),
    ("no one cell", "disputes", "行政复议、行政诉讼案件3件。"),
    ("no one cell", "disputes", "行政诉讼、行政复议案件3件。"),
    ("no one cell", "disputes", "行政诉讼案件2件，维持1件、纠正1件。"),
    ("another topic", "overview", "办理人大建议、政协提案15件，上年结转2件，办结13件。"),
    ("another topic", "overview", "依申请公开之外，主动公开信息100条，予以公开30件。"),
    ("another topic", "overview", "公文备案审查中予以公开30件。"),
    ("disputes of other kinds", "overview", "坚持依法行政，行政复议案件3件，其中维持2件。"),
    ("as judge", "disputes", "本机关办理政府信息公开行政复议案件20件，其中维持18件。"),
    ("as judge", "disputes", "作为复议机关，行政复议案件20件，维持18件。"),
    ("a part of none", "overview", "未发生行政复议被纠正、行政诉讼败诉的情况。"),
    ("a part of none", "overview", "未收到法律服务机构的政府信息公开申请。"),
    ("a part", "applications", "上年结转2件已办结，其中予以公开1件。"),
    ("a percentage", "disputes", "行政复议维持率100%，行政诉讼占比0%。"),
    ("not a number of cases", "overview", "新收政府信息公开申请3人次。"),
    ("a vague number", "overview", "新收政府信息公开申请三五件，办结几十件。"),
    ("a number in two", "applications", "新收申请1 2件。"),
    ("a plan", "problems", "新收政府信息公开申请45件。"),
    ("a condition", "overview", "如果新收政府信息公开申请1件，当日登记。"),
]


@pytest.mark.parametrize(("section", "text"), [trap[1:] for trap in TRAPS], ids=[f"{t[0]}-{t[2][:16]}" for t in TRAPS])
def test_a_mention_that_may_mean_something_else_is_left_out(section: str, text: str) -> None:
    assert said(reading(text, section)) == {}


def test_the_traps_are_closed_by_a_word_or_two() -> None:
    """Each of these is a trap with its hook taken out: the traps above do not fail for another reason."""
    assert said(reading("我局新收政府信息公开申请3件。")) == {"received": 3}
    assert said(reading("依申请公开方面，上年结转2件。")) == {"carried_in": 2}
    assert said(reading("政府信息公开行政复议案件20件，维持18件。", "disputes")) == {
        "reconsideration.total": 20,
        "reconsideration.upheld": 18,
    }
    assert said(reading("行政复议案件3件。", "disputes")) == {"reconsideration.total": 3}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("新收政府信息公开申请约45件。", 45),
        ("新收政府信息公开申请755多件。", 755),
        ("新收政府信息公开申请1.58万件。", 15_800),
        ("新收政府信息公开申请十余件。", 10),
        ("新收政府信息公开申请40件左右。", 40),
    ],
)
def test_an_approximate_number_is_not_exact(text: str, number: int) -> None:
    [one] = stated(reading(text))
    assert (one.number, one.exact) == (number, False)


def test_an_exact_number_stands_before_an_approximate_one() -> None:
    [one] = stated(reading("新收政府信息公开申请40余件。\n新收政府信息公开申请43件。"))
    assert (one.number, one.exact) == (43, True)


def test_a_cell_of_which_two_things_are_said_is_left_out() -> None:
    text = "我局新收政府信息公开申请45件，上年结转2件。\n我局新收政府信息公开申请54件，上年结转2件。"
    assert said(reading(text)) == {"carried_in": 2}


def table(received: int, carried_in: int) -> Applications2021:
    return Applications2021(total=ApplicantColumn2021(received=received, carried_in=carried_in))


@pytest.mark.parametrize(
    ("received", "carried_in", "figures"),
    [
        (45, 0, {"received": 45}),
        (43, 2, {}),  # the two cells together
        (45, 2, {}),  # received, or 43 and 2 with a slip in the table
        (54, 0, {}),  # received, or 45 and 0 with a slip in either
    ],
)
def test_what_came_in_is_taken_only_where_the_table_says_the_same(
    received: int, carried_in: int, figures: Figures
) -> None:
    text = "共收到政府信息公开申请45件。"
    assert said(reading(text, applications=table(received, carried_in))) == figures


def test_what_was_carried_over_within_what_came_in_tells_nothing_of_the_rest() -> None:
    for text in ("收到政府信息公开申请47件（含上年结转2件）。", "收到政府信息公开申请47件，其中，上年结转2件。"):
        assert said(reading(text, "applications")) == {"carried_in": 2}


@pytest.mark.parametrize(
    ("publisher", "scope", "text", "taken"),
    [
        (GOVERNMENT, None, "全市新收政府信息公开申请300件。", True),
        (GOVERNMENT, None, "全市各级行政机关新收政府信息公开申请300件。", True),
        (GOVERNMENT, None, "市政府办公室新收政府信息公开申请30件。", False),
        (GOVERNMENT, None, "本机关新收政府信息公开申请30件。", False),
        (GOVERNMENT, Scope.OWN, "全市新收政府信息公开申请300件。", False),
        (GOVERNMENT, Scope.OWN, "本机关新收政府信息公开申请30件。", True),
        ("青河市人民政府办公室", None, "市政府办公室新收政府信息公开申请30件。", True),
        ("青河市人民政府办公室", None, "市政府新收政府信息公开申请30件。", False),
        (TOWN, None, "我镇新收政府信息公开申请3件。", True),
        (TOWN, None, "全县新收政府信息公开申请30件。", False),
        (OFFICE, Scope.AGGREGATE, "我局新收政府信息公开申请30件。", False),
        (None, None, "我局新收政府信息公开申请30件。", True),
        (None, None, "市科技局新收政府信息公开申请30件。", False),
        (None, None, "全市新收政府信息公开申请30件。", False),
    ],
)
def test_the_figures_must_be_those_of_the_report(
    publisher: str | None, scope: Scope | None, text: str, taken: bool
) -> None:
    assert bool(stated(reading(text, publisher=publisher, scope=scope))) is taken


def test_without_a_year_a_year_is_not_surely_this_one() -> None:
    assert said(reading("2022年新收政府信息公开申请3件。", year=None)) == {}
    assert said(reading("全年新收政府信息公开申请3件。", year=None)) == {"received": 3}


def test_it_shows_the_clause_as_printed_and_its_paragraph() -> None:
    text = "２０２２年，本机关 新收政府信息公开申请 ４５ 件，上年结转2件。"
    place = Paragraph(text, 7)
    report = reading(text).report
    [one, _] = stated(Reading(report, {"sections.overview": place}))
    assert one == Stated("applications.total.received", 45, "本机关 新收政府信息公开申请 ４５ 件", True, place)


def test_the_sentence_a_cell_was_read_from_is_no_second_witness() -> None:
    text = "2022年发出收费通知2件。"
    report = attrs.evolve(reading(text, "other_matters").report, processing_fee=ProcessingFee(notices=2))
    assert len(stated(Reading(report))) == 1
    assert stated(Reading(report, {"processing_fee.notices": Paragraph(text, 7)})) == ()


def test_a_row_of_the_older_form_is_known_only_there() -> None:
    text = "办结申请3件，其他处理1件。"
    assert said(reading(text, "applications")) == {"concluded": 3}
    # a table with nothing in it takes the class of the edition in force: one cell holds a figure
    older = Applications2019(total=ApplicantColumn2019(concluded=3))
    assert said(reading(text, "applications", applications=older)) == {"concluded": 3, "other_outcome": 1}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("一十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("一百一十", 110),
        ("两千零五", 2005),
        ("三万零四十", 30_040),
        ("十二万三千", 123_000),
        ("三五", None),
        ("一百五", None),
        ("百", None),
        ("万", None),
        ("", None),
        ("几十", None),
        ("万万万万", None),
        ("一" * 40, None),
    ],
)
def test_chinese_numerals(text: str, number: int | None) -> None:
    assert chinese_number(text) == number
