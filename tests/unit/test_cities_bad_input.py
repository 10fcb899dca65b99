"""What a city file or a table is refused with: one sentence that says where, what is allowed and what to do."""

import errno
import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from coproduction.scenarios.cities import Overrides, draw_city, import_city, load_city
from coproduction.scenarios.cities.outlines import as_blocks
from coproduction.scenarios.cities.raster import rasterise
from coproduction.simulation.errors import CityError

COLUMNS = {"name": "area", "income": "income", "population": "people"}
RESIDENTS = {"income": "income", "population": "people"}
GOOD = "area,income,people\na,10,100\nb,20,300\n"


def refused(table: Path, columns: Mapping[str, str] = COLUMNS, overrides: Overrides | None = None) -> str:
    """Return the message of a refused import, after checking that nothing is left of it."""
    before = sorted(table.parent.iterdir())
    with pytest.raises(CityError) as caught:
        import_city(table, columns, "town", table.parent / "town", overrides)
    assert sorted(table.parent.iterdir()) == before
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith((".", "?"))
    return message


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "town.csv"
    path.write_text(text, encoding="utf-8")
    return path


def geojson_file(folder: Path, geometry: Any, properties: Any = None) -> Path:
    path = folder / "town.geojson"
    given = {"area": "a", "income": 20, "people": 5} if properties is None else properties
    feature = {"type": "Feature", "properties": given, "geometry": geometry}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def polygon(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [points]}


