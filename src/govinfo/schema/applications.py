"""Table 3, 收到和处理政府信息公开申请情况: applications received and handled, by kind of applicant."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Generic, TypeVar

import attrs

from govinfo.schema.cells import Count
from govinfo.schema.fields import block, count

__all__ = [
    "ApplicantColumn",
    "ApplicantColumn2019",
    "ApplicantColumn2021",
    "Applications",
    "Applications2019",
    "Applications2021",
    "Denied",
    "NotProcessed",
    "OtherOutcome",
    "Unavailable",
]

_OUTCOMES = "三、本年度办理结果"
_ORGANISATIONS = "法人或其他组织"


@attrs.frozen
class Denied:
    """（三）不予公开: disclosure denied, by ground."""

    state_secret: Count = count("1.属于国家秘密", en="state secrets")
    prohibited_by_law: Count = count("2.其他法律行政法规禁止公开", en="prohibited by other law")
    security_stability: Count = count(
        "3.危及“三安全一稳定”", "3.危及三安全一稳定", en="endangers security and stability"
    )
    third_party: Count = count("4.保护第三方合法权益", en="third-party rights")
    internal_affairs: Count = count("5.属于三类内部事务信息", en="internal affairs")
    process: Count = count("6.属于四类过程性信息", en="deliberative process")
    enforcement_file: Count = count("7.属于行政执法案卷", en="enforcement file")
    administrative_query: Count = count("8.属于行政查询事项", en="administrative query")


@attrs.frozen
class Unavailable:
    """（四）无法提供: could not be provided."""

    not_held: Count = count("1.本机关不掌握相关政府信息", en="not held")
    needs_creation: Count = count("2.没有现成信息需要另行制作", en="would have to be created")
    unclear: Count = count("3.补正后申请内容仍不明确", en="still unclear after correction")


@attrs.frozen
class NotProcessed:
    """（五）不予处理: not processed."""

    complaint: Count = count("1.信访举报投诉类申请", en="petition, report or complaint")
    repeated: Count = count("2.重复申请", en="repeated application")
    publication: Count = count("3.要求提供公开出版物", en="asks for a public publication")
    excessive: Count = count("4.无正当理由大量反复申请", en="excessive without good reason")
    reissue: Count = count(
        "5.要求行政机关确认或重新出具已获取信息", en="asks to confirm or reissue information already obtained"
    )


@attrs.frozen
class OtherOutcome:
    """（六）其他处理 (edition 2021)."""

    not_corrected: Count = count(
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", en="not corrected in time"
    )
    fee_unpaid: Count = count(
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", en="fee not paid in time"
    )
    other: Count = count("3.其他", "3.其它", en="other")


_other_outcome_label = "（六）其他处理"
_concluded = partial(count, "（七）总计", "（七）合计", en="concluded in total", under=_OUTCOMES)
_carried_out = partial(count, "四、结转下年度继续办理", "四、转结下年度继续办理", en="carried over to next year")


@attrs.frozen
class ApplicantColumn:
    """The rows both editions share, from 一、本年新收 to （五）不予处理."""

    received: Count = count("一、本年新收政府信息公开申请数量", en="received this year")
    carried_in: Count = count(
        "二、上年结转政府信息公开申请数量", "二、上年转结政府信息公开申请数量", en="carried over from last year"
    )
    granted: Count = count("（一）予以公开", en="granted", under=_OUTCOMES)
    partly_granted: Count = count(
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "（二）部分公开",
        en="partly granted",
        under=_OUTCOMES,
    )
    denied: Denied = block(Denied, "（三）不予公开", en="denied", under=_OUTCOMES)
    unavailable: Unavailable = block(Unavailable, "（四）无法提供", en="unavailable", under=_OUTCOMES)
    not_processed: NotProcessed = block(NotProcessed, "（五）不予处理", en="not processed", under=_OUTCOMES)


@attrs.frozen
class ApplicantColumn2021(ApplicantColumn):
    """One column of table 3, 25 rows."""

    other_outcome: OtherOutcome = block(
        OtherOutcome, _other_outcome_label, "（六）其他", en="other outcome", under=_OUTCOMES
    )
    concluded: Count = _concluded()
    carried_out: Count = _carried_out()


@attrs.frozen
class ApplicantColumn2019(ApplicantColumn):
    """One column of table 3, 23 rows: （六）其他处理 is one row."""

    other_outcome: Count = count(_other_outcome_label, "（六）其他", en="other outcome", under=_OUTCOMES)
    concluded: Count = _concluded()
    carried_out: Count = _carried_out()


Column = TypeVar("Column", bound=ApplicantColumn, covariant=True)


@attrs.frozen
class Applications(Generic[Column]):
    """Any edition of table 3: six kinds of applicant and the total column."""

    edition: ClassVar[str]
    extends: ClassVar[str | None] = None
    """As in table 2."""
    column_class: ClassVar[type[ApplicantColumn]]

    natural_person: Column = block(None, "自然人", en="natural persons")
    enterprise: Column = block(None, "商业企业", en="commercial enterprises", under=_ORGANISATIONS)
    research: Column = block(None, "科研机构", en="research institutions", under=_ORGANISATIONS)
    public_welfare: Column = block(None, "社会公益组织", en="public-welfare organisations", under=_ORGANISATIONS)
    legal_service: Column = block(None, "法律服务机构", en="legal-service institutions", under=_ORGANISATIONS)
    other: Column = block(None, "其他", "其它", en="other organisations", under=_ORGANISATIONS)
    total: Column = block(None, "总计", "合计", en="total")


@attrs.frozen
class Applications2021(Applications[ApplicantColumn2021]):
    """Table 3 of the form in force since the reports for 2021, 175 cells."""

    edition: ClassVar[str] = "2021"
    column_class: ClassVar[type[ApplicantColumn]] = ApplicantColumn2021


@attrs.frozen
class Applications2019(Applications[ApplicantColumn2019]):
    """Table 3 of the form for the reports for 2019 and 2020, 161 cells."""

    edition: ClassVar[str] = "2019"
    column_class: ClassVar[type[ApplicantColumn]] = ApplicantColumn2019
