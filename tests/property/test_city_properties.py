"""What holds for every city: cells, shares, the observed column, and files of any content."""

import json
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from coproduction.scenarios.cities import Overrides, import_city, load_city
from coproduction.scenarios.cities.city_file_text import quoted
from coproduction.scenarios.cities.contiguity import pieces
from coproduction.scenarios.cities.margins import MARGINS
from coproduction.scenarios.cities.outlines import around_centroids, as_blocks
from coproduction.scenarios.cities.raster import rasterise
from coproduction.scenarios.cities.tables import Table, as_number, numbers, parse_csv, parse_geojson
from coproduction.simulation.errors import CityError

COORDINATE = st.floats(-100, 100).map(lambda value: round(value, 3))
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=40, unique=True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(POINTS, st.integers(1, 12))
@settings(deadline=None, max_examples=60)
def test_every_neighbourhood_gets_a_cell_and_the_same_one_twice(points: list[Any], cells_each: int) -> None:
    located = shapely.points(np.array(points))
    outlines = around_centroids(located)
    assert shapely.intersects(outlines, located).all()
    cells = cells_each * len(points)
    try:
        raster = rasterise("town.toml", outlines, cells)
    except CityError as error:
        assume("must lie in one city" not in str(error) and "must leave one" not in str(error))
        raise
    grid = raster.grid
    assert raster.neighbourhood.shape == (grid.rows * grid.columns,)
    assert set(raster.neighbourhood) - {-1} == set(range(len(points)))
    again = rasterise("town.toml", outlines, cells)
    np.testing.assert_array_equal(raster.neighbourhood, again.neighbourhood)


@given(POINTS)
@settings(deadline=None, max_examples=40)
def test_a_cell_belongs_to_the_nearest_centroid(points: list[Any]) -> None:
    located = np.array(points)
    raster = rasterise("town.toml", around_centroids(shapely.points(located)), 400)
    inside = raster.neighbourhood >= 0
    inside &= ~np.isin(raster.neighbourhood, raster.squeezed_in)
    centres = raster.grid.centres()[inside]
    distances = np.linalg.norm(centres[:, np.newaxis] - located, axis=2)
    own = distances[np.arange(len(centres)), raster.neighbourhood[inside]]
    assert (own <= distances.min(axis=1) + 1e-6).all()


@given(st.integers(1, 60), st.integers(1, 9))
@settings(deadline=None, max_examples=40)
def test_blocks_are_all_of_one_size(n_neighbourhoods: int, width: int) -> None:
    raster = rasterise("town.toml", as_blocks(n_neighbourhoods), width**2 * n_neighbourhoods, 1 / width)
    counts = np.bincount(raster.neighbourhood[raster.neighbourhood >= 0])
    assert counts.tolist() == [width**2] * n_neighbourhoods


@given(
    st.lists(
        st.tuples(st.floats(0.1, 900), st.integers(0, 10_000), st.none() | st.floats(0, 1e6)),
        min_size=1,
        max_size=12,
    )
)
@settings(deadline=None, max_examples=40)
def test_shares_sum_to_one_and_the_observed_column_changes_nothing(rows: list[Any]) -> None:
    assume(any(residents for _, residents, _ in rows))
    assume(1 <= np.median([income for income, residents, _ in rows if residents]) <= 1000)
    columns = {"income": "income", "population": "people", "observed": "crime"}
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for place, change in (("one", 0), ("two", 7)):
            table = Path(folder) / "town.csv"
            lines = [
                f"{income!r},{people},{'' if seen is None else seen + change}"
                for income, people, seen in rows
            ]
            table.write_text("\n".join(["income,people,crime", *lines]), encoding="utf-8")
            files.append(import_city(table, columns, "town", Path(folder) / place))
    first, second = files
    residents = np.array([people for _, people, _ in rows])
    np.testing.assert_allclose(first.city.population_share, residents / residents.sum(), rtol=1e-12)
    assert abs(first.city.population_share.sum() - 1) < 1e-12
    assert (first.city.income > 0).all()
    assert first.digest == second.digest
    for field in ("neighbourhood", "population_share", "income", "housing_value"):
        np.testing.assert_array_equal(getattr(first.city, field), getattr(second.city, field))


