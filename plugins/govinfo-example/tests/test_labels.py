"""A report printed with the other labels is read as one printed with the form's."""

from __future__ import annotations

import pytest
from govinfo import LabelVariant, read
from govinfo.schema import cells
from govinfo.testing import example_report, render
from govinfo.testing.contract import plugins_with

from govinfo_example.labels import LABELS

PLUGINS = plugins_with("govinfo_example")


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.variant)
def test_a_variant_is_read_as_the_label_it_stands_for(label: LabelVariant) -> None:
    report = example_report("2021", 3)
    printed = render(report, "pipes").decode()
    assert label.label in printed
    other = printed.replace(label.label, label.variant).encode()
    assert cells(read(other, plugins=PLUGINS).report) == cells(report)
