"""Switches: each lever of programmes moves what it declares, and cutting its pathway takes that back.

On a town of ``state_variables.toml``. A lever is tried by a programme that does nothing else, costs nothing and runs
everywhere; with its pathway cut no bit of the city differs from one without the lever.
"""

import dataclasses
import functools
import tomllib
from pathlib import Path
from typing import Any

import pytest

from coproduction.experiments.measures import outcomes
from coproduction.experiments.mechanism_cuts import with_values
from coproduction.experiments.observation import Observation
from coproduction.experiments.run import final_state
from coproduction.scenarios.portfolio_tables import with_pathways_cut
from coproduction.scenarios.programmes import Programme, library
from coproduction.scenarios.scenario import Scenario, from_dict, replace
from coproduction.simulation.outcomes import BY_NAME
from coproduction.simulation.parameters import Policing
from coproduction.simulation.parameters.declaration import PATHWAYS, declared_fields
from coproduction.simulation.parameters.dysfunctions import Dysfunctions
from coproduction.simulation.parameters.levers import lever_declarations
from coproduction.simulation.state import differences

ROOT = Path(__file__).parent.parent.parent
PLAN: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "state_variables.toml").read_text(encoding="utf-8")
)
SEEDS = (1, 2, 3)
LEVERS = {row.key: row for row in lever_declarations()}
MOST = 0.6
"""Share of its largest value at which a lever is tried, where nothing else is said."""

AMOUNTS = {"visible_stops": 400.0, "engagement": 0.6, "fairness": 0.3}
BESIDE = {key: {"visible_stops": 400.0} for key in ("engagement", "fairness", "field_stops")}
"""Levers that others need to have something to work on."""

WORKS_BY: dict[str, tuple[str, int]] = {
    "opportunity": ("burglary", -1),
    "deterrence": ("patrol_stops", 1),
    "desistance": ("desisted", 1),
    "removal": ("trials_lost", -1),
    "detection": ("reporting", 1),
    "contact": ("contacts", 1),
    "justice": ("conferenced", 1),
    "victims": ("victim_harm", -1),
    "offenders": ("offender_life", 1),
    "legitimacy": ("trust", 1),
    "cost": ("programme_cost", 1),
}
"""Pathway to the outcome that programmes move by it, and which way; a new pathway needs one line."""

BEYOND = Programme(
    name="beyond",
    title="What no programme of the library does",
    summary="Supports witnesses, and prisoners in custody and after.",
    levers={"witness_support": 3.0, "regime": 0.8, "resettlement": 0.8, "desistance": 1.0, "fairness": 0.3},
    sources=("definition: for tests only",),
    provider="nobody",
)


@functools.cache
def town() -> Scenario:
    """Return a lively town without programmes."""
    tables = dict(PLAN["stages"]["town"])
    head = {**tables["scenario"], "residents": 3000, "burn_in_weeks": 2, "measured_weeks": 22}
    return from_dict({**tables, "scenario": head, "programmes": {}}, source="town.toml")


def with_levers(levers: dict[str, float], *cut: Any) -> Scenario:
    """Return the town with a programme of these levers, and pathways cut."""
    programme = dataclasses.replace(BEYOND, levers=levers)
    return dataclasses.replace(town(), programmes=(programme,), cut=cut)


def measured(scenario: Scenario, seed: int) -> dict[str, float]:
    """Return the outcomes of a run."""
    return outcomes(Observation(final_state(scenario, seed)[0], scenario))


@functools.cache
def without_lever(lever: str, seed: int) -> dict[str, float]:
    """Return the outcomes with what stands beside a lever, or with nothing."""
    return measured(with_levers(BESIDE.get(lever, {})), seed)


@pytest.mark.parametrize("lever", LEVERS)
def test_lever_moves_what_it_declares_and_its_pathway_takes_that_back(lever: str) -> None:
    row, beside = LEVERS[lever], BESIDE.get(lever, {})
    if not is_read(lever):
        pytest.skip("no mechanism reads this lever yet")
    assert row.moves is not None
    assert row.pathway is not None
    outcome, sign = row.moves
    assert outcome in BY_NAME
    full = with_levers({**beside, lever: AMOUNTS.get(lever, MOST * row.high)})
    known = lever if beside else ""
    moved = sum(measured(full, seed)[outcome] - without_lever(known, seed)[outcome] for seed in SEEDS)
    assert moved * sign > 0.0, f"{outcome} by {moved:+g} in all"
    cut, back = (
        dataclasses.replace(each, cut=(row.pathway,), measured_weeks=6)
        for each in (full, with_levers(beside))
    )
    assert differences(final_state(cut, 1)[0], final_state(back, 1)[0]) == []


def is_read(lever: str) -> bool:
    """Say whether some module of the package reads a lever's column."""
    folders = (ROOT / "simulation", ROOT / "experiments")
    files = [file for folder in folders for file in folder.rglob("*.py") if file.stem != "levers"]
    return any(lever.upper() in file.read_text(encoding="utf-8").replace(",", " ").split() for file in files)


def test_every_pathway_has_a_line() -> None:
    assert set(WORKS_BY) == set(PATHWAYS), (
        "add a line to WORKS_BY: pathway, outcome that programmes move by it, sign"
    )


@functools.cache
def programmes_on(cut: str, seed: int) -> dict[str, float]:
    """Return the outcomes of the town with all programmes, beside the budget, and one pathway cut."""
    chosen = [dataclasses.replace(p, targets="all", funded="extra", dose=2.0) for p in library().values()]
    scenario = replace(town(), programmes=(*chosen, BEYOND), cut=(cut,) if cut else ())
    return measured(scenario, seed)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_cutting_a_pathway_moves_its_outcome_back(pathway: str) -> None:
    outcome, sign = WORKS_BY[pathway]
    moved = sum(programmes_on("", seed)[outcome] - programmes_on(pathway, seed)[outcome] for seed in SEEDS)
    assert moved * sign > 0.0, f"{outcome} by {moved:+g} in all"


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_cutting_a_pathway_keeps_every_lever_of_an_arrangement_on_it_as_it_was(pathway: Any) -> None:
    declared = declared_fields(Policing)
    before, after = (Policing(*(getattr(d, end) for d in declared.values())) for end in ("low", "high"))
    left = with_pathways_cut(before, after, (pathway,))
    for key, row in declared.items():
        assert getattr(left, key) == getattr(before if row.pathway == pathway else after, key), key


@pytest.mark.parametrize(
    ("strength", "size"), [("discrimination", "report_bias"), ("unreliable_volunteers", "fading")]
)
def test_a_dysfunction_of_strength_0_is_not_there(strength: str, size: str) -> None:
    row = declared_fields(Dysfunctions)[size]
    ends = {
        (at, value): final_state(with_values(town(), {"dysfunctions": {strength: at, size: value}}), 1)[0]
        for at in (0.0, 1.0)
        for value in (row.low, row.high)
    }
    assert differences(ends[0.0, row.low], ends[0.0, row.high]) == []
    assert differences(ends[1.0, row.low], ends[1.0, row.high]) != []
