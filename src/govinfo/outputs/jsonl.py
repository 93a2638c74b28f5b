"""Check results as JSON Lines: one line per file, each like an entry of ``reports`` in the JSON output."""

from __future__ import annotations

from govinfo.hookspecs import CheckedFile
from govinfo.outputs.json import file_record
from govinfo.outputs.visible import json_text
from govinfo.text import Language

__all__ = ["jsonl_one"]


def jsonl_one(file: CheckedFile, lang: Language, several: bool) -> str:
    """Return the line of one file."""
    return json_text(file_record(file, lang))
