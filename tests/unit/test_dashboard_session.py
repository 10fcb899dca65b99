"""The cities behind the page: the model's own runs to the last bit, whatever way a visitor comes to a watch."""

from pathlib import Path

import numpy as np
import pytest

from coproduction.dashboard.changes import (
    Change,
    changed,
    levers,
    programmes_of,
    read_change,
)
from coproduction.dashboard.city_session import CitySession, Pair
from coproduction.dashboard.openings import Openings
from coproduction.dashboard.policies import Policies
from coproduction.dashboard.world import MOST_CHANGES
from coproduction.experiments.run import burn_in, final_state
from coproduction.scenarios.scenario import Scenario, load, replace
from coproduction.simulation import parameters
from coproduction.simulation.errors import CoproductionError, DesignError, ParameterError, ScenarioFileError
from coproduction.simulation.parameters.portfolio import MOST_PROGRAMMES
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import State, differences, memory

PROGRAMMES_APART = "state.programmes"
"""The page has rows for programmes that nobody has switched on; a run has not."""


def small(name: str, **changes: object) -> Scenario:
    sized = {"residents": 1200, "residents_per_cell": 10, "burn_in_weeks": 2, "measured_weeks": 10}
    return replace(load(name), **{**sized, **changes})


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Pair(small("own_department"), small("coproduced"), 5)


@pytest.fixture
def session(pair: Pair) -> CitySession:
    return CitySession(pair, Openings())


def apart(one: State, other: State) -> list[str]:
    return [name for name in differences(one, other) if not name.startswith(PROGRAMMES_APART)]


@pytest.mark.parametrize("policy", ["coproduced", "volunteers", "improvement_district"])
def test_what_the_page_shows_is_what_a_run_computes(policy: str) -> None:
    scenario = small(policy)
    session = CitySession(Pair(scenario, scenario, 5), Openings())
    for watches in (1, 20, 5, 1000):
        session.advance(watches)
    assert session.ended
    wanted, _ = final_state(scenario, 5, snapshot=burn_in(scenario, 5))
    assert apart(session.worlds["a"].state, wanted) == []


def test_the_same_policy_gives_the_same_city_and_another_does_not(pair: Pair) -> None:
    same = CitySession(Pair(pair.a, pair.a, 5), Openings())
    same.advance(84)
    assert differences(same.worlds["a"].state, same.worlds["b"].state) == []
    other = CitySession(pair, Openings())
    other.advance(84)
    assert "state.cells.patrol" in differences(other.worlds["a"].state, other.worlds["b"].state)


def test_going_back_and_forth_changes_nothing(session: CitySession) -> None:
    session.advance(30)
    session.change("b", "policing", "hot_spots", 0.9)
    session.change("b", "programmes", "foot_patrol", 1.0)
    session.run_to(130)
    session.change("b", "programmes", "foot_patrol", 0.0)
    session.change("b", "dysfunctions", "unreliable_volunteers", 0.8)
    session.run_to(200)
    state, weeks = session.worlds["b"].state, list(session.worlds["b"].weeks)
    session.run_to(50)
    assert session.watch == 50
    session.run_to(200)
    assert differences(session.worlds["b"].state, state) == []
    assert session.worlds["b"].weeks == weeks
    assert [week.week for week in weeks] == [3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("policing", "budget", 700.0),
        ("programmes", "foot_patrol", 1.0),
        ("dysfunctions", "discrimination", 1.0),
    ],
)
def test_a_change_holds_from_the_next_watch_on(
    session: CitySession, table: str, key: str, value: float
) -> None:
    session.advance(21)
    session.fork()
    session.change("b", table, key, value)
    a, b = session.worlds["a"], session.worlds["b"]
    assert differences(a.state.residents, b.state.residents) == []
    session.advance(84)
    assert apart(a.state, b.state) != []


def test_more_money_makes_posts_that_are_filled(session: CitySession) -> None:
    before = len(session.worlds["b"].state.officers.free_at)
    session.change("b", "policing", "budget", 1200.0)
    session.advance(21)
    officers = {side: world.state.officers.on_duty.sum() for side, world in session.worlds.items()}
    assert len(session.worlds["b"].state.officers.free_at) > before
    assert officers["b"] > officers["a"]


