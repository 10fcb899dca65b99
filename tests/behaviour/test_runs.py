"""``coproduce run``, ``--follow``, ``sweep`` and ``replay`` do what they say, on small cities."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coproduction.simulation.outcomes import OUTCOMES

EVENTFUL = """
[policy]
coordinators = 3
invitation = 3
boards = 0.5
[burglary]
recorded_rate = 5000
[robbery]
recorded_rate = 5000
[volunteering]
hours = 400
[reporting]
looks = 8
[justice]
scene_arrest = 0.9
"""


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_run_writes_every_table_and_prints_the_main_outcomes_with_units(
    coproduce: Callable[..., Any], scenario: Callable[..., Path], folder: Path
) -> None:
    ended = coproduce("run", scenario(more=EVENTFUL), "--seed", 3, "--out", "result")
    assert ended.code == 0
    assert {file.name for file in (folder / "result").iterdir()} == {
        "cases.csv", "cells.csv", "columns.csv", "ledger.csv", "manifest.json", "neighbourhoods.csv", "outcomes.csv",
        "quintiles.csv", "series.csv",
    }  # fmt: skip
    values = {row["outcome"]: float(row["value"]) for row in rows_of(folder / "result" / "outcomes.csv")}
    for outcome in OUTCOMES:
        assert outcome.name in values
        (line,) = [line for line in ended.out.splitlines() if line.startswith(outcome.label + "  ")] or [None]
        assert (line is not None) == outcome.main
        if line is not None and not outcome.unit.startswith("share"):
            assert line.endswith(outcome.unit)
    assert f"{values['true_crime']:.1f}" in ended.out
    assert "seed 3" in ended.out


def test_a_second_run_takes_the_place_of_the_first_and_says_the_same(
    coproduce: Callable[..., Any], scenario: Callable[..., Path], folder: Path
) -> None:
    file = scenario()
    assert coproduce("run", file).code == 0
    (place,) = [each for each in folder.iterdir() if each.is_dir()]
    assert place.name == "coproduce-small-seed-1"
    first = (place / "cases.csv").read_bytes()
    assert coproduce("run", file).code == 0
    assert (place / "cases.csv").read_bytes() == first
    assert sorted(folder.iterdir()) == sorted([file, place])


def test_residents_asked_for_are_the_residents_run(coproduce: Callable[..., Any], folder: Path) -> None:
    ended = coproduce("run", "coproduced", "--residents", 1000, "--out", "result")
    assert "1,000 residents, 52 measured weeks after 26" in ended.out
    manifest = json.loads((folder / "result" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"]["scenario"]["residents"] == 1000


@pytest.mark.slow
def test_both_engines_write_the_same_tables(
    coproduce: Callable[..., Any], scenario: Callable[..., Path], folder: Path
) -> None:
    file = scenario(more=EVENTFUL)
    for engine in ("core", "agents"):
        assert coproduce("run", file, "--engine", engine, "--out", engine).code == 0
    for name in ("cases.csv", "outcomes.csv", "series.csv", "ledger.csv"):
        assert (folder / "core" / name).read_bytes() == (folder / "agents" / name).read_bytes(), name


def test_followed_case_is_told_from_attempt_to_outcome(
    coproduce: Callable[..., Any], scenario: Callable[..., Path]
) -> None:
    ended = coproduce("run", scenario(more=EVENTFUL, weeks=12), "--follow")
    assert ended.code == 0
    told = ended.out
    titles = ("The attempt", "The kind", "The target", "Guardians", "The victim", "The victim's call", "Witnesses",
              "Volunteers", "The report", "What it left behind")  # fmt: skip
    places = [told.index(f". {title}\n") for title in titles]
    assert places == sorted(places)
    assert "the same to the last bit" in told
    assert max(map(len, told.splitlines())) <= 100


def test_followed_case_is_the_row_of_the_case_files(
    coproduce: Callable[..., Any], scenario: Callable[..., Path], folder: Path
) -> None:
    ended = coproduce("run", scenario(more=EVENTFUL, weeks=12), "--follow", 2, "--out", "result")
    second = rows_of(folder / "result" / "cases.csv")[1]
    assert f"Case 2 of {len(rows_of(folder / 'result' / 'cases.csv'))}" in ended.out
    assert f"offender {second['offender']})" in ended.out
    assert f"{second['type'].replace('_', ' ')} in neighbourhood" in ended.out
    assert f"= {float(second['attempt_probability']):.5f}" in ended.out


def test_replay_gives_the_same_bits_or_says_what_differs(
    coproduce: Callable[..., Any], scenario: Callable[..., Path], folder: Path
) -> None:
    coproduce("run", scenario(), "--out", "result")
    again = coproduce("replay", "result")
    assert again.code == 0
    assert "bit for bit" in again.out
    file = folder / "result" / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["seeds"] = [2]
    file.write_text(json.dumps(manifest), encoding="utf-8")
    other = coproduce("replay", file)
    assert other.code == 1
    assert "NOT the same" in other.out


def test_sweep_writes_one_row_a_run_and_what_it_was_made_from(
    coproduce: Callable[..., Any], scenario: Callable[..., Path], folder: Path
) -> None:
    words = (
        "--set",
        "policy.boards=0,0.5",
        "--set",
        "guardianship.eyes=0.1,0.2",
        "--seeds",
        2,
        "--workers",
        1,
    )
    ended = coproduce("sweep", scenario(), *words, "--seed", 5, "--out", "grid/table.csv")
    assert ended.code == 0
    rows = rows_of(folder / "grid" / "table.csv")
    found = {(float(row["policy.boards"]), float(row["guardianship.eyes"]), int(row["seed"])) for row in rows}
    assert found == {(boards, eyes, seed) for boards in (0, 0.5) for eyes in (0.1, 0.2) for seed in (5, 6)}
    assert all(row["error"] == "" for row in rows)
    record = json.loads((folder / "grid" / "table.manifest.json").read_text(encoding="utf-8"))
    assert record["values"] == {"policy.boards": [0, 0.5], "guardianship.eyes": [0.1, 0.2]}
    assert record["seeds"] == [5, 6]
    assert len(ended.out.splitlines()) == 2 + 4 + 2


def test_a_sweep_row_is_the_run_of_its_values(
    coproduce: Callable[..., Any], scenario: Callable[..., Path], folder: Path
) -> None:
    coproduce("sweep", scenario(), "--set", "guardianship.eyes=0.5", "--workers", 1, "--out", "table.csv")
    coproduce("run", scenario("by_hand", more="[guardianship]\neyes = 0.5"), "--out", "result")
    (row,) = rows_of(folder / "table.csv")
    for entry in rows_of(folder / "result" / "outcomes.csv"):
        if entry["value"] != "nan":
            assert float(row[entry["outcome"]]) == float(entry["value"]), entry["outcome"]
