"""The editions of tables 2 and 3 the library itself knows; plugins may know more, also such as extend these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govinfo.schema.applications import Applications2019, Applications2021
from govinfo.schema.disclosure import Disclosure2019, Disclosure2021

__all__ = ["EDITIONS", "forms_of", "national"]

EDITIONS: dict[str, dict[str, type[Any]]] = {
    "disclosure": {form.edition: form for form in (Disclosure2019, Disclosure2021)},
    "applications": {form.edition: form for form in (Applications2019, Applications2021)},
}
"""Table classes by canonical table name and edition."""


def national(form: Any) -> str:
    """Return the national edition a table is of: its own, or the one it adds rows to.

    Args:
        form: a table of any edition, or its class.
    """
    edition: str = getattr(form, "extends", None) or form.edition
    return edition


def forms_of(edition: str, editions: Mapping[str, Mapping[str, type[Any]]] = EDITIONS) -> dict[str, type[Any]]:
    """Return the classes of tables 2 and 3, by table, for an edition: a region's of one table has the national other.

    Args:
        edition: its name.
        editions: known table classes by table and edition.

    Raises:
        KeyError: no table has this edition.
    """
    own = {table: forms[edition] for table, forms in editions.items() if edition in forms}
    if not own:
        raise KeyError(edition)
    base = national(next(iter(own.values())))
    return {**{table: forms[base] for table, forms in editions.items() if base in forms}, **own}
