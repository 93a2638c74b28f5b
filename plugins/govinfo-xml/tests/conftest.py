"""What the tests share."""

from __future__ import annotations

from typing import Any

import govinfo_xml
import pytest
from lxml import etree

from govinfo.plugins import Candidate, Plugins, load_plugins


@pytest.fixture(scope="session")
def plugins() -> Plugins:
    """The library and this plugin."""
    candidate = Candidate("xml", "govinfo-xml", "0.1.0", lambda: govinfo_xml)
    loaded = load_plugins(entry_points=False, candidates=[candidate])
    assert loaded.problems == ()
    return loaded


@pytest.fixture(scope="session")
def schema() -> Any:
    """The published XML Schema."""
    return etree.XMLSchema(file=govinfo_xml.SCHEMA)
