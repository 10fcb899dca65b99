"""The bridge to the EMA Workbench, where that is installed: `pip install coproduction[ema]`."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coproduction.experiments.sweeps.plan import Plan

pytest.importorskip("ema_workbench")
# What the workbench and what it needs warn of is theirs.
pytestmark = pytest.mark.filterwarnings("ignore")


def test_the_workbench_finds_what_its_own_runner_finds_and_nothing_is_run_twice(
    planned: Callable[..., Plan], tmp_path: Path
) -> None:
    from ema_workbench import SequentialEvaluator

    from coproduction.experiments.sweeps.ema import StoreEvaluator, ema_model
    from coproduction.experiments.sweeps.store import opened

    plan = planned(policies=["own_department", "coproduced"])
    model = ema_model(plan)
    assert [lever.name for lever in model.levers] == ["arrangement", "policy.boards"]
    asked = {
        "scenarios": 3,
        "policies": 2,
        "uncertainty_sampling_kwargs": {"rng": 1},
        "lever_sampling_kwargs": {"rng": 1},
    }
    with StoreEvaluator(model, plan, tmp_path / "store", workers=1) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(**asked)
        store = opened(tmp_path / "store")
        store.refresh()
        assert len(store.finished) == 3 * 2 * plan.replications
        again, same = evaluator.perform_experiments(**asked)
    store = opened(tmp_path / "store")
    store.refresh()
    assert len(store.finished) == 3 * 2 * plan.replications
    with SequentialEvaluator(model) as evaluator:
        theirs, found = evaluator.perform_experiments(**asked)
    names = list(plan.names)
    order, other = (np.lexsort(table[names].to_numpy(dtype=float).T) for table in (experiments, theirs))
    for name in outcomes:
        assert np.array_equal(outcomes[name][order], found[name][other], equal_nan=True), name
    assert len(again) == len(experiments)
    assert set(same) == set(outcomes)
