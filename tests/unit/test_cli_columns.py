"""What columns.csv says is what stands in the tables."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from coproduction.experiments.cli import main
from coproduction.experiments.cli.column_notes import Notes, of_comparison, of_run, write_column_notes
from coproduction.experiments.cli.places import check_folder


def heads(folder: Path, table: str) -> list[str]:
    """Return the columns of a table, and of a long one what its column named so holds."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    held = {row["column"] for row in rows} if "mean" in rows[0] else set()
    return sorted([*rows[0], *(f"column={name}" for name in held)])


def check_all_described(folder: Path, notes: dict[str, Notes]) -> None:
    for table, columns in notes.items():
        assert heads(folder, table) == sorted(columns), table


def test_every_column_of_a_run_is_described(tmp_path: Path) -> None:
    place = tmp_path / "run"
    answer = CliRunner().invoke(main, ["run", "coproduced", "--residents", "300", "--out", str(place)])
    assert answer.exit_code == 0, answer.output
    check_all_described(place, of_run())
    check_folder(place)  # such a folder may be replaced


def test_every_column_of_a_comparison_is_described(tmp_path: Path) -> None:
    place = tmp_path / "compared"
    words = [
        "compare",
        "own_department",
        "coproduced",
        "--residents",
        "300",
        "--ceiling",
        "2",
        "--workers",
        "1",
    ]
    answer = CliRunner().invoke(main, [*words, "--out", str(place)])
    assert answer.exit_code == 0, answer.output
    check_all_described(place / "tables", of_comparison())
    check_folder(place)


@pytest.mark.parametrize("notes", [of_run(), of_comparison()])
def test_columns_are_written_with_unit_and_meaning(notes: dict[str, Notes], tmp_path: Path) -> None:
    write_column_notes(notes, tmp_path)
    with (tmp_path / "columns.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == sum(len(columns) for columns in notes.values())
    fear = next(row for row in rows if row["table"] == "quintiles.csv" and row["column"].endswith("fear"))
    assert fear["unit"] == "index 0 to 1"
    assert all(row["meaning"] for row in rows)
