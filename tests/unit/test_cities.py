"""The packaged city, its cells, what is observed and what is assumed."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coproduction.scenarios import cities
from coproduction.scenarios.cities import CityFile, describe_city, draw_city, load_city, packaged_cities
from coproduction.simulation.errors import CityError

PACKAGE = Path(cities.__file__).parent
FIRST_BYTES = {".svg": b"<?xml", ".png": b"\x89PNG\r\n\x1a\n"}


@pytest.fixture(scope="module")
def columbus() -> CityFile:
    return load_city("columbus")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a folder with the packaged city file and its table, free to be changed."""
    for name in ("columbus.toml", "columbus_1980.geojson"):
        shutil.copyfile(PACKAGE / name, tmp_path / name)
    return tmp_path


def change_column(folder: Path, column: str, change: float) -> None:
    path = folder / "columbus_1980.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    for feature in content["features"]:
        feature["properties"][column] += change
    path.write_text(json.dumps(content), encoding="utf-8")


def raw_column(column: str) -> list[float]:
    content = json.loads((PACKAGE / "columbus_1980.geojson").read_text(encoding="utf-8"))
    return [feature["properties"][column] for feature in content["features"]]


def test_columbus_has_the_margins_of_its_table(columbus: CityFile) -> None:
    city = columbus.city
    assert columbus.year == 1980
    assert city.n_neighbourhoods == 49
    np.testing.assert_array_equal(city.income, raw_column("INC"))
    np.testing.assert_array_equal(city.housing_value, raw_column("HOVAL"))
    np.testing.assert_allclose(city.population_share, 1 / 49)
    assert city.population_share.sum() == pytest.approx(1, abs=1e-12)
    assert (city.household_size, city.cell_metres, city.distances_in_metres) == (2.75, 100.0, False)


def test_columbus_cells_cover_every_neighbourhood(columbus: CityFile) -> None:
    city = columbus.city
    assert city.neighbourhood.shape == (city.rows * city.columns,)
    assert set(city.neighbourhood) == {-1, *range(49)}
    assert columbus.n_cells == pytest.approx(1000, rel=0.005)


def test_columbus_touches_as_published(columbus: CityFile) -> None:
    """118 pairs share at least a point: the queen contiguity of this data set in the literature."""
    assert columbus.neighbours.shape == (118, 2)
    assert (columbus.neighbours[:, 0] < columbus.neighbours[:, 1]).all()


def test_north_is_up_and_east_is_right(columbus: CityFile) -> None:
    """Neighbourhood 1 is the northernmost, 47 the southernmost and easternmost, 39 the westernmost."""
    city = columbus.city
    owner = city.neighbourhood.reshape(city.rows, city.columns)
    rows, columns = np.nonzero(owner >= 0)
    edges = [rows == rows.min(), rows == rows.max(), columns == columns.min(), columns == columns.max()]
    found = [{city.names[index] for index in owner[rows[edge], columns[edge]]} for edge in edges]
    assert found == [{"1"}, {"47"}, {"39"}, {"47"}]


def test_cell_counts_follow_areas(columbus: CityFile) -> None:
    fine = load_city("columbus", cells=20_000)
    counts = np.bincount(fine.city.neighbourhood[fine.city.neighbourhood >= 0])
    areas = np.array([outline.area for outline in columbus.polygons])
    np.testing.assert_allclose(counts / counts.sum(), areas / areas.sum(), atol=1e-3)


def test_columbus_declares_every_margin_that_it_lacks(columbus: CityFile) -> None:
    declared = {assumption.margin: assumption for assumption in columbus.assumptions}
    assert set(declared) == {
        "population",
        "household_size",
        "income_spread",
        "ages",
        "sex",
        "tenure",
        "education",
        "group",
        "land_use",
        "cell_metres",
        "cells",
    }
    assert all(each.unit and each.reason.endswith(".") for each in columbus.assumptions)
    assert declared["household_size"].value == 2.75


@pytest.mark.parametrize("margin", ["population", "household_size", "cell_metres", "cells", "land_use"])
def test_a_missing_margin_must_be_declared(copied: Path, margin: str) -> None:
    path = copied / "columbus.toml"
    before, _, rest = path.read_text(encoding="utf-8").partition(f"[assumptions.{margin}]")
    path.write_text(before + rest[rest.find("\n[") + 1 :] if "\n[" in rest else before, encoding="utf-8")
    with pytest.raises(CityError, match=rf"columbus.toml: \[assumptions\] {margin} must be declared"):
        load_city(path)


def test_observed_crime_changes_neither_city_nor_digest(copied: Path, columbus: CityFile) -> None:
    change_column(copied, "CRIME", 25.0)
    changed = load_city(copied / "columbus.toml")
    assert changed.observed is not None
    assert columbus.observed is not None
    np.testing.assert_allclose(changed.observed, columbus.observed + 25)
    assert_same_city(changed, columbus)
    assert changed.digest == columbus.digest


