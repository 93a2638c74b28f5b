"""Section 6: what the report says of the processing fee (信息处理费). Only figures that are stated are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from govinfo.documents.model import Place
from govinfo.parsing.numbers import YUAN
from govinfo.parsing.sections import Lines

__all__ = ["parse_fee"]

_NUMBER = r"(?P<number>\d[\d,，]*(?:\.\d+)?)"
_LINK = r"(?:共计|共|合计)?(?:为|是|：|:)?"
_NOTICES = re.compile(
    rf"(?:发出|发送|制发)?收费通知(?:书)?(?:的)?(?:总)?(?:件数|数量|数)?{_LINK}{_NUMBER}(?P<unit>件|份|次)"
)
_CHARGED = re.compile(rf"(?<!收取的)(?<!收取)(?<!实收)总金额{_LINK}{_NUMBER}(?P<unit>万元|元)")
_RECEIVED = re.compile(rf"实际收取(?:的)?(?:信息处理费)?(?:的)?(?:总)?金额{_LINK}{_NUMBER}(?P<unit>万元|元)")
_TOPIC = re.compile(r"信息处理费|收费通知")


def parse_fee(lines: Sequence[Lines]) -> tuple[dict[str, int | Decimal], dict[str, Place]]:
    """Return the fee figures stated in ``lines`` by canonical path, with their places."""
    values: dict[str, int | Decimal] = {}
    origins: dict[str, Place] = {}
    for line in lines:
        if not _TOPIC.search(line.place.text):
            continue
        text = re.sub(r"\s+", "", line.place.text)
        for name, pattern in (("notices", _NOTICES), ("charged", _CHARGED), ("received", _RECEIVED)):
            path = f"processing_fee.{name}"
            match = pattern.search(text)
            if match is None or path in values:
                continue
            number = Decimal(re.sub(r"[,，]", "", match["number"]))
            if name == "notices":
                if number != int(number):
                    continue
                values[path] = int(number)
            else:
                values[path] = number * YUAN[match["unit"]]
            origins[path] = line.place
    return values, origins
