"""Whom the page looks at, and what it tells of them, against the state and the project's own stories."""

import numpy as np
import pytest

from coproduction.dashboard.case_story import story_of
from coproduction.dashboard.city_session import CitySession, Pair
from coproduction.dashboard.facts import compared, counterpart, facts_of
from coproduction.dashboard.history import MOST_EVENTS, course, history
from coproduction.dashboard.inspector import account_of
from coproduction.dashboard.openings import Openings
from coproduction.dashboard.people import COLUMNS, MOST_ROWS, Sorting, rows_of
from coproduction.dashboard.subjects import (
    KINDS,
    MOST_LISTED,
    Subject,
    cell_of,
    how_many,
    read_subject,
    subjects_in,
    ties_of,
)
from coproduction.dashboard.world import World
from coproduction.experiments.follow import follow
from coproduction.experiments.run import simulate
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation.errors import DesignError
from coproduction.simulation.rules.beats import beat_of

WEEK = 21
SIZED = {"residents": 2400, "residents_per_cell": 12, "burn_in_weeks": 2, "measured_weeks": 14}


@pytest.fixture(scope="module")
def session() -> CitySession:
    a, b = (replace(load(name), **SIZED) for name in ("own_department", "coproduced"))
    session = CitySession(Pair(a, b, 3), Openings())
    for world in session.worlds.values():
        world.follow(77)
    session.run_to(16 * WEEK)
    return session


@pytest.fixture
def world(session: CitySession) -> World:
    return session.worlds["b"]


def victim(world: World) -> tuple[int, int]:
    """Return the latest case with a victim, and the victim."""
    cases = world.state.cases
    case = int(np.flatnonzero(cases.victim[: cases.count[0]] >= 0)[-1])
    return case, int(cases.victim[case])


def test_a_subject_survives_the_link_and_nothing_else_does() -> None:
    for kind in KINDS:
        assert read_subject(Subject(kind, 12).text()) == Subject(kind, 12)
    for text in (
        "",
        "resident",
        "resident-",
        "resident--1",
        "dog-3",
        "resident-1e3",
        "resident-\u0663",
        "case-" + "9" * 30,
    ):
        assert read_subject(text) is None, text


def test_everybody_and_everything_in_a_cell_is_listed(world: World) -> None:
    state = world.state
    cell = int(np.argmax(np.bincount(state.cases.cell[: state.cases.count[0]])))
    found = {each for _, group in subjects_in(world, cell) for each, _ in group}
    homes = np.flatnonzero(state.residents.home == cell)[:MOST_LISTED]
    assert {each.index for each in found if each.kind == "resident"} == set(homes.tolist())
    assert {each.index for each in found if each.kind == "offender"} == set(
        np.flatnonzero(state.offenders.home == cell)[:MOST_LISTED].tolist()
    )
    beat, beats = state.beats.of[state.cells.neighbourhood[cell]], len(state.beats.cell_start) - 1
    officers = {each.index for each in found if each.kind == "officer"}
    assert officers == {i for i in range(how_many(state, "officer")) if beat_of(i, beats) == beat}
    cases = [each for each in found if each.kind == "case"]
    assert cases
    assert all(cell_of(state, each) == cell for each in cases)


def test_ties_are_those_of_the_state_and_of_an_offender_the_resident(world: World) -> None:
    offender = int(world.state.offenders.resident[3])
    ties = ties_of(world.state, Subject("resident", offender))
    assert ties
    assert ties == ties_of(world.state, Subject("offender", 3))
    for other, _ in ties:
        assert offender in {back for back, _ in ties_of(world.state, Subject("resident", other))}


def test_a_person_in_both_cities_and_what_differs(session: CitySession) -> None:
    a, b = session.worlds["a"], session.worlds["b"]
    apart = np.flatnonzero(np.abs(a.state.residents.trust - b.state.residents.trust) > 0.01)
    one = Subject("resident", int(apart[0]))
    rows = {row.name: row for row in compared(facts_of(a, one), facts_of(b, one))}
    assert rows["Trust in the police, 0 to 1"].differs
    assert rows["Trust in the police, 0 to 1"].a == f"{a.state.residents.trust[one.index]:.3f}"
    assert not rows["Home"].differs
    assert facts_of(a, Subject("resident", 10**8)) == {}
    for kind in ("offender", "officer"):
        assert facts_of(a, Subject(kind, 0))


