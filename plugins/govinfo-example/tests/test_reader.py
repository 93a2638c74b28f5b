"""A report that was written in the format is read back as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from govinfo import ReadError, read
from govinfo.schema import cells
from govinfo.testing import Sheet, example_report, print_report
from govinfo.testing.contract import plugins_with
from govinfo.testing.examples import Edition

PLUGINS = plugins_with("govinfo_example")


def written(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of a report in the format."""
    yield "#example"
    yield from (*sheet.title, *sheet.opening)
    for section in sheet.sections:
        yield section.heading
        for block in section.blocks:
            if isinstance(block, str):
                yield block
                continue
            for row in block.spread():
                texts = [slot.cell.text if slot.begins else "" for slot in row]
                yield f"|{'|'.join(texts)}|"
            yield ""


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("seed", range(3))
def test_every_figure_is_read_back(edition: Edition, seed: int) -> None:
    report = example_report(edition, seed)
    content = "\n".join(written(print_report(report))).encode()
    assert cells(read(content, plugins=PLUGINS).report) == cells(report)


def test_what_is_damaged_is_said() -> None:
    with pytest.raises(ReadError):
        read(b"#example\n\xff\xfe", name="a.txt", plugins=PLUGINS)
