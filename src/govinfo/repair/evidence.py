"""What else speaks for a number: prose, and last year's report. Looked up only where arithmetic leaves a choice."""

from __future__ import annotations

from functools import cached_property

from govinfo.findings import Correction
from govinfo.parsing.reading import Reading
from govinfo.schema import Missing, Report, cells
from govinfo.text import Text

__all__ = ["Evidence"]

_CONFIRMED = 20.0
"""How much likelier a number is that stands elsewhere too. Ours, as the weights of slips are."""


class Evidence:
    """Numbers that stand elsewhere.

    Args:
        reading: its prose.
        previous: last year's report of the same publisher, where there is one.
    """

    def __init__(self, reading: Reading, previous: Report | None = None) -> None:
        self._reading, self._previous = reading, previous

    @cached_property
    def _stated(self) -> dict[str, list[tuple[int, Text]]]:
        from govinfo.repair.prose import stated  # its patterns take a while to compile, and few reports need them

        found: dict[str, list[tuple[int, Text]]] = {}
        for one in stated(self._reading):
            if one.exact:
                said = Text(f"正文称“{one.text}”", f"the text says “{one.text}”")
                found.setdefault(one.path, []).append((one.number, said))
        if self._previous is not None:
            for path, value in cells(self._previous).items():
                if path.endswith(".carried_out") and not isinstance(value, Missing):
                    said = Text(f"上年报告结转 {value}", f"last year's report carried over {value}")
                    found.setdefault(path.replace(".carried_out", ".carried_in"), []).append((int(value), said))
        return found

    def of(self, cell: Correction) -> tuple[float, list[Text]]:
        """Return how much likelier a change is by what stands elsewhere, and the words for it."""
        factor, said = 1.0, []
        for number, text in self._stated.get(cell.path, ()):
            if number == cell.proposed:
                factor *= _CONFIRMED
                said.append(text)
            elif number == cell.reported:
                factor /= _CONFIRMED
        return factor, said
