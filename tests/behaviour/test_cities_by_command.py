"""``coproduce city``: bringing one in, looking at it, running it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

COLUMNS = ("--column", "name=name", "--column", "income=income", "--column", "population=people")
SCENARIO = """
[scenario]
name = "mine"
city = "mine/mine.toml"
residents = 300
residents_per_cell = 5
burn_in_weeks = 1
measured_weeks = 4
"""


def test_imported_city_declares_what_was_assumed_and_runs(
    coproduce: Callable[..., Any], table: Callable[..., Path], folder: Path
) -> None:
    ended = coproduce(
        "city", "import", table(), "--name", "mine", "--out", "mine", *COLUMNS, "--title", "My town"
    )
    assert ended.code == 0
    assert "My town: 3 neighbourhoods" in ended.out
    assert {each.name for each in (folder / "mine").iterdir()} == {"mine.toml", "places.csv"}
    shown = coproduce("city", "show", "mine/mine.toml")
    assert "Assumed, because the table does not have it" in shown.out
    (folder / "town.toml").write_text(SCENARIO, encoding="utf-8")
    assert "My town" in coproduce("run", "town.toml", "--out", "result").out


def test_neighbourhood_without_residents_is_kept_and_said_in_one_line(
    coproduce: Callable[..., Any], table: Callable[..., Path], folder: Path
) -> None:
    ended = coproduce("city", "import", table(), "--name", "mine", "--out", "mine", *COLUMNS)
    assert ended.code == 0
    assert len([line for line in ended.out.splitlines() if "Harbour has no residents" in line]) == 1
    (folder / "town.toml").write_text(SCENARIO, encoding="utf-8")
    ran = coproduce("run", "town.toml", "--out", "result")
    assert ran.code == 0
    assert len([line for line in ran.out.splitlines() if "Harbour has no residents" in line]) == 1
    neighbourhoods = (folder / "result" / "neighbourhoods.csv").read_text(encoding="utf-8")
    assert "\nHarbour,0," in neighbourhoods


def test_what_the_table_lacks_can_be_said(
    coproduce: Callable[..., Any], table: Callable[..., Path], folder: Path
) -> None:
    words = (
        "--assume",
        "household_size=2.2",
        "--unit",
        "income=USD",
        "--year",
        2021,
        "--caution",
        "Made up.",
    )
    file = table("name,income,people\nNorth,12000,100\nSouth,30000,200\n")
    assert coproduce("city", "import", file, "--name", "mine", "--out", "mine", *COLUMNS, *words).code == 0
    text = (folder / "mine" / "mine.toml").read_text(encoding="utf-8")
    for part in ("2.2", '"USD"', "2021", "Made up."):
        assert part in text


def test_columbus_can_be_looked_at(coproduce: Callable[..., Any], folder: Path) -> None:
    ended = coproduce("city", "show", "columbus", "--picture", "map.svg", "--cells", 300)
    assert ended.code == 0
    assert "Columbus, Ohio" in ended.out
    assert ended.out.endswith("Drawn to map.svg.\n")
    assert (folder / "map.svg").read_text(encoding="utf-8").startswith("<?xml")
