"""What the README and the reference page show is true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from govinfo import write
from govinfo.api import check_files
from govinfo.plugins import Plugins

PLUGIN = Path(__file__).parents[1]
ROOT = PLUGIN.parents[1]
PAGES = [PLUGIN / "README.md", ROOT / "docs" / "reference" / "xml.md"]


@pytest.fixture(scope="module")
def written(plugins: Plugins) -> str:
    """What is written of the examples, by the names they have from the root of the project."""
    paths = ["examples/word-paste.html", "examples/pipes.txt"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        content = write(check_files(paths, plugins=plugins), format="xml", plugins=plugins)
    assert content is not None
    return content.decode()


def blocks(page: Path, language: str) -> list[str]:
    found = re.findall(rf"(?ms)^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"))
    assert found, f"{page.name} shows no {language}"
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_shown_is_what_is_written(page: Path, written: str) -> None:
    for block in blocks(page, "xml"):
        assert block in written, f"{page.name} shows what is not written: {block[:200]}"


def test_the_stylesheet_works(written: str) -> None:
    (stylesheet,) = blocks(PAGES[1], "xslt")
    transform: Any = etree.XSLT(etree.fromstring(stylesheet))
    lines = str(transform(etree.fromstring(written.encode()))).splitlines()
    assert lines == ["白鹿市东湖区人民政府,2023,159,1", "石桥县水利局,2022,3,0"]


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for block in blocks(PAGES[0], "py"):
        exec(compile(block, PAGES[0].name, "exec", dont_inherit=True), {})  # noqa: S102


def test_every_element_of_the_results_is_named_on_the_page() -> None:
    text: Any = etree.parse(str(PLUGIN / "src" / "govinfo_xml" / "govinfo-report.xsd"))
    xs = {"xs": "http://www.w3.org/2001/XMLSchema"}
    page = PAGES[1].read_text(encoding="utf-8")
    for kind in ("Reports", "File", "Finding", "Suggestion", "Outcomes", "Summary"):
        for name in text.xpath("//xs:complexType[@name=$kind]//xs:element/@name", kind=kind, namespaces=xs):
            assert f"`{name}`" in page, f"say on {PAGES[1].name} what <{name}> in {kind} is"