def test_good_table_is_taken(tmp_path: Path) -> None:
    assert (
        import_city(csv_file(tmp_path, GOOD), COLUMNS, "town", tmp_path / "town").city.n_neighbourhoods == 2
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "must have one row a neighbourhood; got no rows"),
        ("area,income,people\n", "must have one row a neighbourhood; got no rows"),
        ("area,income,people\n,,\n", "must have one row a neighbourhood; got no rows"),
        ("area;income;people\na;10;100\n", "must be separated by commas"),
        ("area,income,income\na,10,100\n", "must name every column once; got 'income' twice"),
        ("area,income,people\na,10\n", "row 1 must have 3 cells, as the header has; got 2"),
        ('area,income,people\n"a,10,100\n', "must be a CSV file"),
        (
            "area,income,people\na,10,100\na,20,5\n",
            "column area must name every neighbourhood once; got 'a' in rows",
        ),
        ("area,income,people\na,10,100\n,20,5\n", "row 2, column area must be a printable name"),
        ("area,income,people\na,ten,100\n", "row 1, column income must be a finite number; got 'ten'"),
        (
            "area,income,people\na,10,100\nb,nan,5\n",
            "row 2, column income must be a finite number; got 'nan'",
        ),
        ("area,income,people\na,inf,100\n", "row 1, column income must be a finite number; got 'inf'"),
        ("area,income,people\na,1e999,100\n", "row 1, column income must be a finite number"),
        ("area,income,people\na,1_0,100\n", "row 1, column income must be a finite number; got '1_0'"),
        ("area,income,people\na,10,-3\n", "row 1, column people must be at least 0; got -3"),
        (
            "area,income,people\na,,100\nb,20,5\n",
            "column income must have a value in every row; got none in row 1",
        ),
        (
            "area,income,people\na,10,NA\nb,20,5\n",
            "column people must have a value in every row; got none in row 1",
        ),
        (
            "area,income,people\na,0,100\nb,20,5\n",
            "row 1, column income must be above 0 where people live; got 0",
        ),
        (
            "area,income,people\na,10,0\nb,20,0\n",
            "must have residents in at least one row; got none in the city",
        ),
        (
            "area,income,people\na,10000,1\nb,20000,5\n",
            'a median of 15,000 thousand USD. Did you mean "USD"?',
        ),
    ],
)
def test_bad_csv(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in refused(csv_file(tmp_path, text))


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (None, "row 1 (a) must have a Polygon or MultiPolygon with coordinates; got no geometry"),
        ({"type": "Point", "coordinates": [0, 0]}, "row 1 (a) must have a Polygon or MultiPolygon"),
        ({"type": "Polygon", "coordinates": []}, "row 1 (a) must have an outline with an area; got none"),
        ({"type": "Polygon", "coordinates": [["x"]]}, "row 1 (a) must have a Polygon or MultiPolygon"),
        ({"type": "Polygon"}, "row 1 (a) must have a Polygon or MultiPolygon"),
        (polygon((0, 0), (1, 1), (0, 0), (0, 0)), "row 1 (a) must have an outline with an area; got none"),
        (
            polygon((0, 0), (2, 2), (2, 0), (0, 1), (0, 0)),
            "row 1 (a) must have a valid outline; got: Self-intersection",
        ),
    ],
)
def test_bad_outline(tmp_path: Path, geometry: Any, expected: str) -> None:
    assert expected in refused(geojson_file(tmp_path, geometry))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "town.geojson: must be JSON; got"),
        ("[]", "must be a GeoJSON FeatureCollection; got other JSON"),
        ('{"type": "FeatureCollection", "features": []}', "must have one row a neighbourhood; got no rows"),
        (
            '{"type": "FeatureCollection", "features": [3]}',
            "row 1 must be a GeoJSON feature with properties; got 3",
        ),
        ('{"features": [{"properties": {"income": NaN}}]}', "must hold finite numbers only; got NaN"),
        ("[" * 200_000, "must be GeoJSON; got JSON that cannot be read"),
    ],
)
def test_bad_json(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "town.geojson"
    path.write_text(text, encoding="utf-8")
    assert expected in refused(path)


@pytest.mark.parametrize("cell", [True, [1], {"a": 1}, 10**400, "twelve"])
def test_wrong_type_in_a_geojson_cell(tmp_path: Path, cell: object) -> None:
    properties = {"area": "a", "income": cell, "people": 5}
    message = refused(geojson_file(tmp_path, polygon((0, 0), (1, 0), (1, 1), (0, 0)), properties))
    assert "town.geojson: row 1, column income must be a finite number; got" in message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "missing.csv: must be a file; there is none in" in refused(tmp_path / "missing.csv")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("area,income,people\nSão João,10,5\n".encode("latin-1"))
    assert "latin.csv: must be UTF-8 text; byte 21 is 0xe3. Save it as UTF-8." in refused(latin)
    other = tmp_path / "town.xlsx"
    other.write_bytes(b"PK")
    assert "must be .csv, .geojson or .json; got '.xlsx'" in refused(other)
    (tmp_path / "folder.csv").mkdir()
    assert "must be a file that can be read" in refused(tmp_path / "folder.csv")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            {"income": "Incom", "population": "people"},
            "income must be a column of town.csv; got 'Incom'. Did you mean",
        ),
        ({"income": "zzz"}, "got 'zzz'. Choose one of: area, income, people, gap."),
        ({"incme": "income"}, "the role of a column must be among: name, key, income"),
        ({"name": "area"}, "income must be a column or an assumption"),
        (
            {"income": "income", "observed": "income"},
            "observed must be for checking the model only; got 'income'",
        ),
        ({"income": "income", "x": "people"}, "x and y must be given together"),
        (
            {"income": "income", "key": "area"},
            "key and [boundaries] with file and key must be given together",
        ),
        (
            {"income": "income", "x": "income", "y": "gap"},
            "row 1, columns income and gap must have a value; got none",
        ),
        ({**RESIDENTS, "households": "income"}, "income must give 1 to 12 persons a household; got 16.67"),
        ({"income": "income", "x": "people", "y": "people"}, "row 1 must have a centroid of its own"),
    ],
)
def test_bad_roles(tmp_path: Path, columns: dict[str, str], expected: str) -> None:
    rows = "area,income,people,gap\na,20,300,\nb,10,100,2\nc,15,300,3\nd,15,300,3\n"
    assert expected in refused(csv_file(tmp_path, rows), columns)


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        (Overrides(assumptions={"houshold_size": 2}), "houshold_size is not known; known are"),
        (Overrides(assumptions={"population": 2}), "population is given by the table"),
        (
            Overrides(assumptions={"household_size": 0.5}),
            "value must be a number from 1 to 12 persons a household; got 0.5",
        ),
        (Overrides(assumptions={"household_size": math.nan}), "value must be a number or a text; got nan"),
        (
            Overrides(assumptions={"cells": 1}),
            "cells must be at least one for each of the 2 neighbourhoods; got 1",
        ),
        (Overrides(assumptions={"cells": 10.5}), "value must be a whole number; got 10.5"),
        (
            Overrides(coordinates="miles"),
            'coordinates must be "degrees", "metres" or "not to scale"; got \'miles\'',
        ),
        (Overrides(coordinates="metres"), 'coordinates must be "not to scale" without outlines or centroids'),
        (Overrides(units={"income": "GBP"}), '[units] income must be "thousand USD" or "USD"; got \'GBP\''),
        (Overrides(title="caf\udce9"), "town.toml: must hold texts that are valid UTF-8; got '\\udce9'"),
        (Overrides(year=80), "year must be a year, as a whole number; got 80"),
    ],
)
def test_bad_overrides(tmp_path: Path, overrides: Overrides, expected: str) -> None:
    assert expected in refused(csv_file(tmp_path, GOOD), overrides=overrides)


