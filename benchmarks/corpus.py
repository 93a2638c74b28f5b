"""The corpus the parser is measured on: made-up reports, published in every layout and format, damaged on the way.

A document is described by `Made` and made anew wherever it is needed: the same description always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import attrs

from govinfo.testing import DAMAGES, DamagedDocument, damage_document, example_report
from govinfo.testing.examples import Edition, Profile
from govinfo.testing.formats import FORMATS, Format
from govinfo.testing.layouts import LAYOUTS, Layout

__all__ = ["Made", "corpus", "targets", "unwritable"]

_EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
_PROFILES: tuple[Profile, ...] = ("zero", "few", "few", "large")
_BLANKS = (0.0, 0.0, 0.0, 0.02, 0.1)
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")
_MOST_DAMAGES = 3


@attrs.frozen
class Made:
    """How a document is made."""

    target: str
    """Name of a layout or format."""
    edition: Edition
    number: int
    """Seed of the report, and of where damages strike."""
    profile: Profile
    blanks: float
    """Share of cells without a number."""
    damages: tuple[str, ...]
    encoding: str

    def document(self) -> DamagedDocument:
        """Publish and damage the report; nothing is claimed of what can be told with certainty."""
        report = example_report(self.edition, self.number, profile=self.profile, blanks=self.blanks)
        document = damage_document(report, self.target, self.damages, self.number, encoding=self.encoding)
        return attrs.evolve(document, certain=False)


def targets() -> tuple[Layout | Format, ...]:
    """Return every layout and every format that can be written here."""
    return (*LAYOUTS.values(), *(known for known in FORMATS.values() if not known.lacking()))


def unwritable() -> dict[str, str]:
    """Return the formats that cannot be written here, and what they lack."""
    return {known.name: lacking for known in FORMATS.values() if (lacking := known.lacking())}


def corpus(seed: object, each: int, chosen: Sequence[Layout | Format]) -> Iterator[Made]:
    """Yield ``each`` documents of every target: the damages in turn, the rest by ``seed``.

    None, one, two or three damages, equally often; so each damage is met in about as many documents as any other.
    """
    for target in chosen:
        rng = Random(f"accuracy {seed} {target.name}")
        names = [damage.name for damage in DAMAGES.values() if damage.happens_in(target)]
        turn: list[str] = []
        for position in range(each):
            wanted = position % (_MOST_DAMAGES + 1)
            if len(turn) < wanted:
                turn += rng.sample(names, len(names))
            damages, turn = tuple(dict.fromkeys(turn[:wanted])), turn[wanted:]
            yield Made(
                target.name,
                rng.choice(_EDITIONS),
                rng.randrange(1_000_000),
                rng.choice(_PROFILES),
                rng.choice(_BLANKS),
                damages,
                rng.choice(_ENCODINGS) if isinstance(target, Layout) else "",
            )
