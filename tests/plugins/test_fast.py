"""The compiled engine's own tests, where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAST = ROOT / "plugins" / "govinfo-fast"


@pytest.mark.skipif(find_spec("govinfo_fast") is None, reason="govinfo-fast is not installed")
def test_its_own_tests_pass(tmp_path: Path) -> None:
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "--rootdir", str(FAST), str(FAST / "tests")]
    command = [sys.executable, "-m", "pytest", *options]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout
