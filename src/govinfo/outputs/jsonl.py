"""Check results as JSON Lines: one line per file, each like an entry of ``reports`` in the JSON output."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.hookspecs import CheckedFile
from govinfo.outputs.json import file_record
from govinfo.outputs.visible import json_text
from govinfo.text import Language

__all__ = ["write_jsonl"]


def write_jsonl(files: Sequence[CheckedFile], lang: Language) -> str:
    """Return one line of JSON per file."""
    return "".join(json_text(file_record(file, lang)) for file in files)