def test_a_case_in_the_other_city_is_that_of_the_same_offender_and_watch(session: CitySession) -> None:
    a, b = session.worlds["a"], session.worlds["b"]
    found = {case: counterpart(a, b, Subject("case", case)) for case in range(how_many(a.state, "case"))}
    assert None in found.values(), "policies part the cities"
    pairs = [(case, other.index) for case, other in found.items() if other is not None]
    assert len(pairs) > 10
    for mine, theirs in pairs:
        assert a.state.cases.watch[mine] == b.state.cases.watch[theirs]
        assert a.state.cases.offender[mine] == b.state.cases.offender[theirs]
    assert counterpart(a, b, Subject("resident", 5)) == Subject("resident", 5)


def test_the_past_is_in_the_case_files_latest_first_and_bounded(world: World) -> None:
    case, who = victim(world)
    told = history(world, Subject("resident", who))
    assert any("was the victim of" in line and f"(case {case + 1}," in line for line in told)
    busiest = int(np.argmax(world.state.offenders.offences))
    told = history(world, Subject("offender", busiest))
    assert 0 < len(told) <= MOST_EVENTS
    assert len(told) == min(MOST_EVENTS, world.state.offenders.offences[busiest])
    steps = course(world, case)
    assert f"against resident {who}" in steps[0]
    unknown = int(np.flatnonzero(world.state.cases.delay[: world.state.cases.count[0]] < 0)[-1])
    assert course(world, unknown)[-1] == "Nobody told the police, and they never knew of it."


def test_the_weeks_of_who_is_followed_are_kept(world: World) -> None:
    assert [week.week for week in world.trail] == [week.week for week in world.weeks]
    assert world.trail[-1].trust == world.state.residents.trust[77]
    cases = world.state.cases
    suffered = (cases.victim[: cases.count[0]] == 77) & (cases.watch[: cases.count[0]] >= world.first)
    assert sum(week.offences for week in world.trail) == suffered.sum()


def test_a_whole_story_is_that_of_the_command_and_true_after_changes_too() -> None:
    """Without changes it is `run --follow` to the letter; with a change made on the way every number still agrees."""
    scenario = replace(load("coproduced"), **SIZED)
    session = CitySession(Pair(scenario, scenario, 3), Openings())
    session.run_to(8 * WEEK)
    session.change("b", "policing", "budget", 500.0)
    session.change("b", "programmes", "foot_patrol", 1.0)
    session.run_to(16 * WEEK)
    result = simulate(scenario, 3)
    plain, turned = session.worlds["a"], session.worlds["b"]
    burnt_in = how_many(plain.state, "case") - len(result.cases)
    case, _ = victim(plain)
    assert story_of(plain, case).steps == follow(result, case - burnt_in + 1).steps
    assert story_of(plain, 0).true, "also of the burn-in"
    seen: list[int] = []
    story = story_of(turned, victim(turned)[0], lambda done, _of: seen.append(done))
    assert story.true, story.closing()
    assert seen == sorted(seen)
    assert len(story.checks) > 10


def test_what_decides_nothing_cannot_be_explained(world: World) -> None:
    for subject in (Subject("case", 0), Subject("resident", 10**8)):
        with pytest.raises(DesignError, match="it has none"):
            account_of(world, subject)


@pytest.mark.parametrize("kind", ["resident", "officer", "offender"])
def test_nobody_decides_when_the_run_has_ended(world: World, kind: str) -> None:
    """The books have no room for another week, and kernels would write beyond them."""
    assert world.watch == world.scenario.watches
    with pytest.raises(DesignError, match="The run has ended here: there is no next watch"):
        account_of(world, Subject(kind, 2))


@pytest.mark.parametrize("key", list(COLUMNS))
def test_the_table_is_sorted_by_any_column_and_bounded(world: World, key: str) -> None:
    place = list(COLUMNS).index(key) + 1
    for highest in (True, False):
        rows = rows_of(world, Sorting(key, highest))
        assert len(rows) == MOST_ROWS
        if key not in {"place", "volunteer"}:
            values = [float(row[place]) for row in rows]
            assert values == sorted(values, reverse=highest)


def test_the_table_of_a_neighbourhood_has_its_people_only(world: World) -> None:
    rows = rows_of(world, Sorting("age", True, 4))
    assert rows
    assert {row[3] for row in rows} == {world.scenario.city.city.names[4]}
    assert Sorting("age").sorted_by("fear") == Sorting("fear", True)
    assert Sorting("fear", True).sorted_by("fear") == Sorting("fear", False)
    assert Sorting("fear").sorted_by("no such") == Sorting("fear")
