"""What is proposed as an Arrow table: the report's identity, the cell, what it holds and what it should hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from govinfo.batch.singles import Proposals
from govinfo.batch.violations import WORD, carried_along

__all__ = ["AMBIGUOUS", "NAMED", "PROPOSAL_FIELDS", "SEVERAL", "as_rows"]

NAMED, AMBIGUOUS, SEVERAL = "named", "ambiguous", "several"
PROPOSAL_FIELDS = (
    pa.field("part", WORD, False),
    pa.field("status", WORD, False),
    pa.field("path", WORD),
    pa.field("reported", pa.int64()),
    pa.field("proposed", pa.int64()),
    pa.field("alternatives", pa.int32(), False),
    pa.field("equations", pa.int32(), False),
    pa.field("resolves", WORD),
)


def as_rows(
    found: Proposals,
    parts: Sequence[str],
    counts: Sequence[str],
    identity: pa.RecordBatch | None,
    numbers: Sequence[int],
    schema: pa.Schema,
) -> pa.RecordBatch:
    """Return proposals as rows of the result.

    Args:
        found: in the reports of a part of a table.
        parts: what the cells of each part of a report have in common.
        counts: the path of each cell.
        identity: what tells these reports apart; None for nothing.
        numbers: the numbers of these reports in the whole of the data, from 1.
        schema: the columns of the result.
    """
    known = found.cell >= 0
    status = np.select([~known, found.alternatives == 1], [2, 0], 1)
    paths = [counts[cell] if cell >= 0 else None for cell in found.cell.tolist()]
    columns = [
        *carried_along(found.report, identity, numbers),
        _words([parts[part] for part in found.part.tolist()]),
        pa.DictionaryArray.from_arrays(pa.array(status, pa.int32()), pa.array([NAMED, AMBIGUOUS, SEVERAL])),
        _words(paths),
        pa.array(found.reported, mask=~known),
        pa.array(found.proposed, mask=~(known & found.fits)),
        pa.array(found.alternatives, pa.int32()),
        pa.array(found.equations, pa.int32()),
        _words([code if cell >= 0 else None for code, cell in zip(found.codes, found.cell, strict=True)]),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _words(several: Sequence[str | None]) -> pa.DictionaryArray:
    return pa.array(several, pa.string()).dictionary_encode()
