"""Importing tables: with outlines, with centroids, with neither, and joined to outlines in another file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from coproduction.scenarios.cities import (
    CityFile,
    Overrides,
    describe_city,
    draw_city,
    import_city,
    load_city,
)
from coproduction.simulation.errors import CityError

COLUMNS = {"name": "area", "income": "income"}


def square(west: float, south: float, side: float = 1.0) -> list[list[tuple[float, float]]]:
    east, north = west + side, south + side
    return [[(west, south), (east, south), (east, north), (west, north), (west, south)]]


def write_geojson(path: Path, rows: Sequence[Mapping[str, object]], crs: str | None = None) -> Path:
    """Write a feature collection; the coordinates of a polygon stand under ``outline``."""
    features = [
        {
            "type": "Feature",
            "properties": {key: value for key, value in row.items() if key != "outline"},
            "geometry": {"type": "Polygon", "coordinates": row["outline"]},
        }
        for row in rows
    ]
    content: dict[str, object] = {"type": "FeatureCollection", "features": features}
    if crs is not None:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def assumption(city_file: CityFile, margin: str) -> float | str:
    return next(each.value for each in city_file.assumptions if each.margin == margin)


def test_geojson_in_degrees_is_measured_in_metres(tmp_path: Path) -> None:
    """Two squares of 0.01 degrees at 60 degrees north: half as wide as high, 1,112 m high."""
    rows = [
        {"area": "west", "income": 20, "outline": square(10.0, 60.0, 0.01)},
        {"area": "east", "income": 30, "outline": square(10.01, 60.0, 0.01)},
    ]
    table = write_geojson(tmp_path / "pair.geojson", rows, "urn:ogc:def:crs:OGC:1.3:CRS84")
    city_file = import_city(table, COLUMNS, "pair", tmp_path / "pair", Overrides(assumptions={"cells": 200}))
    city = city_file.city
    height = np.radians(0.01) * 6_371_008.8
    width = 2 * height * np.cos(np.radians(60.005))
    assert city.distances_in_metres
    assert city.cell_metres == pytest.approx(np.sqrt(width * height / 200), rel=0.1)
    assert city.rows * city.cell_metres == pytest.approx(height, abs=city.cell_metres)
    assert city.columns * city.cell_metres == pytest.approx(width, abs=city.cell_metres)
    assert np.bincount(city.neighbourhood + 1)[1:].tolist() == pytest.approx([100, 100], abs=6)
    assert "cell_metres" not in {each.margin for each in city_file.assumptions}


def test_geojson_without_a_coordinate_system_is_not_to_scale(tmp_path: Path) -> None:
    table = write_geojson(tmp_path / "one.geojson", [{"area": "all", "income": 20, "outline": square(0, 0)}])
    city_file = import_city(table, COLUMNS, "one", tmp_path / "one")
    assert not city_file.city.distances_in_metres
    assert any("no distance is quoted" in caution for caution in city_file.provenance.cautions)
    assert city_file.n_cells == pytest.approx(1000, rel=0.03)


def test_centroids_take_the_nearest_area(tmp_path: Path) -> None:
    table = write_csv(
        tmp_path / "t.csv", "area,income,east,north", "a,10,0,0", "b,20,4,0", "c,30,0,4", "d,40,4,4"
    )
    columns = {**COLUMNS, "x": "east", "y": "north"}
    city_file = import_city(table, columns, "four", tmp_path / "four")
    city = city_file.city
    owner = city.neighbourhood.reshape(city.rows, city.columns)
    assert [owner[-1, 0], owner[-1, -1], owner[0, 0], owner[0, -1]] == [0, 1, 2, 3]
    assert assumption(city_file, "layout") == "nearest centroid"


@pytest.mark.parametrize("points", [["5,5"], ["0,0", "1,1", "2,2", "9,9"], ["0,0", "1,0", "2,0"]])
def test_centroids_on_a_line_still_make_a_city(tmp_path: Path, points: list[str]) -> None:
    lines = [f"{row},{row + 10},{point}" for row, point in enumerate(points)]
    table = write_csv(tmp_path / "t.csv", "area,income,x,y", *lines)
    city = import_city(table, {**COLUMNS, "x": "x", "y": "y"}, "line", tmp_path / "line").city
    assert set(city.neighbourhood) - {-1} == set(range(len(points)))


def test_a_table_without_places_becomes_blocks(tmp_path: Path) -> None:
    lines = [f"n{row},{row + 10}" for row in range(7)]
    city_file = import_city(
        write_csv(tmp_path / "t.csv", "area,income", *lines), COLUMNS, "b", tmp_path / "b"
    )
    assert np.unique(city_file.city.neighbourhood, return_counts=True)[1].tolist()[1:] == [144] * 7
    assert assumption(city_file, "layout") == "square blocks in the order of the table"
    assert "made up" in describe_city(city_file)


def test_households_and_residents_give_shares_and_household_size(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", "area,income,people,homes", "a,10,300,100", "b,20,100,100")
    columns = {**COLUMNS, "population": "people", "households": "homes"}
    city = import_city(table, columns, "two", tmp_path / "two").city
    assert city.household_size == 2.0
    assert city.population_share.tolist() == [0.75, 0.25]


def test_households_alone_give_shares(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", "area,income,homes", "a,10,30", "b,20,10")
    city_file = import_city(table, {**COLUMNS, "households": "homes"}, "two", tmp_path / "two")
    assert city_file.city.population_share.tolist() == [0.75, 0.25]
    assert assumption(city_file, "population") == "in proportion to households"


def test_a_neighbourhood_without_residents_is_kept_and_said(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", "area,income,people", "a,10,300", "park,,0", "b,30,100")
    city_file = import_city(table, {**COLUMNS, "population": "people"}, "p", tmp_path / "p")
    assert city_file.city.population_share.tolist() == [0.75, 0.0, 0.25]
    assert city_file.city.income.tolist() == [10, 20, 30]
    assert "Neighbourhood park has no residents; kept as non-residential." in city_file.notes


def test_dollars_become_thousands_and_housing_value_follows_income(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", "area,income", "a,40000", "b,20000")
    choices = Overrides(units={"income": "USD"}, assumptions={"housing_value": 3})
    city = import_city(table, COLUMNS, "usd", tmp_path / "usd", choices).city
    assert city.income.tolist() == [40, 20]
    assert city.housing_value.tolist() == [120, 60]


def test_income_may_be_assumed_and_is_said_to_be(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", "area", "a", "b")
    city_file = import_city(
        table, {"name": "area"}, "flat", tmp_path / "flat", Overrides(assumptions={"income": 45})
    )
    assert city_file.city.income.tolist() == [45, 45]
    assert "gaps between neighbourhoods mean nothing" in " ".join(describe_city(city_file).split())


def test_table_joined_to_outlines_in_another_file(tmp_path: Path) -> None:
    outlines = [{"code": 2.0, "outline": square(1, 0)}, {"code": 1, "outline": square(0, 0)}]
    boundaries = write_geojson(tmp_path / "lines.geojson", [*outlines, {"code": 3, "outline": square(5, 5)}])
    table = write_csv(tmp_path / "t.csv", "id,income", "1,10", "2,20")
    choices = Overrides(boundaries=boundaries, boundaries_key="code", assumptions={"cells": 50})
    city_file = import_city(table, {"key": "id", "income": "income"}, "j", tmp_path / "j", choices)
    city = city_file.city
    assert city.neighbourhood.reshape(city.rows, city.columns)[0].tolist() == [0] * 5 + [1] * 5
    assert city.names == ("1", "2")
    assert [path.name for path in city_file.source_files] == ["j.toml", "t.csv", "lines.geojson"]
    assert any("1 outlines of lines.geojson have no row" in note for note in city_file.notes)


def test_outlines_too_small_for_a_cell_get_the_nearest_one(tmp_path: Path) -> None:
    rows = [
        {"area": "big", "income": 20, "outline": square(0, 0, 10)},
        {"area": "tiny", "income": 30, "outline": square(10, 9.99, 0.01)},
        {"area": "speck", "income": 30, "outline": square(12, 0, 0.01)},
    ]
    table = write_geojson(tmp_path / "t.geojson", rows)
    city_file = import_city(table, COLUMNS, "t", tmp_path / "t", Overrides(assumptions={"cells": 100}))
    counts = np.bincount(city_file.city.neighbourhood + 1)[1:]
    assert counts[1:].tolist() == [1, 1]
    assert any("Too small" in note and "tiny, speck" in note for note in city_file.notes)
    assert any("form 2 pieces" in note and "Without any neighbour: speck" in note for note in city_file.notes)


def test_holes_stay_empty_and_overlaps_are_said(tmp_path: Path) -> None:
    ring, hole = square(0, 0, 10)[0], list(reversed(square(4, 4, 2)[0]))
    rows = [
        {"area": "ring", "income": 20, "outline": [ring, hole]},
        {"area": "over", "income": 30, "outline": square(8, 0, 4)},
    ]
    table = write_geojson(tmp_path / "t.geojson", rows)
    city_file = import_city(table, COLUMNS, "t", tmp_path / "t", Overrides(assumptions={"cells": 1000}))
    city = city_file.city
    owner = city.neighbourhood.reshape(city.rows, city.columns)
    assert owner[city.rows // 2, int(city.columns * 5 / 12)] == -1
    assert any(note.startswith("Outlines overlap at") for note in city_file.notes)


def test_shared_borders_are_no_overlaps(tmp_path: Path) -> None:
    """Centroids on a lattice: rows of cells lie on the borders half way between."""
    points = [f"{3 * row + column},{20 + row},{column},{row}" for row in range(3) for column in range(3)]
    table = tmp_path / "t.csv"
    table.write_text("\n".join(["area,income,x,y", *points]) + "\n")
    overrides = Overrides(coordinates="not to scale", assumptions={"cells": 9 * 9})
    city_file = import_city(table, {**COLUMNS, "x": "x", "y": "y"}, "t", tmp_path / "t", overrides)
    assert not [note for note in city_file.notes if "overlap" in note]


def test_pictures_of_all_kinds_of_city(tmp_path: Path) -> None:
    """Metres, a park, a hole, equal incomes, many neighbourhoods, and a title that looks like a formula."""
    ring, hole = square(0, 0, 900)[0], list(reversed(square(400, 400, 200)[0]))
    rows: list[dict[str, object]] = [
        {"area": "ring", "income": 20, "people": 9, "outline": [ring, hole]},
        {"area": "park", "income": None, "people": 0, "outline": square(900, 0, 900)},
        {"area": "lake", "income": None, "people": 0, "outline": square(1800, 0, 900)},
    ]
    table = write_geojson(tmp_path / "t.geojson", rows)
    to_scale = Overrides(coordinates="metres", title="Rents of $5, $6 and $_ " * 9)
    scaled = import_city(table, {**COLUMNS, "population": "people"}, "s", tmp_path / "s", to_scale)
    many = write_csv(tmp_path / "many.csv", "area", *(f"n{row}" for row in range(600)))
    flat = import_city(many, {"name": "area"}, "f", tmp_path / "f", Overrides(assumptions={"income": 45}))
    for city_file in (scaled, flat):
        path = tmp_path / f"{city_file.city.name}.svg"
        draw_city(city_file, path)
        text = path.read_text(encoding="utf-8")
        assert text.count("<path") > city_file.city.n_neighbourhoods
        described = describe_city(city_file)
        assert ("600 neighbourhoods" in described) == ("... and 500 more in many.csv" in described)
    assert "(measured)" in describe_city(scaled)
    assert "2 neighbourhoods have no residents; kept as non-residential: park, lake." in scaled.notes


def test_an_imported_folder_loads_by_folder_and_by_file(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", "area,income", "a,10", "b,20")
    imported = import_city(table, COLUMNS, "moved", tmp_path / "deep" / "folder")
    folder = (tmp_path / "deep" / "folder").rename(tmp_path / "elsewhere")
    assert sorted(path.name for path in folder.iterdir()) == ["moved.toml", "t.csv"]
    assert load_city(folder).digest == load_city(folder / "moved.toml").digest == imported.digest


def test_an_import_never_writes_over_anything(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", "area,income", "a,10", "b,20")
    import_city(table, COLUMNS, "a", tmp_path / "a")
    with pytest.raises(CityError, match="must be a new or an empty folder"):
        import_city(table, COLUMNS, "a", tmp_path / "a")
    (tmp_path / "empty").mkdir()
    assert import_city(table, COLUMNS, "a", tmp_path / "empty").city.n_neighbourhoods == 2
