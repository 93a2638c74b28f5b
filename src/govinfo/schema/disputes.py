"""Table 4, 政府信息公开行政复议、行政诉讼情况: reconsideration and litigation. The same in both editions."""

from __future__ import annotations

import attrs

from govinfo.schema.cells import Count
from govinfo.schema.fields import block, count

__all__ = ["DisputeOutcomes", "Disputes"]

_LITIGATION = "行政诉讼"


@attrs.frozen
class DisputeOutcomes:
    """How the cases of one kind ended."""

    upheld: Count = count("结果维持", "维持", en="upheld")
    corrected: Count = count("结果纠正", "纠正", en="corrected")
    other: Count = count("其他结果", "其它结果", en="other result")
    pending: Count = count("尚未审结", "未审结", en="pending")
    total: Count = count("总计", "合计", en="total")


@attrs.frozen
class Disputes:
    """Table 4, 15 cells."""

    reconsideration: DisputeOutcomes = block(DisputeOutcomes, "行政复议", en="administrative reconsideration")
    litigation_direct: DisputeOutcomes = block(
        DisputeOutcomes, "未经复议直接起诉", en="litigation without reconsideration", under=_LITIGATION
    )
    litigation_after_reconsideration: DisputeOutcomes = block(
        DisputeOutcomes, "复议后起诉", en="litigation after reconsideration", under=_LITIGATION
    )
