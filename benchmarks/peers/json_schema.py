"""jsonschema and jsonschema-rs: the structure of a report by our JSON Schema; equations are beyond what it can say."""

from __future__ import annotations

from benchmarks.case import Job, Source
from govinfo.schema.jsonschema import json_schema

__all__ = ["python", "rust"]


def python(source: Source) -> Job:
    """Use jsonschema on decoded reports."""
    import jsonschema

    reports = source.records()
    validator = jsonschema.Draft202012Validator(json_schema())
    return Job(lambda: [list(validator.iter_errors(report)) for report in reports], len(reports))


def rust(source: Source) -> Job:
    """Use jsonschema-rs on decoded reports."""
    import jsonschema_rs

    reports = source.records()
    validator = jsonschema_rs.validator_for(json_schema())
    return Job(lambda: [list(validator.iter_errors(report)) for report in reports], len(reports))
