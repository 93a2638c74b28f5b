"""What a finding is known by."""

from __future__ import annotations

from govinfo.findings import Finding, Severity
from govinfo.text import Text


def test_half_a_character_has_a_fingerprint_too() -> None:
    """A record can hold one: JSON writes it as an escape."""
    one, other = (
        Finding("X-DOC001", Severity.INFO, Text("题", "title"), ("title",), actual=f"标题{half}")
        for half in ("\ud800", "\ud801")
    )
    assert len(one.fingerprint) == 16
    assert one.fingerprint != other.fingerprint