def test_dropping_the_observed_column_changes_neither_city_nor_digest(
    copied: Path, columbus: CityFile
) -> None:
    path = copied / "columbus.toml"
    text = path.read_text(encoding="utf-8").replace('observed = "CRIME"', "")
    start, end = text.index("[observed]"), text.index("[provenance]")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    content = json.loads((copied / "columbus_1980.geojson").read_text(encoding="utf-8"))
    for feature in content["features"]:
        del feature["properties"]["CRIME"]
    (copied / "columbus_1980.geojson").write_text(json.dumps(content), encoding="utf-8")
    without = load_city(path)
    assert without.observed is None
    assert_same_city(without, columbus)
    assert without.digest == columbus.digest


@pytest.mark.parametrize("column", ["INC", "HOVAL", "OPEN"])
def test_any_other_column_changes_the_digest(copied: Path, columbus: CityFile, column: str) -> None:
    change_column(copied, column, 1.0)
    assert load_city(copied).digest != columbus.digest


def test_open_space_has_no_influence_on_the_city(copied: Path, columbus: CityFile) -> None:
    change_column(copied, "OPEN", 10.0)
    assert_same_city(load_city(copied), columbus)


def test_digest_ignores_line_endings_and_comments(copied: Path, columbus: CityFile) -> None:
    path = copied / "columbus.toml"
    text = "# another comment\n" + path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert load_city(path).digest == columbus.digest


def test_more_cells_on_request(columbus: CityFile) -> None:
    fine = load_city("columbus", cells=3_000)
    assert fine.n_cells == pytest.approx(3_000, rel=0.005)
    assert fine.digest != columbus.digest
    cells = next(assumption for assumption in fine.assumptions if assumption.margin == "cells")
    assert cells.value == 3_000
    assert "1,000" in cells.reason
    np.testing.assert_array_equal(fine.city.population_share, columbus.city.population_share)


def test_description_names_all_assumptions_provenance_and_licence(columbus: CityFile) -> None:
    text = describe_city(columbus)
    flat = " ".join(text.split())
    for assumption in columbus.assumptions:
        assert assumption.reason in flat
    for words in (
        *columbus.provenance.cautions,
        columbus.provenance.licence,
        columbus.provenance.attribution,
    ):
        assert " ".join(words.split()) in flat
    assert "nominal cell size: 100 metres" in flat
    assert "no distance may be quoted in metres" in flat
    assert "1,000 USD/yr" in flat
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize("kind", [".svg", ".png"])
def test_picture_is_drawn_the_same_twice(columbus: CityFile, tmp_path: Path, kind: str) -> None:
    first, second = tmp_path / f"first{kind}", tmp_path / f"second{kind}"
    draw_city(columbus, first)
    draw_city(columbus, second)
    assert first.read_bytes().startswith(FIRST_BYTES[kind])
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.name, second.name]


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, coproduction.scenarios.cities\n"
        "heavy = {'shapely', 'pandas', 'matplotlib', 'scipy', 'pydantic', 'mesa'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_packaged_cities_have_provenance_and_a_licence_beside_them() -> None:
    assert packaged_cities() == ("columbus",)
    for name in packaged_cities():
        city_file = load_city(name)
        table = city_file.source_files[1]
        assert table.with_suffix(".LICENCE.txt").is_file()
        assert city_file.provenance.source


def assert_same_city(one: CityFile, other: CityFile) -> None:
    for field in ("neighbourhood", "population_share", "income", "housing_value"):
        np.testing.assert_array_equal(getattr(one.city, field), getattr(other.city, field))
    assert one.city.names == other.city.names
    assert (one.city.rows, one.city.columns) == (other.city.rows, other.city.columns)
    assert one.city.household_size == other.city.household_size
    assert one.city.cell_metres == other.city.cell_metres


def test_nothing_in_the_repository_copies_the_observed_column(columbus: CityFile) -> None:
    """The numbers of CRIME stand in the table and nowhere else in the city's folder."""
    first = raw_column("CRIME")[0]
    holders = [
        path.name for path in PACKAGE.iterdir() if path.is_file() and str(first) in path.read_text("utf-8")
    ]
    assert holders == ["columbus_1980.geojson"]


def test_csv_with_the_same_table_gives_the_same_margins(columbus: CityFile, tmp_path: Path) -> None:
    path = tmp_path / "columbus.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["number", "income", "value"])
        writer.writerows(zip(columbus.city.names, raw_column("INC"), raw_column("HOVAL"), strict=True))
    columns = {"name": "number", "income": "income", "housing_value": "value"}
    imported = cities.import_city(path, columns, "from_csv", tmp_path / "city")
    np.testing.assert_array_equal(imported.city.income, columbus.city.income)
    np.testing.assert_array_equal(imported.city.housing_value, columbus.city.housing_value)
    assert imported.city.names == columbus.city.names
