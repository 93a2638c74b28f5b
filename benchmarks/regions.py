"""How surely publishers' names are resolved to their regions, on a labelled list, beside a peer.

    python benchmarks/regions.py [--wrong] [--json]

The list is `data/publishers.tsv`, labelled by hand. What counts most is the last column: a name resolved to a place
it is not, with confidence. The peer, `cpca`, takes provinces, cities and districts out of addresses; it says no
level and no confidence, knows no years and no context, and gets the names that need none of these as well.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govinfo.regions import Confidence, resolve

__all__ = ["LIST", "Label", "Score", "labels", "main", "ours", "score"]

LIST = Path(__file__).parent / "data" / "publishers.tsv"


class Label(NamedTuple):
    """One publisher, as it should be resolved."""

    name: str
    year: int | None
    context: tuple[str, ...]
    within: str
    code: str
    """Or ``ambiguous`` or ``unknown``."""
    level: str
    """``-`` where it cannot be known."""
    kind: str

    @property
    def is_place(self) -> bool:
        """Whether the name can be resolved."""
        return self.code.isdigit()


class Answer(NamedTuple):
    """What a resolver says."""

    code: str
    level: str


class Score(NamedTuple):
    """What came of some labels."""

    names: int
    right: int
    """Code and level as labelled, ambiguous or unknown where labelled so."""
    ambiguous: int
    unknown: int
    confident_errors: int
    """A code that is not the labelled one."""
    microseconds: float
    """The median time of a name."""


def labels() -> list[Label]:
    """Return the list."""
    lines = (line for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [
        Label(name, int(year) if year else None, tuple(context.split("|")) if context else (), within, *rest)
        for name, year, context, within, *rest in (line.split("\t") for line in lines)
    ]


def ours(label: Label) -> Answer:
    """Resolve a name."""
    found = resolve(label.name, year=label.year, context=label.context, within=label.within)
    unsure = "ambiguous" if found.confidence is Confidence.AMBIGUOUS else "unknown"
    return Answer(found.code or unsure, found.level.value if found.level else "-")


def peer() -> Callable[[Label], Answer] | None:
    """Return the peer, if it is installed."""
    try:
        import cpca
    except ImportError:
        return None

    def resolved(label: Label) -> Answer:
        code = cpca.transform([label.name])["adcode"][0]
        return Answer(str(code).ljust(6, "0") if code else "unknown", label.level)

    return resolved


def wrong(label: Label, answer: Answer) -> bool:
    """Whether a place was named that it is not."""
    return answer.code.isdigit() and answer.code != label.code


def score(some: Sequence[Label], resolver: Callable[[Label], Answer]) -> Score:
    """Resolve names and count."""
    resolver(some[0])  # the table is read once
    answers, times = [], []
    for label in some:
        start = time.perf_counter()
        answers.append(resolver(label))
        times.append(time.perf_counter() - start)
    pairs = list(zip(some, answers, strict=True))
    return Score(
        names=len(some),
        right=sum(answer == (label.code, label.level) for label, answer in pairs),
        ambiguous=sum(answer.code == "ambiguous" for answer in answers),
        unknown=sum(answer.code == "unknown" for answer in answers),
        confident_errors=sum(wrong(label, answer) for label, answer in pairs),
        microseconds=statistics.median(times) * 1e6,
    )


def measure() -> Iterator[tuple[str, Score]]:
    """Yield what is measured, by what it is called."""
    every = labels()
    yield "govinfo, all", score(every, ours)
    for kind in dict.fromkeys(label.kind for label in every):
        yield f"govinfo, {kind}", score([label for label in every if label.kind == kind], ours)
    theirs = peer()
    if theirs is not None:
        plain = [label for label in every if not (label.year or label.context or label.within)]
        yield "govinfo, name alone", score(plain, ours)
        yield "cpca, name alone (level not asked)", score(plain, theirs)


def main(argv: Sequence[str]) -> int:
    """Print the figures; with ``--wrong`` every name that is not as labelled."""
    if "--wrong" in argv:
        for label in labels():
            answer = ours(label)
            if answer != (label.code, label.level):
                print("!!" if wrong(label, answer) else "  ", *label, "→", *answer, sep="\t")
        return 0
    scores = dict(measure())
    if "--json" in argv:
        print(json.dumps({name: one._asdict() for name, one in scores.items()}, ensure_ascii=False, indent=2))
        return 0
    print("| names | | right | ambiguous | unknown | confident errors | µs a name |\n|---|---|---|---|---|---|---|")
    for name, one in scores.items():
        share = [f"{part / one.names:.1%}" for part in (one.right, one.ambiguous, one.unknown)]
        print(f"| {name} | {one.names} | {' | '.join(share)} | {one.confident_errors} | {one.microseconds:.0f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
