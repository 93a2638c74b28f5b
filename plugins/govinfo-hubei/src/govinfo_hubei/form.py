"""Table 2 as Hubei printed it for the reports for 2020: the national form of 2019 and a row more."""

from __future__ import annotations

from typing import ClassVar

import attrs

from govinfo.schema import Disclosure2019
from govinfo.schema.disclosure import Documents2019
from govinfo.schema.fields import block

__all__ = ["Disclosure2019Hubei"]


@attrs.frozen
class Disclosure2019Hubei(Disclosure2019):
    """Adds what is published beside regulations and normative documents, under article 20(1), in the same columns.

    The notes Hubei prints inside its labels need nothing here: a label is what stands outside its brackets.
    """

    edition: ClassVar[str] = "2019-hubei"
    extends: ClassVar[str | None] = "2019"

    other_documents: Documents2019 = block(
        Documents2019,
        "其他主动公开文件",
        "其它主动公开文件",
        en="other documents disclosed proactively",
        after="normative_documents",
    )
