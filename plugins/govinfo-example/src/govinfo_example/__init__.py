"""A plugin for govinfo. The functions below are the hooks: each says what the plugin adds."""

from __future__ import annotations

from govinfo import LabelVariant, Reader, RuleSet, Stream, Text, Writer, hookimpl

from govinfo_example.labels import LABELS
from govinfo_example.output import header, lines
from govinfo_example.reader import accepts, read
from govinfo_example.rules import RULES

__all__ = ["govinfo_labels", "govinfo_readers", "govinfo_rule_sets", "govinfo_writers"]


@hookimpl
def govinfo_rule_sets() -> list[RuleSet]:
    """Add the rule set ``example``."""
    return [RULES]


@hookimpl
def govinfo_writers() -> list[Writer]:
    """Add the output format ``example``: tab-separated values."""
    title = Text("每个问题一行", "one line per finding")
    return [Writer("example", (".tsv",), stream=Stream(lines, header), title=title)]


@hookimpl
def govinfo_readers() -> list[Reader]:
    """Add the document format ``example``."""
    title = Text(
        "以 #example 开头的文本",
        "text that begins with #example",
    )
    return [Reader("example", accepts, read, title)]


@hookimpl
def govinfo_labels() -> list[LabelVariant]:
    """Add the printings of labels seen in the region."""
    return list(LABELS)
