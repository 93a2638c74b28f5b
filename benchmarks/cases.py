"""Every case of `benchmarks/validate.py`, in families whose cases take turns."""

from __future__ import annotations

from typing import Any

from benchmarks.bandwidth import READERS
from benchmarks.case import NDJSON_REPORTS, Case

__all__ = ["ENGINES", "FAMILIES", "PEERS", "REPEATED"]

ENGINES: dict[str, tuple[str, ...]] = {"numpy": ("govinfo.batch",), "compiled": ("govinfo.batch", "govinfo_fast")}
_OF = {"complete": "", "blanks": ", blanks in 5 % of the reports", "scattered": ", 5 % of all cells blank"}
REPEATED = 4
"""How many times over the longer stream goes through the reports."""
_SCATTERED_REPORTS = 20_000
"""Each has two dozen relations that cannot be decided: the list is long."""


def _batch(engine: str, form: str, data: str, cores: int) -> Case:
    two = ", two cores" if cores == 2 else ""
    return Case(
        f"{engine}-{form}-{data}-{cores}",
        f"ours, {engine}, {form}{_OF[data]}{two}",
        "benchmarks.ours:batch",
        ENGINES[engine],
        _SCATTERED_REPORTS if data == "scattered" else None,
        data=data,
        cores=cores,
        options={"form": form, "engine": engine, "threads": cores},
    )


def _stream(engine: str, form: str, repeat: int) -> Case:
    again = f", {repeat} times as many reports" if repeat > 1 else ""
    options = {"form": form, "engine": engine, "repeat": repeat}
    key, title = f"{engine}-{form}-stream-{repeat}", f"ours, {engine}, {form}, stream{again}"
    return Case(key, title, "benchmarks.ours:stream", ENGINES[engine], options=options)


def _file(engine: str, ending: str, title: str) -> Case:
    limit = NDJSON_REPORTS if ending == "ndjson" else None
    return Case(
        f"{engine}-{ending}",
        f"ours, {engine}, {title}",
        "benchmarks.ours:from_file",
        (*ENGINES[engine], "msgspec") if ending == "ndjson" else ENGINES[engine],
        limit,
        options={"ending": ending, "engine": engine},
        mapped=ending == "arrow",
    )


_FILES = {
    "arrow": "packed Arrow file, mapped",
    "parquet": "Parquet file",
    "ndjson": "nested JSON Lines file",
}


def _peer(key: str, title: str, where: str, needs: str, reports: int, cores: int = 1, **options: Any) -> Case:
    return Case(key, title, f"benchmarks.peers.{where}", (needs,), reports, cores=cores, options=options)


PEERS = (
    _peer("pydantic-nested", "pydantic, nested validators", "pydantic_models:nested", "pydantic", 5_000),
    _peer("pydantic-json", "pydantic, the same from JSON", "pydantic_models:nested", "pydantic", 5_000, json=True),
    _peer("pydantic-all", "pydantic, one validator lists all", "pydantic_models:together", "pydantic", 5_000),
    _peer("msgspec-dicts", "msgspec and checks by hand", "msgspec_structs:prepare", "msgspec", 10_000, json=False),
    _peer("msgspec-json", "msgspec, the same from JSON", "msgspec_structs:prepare", "msgspec", 10_000, json=True),
    _peer("jsonschema-python", "jsonschema", "json_schema:python", "jsonschema", 200),
    _peer("jsonschema-rs", "jsonschema-rs", "json_schema:rust", "jsonschema_rs", 5_000),
    _peer("pandas", "pandas expressions", "pandas_expressions:prepare", "pandas", 200_000),
    _peer("pandera", "pandera", "pandera_checks:prepare", "pandera", 20_000),
    _peer("polars", "polars, one lazy query", "polars_expressions:prepare", "polars", 200_000),
    _peer("polars-2", "polars, two cores", "polars_expressions:prepare", "polars", 200_000, 2),
    _peer("duckdb", "DuckDB, union all", "duckdb_sql:prepare", "duckdb", 200_000, query="union_all"),
    _peer("duckdb-pass", "DuckDB, one pass", "duckdb_sql:prepare", "duckdb", 200_000, query="one_pass"),
    _peer(
        "duckdb-2",
        "DuckDB, union all, two cores",
        "duckdb_sql:prepare",
        "duckdb",
        200_000,
        2,
        query="union_all",
        threads=2,
    ),
    _peer("schematron", "lxml, ISO Schematron", "schematron:prepare", "lxml", 200),
)

FAMILIES: dict[str, tuple[Case, ...]] = {
    "packed": (
        *(
            Case(f"read-{name}", title, "benchmarks.bandwidth:read", options={"reader": name})
            for name, title in READERS.items()
        ),
        *(
            _batch(engine, "packed", data, cores)
            for engine in ENGINES
            for data, cores in (("complete", 1), ("complete", 2), ("blanks", 1), ("blanks", 2), ("scattered", 1))
        ),
    ),
    "columnar": tuple(
        _batch(engine, "columnar", data, cores)
        for engine in ENGINES
        for data, cores in (("complete", 1), ("complete", 2), ("blanks", 1))
    ),
    "streams": tuple(
        _stream(engine, form, repeat)
        for engine in ENGINES
        for form in ("packed", "columnar")
        for repeat in (1, REPEATED)
    ),
    "files": tuple(_file(engine, ending, title) for engine in ENGINES for ending, title in _FILES.items()),
    "objects and peers": (
        Case("one-report", "ours, one report after the other", "benchmarks.ours:one_report", reports=5_000),
        *PEERS,
    ),
}
"""Cases by family: those of a family are alive at the same time."""
