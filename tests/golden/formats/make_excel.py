"""Makes the workbooks beside this file: a report as a web page, opened and saved again by LibreOffice Calc.

Run it with `python tests/golden/formats/make_excel.py`; it needs `soffice`. What the report holds stands in
``calc.json``. Made with LibreOffice 7.4.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from govinfo.schema.convert import to_json
from govinfo.testing import example_report, render

HERE = Path(__file__).parent
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}


def main() -> None:
    """Write the report and its workbooks."""
    report = example_report("2021", 20, profile="large", blanks=0.05)
    (HERE / "calc.json").write_text(
        json.dumps(to_json(report), ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8"
    )
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "calc.html"
        page.write_text(render(report, "html").decode(), encoding="utf-8")
        for suffix, name in FILTERS.items():
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
            command += [
                "--infilter=HTML (StarCalc)",
                "--convert-to",
                f"{suffix}:{name}",
                "--outdir",
                str(HERE),
                str(page),
            ]
            subprocess.run(command, check=True, timeout=120, capture_output=True)


if __name__ == "__main__":
    main()
