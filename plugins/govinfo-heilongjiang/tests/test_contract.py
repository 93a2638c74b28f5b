"""What every plugin keeps to, see `govinfo.testing.contract`."""

from __future__ import annotations

from pathlib import Path

from govinfo.testing.contract import plugin_contract

test_contract = plugin_contract("govinfo_heilongjiang", cases=Path(__file__).parent / "cases")