@given(st.integers(1, 30), st.data())
def test_pieces_are_those_of_scipy(n_neighbourhoods: int, data: st.DataObject) -> None:
    index = st.integers(0, n_neighbourhoods - 1)
    pairs = np.array(data.draw(st.lists(st.tuples(index, index), max_size=40)), dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n_neighbourhoods,) * 2)
    expected = connected_components(graph, directed=False)[1]
    found = pieces(n_neighbourhoods, pairs)
    same_piece = found[:, np.newaxis] == found
    np.testing.assert_array_equal(same_piece, expected[:, np.newaxis] == expected)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_the_city_file(text: str) -> None:
    assert tomllib.loads(f"key = {quoted(text)}") == {"key": text}


@given(st.floats(0, 1e200) | st.integers(0, 10**30))
def test_any_number_is_read_as_it_is_written(value: float) -> None:
    assert as_number(repr(value)) == as_number(value) == float(value)


def read[Read](reader: Callable[[], Read]) -> tuple[Read | None, str]:
    """Return what was read, or the message that it was refused with."""
    try:
        return reader(), ""
    except CityError as error:
        return None, str(error)


@given(st.text())
def test_any_cell_is_a_number_or_is_refused(text: str) -> None:
    values, message = read(lambda: numbers(Table("town.csv", ("income",), ({"income": text},)), "income"))
    if values is None:
        assert message.startswith("town.csv: row 1, column income must be")
    else:
        assert np.isnan(values).all() or values[0] == float(text)


@given(st.text())
def test_any_text_is_a_csv_table_or_is_refused(text: str) -> None:
    table, message = read(lambda: parse_csv("town.csv", text))
    if table is None:
        assert message.startswith("town.csv:")
    else:
        assert all(tuple(row) == table.columns for row in table.rows)


@given(JSON)
def test_any_json_is_a_table_or_is_refused(content: Any) -> None:
    table, message = read(lambda: parse_geojson("town.geojson", json.dumps(content)))
    assert (table is None) == message.startswith("town.geojson:")


@given(JSON, JSON, JSON)
@settings(deadline=None, max_examples=60)
def test_any_malformed_outline_is_refused_and_leaves_nothing(income: Any, geometry: Any, name: Any) -> None:
    feature = {"type": "Feature", "properties": {"income": income, "name": name}, "geometry": geometry}
    outline = {"type": "Polygon", "coordinates": geometry}
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "town.geojson"
        for place in (geometry, outline):
            content = {"type": "FeatureCollection", "features": [{**feature, "geometry": place}]}
            table.write_text(json.dumps(content), encoding="utf-8")
            with pytest.raises(CityError):
                import_city(table, {"income": "income", "name": "name"}, "town", Path(folder) / "town")
            assert [path.name for path in Path(folder).iterdir()] == ["town.geojson"]


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_a_city_file_or_are_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "town.toml"
        path.write_bytes(content)
        with pytest.raises(CityError, match=r"^town.toml:"):
            load_city(path)


@given(
    st.dictionaries(st.sampled_from([*MARGINS, "age"]), st.floats(max_value=3_000) | st.integers(-9, 3_000))
)
@settings(deadline=None, max_examples=60)
def test_any_assumption_is_taken_or_is_refused_and_leaves_nothing(assumptions: dict[str, float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "town.csv", Path(folder) / "town"
        table.write_text("income\n10\n20\n", encoding="utf-8")
        overrides = Overrides(assumptions=assumptions)
        city_file, message = read(lambda: import_city(table, {"income": "income"}, "town", out, overrides))
        assert out.exists() == (city_file is not None) == (not message)
        declared = {each.margin: each.value for each in city_file.assumptions} if city_file else assumptions
        assert assumptions.items() <= declared.items()
