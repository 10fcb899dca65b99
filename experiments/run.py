"""The one way to run the model: command line, notebook, worker and test all go through :func:`simulate`."""

import time
from typing import TYPE_CHECKING, Any

from coproduction.simulation.engine import Engine, branch, run_core
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters.declaration import unknown
from coproduction.simulation.population import populate
from coproduction.simulation.state import State

if TYPE_CHECKING:
    from coproduction.experiments.case_archive import CaseArchive
    from coproduction.experiments.profiling import Profile
    from coproduction.experiments.result import Result
    from coproduction.scenarios.scenario import Scenario

ENGINES = ("core", "agents")


def engine_named(name: str) -> Engine:
    """Return an engine by name; Mesa is imported only for the agents engine.

    Raises
    ------
    DesignError
        There is no engine of that name.
    """
    if name == "core":
        return run_core
    if name == "agents":
        from coproduction.agents.city_model import run_agents

        agents: Engine = run_agents
        return agents
    raise DesignError(f"engine {unknown(name, list(ENGINES))}")


def start(scenario: "Scenario", seed: int) -> State:
    """Return the city before its first watch."""
    return populate(scenario.city.city, scenario.residents, scenario.numbers, seed, scenario.watches)


def burn_in(scenario: "Scenario", seed: int) -> State:
    """Run a scenario until its policy starts or its measured period begins, whichever is first, with the core.

    All scenarios that are alike up to there can go on from it: see ``snapshot`` of :func:`simulate`.
    """
    return run_core(start(scenario, seed), scenario.numbers, seed, 0, branching_watch(scenario))


def branching_watch(scenario: "Scenario") -> int:
    """Return the watch from which policies with the same beginning go their own ways."""
    return min(scenario.policy_start_watch, scenario.burn_in_watches)


def profiled(scenario: "Scenario", seed: int = 1) -> "tuple[Result, Profile]":
    """Run one scenario once with the core; return the result, the same in every bit, and where the time went."""
    from coproduction.experiments.profiling import Profiler

    profiler = Profiler()
    state = profiler(start(scenario, seed), scenario.numbers, seed, 0, scenario.watches)
    profile = profiler.profile()
    return result_of(scenario, seed, "core", state, profile.seconds), profile


def simulate(
    scenario: "Scenario",
    seed: int = 1,
    *,
    engine: str = "core",
    snapshot: State | None = None,
    archive: "CaseArchive | None" = None,
) -> "Result":
    """Run one scenario once.

    seed      0 to 2**63 - 1; the same seed gives the same luck to every policy
    engine    "core" (compiled) or "agents" (Mesa); they agree in every bit
    snapshot  what :func:`burn_in` of a scenario with the same beginning returned; it is left as it is
    archive   where the core puts closed case files while it runs, None to keep them in memory; no result changes

    Raises
    ------
    DesignError
        The engine is unknown.
    """
    clock = time.process_time()
    if archive is None:
        state, _ = final_state(scenario, seed, engine=engine, snapshot=snapshot)
    else:
        state = run_core(start(scenario, seed), scenario.numbers, seed, 0, scenario.watches, closed=archive)
        state = state._replace(cases=archive.with_those_of(state.cases))
    return result_of(scenario, seed, engine, state, time.process_time() - clock)


def final_state(
    scenario: "Scenario", seed: int, *, engine: str = "core", snapshot: State | None = None
) -> tuple[State, int]:
    """Run one scenario once and return the state after its last watch, and the watch it was run from."""
    carry_out = engine_named(engine)
    if snapshot is None:
        return carry_out(start(scenario, seed), scenario.numbers, seed, 0, scenario.watches), 0
    first = branching_watch(scenario)
    return carry_out(
        branch(snapshot, scenario.numbers), scenario.numbers, seed, first, scenario.watches
    ), first


def result_of(scenario: "Scenario", seed: int, engine: str, state: State, cpu_seconds: float) -> "Result":
    """Measure a finished run."""
    from coproduction.experiments import measures, tables
    from coproduction.experiments.digest import digest_of_parts
    from coproduction.experiments.manifest import run_manifest
    from coproduction.experiments.observation import Observation
    from coproduction.experiments.result import Result

    seen = Observation(state, scenario)
    parts: dict[str, Any] = {
        "outcomes": measures.outcomes(seen),
        "series": tables.series(seen),
        "neighbourhoods": tables.neighbourhoods(seen),
        "quintiles": tables.quintiles(seen),
        "cells": tables.cells(seen),
        "cases": seen.cases,
        "ledger": tables.ledger(seen),
    }
    result = Result(scenario, seed, engine, cpu_seconds, manifest={}, **parts)
    result.manifest.update(run_manifest(scenario, seed, engine, cpu_seconds, digest_of_parts(result)))
    return result
