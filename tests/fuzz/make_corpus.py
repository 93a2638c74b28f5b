"""How the files of the seed corpus were made: one of every layout and format the test kit writes, and some hostile ones.

    python tests/fuzz/make_corpus.py [WORD]

Files are not the same every time (office programs write the hour into them), and need not be: what is recorded is what
`benchmarks/fuzz.py` and the suite begin with. With a word, only the files that have it in their name are made anew.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from govinfo.testing import LAYOUTS, example_report, print_report
from govinfo.testing.formats import FORMATS
from govinfo.testing.layouts import encode

FOLDER = Path(__file__).parent / "corpus"
LARGEST = 120_000
"""Larger files add nothing but time."""
TEXTS = ("lines", "lines_spaced", "cell_bar", "tabs", "markdown", "spaces", "html", "html_page", "html_paragraphs")
ENCODINGS = {"lines": "gb18030", "tabs": "utf-16", "spaces": "utf-8-sig", "html_page": "gb18030"}


def made() -> Iterator[tuple[str, bytes, str]]:
    """Yield every file: its name, content, and how it was made."""
    sheet = print_report(example_report("2021", 1, profile="few", blanks=0.05))
    for name in TEXTS:
        encoding = ENCODINGS.get(name, "utf-8")
        known = LAYOUTS[name]
        yield f"{name}{known.suffix}", encode(known.write(sheet), encoding), f"layout `{name}`, {encoding}"
    for one in FORMATS.values():
        if not one.lacking():
            yield f"{one.name}{one.suffix}", one.write(sheet), f"format `{one.name}` of the test kit"
    inner = archive({"乙区.txt": encode(LAYOUTS["tabs"].write(sheet)), "说明.html": b"<p>\xe8\xaf\xb4\xe6\x98\x8e</p>"})
    outer = archive({"甲市/丙镇.txt": encode(LAYOUTS["lines"].write(sheet)), "内.zip": inner})
    yield "nested.zip", outer, "a zip file in a zip file, with two reports and a page that is none"


def archive(members: dict[str, bytes]) -> bytes:
    """Put members into a zip file."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return into.getvalue()


def main() -> None:
    """Write the files, and `MANIFEST.md` of all that are there."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    FOLDER.mkdir(exist_ok=True)
    lines = []
    for name, content, how in made():
        path = FOLDER / name
        if len(content) > LARGEST:
            sys.stdout.write(f"{name}: {len(content)} bytes, left out\n")
            continue
        if word in name or not path.exists():
            path.write_bytes(content)
        lines.append(f"| `{name}` | {path.stat().st_size:,} | {how} |")
    head = (FOLDER / "MANIFEST.md").read_text(encoding="utf-8") if (FOLDER / "MANIFEST.md").exists() else ""
    _, _, found = head.partition("## Found by fuzzing\n")
    text = "# The seed corpus\n\nWritten by `python tests/fuzz/make_corpus.py` from one made-up report.\n\n"
    text += "| file | bytes | how it was made |\n|---|---:|---|\n" + "\n".join(lines) + "\n"
    (FOLDER / "MANIFEST.md").write_text(text + "\n## Found by fuzzing\n" + found, encoding="utf-8")


if __name__ == "__main__":
    main()
