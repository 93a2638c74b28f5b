"""Regions: a dated table of GB/T 2260 codes, and the place a publisher's name says."""

from __future__ import annotations

from govinfo.regions.model import Confidence, Region, Resolution
from govinfo.regions.named import region_named
from govinfo.regions.resolve import region_of, resolve

__all__ = ["Confidence", "Region", "Resolution", "region_named", "region_of", "resolve"]
