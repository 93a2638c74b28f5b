"""The reader's language, from the command line or the environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govinfo.text import LANGUAGES, Language

__all__ = ["choose_language"]


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language to speak.

    ``--lang`` counts wherever it stands, since help has to be written before options are parsed. Otherwise the first
    of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set decides; where it names neither language (``C``), Chinese.
    """
    asked = _option(arguments)
    if asked in LANGUAGES:
        return asked
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "en" if locale.lower().startswith("en") else "zh"


def _option(arguments: Sequence[str]) -> str | None:
    found = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            found = arguments[position + 1]
        elif argument.startswith("--lang="):
            found = argument.removeprefix("--lang=")
    return found
