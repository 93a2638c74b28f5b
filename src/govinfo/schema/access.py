"""Straight-line code that loads the cells of a report: an attribute at a time, each block once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

__all__ = ["compiled", "getter", "loads"]


def loads(paths: Iterable[str], root: str) -> tuple[list[str], dict[str, str]]:
    """Return the statements that load every dotted path below ``root`` into a local, and the locals by path."""
    known = {"": root}
    lines: list[str] = []
    for path in paths:
        steps = path.split(".")
        for depth in range(1, len(steps) + 1):
            here = ".".join(steps[:depth])
            if here not in known:
                known[here] = f"v{len(known)}"
                lines.append(f"{known[here]} = {known['.'.join(steps[: depth - 1])]}.{steps[depth - 1]}")
    return lines, known


def compiled(name: str, argument: str, lines: Iterable[str]) -> Callable[[Any], Any]:
    """Return the function of one argument that runs ``lines``.

    Args:
        name: what tracebacks call it.
        argument: its parameter.
        lines: statements made by this library from attribute names and numbers, never from a document.
    """
    source = f"def {name}({argument}):\n" + "".join(f"    {line}\n" for line in lines)
    made: dict[str, Callable[[Any], Any]] = {}
    exec(compile(source, f"<{name}>", "exec"), made)  # noqa: S102
    return made[name]


def getter(paths: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return the function that gives what stands at each dotted path of an object: `operator.attrgetter`, but faster.

    ``attrgetter`` walks every path from the root again.
    """
    lines, known = loads(paths, "report")
    return compiled("cells_of", "report", [*lines, f"return ({''.join(f'{known[path]}, ' for path in paths)})"])
