"""Taking closed case files out of a running city changes no bit of anything."""

from pathlib import Path

import numpy as np
import pytest

from coproduction.experiments.case_archive import CaseArchive, archive_beside
from coproduction.experiments.digest import digest_of_parts
from coproduction.experiments.run import simulate, start
from coproduction.scenarios.scenario import Scenario, load, replace
from coproduction.simulation.closing import put_together, take_closed
from coproduction.simulation.engine import run_core
from coproduction.simulation.errors import DesignError
from coproduction.simulation.state import Cases, State, differences

SEED = 5


def town(**levers: float) -> Scenario:
    """A town with as much crime as 40,000 residents and courts that take their time; three months and a half."""
    scenario = replace(
        load("coproduced"), residents=6000, burn_in_weeks=2, measured_weeks=12, policy_start_watch=42
    )
    p = scenario.parameters
    crimes = tuple(crime._replace(recorded_rate=6.0 * crime.recorded_rate) for crime in p.crimes)
    return replace(
        scenario,
        parameters=p._replace(crimes=crimes, justice=p.justice._replace(court_weeks=6.0)),
        policy=scenario.policy._replace(**levers),
    )


def lived(scenario: Scenario) -> State:
    return run_core(start(scenario, SEED), scenario.numbers, SEED, 0, scenario.watches)


def rows(cases: Cases) -> dict[str, bytes]:
    return {name: getattr(cases, name)[: cases.count[0]].tobytes() for name in Cases._fields[2:]}


# With a sixth of the officers calls wait over many watches, those for offences among them.
@pytest.mark.parametrize("budget", [None, 60.0])
def test_a_city_goes_on_alike_without_closed_cases(budget: float | None) -> None:
    scenario = town() if budget is None else town(budget=budget)
    whole, state, parts, most = lived(scenario), start(scenario, SEED), [], 0
    for watch in range(scenario.watches):
        state = run_core(state, scenario.numbers, SEED, watch, watch + 1)
        parts.append(take_closed(state, watch + 1))
        most = max(most, int(state.cases.count[0]))
    apart = [name for name in differences(whole, state) if not name.startswith("state.cases")]
    assert set(apart) <= {"state.calls.case", "state.calls.answered"}  # rows of case files, which have moved
    assert rows(put_together([*parts, state.cases])) == rows(whole.cases)
    assert 0 < most < whole.cases.count[0] / 2
    waiting = state.calls.case[: state.calls.marks[0]]
    assert (state.cases.delay[waiting[waiting >= 0]] >= 0).all()


def test_a_result_from_disk_is_the_result_from_memory(tmp_path: Path) -> None:
    scenario = replace(load("coproduced"), residents=30_000, burn_in_weeks=2, measured_weeks=50)
    archive = CaseArchive(tmp_path)
    from_disk = simulate(scenario, SEED, archive=archive)
    assert len(archive.files) > 0
    assert digest_of_parts(from_disk) == digest_of_parts(simulate(scenario, SEED))


def test_small_runs_and_agents_keep_their_cases(tmp_path: Path) -> None:
    small = replace(load("coproduced"), residents=1000)
    large = replace(load("coproduced"), residents=1_000_000, measured_weeks=104)
    for scenario, engine, kept in ((small, "core", True), (large, "agents", True), (large, "core", False)):
        with archive_beside(tmp_path / "result", scenario, engine) as archive:
            assert (archive is None) == kept
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_cannot_be_written_ends_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    large = replace(load("coproduced"), residents=1_000_000, measured_weeks=104)
    with (
        pytest.raises(DesignError, match="cannot be written"),
        archive_beside(tmp_path / "file" / "x" / "y", large, "core"),
    ):
        pass
    archive = CaseArchive(tmp_path / "missing")
    with pytest.raises(DesignError, match=r"closed-00000\.npz: closed case files cannot be written"):
        archive(lived(replace(load("coproduced"), residents=100, burn_in_weeks=0, measured_weeks=1)).cases)


def test_nothing_is_put_together_from_nothing() -> None:
    state = start(replace(load("coproduced"), residents=100, burn_in_weeks=0, measured_weeks=1), SEED)
    assert put_together([state.cases]).count.tolist() == [0]
    assert np.array_equal(take_closed(state, 0).count, [0])