def test_what_cannot_be_is_refused_and_nothing_is_changed(session: CitySession) -> None:
    numbers = session.worlds["b"].numbers
    for table, key, value, error in (
        ("policing", "budget", 1e9, ParameterError),
        ("policing", "buget", 300.0, ParameterError),
        ("policing", "hot_spots", float("nan"), ParameterError),
        ("dysfunctions", "discrimination", 2.0, ParameterError),
        ("programmes", "nothing", 1.0, DesignError),
        ("weather", "rain", 1.0, DesignError),
        ("policing", "coordinators", 50.0, ScenarioFileError),
    ):
        with pytest.raises(error):
            session.change("b", table, key, value)
    assert session.worlds["b"].changes == []
    assert session.worlds["b"].numbers is numbers


def test_a_city_that_was_changed_is_called_so(session: CitySession) -> None:
    """A picture that is saved says of what it is, and it is of no packaged policy any more."""
    world = session.worlds["b"]
    title = world.scenario.title
    assert world.title == title
    session.change("b", "policing", "engagement", 0.9)
    assert world.title == f"{title}, changed from week {world.changes[0].watch // WATCHES_PER_WEEK + 1} on"
    assert session.worlds["a"].title == session.worlds["a"].scenario.title


def test_changes_are_bounded(session: CitySession) -> None:
    for _ in range(MOST_CHANGES):
        session.change("a", "policing", "hot_spots", 0.5)
    with pytest.raises(DesignError, match="at most"):
        session.change("a", "policing", "hot_spots", 0.6)


def test_memory_does_not_grow_with_play(session: CitySession) -> None:
    session.advance(21)
    before = memory(session.worlds["a"].state)
    session.run_to(session.last)
    assert memory(session.worlds["a"].state) <= 1.5 * before


def test_a_burn_in_is_shared_and_left_alone(pair: Pair) -> None:
    openings, told = Openings(most=1), []
    first = CitySession(pair, openings, lambda done, of: told.append((done, of)))
    assert told
    told.clear()
    first.advance(100)
    second = CitySession(pair, openings)
    second.advance(100)
    assert differences(first.worlds["a"].state, second.worlds["a"].state) == []
    CitySession(Pair(pair.a, pair.a, 6), openings)
    assert len(openings) == 1


def test_opening_can_be_stopped(pair: Pair) -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        CitySession(pair, Openings(), stop)


def test_cities_that_differ_cannot_be_set_side_by_side(pair: Pair) -> None:
    with pytest.raises(DesignError, match="residents must be the same"):
        CitySession(Pair(pair.a, small("coproduced", residents=1300), 1), Openings())


def test_levers_are_those_declared_and_each_changes_the_numbers() -> None:
    scenario = small("coproduced")
    declared = {
        row.key: row for row in parameters.describe() if row.role == "lever" and row.table == "policing"
    }
    shown = {row.key for row in levers(scenario)}
    assert shown == set(declared) - {"takeover"}
    for key in shown:
        value = (
            declared[key].low if getattr(scenario.policy, key) != declared[key].low else declared[key].high
        )
        if key == "budget":
            value = 900.0
        numbers = changed(scenario, [Change(0, "policing", key, float(value))])
        assert getattr(numbers.after, key) == value


def test_own_programmes_come_first_and_others_wait() -> None:
    scenario = small("improvement_district")
    names = [programme.name for programme in programmes_of(scenario)]
    assert names[: len(scenario.programmes)] == [each.name for each in scenario.programmes]
    assert len(set(names)) == len(names) <= MOST_PROGRAMMES
    start = changed(scenario, []).programmes.start
    assert np.all(start[len(scenario.programmes) :] > scenario.watches)


def test_a_change_is_read_as_it_is_written() -> None:
    change = Change(567, "policing", "hot_spots", 0.1 + 0.2)
    assert read_change(change.text()) == change
    for wrong in ("", "policing.hot_spots", "a.b=c@d", "policing=1@2", "a.b=1@2@3"):
        with pytest.raises(DesignError, match="link: a change must be written"):
            read_change(wrong)


def test_policies_are_those_packaged_and_those_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[scenario]\nname = "mine"\ncity = "columbus"\n', encoding="utf-8")
    policies = Policies([str(file)], 900)
    assert policies.names[0] == "mine"
    assert policies["mine"].residents == 900
    assert policies.first_two == ("mine", "coproduced")
    assert policies.reference("mine") == str(file)
    assert Policies().first_two == ("own_department", "coproduced")
    twin = tmp_path / "twin.toml"
    twin.write_text('[scenario]\nname = "mine"\ncity = "columbus"\n', encoding="utf-8")
    with pytest.raises(DesignError, match=r"name must not be that of mine\.toml"):
        Policies([str(file), str(twin)])
    with pytest.raises(CoproductionError):
        Policies(["nothing_of_the_kind"])
