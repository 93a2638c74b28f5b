"""What the fast validator has to reach, beside what it did reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.bandwidth import READERS
from benchmarks.cases import ENGINES, REPEATED

__all__ = ["targets"]

_TIMES = {"numpy": 250, "compiled": 1_000}
_SHARE = {"numpy": 0.10, "compiled": 0.40}
_RATE = {"arrow": ("compiled", 8e6), "parquet": ("compiled", 0.5e6), "ndjson": ("compiled", 50e3)}
_FILES = {"arrow": "packed Arrow file, mapped", "parquet": "Parquet file", "ndjson": "nested JSON Lines"}


def targets(speed: Mapping[str, float], memory: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return every target that can be told from what was measured.

    Args:
        speed: reports per second by the key of a case; the bandwidth's in reports too.
        memory: extra megabytes by the key of a case.
    """
    found = []
    for name, value, wanted, aim in _ratios(speed):
        met = value >= wanted
        found.append({"name": name, "measured": value, "at_least": wanted, "aim": aim, "met": met})
    for name, value, most, aim in _limits(speed, memory):
        found.append({"name": name, "measured": value, "at_most": most, "aim": aim, "met": value <= most})
    return found


def _ratios(speed: Mapping[str, float]) -> Iterator[tuple[str, float, float, float | None]]:
    pydantic = max((speed[key] for key in speed if key.startswith("pydantic")), default=None)
    read = max((speed[f"read-{name}"] for name in READERS if f"read-{name}" in speed), default=None)
    for engine in ENGINES:
        own, two, blanks, both = (
            speed.get(f"{engine}-packed-{rest}") for rest in ("complete-1", "complete-2", "blanks-1", "blanks-2")
        )
        if own and pydantic:
            yield f"{engine}: times the fastest pydantic", own / pydantic, _TIMES[engine], None
        if own and read:
            aim = 0.6 if engine == "compiled" else None
            yield f"{engine}: share of the read bandwidth", own / read, _SHARE[engine], aim
        if own and two:
            yield f"{engine}: two cores over one", two / own, 1.7, None
        if own and blanks:
            yield f"{engine}: blanks in 5 % of the reports over none", blanks / own, 0.5, None
        if two and both:
            yield f"{engine}: the same on two cores", both / two, 0.5, None
    for ending, (engine, wanted) in _RATE.items():
        fastest = max((speed.get(f"{e}-{ending}", 0.0) for e in (engine, "numpy")), default=0.0)
        if fastest:
            yield f"{_FILES[ending]}: reports/s", fastest, wanted, None


def _limits(
    speed: Mapping[str, float], memory: Mapping[str, float]
) -> Iterator[tuple[str, float, float, float | None]]:
    if rate := speed.get("one-report"):
        yield "one report: µs", 1e6 / rate, 20.0, 10.0
    for engine in ENGINES:
        streams = {key: extra for key, extra in memory.items() if key.startswith(engine) and _is_bounded(key)}
        if streams:
            most = max(streams, key=streams.__getitem__)
            yield f"{engine}: most extra memory of a stream, MB ({most})", streams[most], 20.0, None
        for form in ("packed", "columnar"):
            one, more = (streams.get(f"{engine}-{form}-stream-{times}") for times in (1, REPEATED))
            if one is not None and more is not None:
                yield f"{engine}, {form}: growth with {REPEATED} times as many reports, MB", more - one, 2.0, None


def _is_bounded(key: str) -> bool:
    """Whether a case keeps no list of violations, which is as long as it is."""
    return "-stream-" in key or key.partition("-")[2] in _FILES
