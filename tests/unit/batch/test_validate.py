"""What `govinfo.batch.validate` takes, what it refuses and in which words, and what it gives."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("pyarrow")

import pyarrow as pa

from govinfo import GovinfoError, batch
from govinfo.batch.form import BatchError
from govinfo.batch.violations import FIELDS, NUMBER
from govinfo.findings import Severity, Status
from govinfo.plugins import default_plugins
from govinfo.rules.catalogue import choose
from govinfo.rules.model import LinearRule
from govinfo.rules.national import NATIONAL
from govinfo.schema import Missing, Report, cells
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report, build
from govinfo.testing.violations import expected_violations, random_cells

LINEAR = [rule for rule in NATIONAL.rules if isinstance(rule, LinearRule)]
OWN = [field.name for field in FIELDS]
RECEIVED = "applications.total.received"
CARRIED_IN = "applications.total.carried_in"
CHARGED = "processing_fee.charged"
WRONG = {RECEIVED: 999}
BLANKS = {RECEIVED: Missing.BLANK}


def made(change: dict[str, Any] | None = None, edition: str = "2021") -> Report:
    return build(edition, change).report


def cells_of(*reports: Report, **columns: Any) -> pa.Table:
    """Only cells, and the columns asked for."""
    table = batch.flatten(reports)
    kept = [name for name in table.column_names if name.partition(".")[0] in tables_of(Report())]
    table = table.select(kept)
    for name, values in columns.items():
        table = table.append_column(name, values if isinstance(values, (pa.Array, pa.ChunkedArray)) else [values])
    return table


def changed(table: pa.Table, name: str, values: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values if isinstance(values, pa.Array) else [values])


def validated(data: Any, **options: Any) -> pa.Table:
    """Violations with their words written out: which dictionary a batch has does not matter."""
    found = batch.validate(data, **options)
    fields = [field.with_type(getattr(field.type, "value_type", field.type)) for field in found.schema]
    return found.cast(pa.schema(fields))


def said(table: Any, **options: Any) -> str:
    """What is wrong with a table, in English; the other language says something too."""
    with pytest.raises(GovinfoError) as caught:
        batch.validate(table, **options)
    zh, en = caught.value.text.zh, caught.value.text.en
    assert en.isascii()
    assert not zh.isascii()
    return en


@pytest.fixture(scope="module")
def mixed() -> pa.Table:
    reports = [made(WRONG, edition) for edition in ("2021", "2019", "2021", "2021", "2019")] + [made()]
    return batch.flatten(reports).append_column("id", [[f"r{i}" for i in range(6)]])


# What comes out.


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("undecided", [True, False])
def test_what_comes_out_is_what_the_definition_says(edition: str, undecided: bool) -> None:
    classes, chance = tables_of(base_report(edition)), random.Random(7)
    rows = [random_cells(classes, chance, blank=blank) for blank in (0, 0.02, 0.3, 1)]
    names = list(rows[0])
    money = {path for row in rows for path, value in row.items() if isinstance(value, Decimal)}
    kinds = {path: pa.decimal128(18, 6) if path in money else pa.int64() for path in names}
    table = pa.table({path: pa.array([row[path] for row in rows], kinds[path]) for path in names})
    expected = expected_violations(LINEAR, classes, rows, undecided=undecided)
    found = validated(table, rules=["national"], undecided=undecided)
    assert found.column_names == ["report", *OWN]
    assert [(number - 1, *rest) for number, *rest in zip(*found.to_pydict().values(), strict=True)] == expected


def test_the_columns_of_violations() -> None:
    table = cells_of(made(WRONG), made(BLANKS), id=["a", "b"], year=pa.array([2020, 2021], pa.int16()))
    found = validated(table, select=["APP"])
    assert found.column_names == ["id", "year", *OWN]
    assert found.schema.field("year").type == pa.int16()
    assert {found.schema.field(name).type for name in ("left", "right", "difference")} == {NUMBER}
    assert set(zip(found["id"].to_pylist(), found["status"].to_pylist(), strict=True)) == {
        ("a", Status.FAILED.value),
        ("b", Status.UNDECIDED.value),
    }
    for row in found.to_pylist():
        assert row["severity"] in {one.value for one in Severity}
        assert (row["difference"] is None) is (row["left"] is None or row["right"] is None)
        assert (row["status"] == "undecided") is (row["difference"] is None)


def test_without_identity_the_number_of_the_report_is_given() -> None:
    table = cells_of(made(), made(WRONG), made(), made(WRONG))
    assert set(validated(table)["report"].to_pylist()) == {2, 4}
    pieces = pa.Table.from_batches(table.to_batches(max_chunksize=1))
    assert set(validated(pieces)["report"].to_pylist()) == {2, 4}
    assert set(validated(pieces, threads=2)["report"].to_pylist()) == {2, 4}


def test_rows_that_are_undecided_may_be_left_out() -> None:
    table = cells_of(made(BLANKS), made(WRONG))
    every, failed = validated(table), validated(table, undecided=False)
    assert set(every["status"].to_pylist()) == {"failed", "undecided"}
    assert failed.equals(every.filter(pa.compute.equal(every["status"], "failed")))


def test_editions_side_by_side_keep_their_order(mixed: pa.Table) -> None:
    found = validated(mixed)
    order = found["id"].to_pylist()
    assert order == sorted(order)
    assert set(order) == {f"r{i}" for i in range(5)}
    for i, edition in enumerate(("2021", "2019", "2021", "2021", "2019")):
        alone = batch.flatten([made(WRONG, edition)]).append_column("id", [[f"r{i}"]])
        assert found.filter(pa.compute.equal(found["id"], f"r{i}")).equals(validated(alone))


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("size", [1, 4])
def test_neither_pieces_nor_threads_change_anything(mixed: pa.Table, threads: int, size: int) -> None:
    pieces = pa.RecordBatchReader.from_batches(mixed.schema, mixed.to_batches(max_chunksize=size))
    assert validated(pieces, threads=threads).equals(validated(mixed))


def test_many_parts_of_one_batch() -> None:
    table = cells_of(*[made(WRONG)] * 3, *[made()] * 3)
    many = pa.concat_tables([table] * 1000).combine_chunks().append_column("id", [range(6000)])
    found = validated(many, threads=2, select=["APP"])
    assert found["id"].unique().to_pylist() == [i for i in range(6000) if i % 6 < 3]


# Where rules and columns do not meet.


def test_a_missing_column_is_named_with_a_rule_that_needs_it() -> None:
    text = said(cells_of(made()).drop_columns(RECEIVED))
    assert f"missing columns: {RECEIVED} (needed by APP" in text
    assert "with select" in text
    many = said(cells_of(made()).select([RECEIVED]))
    assert "and" in many
    assert "more (needed by" in many


def test_rules_that_do_not_need_a_column_do_without() -> None:
    table = cells_of(made(WRONG))
    fee = table.select([name for name in table.column_names if name.startswith("processing_fee")])
    assert validated(fee, select=["FEE001"]).equals(validated(table, select=["FEE001"]))
    assert "needed by" in said(fee, select=["APP"])


def test_a_misspelt_column_names_its_like() -> None:
    names = [
        name.replace("received", "recieved") if name == RECEIVED else name for name in cells_of(made()).column_names
    ]
    text = said(cells_of(made()).rename_columns(names))
    assert text.startswith("column 'applications.total.recieved' is no cell of any edition of the form (near: ")
    assert RECEIVED in text


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["1", "2", "3"], f"column '{RECEIVED}' is of type string: it must hold integers"),
        ([1.0, 2.0, 2.5], f"column '{RECEIVED}', row 3: 2.5 is no whole number"),
        ([True, False, None], f"column '{RECEIVED}' is of type bool"),
    ],
)
def test_a_wrong_column_is_named(column: list[Any], expected: str) -> None:
    table = changed(cells_of(made(), made(), made()), RECEIVED, column)
    assert expected in said(table)
    for size in (1, 2):
        assert expected in said(pa.Table.from_batches(table.to_batches(max_chunksize=size)))
    # a column no rule speaks of is not looked at
    assert validated(table, select=["FEE"]).num_rows == 0


def test_a_row_is_counted_over_editions(mixed: pa.Table) -> None:
    values = [1.0, 1.0, 1.0, 1.5, 1.0, 1.0]
    for size in (6, 4, 1):
        pieces = pa.Table.from_batches(changed(mixed, RECEIVED, values).to_batches(max_chunksize=size))
        assert f"column '{RECEIVED}', row 4: 1.5" in said(pieces)


def test_an_edition_nobody_knows(mixed: pa.Table) -> None:
    named = ["2021", "2019", "2021", "2021", "1999", "2021"]
    assert "column 'editions.disclosure', row 5: no edition '1999' (known: 2019, 2021)" in said(
        changed(mixed, "editions.disclosure", named)
    )


def test_columns_of_both_editions_need_a_column_that_says_which(mixed: pa.Table) -> None:
    text = said(mixed.drop_columns(["editions.disclosure", "editions.applications"]))
    assert "several editions of disclosure (2019, 2021): add a column 'editions.disclosure'" in text


def test_a_row_without_an_edition_has_the_present_one() -> None:
    table = cells_of(made(WRONG), **{"editions.disclosure": pa.nulls(1, pa.string())})
    assert validated(table).drop_columns("editions.disclosure").num_rows == validated(cells_of(made(WRONG))).num_rows


def test_a_column_twice() -> None:
    table = cells_of(made())
    assert said(table.append_column(RECEIVED, [[1]])) == f"there are two columns {RECEIVED!r}"
    assert "two columns 'id'" in said(table.append_column("id", [[1]]).append_column("id", [[1]]))


@pytest.mark.parametrize("name", OWN)
def test_a_column_named_like_one_of_ours(name: str) -> None:
    assert said(cells_of(made(), **{name: ["x"]})) == f"rename column {name!r}: the result has one too"


# What tells reports apart.

KEYS: list[tuple[Any, int | None]] = [
    ([1, 2, 3, 4], None),
    ([4, 1, 3, 2], None),
    ([1, 2, 2, 3], 3),
    ([1, 2, 3, 1], 4),
    ([4, 1, 3, 4], 4),
    (["a", "b", "c", "b"], 4),
    (pa.array(["a", "b", "c", "a"], pa.string_view()), 4),
    (pa.array(["a", "b", "c", "d"], pa.string_view()), None),
    (pa.array(["a", "b", "c", "a"]).dictionary_encode(), 4),
    ([None, "b", None, "a"], 3),
    ([0.5, 1.5, 0.5, 2.5], 3),
]


@pytest.mark.parametrize(("keys", "row"), KEYS)
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_no_report_comes_twice(keys: Any, row: int | None, size: int) -> None:
    table = cells_of(*[made()] * 4, id=keys)
    pieces = pa.Table.from_batches(table.to_batches(max_chunksize=size))
    if row is None:
        assert validated(pieces).num_rows == 0
    else:
        assert f"column 'id', row {row}: " in said(pieces)
        assert said(pieces).endswith("comes twice")
    assert validated(pieces, unique=[]).num_rows == 0


def test_several_columns_together_tell_reports_apart() -> None:
    table = cells_of(*[made()] * 3, name=["a", "a", "a"], year=[2020, 2021, 2020])
    assert validated(table).num_rows == 0  # no column `id`: nothing is asked for
    assert validated(table.slice(0, 2), unique=["name", "year"]).num_rows == 0
    assert said(table, unique=["name", "year"]) == "column 'name, year', row 3: a, 2020 comes twice"
    assert "row 2: a comes twice" in said(table, unique=["name"])
    assert said(table, unique=["nobody"]) == "there is no column 'nobody'"


@pytest.mark.parametrize("keys", [pa.array([[1], [2]]), pa.array([{"a": 1}, {"a": 2}])])
def test_lists_tell_nothing_apart(keys: pa.Array) -> None:
    assert "which cannot tell reports apart" in said(cells_of(made(), made(), id=keys))


# Options.


def test_a_name_nobody_knows() -> None:
    table = cells_of(made())
    assert "no engine 'abacus' (known: auto, " in said(table, engine="abacus")
    assert "nowhere" in said(table, rules=["nowhere"])
    assert "XYZ" in said(table, select=["XYZ"])
    assert "XYZ" in said(table, ignore=["XYZ"])


@pytest.mark.parametrize(
    ("select", "ignore"), [(["APP"], []), (["APP002"], []), ([], ["APP"]), (["APP", "DSP"], ["APP002"]), (["FEE"], [])]
)
def test_rules_are_chosen_as_for_a_single_report(select: list[str], ignore: list[str]) -> None:
    table = cells_of(made(dict.fromkeys(cells(base_report()), -1)))
    chosen = {rule.code for rule in choose(default_plugins().rule_sets[:1], select, ignore)}
    every = validated(table, rules=["national"])
    found = validated(table, rules=["national"], select=select, ignore=ignore)
    assert found.equals(every.filter(pa.compute.is_in(every["code"], pa.array(sorted(chosen)))))
    assert 0 < found.num_rows < every.num_rows


def test_the_engine_makes_no_difference(mixed: pa.Table) -> None:
    expected = validated(mixed, engine="numpy")
    for engine in default_plugins().engines:
        assert validated(mixed, engine=engine).equals(expected)


# Where data comes from.


def test_frames_of_other_libraries() -> None:
    table = cells_of(made(), made(WRONG), made(BLANKS), id=["x", "y", "z"])
    expected = validated(table)
    polars = pytest.importorskip("polars")
    found = validated(polars.from_arrow(table))
    assert found.cast(expected.schema).equals(expected)


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    table = cells_of(made(), made(WRONG), made(BLANKS), id=["x", "y", "z"])
    frame = table.to_pandas(types_mapper={pa.int64(): pandas.Int64Dtype()}.get)
    assert validated(frame).to_pylist() == validated(table).to_pylist()


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    table = cells_of(made(), made(WRONG), made(BLANKS), id=["x", "y", "z"])
    with duckdb.connect() as connection:
        connection.register("reports", table)
        relation = connection.sql("SELECT * FROM reports")
        assert validated(relation).equals(validated(table))


def test_views_of_strings_in_a_table_of_both_editions(mixed: pa.Table) -> None:
    views = [field.with_type(pa.string_view()) if field.type == pa.string() else field for field in mixed.schema]
    assert any(field.type == pa.string_view() for field in views)
    assert validated(mixed.cast(pa.schema(views))).equals(validated(mixed))


def test_batches_and_readers() -> None:
    table = cells_of(made(WRONG))
    (one,) = table.to_batches()
    expected = validated(table)
    for data in (one, table.to_reader(), pa.RecordBatchReader.from_batches(table.schema, [one])):
        assert validated(data).equals(expected)


@pytest.mark.parametrize("data", [None, [], {}, "reports.parquet", made(), 3])
def test_what_is_no_table(data: Any) -> None:
    assert f"a {type(data).__name__} is no table" in said(data)


def test_nothing_in_nothing_out(mixed: pa.Table) -> None:
    for table in (cells_of(made()), mixed, batch.pack(cells_of(made()))):
        full = validated(table)
        for data in (table.slice(0, 0), pa.Table.from_batches([], table.schema)):
            found = validated(data)
            assert (found.num_rows, found.schema) == (0, full.schema)
        hollow = [table.slice(0, 0).to_batches() or [pa.RecordBatch.from_pylist([], table.schema)], table.to_batches()]
        with_gaps = [*hollow[0], *hollow[1], *hollow[0]]
        assert validated(pa.RecordBatchReader.from_batches(table.schema, with_gaps)).equals(full)


def test_a_stream_takes_in_no_more_than_is_asked_for() -> None:
    table = cells_of(made(WRONG))
    given: list[int] = []

    def endless() -> Any:
        while len(given) < 100:
            given.append(1)
            yield from table.to_batches()

    reader = batch.stream(pa.RecordBatchReader.from_batches(table.schema, endless()))
    assert reader.read_next_batch().num_rows > 0
    assert len(given) <= 2


@pytest.mark.parametrize("threads", [1, 2])
def test_what_goes_wrong_while_reading_arrives_as_it_is(threads: int) -> None:
    table = cells_of(made())

    class OwnError(Exception):
        pass

    def breaking() -> Any:
        yield from table.to_batches()
        raise OwnError("the disk is gone")

    with pytest.raises(OwnError, match="the disk is gone"):
        validated(pa.RecordBatchReader.from_batches(table.schema, breaking()), threads=threads)
    wrong = changed(table, RECEIVED, [0.5])
    with pytest.raises(BatchError, match="row 1"):
        validated(wrong, threads=threads)


def test_figures_of_any_size_are_added_exactly() -> None:
    most = 2**63 - 1
    table = cells_of(made({path: most for path, value in cells(base_report()).items() if type(value) is int}))
    found = validated(table, select=["APP"])
    sides = [(row["left"], row["right"], row["difference"]) for row in found.to_pylist()]
    assert max(max(left, right) for left, right, _ in sides) > 2 * most
    assert all(left - right == difference for left, right, difference in sides)
