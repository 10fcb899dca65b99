"""One run of a sweep: from the last burn-in where it begins alike, measured, without the tables of a single run."""

from collections.abc import Callable, Mapping
from threading import local
from typing import TYPE_CHECKING

from coproduction.experiments.sweeps.identity import beginning_of

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.scenarios.scenario import Scenario
    from coproduction.simulation.state import State

Simulate = Callable[["Scenario", int, str, "State | None"], "tuple[Mapping[str, float], pd.DataFrame]"]
"""Runs a scenario on a seed with an engine, from a snapshot where there is one; gives outcomes and case files."""


def simulate(
    scenario: "Scenario", seed: int, engine: str, snapshot: "State | None"
) -> "tuple[Mapping[str, float], pd.DataFrame]":
    """Run a scenario and measure it; no tables are made but the case files."""
    from coproduction.experiments.measures import outcomes
    from coproduction.experiments.observation import Observation
    from coproduction.experiments.run import final_state

    state, _ = final_state(scenario, seed, engine=engine, snapshot=snapshot)
    seen = Observation(state, scenario)
    return outcomes(seen), seen.cases


_kept = local()


def snapshot_of(scenario: "Scenario", seed: int, engine: str) -> "State | None":
    """Return the burned-in city that a run goes on from: the last one again where the beginning is the same."""
    if engine != "core":
        return None
    from coproduction.experiments.run import burn_in

    beginning = beginning_of(scenario, seed)
    if getattr(_kept, "beginning", None) != beginning:
        _kept.beginning, _kept.state = None, None  # room for the next before it is made
        _kept.state = burn_in(scenario, seed)
        _kept.beginning = beginning
    state: State = _kept.state
    return state
