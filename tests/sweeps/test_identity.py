"""The content address of a run: the same for the same run however it was said, another for any other."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace as with_fields
from typing import Any

import pytest

from coproduction.experiments.sweeps import identity
from coproduction.experiments.sweeps.identity import MEASURING, address_of, beginning_of, model_of
from coproduction.experiments.sweeps.places import place_of, with_values
from coproduction.scenarios.scenario import Scenario, changed_parameters, from_dict, load, replace
from coproduction.simulation.parameters import as_tables, describe


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return replace(load("own_department"), residents=300, burn_in_weeks=1, measured_weeks=4)


def test_a_run_has_one_address_however_it_was_said(scenario: Scenario) -> None:
    varied = with_values(scenario, [place_of("x", scenario, "policy.boards")], [0.25])
    tables = scenario.to_dict()
    tables["policy"]["boards"] = 0.25
    tables["scenario"] |= {"name": "another", "title": "Another name for it"}
    assert address_of(varied, 3) == address_of(from_dict(tables, source="y"), 3)


@pytest.mark.parametrize(
    "changed",
    [
        lambda s: replace(s, residents=301),
        lambda s: replace(s, measured_weeks=5),
        lambda s: replace(s, burn_in_weeks=2),
        lambda s: replace(s, policy_start_watch=20),
        lambda s: replace(s, policy=s.policy._replace(foot=0.01)),
        lambda s: replace(s, policing=s.policing._replace(foot=0.01)),
        lambda s: replace(s, cut=("deterrence",)),
        lambda s: replace(s, government=s.government._replace(**{s.government._fields[0]: 0.123})),
        lambda s: replace(
            s, programmes=load("volunteers").programmes or load("improvement_district").programmes
        ),
    ],
)
def test_another_run_has_another_address(scenario: Scenario, changed: Callable[[Scenario], Scenario]) -> None:
    assert address_of(changed(scenario), 1) != address_of(scenario, 1)


def test_seed_engine_and_model_are_part_of_the_address(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = address_of(scenario, 1)
    assert len({before, address_of(scenario, 2), address_of(scenario, 1, "agents")}) == 3
    monkeypatch.setattr(identity, "version", lambda _: "0.0")
    model_of.cache_clear()
    assert address_of(scenario, 1) != before
    model_of.cache_clear()


def test_an_edited_source_is_another_model(
    scenario: Scenario, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folders are copied, one line is added to a rule, and the digest is taken there."""
    import shutil
    from pathlib import Path

    root = Path(identity.__file__).parents[2]
    for folder in ("simulation", "scenarios", "experiments"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    model_of.cache_clear()
    before = model_of()
    monkeypatch.setattr(identity, "__file__", str(tmp_path / "experiments" / "sweeps" / "identity.py"))
    model_of.cache_clear()
    assert model_of() == before
    with (tmp_path / "simulation" / "rules" / "calendar.py").open("a") as stream:
        stream.write("\n")
    model_of.cache_clear()
    assert model_of() != before
    with (tmp_path / "experiments" / "compare.py").open("a") as stream:
        stream.write("\n")
    edited = model_of()
    model_of.cache_clear()
    assert model_of() == edited
    model_of.cache_clear()


def test_every_module_that_measures_is_part_of_the_model() -> None:
    """Whatever of experiments/ is imported by measuring a run decides what its outcomes are."""
    code = (
        "import sys, pathlib\n"
        "from coproduction.experiments import measures, observation, run\n"
        "from coproduction.experiments.warm_up import smallest_scenario\n"
        "state, _ = run.final_state(smallest_scenario(), 1)\n"
        "measures.outcomes(observation.Observation(state, smallest_scenario()))\n"
        "names = [n for n in sys.modules if n.startswith('coproduction.experiments.')]\n"
        "print(*sorted(pathlib.Path(sys.modules[n].__file__).name for n in names))\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert set(said.split()) - {"warm_up.py"} == set(MEASURING)


def test_a_value_is_put_in_place_as_a_file_would_put_it(scenario: Scenario) -> None:
    """Every parameter that is declared, at the middle of its range."""
    for row in describe():
        if row.table == "policing" or (row.key, row.low) == ("share", 0.0):
            continue
        value = (row.low + row.high) / 2
        found = with_values(scenario, [place_of("x", scenario, f"{row.table}.{row.key}")], [value])
        assert as_tables(found.parameters)[row.table][row.key] == value
        others = as_tables(found.parameters)
        others[row.table][row.key] = as_tables(scenario.parameters)[row.table][row.key]
        assert others == as_tables(scenario.parameters)


def test_the_policing_before_and_after_are_two_places(scenario: Scenario) -> None:
    places = [place_of("x", scenario, name) for name in ("policing.foot", "policy.foot", "burglary.boost")]
    found = with_values(scenario, places, [0.1, 0.2, 4.0])
    assert (found.policing.foot, found.policy.foot) == (0.1, 0.2)
    assert found.parameters == changed_parameters("x", scenario.parameters, {"burglary": {"boost": 4.0}})


def test_runs_that_differ_after_the_policy_starts_share_their_beginning(scenario: Scenario) -> None:
    other = with_fields(scenario, policy=scenario.policy._replace(boards=0.5))
    assert beginning_of(other, 1) == beginning_of(scenario, 1)
    before = with_fields(scenario, policing=scenario.policing._replace(boards=0.5))
    assert beginning_of(before, 1) != beginning_of(scenario, 1)
    assert beginning_of(scenario, 2) != beginning_of(scenario, 1)
