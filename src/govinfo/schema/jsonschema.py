"""The JSON Schema (draft 2020-12) of the canonical report, derived from the attrs classes."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from govinfo.schema.cells import Amount, Count, Missing
from govinfo.schema.editions import EDITIONS, national
from govinfo.schema.fields import Kind, spec_of
from govinfo.schema.paths import TABLES
from govinfo.schema.report import Report

__all__ = ["json_schema"]

Schema = dict[str, Any]
_DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"


def json_schema(editions: Mapping[str, Mapping[str, type[Any]]] = EDITIONS) -> Schema:
    """Return the JSON Schema of what `govinfo.schema.convert.to_json` writes.

    The edition of a table decides its shape; a table that is not in the document has the shape of the edition in
    force, and its edition is null.

    Args:
        editions: known table classes by table and edition.
    """
    definitions: dict[str, Schema] = {}
    report = _object(Report, definitions)
    names = {table: [*forms, None] for table, forms in editions.items()}
    every = list(dict.fromkeys(national(form) for forms in editions.values() for form in forms.values()))
    report["properties"] = {
        "edition": {"enum": [*every, "mixed", None]},
        "editions": _closed({table: {"enum": known} for table, known in names.items()}),
        **report["properties"],
        "missing": {
            "type": "object",
            "description": "why a cell is null, by canonical path",
            "propertyNames": {"pattern": rf"^({'|'.join(TABLES)})\."},
            "additionalProperties": {"enum": [reason.value for reason in Missing]},
        },
    }
    report["required"] = list(report["properties"])
    report["allOf"] = [
        _when(table, name, _reference(form, definitions))
        for table, forms in editions.items()
        for name, form in [*forms.items(), (None, _current(table))]
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "政府信息公开工作年度报告",
        "description": "An annual report on open government information, China, as govinfo writes it",
        **report,
        "$defs": definitions,
    }


def _current(table: str) -> type[Any]:
    """Return the class of the edition in force."""
    spec = next(spec_of(field) for field in attrs.fields(Report) if field.name == table)
    return spec.of if spec and spec.of else object


def _when(table: str, edition: str | None, then: Schema) -> Schema:
    chosen = {"properties": {"editions": {"properties": {table: {"const": edition}}}}}
    return {"if": chosen, "then": {"properties": {table: then}}}


def _closed(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _reference(cls: type[Any], definitions: dict[str, Schema]) -> Schema:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}  # holds its place, so that definitions stand in the order of the form
        definitions[cls.__name__] = _object(cls, definitions)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _object(cls: type[Any], definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(cls)
    properties = {field.name: _field(cls, field, hints[field.name], definitions) for field in attrs.fields(cls)}
    return _closed(properties)


def _field(cls: type[Any], field: attrs.Attribute[Any], hint: Any, definitions: dict[str, Schema]) -> Schema:
    spec = spec_of(field)
    if spec is None:
        return _of(hint, definitions)
    words = {"title": spec.label or spec.en, "description": spec.en}
    if spec.unit:
        words["unit"] = spec.unit
    if spec.kind is not Kind.BLOCK:
        return {**words, **_of(hint, definitions)}
    if field.name in EDITIONS and cls is Report:
        return {**words, "type": "object"}  # its shape follows from the edition
    return {**words, **_reference(spec.of or cls.column_class, definitions)}


def _of(hint: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a type that stands in an annotation."""
    if hint == Count:
        return {"type": ["integer", "null"]}
    if hint == Amount:
        return {"type": ["string", "null"], "pattern": _DECIMAL}
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return _or_null(_of(inner, definitions))
    if hint is str:
        return {"type": "string"}
    if hint is int:
        return {"type": "integer"}
    if hint is dt.date:
        return {"type": "string", "format": "date"}
    if issubclass(hint, enum.Enum):
        return {"enum": [member.value for member in hint]}
    return _reference(hint, definitions)


def _or_null(schema: Schema) -> Schema:
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return {"anyOf": [schema, {"type": "null"}]}
