"""Writing to the terminal: results to standard output, what went wrong to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from govinfo.errors import GovinfoError
from govinfo.outputs.visible import json_text, visible
from govinfo.text import Text

__all__ = ["complain", "emit", "emit_json", "json_bytes", "say"]


def say(lines: Iterable[str]) -> None:
    """Write lines for a person to standard output."""
    sys.stdout.write("".join(visible(line) + "\n" for line in lines))


def complain(message: str) -> None:
    """Write a message to standard error; what stands in it of a document or a file name cannot act there."""
    sys.stderr.write("".join(visible(line) + "\n" for line in message.split("\n")))


def emit_json(value: Any, *, indent: int | None = 2) -> None:
    """Write a JSON value to standard output."""
    emit(json_bytes(value, indent=indent))


def json_bytes(value: Any, *, indent: int | None = 2) -> bytes:
    """Return a JSON value in UTF-8."""
    return json_text(value, indent=indent).encode("utf-8", "replace")


def emit(content: bytes, *, readable: bool = False) -> None:
    """Write the output of a format to standard output.

    What a person reads is written in the encoding of the console; what another program reads is UTF-8 whatever the
    console speaks.

    Raises:
        GovinfoError: a binary format on its way to a terminal.
    """
    if not (readable or sys.stdout.isatty()):
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    try:
        sys.stdout.write(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = Text("此格式不能在屏幕显示，请用 --output", "this format is not for a screen: use --output")
        raise GovinfoError(message) from error
