"""LibreOffice run as a program: one file in, another format out, nothing else.

The profile turns macros, links to other files and the network off; time, memory and what is written are bounded, and
all that was started is ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

__all__ = ["FILTERS", "find_soffice", "prepare_profile", "run_soffice"]

FILTERS = {"doc": "MS Word 97", "docx": "MS Word 2007 XML", "rtf": "Rich Text Format", "odt": "writer8"}
"""LibreOffice's own names of the formats it writes, where the suffix alone would be taken for another one."""

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
)
_MAX_FILE = 512 * 1024 * 1024
_MAX_MEMORY = 6 * 1024**3

_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
    # A proxy where nothing listens: whatever a document asks of the network stays here.
    *(("Inet/Settings", f"ooInet{name}ProxyName", "127.0.0.1") for name in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{name}ProxyPort", "9") for name in ("HTTP", "HTTPS", "FTP")),
    ("Inet/Settings", "ooInetProxyType", "2"),
)
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'


def find_soffice() -> str | None:
    """Return the path of LibreOffice's program, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def prepare_profile(folder: Path) -> None:
    """Write a profile of LibreOffice into an empty folder."""
    items = "".join(
        _ITEM.format(path if path.startswith("Inet") else f"Office.{path}", *rest) for path, *rest in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>",
        encoding="utf-8",
    )


def run_soffice(
    files: Sequence[Path], to: str, out: Path, profile: Path, seconds: float, *, infilter: str | None = None
) -> None:
    """Convert files; the results have the same names with the suffix ``to`` and stand in ``out``, if all goes well.

    Args:
        files: of one format.
        to: suffix of the format wanted, without its dot.
        out: an existing folder.
        profile: prepared by `prepare_profile`; no other run may use it at the same time.
        seconds: how long it may take.
        infilter: LibreOffice's name for the format of the files, where the suffix alone does not tell it.

    Raises:
        FileNotFoundError: LibreOffice is not installed.
        TimeoutError: it took longer and was ended.
        OSError: it could not be started.
    """
    program = find_soffice()
    if program is None:
        raise FileNotFoundError("soffice")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *([f"--infilter={infilter}"] if infilter else []),
        *("--convert-to", f"{to}:{FILTERS[to]}" if to in FILTERS else to),
        *("--outdir", str(out)),
        *map(str, files),
    ]
    posix = os.name == "posix"
    if posix and sys.platform != "darwin":
        bounds = f'ulimit -f {_MAX_FILE // 512}; ulimit -v {_MAX_MEMORY // 1024}; ulimit -c 0; exec "$@"'
        command = ["/bin/sh", "-c", bounds, "sh", *command]
    process = subprocess.Popen(  # noqa: S603 - a program of the system's, arguments of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=posix,
        cwd=out,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"{seconds:.0f} s") from None
    finally:
        _end(process, posix)


def _end(process: subprocess.Popen[bytes], posix: bool) -> None:
    """End a process and those it started: LibreOffice is a script that starts a starter that starts a program."""
    with suppress(ProcessLookupError, PermissionError):
        if posix:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
