"""What installed plugins cost at start: nothing, and forty provinces, each with a rule set of its own.

    python benchmarks/plugins.py

Each command is run in a process of its own, with and without the plugins by turns, and the least processor time it
takes is compared: what else the machine does at the moment must not count. The plugins are made from the template of
``govinfo plugins new``, with five rules each, three of which look at text.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from govinfo.provinces import LETTERS
from govinfo.scaffold import plugin_files

ROOT = Path(__file__).resolve().parents[1]
MANY = 40
TIMES = 21
LIMIT = 1.0
"""Milliseconds a plugin may cost."""
COMMANDS = (("--help",), ("rules",), ("check", "examples/tabs.txt"))

_MORE = """

from govinfo import Statement, StatementRule

_SAID = Statement(Text("平台", "platforms"), ("平台",))
_MORE = tuple(
    StatementRule(
        f"${letters}-DOC00{n}", Severity.INFO, _SOURCE, _SOURCE, within=("sections.overview",), says=(_SAID,)
    )
    for n in range(2, 5)
)
RULES = RuleSet(RULES.name, RULES.title, (*RULES.rules, *_MORE), RULES.region)
"""
"""Three rules more, so that each plugin has five."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        install(Path(folder), MANY)
        sys.stdout.write(f"{'command':32} {'none':>9} {f'{MANY} plugins':>12} {'each':>9}\n")
        slow = False
        for arguments in COMMANDS:
            none, many = measure(arguments, Path(folder))
            each = (many - none) / MANY
            slow = slow or each >= LIMIT
            sys.stdout.write(f"{' '.join(arguments):32} {none:6.0f} ms {many:9.0f} ms {each:6.2f} ms\n")
    if slow:
        raise SystemExit(f"a plugin costs {LIMIT:g} ms or more")


def install(site: Path, many: int) -> None:
    """Lay out plugins as pip would have installed them."""
    for number in range(many):
        name = f"made-up-{number:02}"
        module = f"govinfo_{name.replace('-', '_')}"
        region, theirs = [*LETTERS.items()][number % len(LETTERS)]
        letters = f"Z{chr(65 + number // 26)}{chr(65 + number % 26)}"  # there are more plugins than provinces
        for path, content in plugin_files(name, region=region).items():
            if path.startswith("src/"):
                target = site / path.removeprefix("src/")
                target.parent.mkdir(parents=True, exist_ok=True)
                more = _MORE.replace("${letters}", letters) if path.endswith("rules.py") else ""
                target.write_text(content.replace(f"{theirs}-", f"{letters}-") + more, encoding="utf-8")
        about = site / f"{module}-0.1.0.dist-info"
        about.mkdir()
        head = f"Metadata-Version: 2.4\nName: govinfo-{name}\nVersion: 0.1.0\nRequires-Dist: govinfo-cn>=0.1\n\n"
        (about / "METADATA").write_text(head + "# A plugin\n" * 50)
        (about / "entry_points.txt").write_text(f"[govinfo.plugins.v1]\n{name} = {module}\n")
    compileall.compile_dir(site, quiet=2)


def measure(arguments: tuple[str, ...], site: Path) -> tuple[float, float]:
    """Return the milliseconds a command takes without and with the plugins."""
    took: dict[str, list[float]] = {"": [], str(site): []}
    for _ in range(TIMES):
        for path, times in took.items():
            times.append(once(arguments, path))
    return min(took[""]), min(took[str(site)])


def once(arguments: tuple[str, ...], path: str) -> float:
    """Run a command and return the milliseconds of processor time it took."""
    command = [sys.executable, "-m", "govinfo", *arguments]
    # modules are compiled once, as wherever something is installed
    env = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": ""}
    begun = getrusage(RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False)
    ended = getrusage(RUSAGE_CHILDREN)
    assert done.returncode in (0, 1), done.stderr.decode()
    return (ended.ru_utime - begun.ru_utime + ended.ru_stime - begun.ru_stime) * 1000


if __name__ == "__main__":
    main()
