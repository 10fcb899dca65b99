"""Replicating until paired differences are known as well as asked, future by future, and no further."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.reading import read_sweep
from coproduction.experiments.sweeps.whole_sweep import SweepEnd
from coproduction.simulation.errors import DesignError
from coproduction.simulation.outcomes import OUTCOMES

EYES = {"uncertainties": {"guardianship": {"eyes": [0.1, 0.2]}}}
HEAD = {"design": "grid", "precision": 0.05, "ceiling": 8, "replications": 2}


def noisy_where_eyes_are_many(
    scenario: Any, seed: int, engine: str, snapshot: Any
) -> tuple[Mapping[str, float], None]:
    """Outcomes of 100; the other policy adds 1 and, in one of two futures, luck of its own of 30 to either side."""
    luck = np.random.default_rng(seed).uniform(-30, 30)
    added = 1.0 + luck * (scenario.parameters.guardianship.eyes > 0.15)
    return {o.name: 100.0 + (added if scenario.name == "coproduced" else 0.0) for o in OUTCOMES}, None


def test_a_future_stops_at_the_second_look_at_which_it_is_narrow_the_other_at_the_ceiling(
    planned: Callable[..., Plan], carry_out: Callable[..., SweepEnd], tmp_path: Path
) -> None:
    plan = planned(EYES, **HEAD)
    end = carry_out(plan, tmp_path / "store", simulate=noisy_where_eyes_are_many)
    table = read_sweep(tmp_path / "store")
    assert table.groupby("future")["replication"].nunique().tolist() == [4, 8]
    assert (table["status"] == "done").all()
    assert end.unsettled == 1
    again = carry_out(plan, tmp_path / "store", simulate=noisy_where_eyes_are_many)
    assert (again.standing.done, again.unsettled) == (0, 1)
    assert len(read_sweep(tmp_path / "store")) == len(table)


def test_one_policy_is_compared_with_its_first_lever_point(
    planned: Callable[..., Plan], carry_out: Callable[..., SweepEnd], tmp_path: Path
) -> None:
    tables = {"levers": {"policy": {"boards": [0.0, 0.5]}}}
    plan = planned(tables, policies=["coproduced"], **HEAD)
    end = carry_out(plan, tmp_path / "store", simulate=noisy_where_eyes_are_many)
    assert read_sweep(tmp_path / "store")["replication"].nunique() == 4
    assert end.unsettled == 0


def test_a_precision_without_anything_to_compare_or_with_one_replication(
    planned: Callable[..., Plan],
) -> None:
    with pytest.raises(DesignError, match="precision needs something to compare"):
        planned(EYES, policies=["coproduced"], **HEAD)
    with pytest.raises(DesignError, match="replications must be 2 or more with a precision; got 1"):
        planned(EYES, **{**HEAD, "replications": 1})