def test_bad_names_of_a_city(tmp_path: Path) -> None:
    table = csv_file(tmp_path, GOOD)
    for name in ("", "Two Words", "../up", "1st"):
        with pytest.raises(CityError, match="name must be a short name of lower-case letters"):
            import_city(table, COLUMNS, name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == [table]


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    table = csv_file(tmp_path, GOOD)
    with pytest.raises(CityError, match="must be a folder that can be written; got: Not a directory"):
        import_city(table, COLUMNS, "town", table / "inside" / "town")
    with pytest.raises(CityError, match="must have residents"):
        import_city(csv_file(tmp_path, "income,people\n1,0\n"), RESIDENTS, "town", tmp_path / "new" / "town")
    assert list(tmp_path.iterdir()) == [table]


def test_degrees_that_are_none(tmp_path: Path) -> None:
    table = geojson_file(
        tmp_path, polygon((430_000, 430_000), (431_000, 430_000), (431_000, 431_000), (430_000, 430_000))
    )
    assert "[grid] coordinates must be" in refused(table, overrides=Overrides(coordinates="degrees"))
    assert "x and y must not be given with outlines" in refused(
        table, {**COLUMNS, "x": "income", "y": "people"}
    )
    assert import_city(
        table, COLUMNS, "t", tmp_path / "t", Overrides(coordinates="metres")
    ).city.distances_in_metres


def test_outlines_too_far_apart(tmp_path: Path) -> None:
    near, far = (
        polygon((0, 0), (1, 0), (1, 1), (0, 0)),
        polygon((1e6, 1e6), (1e6 + 1, 1e6), (1e6 + 1, 1e6 + 1), (1e6, 1e6)),
    )
    path = tmp_path / "t.geojson"
    features = [{"type": "Feature", "properties": {"income": 20}, "geometry": place} for place in (near, far)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert "outlines must lie in one city" in refused(path, {"income": "income"})


def test_fewer_cells_than_neighbourhoods() -> None:
    with pytest.raises(CityError, match="cells must leave one for each of the 4 neighbourhoods"):
        rasterise("town.toml", as_blocks(4), 4, side=5.0)


def test_a_folder_that_is_taken_while_importing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = csv_file(tmp_path, GOOD)

    def taken(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))

    monkeypatch.setattr(Path, "replace", taken)
    assert "town: must be a folder that can be written; got: Directory not empty" in refused(table)


def test_boundaries_that_do_not_join(tmp_path: Path) -> None:
    table = csv_file(tmp_path, GOOD)
    outline = polygon((0, 0), (1, 0), (1, 1), (0, 0))
    lines = geojson_file(tmp_path, outline, {"code": "a"})
    columns = {"key": "area", "income": "income"}
    message = refused(table, columns, Overrides(boundaries=lines, boundaries_key="code"))
    assert "town.csv: row 2 must have an outline in town.geojson; got none with key 'b'" in message
    message = refused(table, columns, Overrides(boundaries=lines))
    assert "[boundaries] key must be a column of town.geojson; got 'area'" in message
    message = refused(table, columns, Overrides(boundaries=table))
    assert "must not have the name of the table" in message
    plain = tmp_path / "plain.csv"
    plain.write_text("area\na\n", encoding="utf-8")
    message = refused(table, columns, Overrides(boundaries=plain))
    assert "[boundaries] file must be a GeoJSON file with outlines; got plain.csv" in message


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("[table]", "[tabel]", "town.toml: table must be given, as a table with file; got nothing"),
        (
            'income = "income"',
            'income = "income"\nincme = "x"',
            "town.toml: [columns] incme is not known; known are:",
        ),
        (
            'income = "income"',
            "income = 3",
            "[columns] income must be the name of a column; got 3. Correct it.",
        ),
        ("value = 2.5", 'value = "many"', "[assumptions.household_size] value must be a number from 1 to 12"),
        (
            "value = 2.5",
            "value = inf",
            "[assumptions.household_size] value must be a number or a text; got inf",
        ),
        ('unit = "metres"', 'unit = "feet"', '[assumptions.cell_metres] unit must be "metres"; got "feet"'),
        ("[assumptions.ages]", "[assumptions.age]", "[assumptions] age is not known; known are"),
        ("[assumptions.ages]", "[assumptions.population]", "[assumptions] population must not be declared"),
        (
            'file = "town.csv"',
            'file = "../town.csv"',
            "[table] file must be the name of a file in the same folder",
        ),
        ('file = "town.csv"', 'file = "gone.csv"', "gone.csv: must be a file; there is none in"),
        ('name = "town"', "name = ", "town.toml: must be a TOML file; "),
        ("[table]", "[observed]\nlabel = 'x'\nunit = 'y'\n[table]", "must be given together"),
        ("[grid]", "[[grid]]", "town.toml: grid must be a table with coordinates; got"),
    ],
)
def test_bad_city_file(tmp_path: Path, before: str, after: str, expected: str) -> None:
    import_city(csv_file(tmp_path, GOOD), COLUMNS, "town", tmp_path / "town")
    path = tmp_path / "town" / "town.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CityError) as caught:
        load_city(path)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("colombus", 'got "colombus". Did you mean columbus?'),
        ("nowhere", 'got "nowhere". Check the path.'),
        ("nowhere.toml", "nowhere.toml: must be a file; there is none in"),
        ("table.csv", "table.csv: must be a city file (.toml); got a table. Import it first"),
    ],
)
def test_unknown_city(city: str, expected: str) -> None:
    with pytest.raises(CityError) as caught:
        load_city(city)
    assert expected in str(caught.value)


@pytest.mark.parametrize("cells", [0, 10, -5, 5_000_000])
def test_impossible_number_of_cells(cells: int) -> None:
    with pytest.raises(CityError, match=r"columbus.toml: \[assumptions.cells\] .* got"):
        load_city("columbus", cells=cells)


def test_picture_in_another_format_or_place(tmp_path: Path) -> None:
    city_file = load_city("columbus")
    with pytest.raises(CityError, match=r"must end in \.svg or \.png; got '\.pdf'"):
        draw_city(city_file, tmp_path / "city.pdf")
    with pytest.raises(CityError, match=r"city\.svg: must be a file that can be written; got: No such file"):
        draw_city(city_file, tmp_path / "no" / "city.svg")
    (tmp_path / "taken.svg").mkdir()
    with pytest.raises(
        CityError, match=r"taken\.svg: must be a file that can be written; got: Is a directory"
    ):
        draw_city(city_file, tmp_path / "taken.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.svg"]
    (tmp_path / "two").mkdir()
    with pytest.raises(CityError, match=r"two: must hold one city file \(.toml\); got 0"):
        load_city(tmp_path / "two")
