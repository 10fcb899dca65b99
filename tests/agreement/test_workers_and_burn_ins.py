"""The model itself: worker processes, shared burn-ins and replays change no bit of a result."""

from pathlib import Path

import pytest

from coproduction.experiments import api
from coproduction.experiments.comparison import TABLES, Comparison
from coproduction.experiments.digest import digest_of, digest_of_parts
from coproduction.experiments.reading import read_comparison
from coproduction.experiments.replay import replay
from coproduction.experiments.store import write_comparison, write_run
from coproduction.scenarios.scenario import Scenario, replace

POLICIES = ("own_department", "contract", "coproduced")


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario]:
    return [replace(api.load(name), residents=1000, burn_in_weeks=5, measured_weeks=6) for name in POLICIES]


@pytest.fixture(scope="module")
def serial(scenarios: list[Scenario]) -> Comparison:
    return api.compare(scenarios, minimum=2, ceiling=4, workers=1)


@pytest.mark.slow
def test_serial_and_parallel_are_equal(scenarios: list[Scenario], serial: Comparison) -> None:
    parallel = api.compare(scenarios, minimum=2, ceiling=4, workers=2)
    assert parallel.seeds == serial.seeds
    assert parallel.manifest["digests"] == serial.manifest["digests"]
    for name in TABLES:
        assert digest_of(getattr(parallel, name)) == digest_of(getattr(serial, name)), name
    assert digest_of(parallel.cells) == digest_of(serial.cells)


def test_no_run_fails_and_every_policy_differs(serial: Comparison) -> None:
    assert serial.failures.empty
    crime = serial.runs[serial.runs["outcome"] == "patrol_stops"].pivot(
        index="seed", columns="policy", values="value"
    )
    assert (crime["contract"] != crime["own_department"]).all()


@pytest.mark.parametrize("position", range(len(POLICIES)))
def test_a_shared_burn_in_changes_no_bit(
    scenarios: list[Scenario], serial: Comparison, position: int
) -> None:
    alone = api.simulate(scenarios[position], seed=2)
    shared = serial.manifest["digests"][POLICIES[position]][2]
    assert digest_of_parts(alone) == shared


def test_other_seeds_give_other_results(serial: Comparison) -> None:
    digests = serial.manifest["digests"]["own_department"]
    assert len({digests[seed]["series"] for seed in serial.seeds}) == len(serial.seeds)


def test_comparison_is_stored_read_back_and_replayed(serial: Comparison, tmp_path: Path) -> None:
    folder = write_comparison(serial, tmp_path / "result")
    back = read_comparison(folder)
    assert back.seeds == serial.seeds
    assert back.rule == serial.rule
    assert [s.to_dict() for s in back.scenarios] == [s.to_dict() for s in serial.scenarios]
    for name in TABLES:
        stored, original = getattr(back, name), getattr(serial, name)
        assert list(stored.columns) == list(original.columns)
        numbers = stored.select_dtypes("number").columns
        assert digest_of(stored[numbers].astype(float)) == digest_of(original[numbers].astype(float)), name
        others = stored.columns.difference(numbers)
        assert stored[others].astype(str).equals(original[others].astype(str)), name
    assert digest_of(back.cells) == digest_of(serial.cells)
    assert back.notes() == serial.notes()
    again = replay(folder, workers=1)
    assert again.same, again.sentences()


def test_run_is_stored_and_replayed(scenarios: list[Scenario], tmp_path: Path) -> None:
    result = api.simulate(scenarios[2], seed=7)
    folder = write_run(result, tmp_path / "run")
    assert {file.name for file in folder.iterdir()} == {
        "cases.csv",
        "cells.csv",
        "ledger.csv",
        "manifest.json",
        "neighbourhoods.csv",
        "outcomes.csv",
        "quintiles.csv",
        "series.csv",
    }
    again = replay(folder)
    assert (again.same, again.kind, again.runs) == (True, "run", 1)


def test_sweep_with_the_model(scenarios: list[Scenario]) -> None:
    table = api.sweep(scenarios[0], {"policy.budget": [150.0, 300.0]}, seeds=(1, 2))
    assert (table["error"] == "").all()
    assert len(table) == 4
    stops = table.groupby("policy.budget")["patrol_stops"].mean()
    assert stops[300.0] > 1.5 * stops[150.0]
