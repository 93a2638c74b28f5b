"""Makes the Word documents of this folder with LibreOffice; run by hand where it is installed, never by a test.

``NAME.json`` beside each is the report that was printed, as canonical JSON.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from govinfo.schema.convert import to_json
from govinfo.testing import example_report, print_report, render
from govinfo.testing.formats import FORMATS

HERE = Path(__file__).parent
MADE = (
    # name, edition, seed, profile, what it is made from, LibreOffice's filter in and out
    ("from_page", "2021", 21, "few", "html", "HTML (StarWriter)", "docx"),
    ("numbered", "2019", 22, "large", "docx_numbered", "", "docx"),
    ("tracked", "mixed", 23, "few", "docx_tracked", "", "docx"),
    ("nested", "2021", 24, "zero", "docx_nested", "", "docx"),
    ("ragged", "2021", 25, "large", "docx_ragged", "", "docx"),
    ("word_2003", "2021", 26, "few", "docx", "", "xml:MS Word 2003 XML"),
)


def main() -> None:
    """Make every document anew."""
    with tempfile.TemporaryDirectory() as folder:
        for name, edition, seed, profile, source, filter_in, filter_out in MADE:
            report = example_report(edition, seed, profile=profile)  # type: ignore[arg-type]
            if source == "html":
                content, suffix = render(report, "html"), ".html"
            else:
                content, suffix = FORMATS[source].write(print_report(report)), FORMATS[source].suffix
            path = Path(folder) / f"{name}{suffix}"
            path.write_bytes(content)
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
            if filter_in:
                command.append(f"--infilter={filter_in}")
            command += ["--convert-to", filter_out, "--outdir", str(HERE), str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            made = HERE / f"{name}.{filter_out.partition(':')[0]}"
            text = json.dumps(to_json(report), ensure_ascii=False, indent=1)
            made.with_name(f"{made.name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
