"""Sweeps: every combination once, failed runs as rows, values checked before anything is run."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from coproduction.experiments.replication import Model
from coproduction.experiments.sweep import sweep
from coproduction.scenarios.scenario import Scenario, load, replace
from coproduction.simulation.errors import DesignError, ParameterError

EMPTY = pd.DataFrame()


def readout(scenario: Scenario, seed: int, *, engine: str, snapshot: object) -> SimpleNamespace:
    """Answer with the values that reached the scenario; fails where officers cost most on seed 2."""
    if scenario.policy.officer_cost == 200_000 and seed == 2:
        raise ArithmeticError("too dear")
    outcomes = {
        "boards": scenario.policy.boards,
        "cost": scenario.policy.officer_cost,
        "before": scenario.policing.officer_cost,
        "memory": scenario.parameters.guardianship.patrol_memory,
        "untouched": scenario.parameters.reporting == load("own_department").parameters.reporting,
    }
    tables = dict.fromkeys(("series", "neighbourhoods", "quintiles", "cases", "ledger"), EMPTY)
    return SimpleNamespace(seed=seed, outcomes=outcomes, cells={}, manifest={"digests": {}}, **tables)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return replace(load("own_department"), residents=2000)


MODEL = Model(simulate=readout, burn_in=None)  # type: ignore[arg-type]
VALUES = {"policy.officer_cost": [100_000.0, 200_000.0], "guardianship.patrol_memory": [1.0, 2.0, 3.0]}


def test_full_grid_and_failed_runs_as_rows(scenario: Scenario) -> None:
    table = sweep(scenario, VALUES, seeds=(1, 2), model=MODEL)
    assert len(table) == 2 * 3 * 2
    assert len(table.drop_duplicates([*VALUES, "seed"])) == 12
    failed = table[table["error"] != ""]
    assert failed[["policy.officer_cost", "seed"]].to_numpy().tolist() == [[200_000.0, 2]] * 3
    assert failed["error"].unique().tolist() == ["run: ArithmeticError: too dear"]
    good = table[table["error"] == ""]
    assert (good["cost"] == good["policy.officer_cost"]).all()
    assert (good["memory"] == good["guardianship.patrol_memory"]).all()
    assert (good["before"] == scenario.policing.officer_cost).all()
    assert good["untouched"].all()


@pytest.mark.parametrize(
    ("values", "error", "said"),
    [
        ({}, DesignError, "values and seeds must not be empty"),
        ({"policy.boards": []}, DesignError, "values and seeds must not be empty"),
        ({"boards": [0.1]}, DesignError, "names must be of the form table.key; got boards"),
        ({"policy.bords": [0.1]}, ParameterError, "Did you mean boards"),
        ({"policy.boards": [0.1, 7.0]}, ParameterError, "boards must be between 0 and 1"),
        ({"guardianshp.patrol_memory": [1.0]}, ParameterError, "Did you mean guardianship"),
    ],
)
def test_bad_values_are_refused_before_anything_runs(
    scenario: Scenario, values: Any, error: type[Exception], said: str
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    with pytest.raises(error, match=said):
        sweep(scenario, values, model=Model(simulate=never, burn_in=None))  # type: ignore[arg-type]


def test_no_seed_is_refused(scenario: Scenario) -> None:
    with pytest.raises(DesignError, match="must not be empty"):
        sweep(scenario, VALUES, seeds=(), model=MODEL)
