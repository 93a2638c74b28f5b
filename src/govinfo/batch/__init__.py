"""Linear rules on many reports at once: Arrow in, Arrow out.

>>> import govinfo
>>> violations = govinfo.batch.validate(table)                      # doctest: +SKIP
>>> wrong = govinfo.batch.locate(table)                             # doctest: +SKIP
>>> table = govinfo.batch.flatten(reports)                          # doctest: +SKIP

A table has a column for each canonical path, named like it, and any other columns to tell reports apart; or the packed
form, all numbers of a report in one list. Needs the extra ``arrow``: NumPy and pyarrow.
"""

from __future__ import annotations

from govinfo.extras import need

need("arrow", "numpy", "pyarrow")

from govinfo.batch.locate import locate, locate_stream  # noqa: E402  # after the check
from govinfo.batch.packed import pack, unpack  # noqa: E402
from govinfo.batch.records import flatten, unflatten  # noqa: E402
from govinfo.batch.validate import stream, validate  # noqa: E402

__all__ = ["flatten", "locate", "locate_stream", "pack", "stream", "unflatten", "unpack", "validate"]
