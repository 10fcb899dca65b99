"""Where the time of a run goes: phases counted, timed, and not changed by it."""

from functools import cache
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from coproduction.experiments import api, profiling
from coproduction.experiments.cli import main
from coproduction.experiments.digest import digest_of_parts
from coproduction.experiments.profiling import COUNTED, PASSED, Profile
from coproduction.experiments.run import final_state, profiled, simulate
from coproduction.scenarios.scenario import Scenario, load, replace
from coproduction.simulation.schedule import PHASES, perform
from coproduction.simulation.state import CALLS, STOPS, VISITS

if TYPE_CHECKING:
    from pathlib import Path

    from coproduction.experiments.result import Result


@pytest.fixture(autouse=True)
def phases_one_by_one(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the table of phases be plain Python that calls the compiled kernels one by one.

    Compiled as a whole it is a program that nothing else needs, half a minute on a new machine: by night.
    """
    if request.node.get_closest_marker("nightly") is None:
        monkeypatch.setattr(profiling, "perform", perform.__wrapped__)  # type: ignore[attr-defined]


def town() -> Scenario:
    return replace(load("coproduced"), residents=1500, burn_in_weeks=4, measured_weeks=4)


@cache
def measured() -> "tuple[Result, Profile]":
    return profiled(town(), 3)


def test_a_profiled_run_is_the_same_in_every_bit() -> None:
    assert digest_of_parts(measured()[0]) == digest_of_parts(simulate(town(), 3))


@pytest.mark.nightly
def test_a_profiled_run_is_the_same_in_every_bit_compiled_as_a_whole() -> None:
    assert digest_of_parts(profiled(town(), 3)[0]) == digest_of_parts(simulate(town(), 3))


def test_phases_are_called_as_often_as_their_cadence_says() -> None:
    calls = {phase.phase: phase.calls for phase in measured()[1].phases}
    assert calls == {phase.name: town().watches // phase.cadence for phase in PHASES}


def test_events_are_those_of_the_books() -> None:
    events = {phase.phase: phase.events for phase in measured()[1].phases}
    booked = final_state(town(), 3, engine="core")[0].books.weekly.sum(axis=0)
    for name, column in (("deploy", STOPS), ("volunteer", VISITS), ("dispatch", CALLS)):
        assert events[name] == booked[column] > 0
    assert events["change"] == 2 * 1500
    assert events["report"] == events["victimise"] > 0


def test_shares_add_up_and_the_cost_of_calling_is_known() -> None:
    profile = measured()[1]
    assert sum(phase.share for phase in profile.phases) == pytest.approx(1.0)
    assert 0.0 < profile.call_seconds < 1e-3
    assert profile.overhead == profile.call_seconds * sum(phase.calls for phase in profile.phases)
    assert profile.table().columns.tolist() == [
        "phase", "cadence", "seconds", "share", "calls", "events", "unit",
    ]  # fmt: skip


def test_what_is_counted_belongs_to_phases_that_there_are() -> None:
    names = {phase.name for phase in PHASES}
    assert COUNTED.keys() <= names
    assert PASSED.keys() <= names
    assert not COUNTED.keys() & PASSED.keys()


def test_the_laboratory_profiles_a_scenario() -> None:
    assert [phase.phase for phase in api.profile(town()).phases] == [phase.name for phase in PHASES]


def test_run_shows_the_table(tmp_path: "Path") -> None:
    asked = ["run", "coproduced", "--residents", "500", "--profile", "--out", str(tmp_path / "run")]
    shown = CliRunner().invoke(main, asked)
    assert shown.exit_code == 0, shown.output
    assert "Where the time went" in shown.output
    assert all(phase.name in shown.output for phase in PHASES)


def test_the_agents_engine_is_not_profiled(tmp_path: "Path") -> None:
    asked = ["run", "coproduced", "--engine", "agents", "--profile", "--out", str(tmp_path / "run")]
    ended = CliRunner().invoke(main, asked)
    assert ended.exit_code == 2
    assert "--profile is for the compiled core" in ended.output
