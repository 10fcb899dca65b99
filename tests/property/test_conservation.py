"""Nothing is lost and nothing is doubled: people, offences, hours, money."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduction.experiments.run import final_state
from coproduction.scenarios.programmes import library
from coproduction.scenarios.scenario import Scenario, load, replace
from coproduction.simulation.parameters import Policing
from coproduction.simulation.parameters.portfolio import PAYERS
from coproduction.simulation.population.residents import counts_to_margin
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_YEAR
from coproduction.simulation.state import FREE, ITEMS, NOBODY, WEEKLY, Fate, State

RESIDENTS = 1500
SENTENCED = (Fate.COMMUNITY, Fate.JAIL, Fate.PRISON)


def scenario(levers: dict[str, float]) -> Scenario:
    small = replace(load("coproduced"), residents=RESIDENTS, burn_in_weeks=4, measured_weeks=12)
    return replace(small, policy=small.policy._replace(**levers))


LEVERS = st.fixed_dictionaries(
    {
        "officer_cost": st.floats(110_000, 250_000),
        "coordinators": st.floats(0, 6),
        "meetings": st.floats(0, 30),
        "invitation": st.floats(-1, 3),
        "co_responders": st.floats(0, 6),
        "engagement": st.floats(0, 1),
        "boards": st.floats(0, 1),
    }
)


PROGRAMMES = st.sets(
    st.sampled_from(["neighbourhood_watch", "foot_patrol", "message_network", "restorative_conference"])
)
"""Programmes whose part of the city is taken from its budget."""


@settings(max_examples=12, deadline=None)
@given(LEVERS, PROGRAMMES, st.integers(0, 2**40))
def test_conservation(levers: dict[str, float], names: set[str], seed: int) -> None:
    run = replace(scenario(levers), programmes=tuple(library()[name] for name in sorted(names)))
    state, _ = final_state(run, seed)
    people_are_neither_lost_nor_doubled(state)
    every_offence_has_one_case_file_and_one_fate(state)
    money_booked_is_money_to_be_spent(state, run)
    hours_booked_are_hours_worked(state, run)
    members_are_those_who_belong(state, run)
    programmes_are_paid_once(state, run)


def people_are_neither_lost_nor_doubled(state: State) -> None:
    cells, residents = state.cells, state.residents
    assert sorted(cells.coming) == list(range(RESIDENTS))
    assert (np.repeat(np.arange(len(cells.homes)), np.diff(cells.living_start)) == residents.home).all()
    assert len(np.unique(state.offenders.resident)) == len(state.offenders.resident)
    serving = np.flatnonzero(residents.volunteer)
    assert state.government.volunteers[0] == len(serving)
    assert (residents.roster[: len(serving)] == serving).all()
    assert not residents.wants_to_join.any()
    for share in (residents.trust, residents.fear, residents.self_efficacy, residents.social_capital):
        assert ((share >= 0.0) & (share <= 1.0)).all()


def members_are_those_who_belong(state: State, run: Scenario) -> None:
    residents, members = state.residents, state.programmes.members
    assert not residents.offers.any()
    for row, programme in enumerate(run.programmes):
        belongs = (residents.memberships >> row) & 1
        counted = np.bincount(residents.neighbourhood, weights=belongs, minlength=members.shape[1])
        assert (counted == members[row]).all()
        kept = programme.members_supported * state.neighbourhoods.residents / 1000.0
        assert (members[row] <= kept).all()
        assert programme.is_voluntary or not members[row].any()


def programmes_are_paid_once(state: State, run: Scenario) -> None:
    booked = state.books.usd[run.burn_in_weeks :, ITEMS.index("programmes")].sum()
    assert state.programmes.spent[:, PAYERS.index("city")].sum() == pytest.approx(booked)
    for row, programme in enumerate(run.programmes):
        for at, payer in enumerate(PAYERS):
            spent = state.programmes.spent[row, at]
            assert (spent >= 0.0).all()
            assert spent.any() <= (payer in {**programme.cost, **programme.member_cost})


def every_offence_has_one_case_file_and_one_fate(state: State) -> None:
    cases, n = state.cases, int(state.cases.count[0])
    who_and_when = np.stack([cases.watch[:n], cases.offender[:n]], axis=1)
    assert len(np.unique(who_and_when, axis=0)) == n  # one attempt an offender and watch
    assert int(state.offenders.offences.sum()) == n
    assert (np.diff(cases.watch[:n]) >= 0).all()
    by_anybody = cases.victim_reported[:n] + cases.witness_reports[:n] + cases.volunteer_report[:n] > 0
    discovered = cases.discovered[:n] > 0
    assert not (discovered & by_anybody).any()
    by_anybody |= discovered
    assert (by_anybody == (cases.delay[:n] != NOBODY)).all()
    cleared = cases.cleared[:n] > 0
    assert not (cleared & ~by_anybody).any()
    assert (cleared == (cases.cleared_watch[:n] != NOBODY)).all()
    fates_add_up(state, n)
    assert int(state.offenders.arrests.sum()) == int(cleared.sum())
    attempts, stopped = (int(state.books.weekly[:, WEEKLY.index(k)].sum()) for k in ("attempts", "stopped"))
    assert n <= attempts
    assert n + stopped >= attempts  # whoever neither offended nor was stopped had found no target


def fates_add_up(state: State, n: int) -> None:
    """Every case has one fate, and what its file says of the way there fits it."""
    cases = state.cases
    fate = cases.fate[:n]
    count = np.bincount(fate, minlength=len(Fate))
    assert count.sum() == n
    assert set(np.unique(fate)) <= {int(f) for f in Fate}
    assert ((fate == Fate.UNREPORTED) == (cases.delay[:n] == NOBODY)).all()
    unsolved = np.isin(fate, (Fate.UNREPORTED, Fate.OPEN, Fate.FILED))
    assert (unsolved == (cases.cleared[:n] == 0)).all()
    in_court = np.isin(fate, (Fate.AWAITING_COURT, Fate.WITHDRAWN, Fate.ACQUITTED, *SENTENCED))
    assert (in_court == (cases.court_watch[:n] != NOBODY)).all()
    assert (np.isin(fate, SENTENCED) == (cases.sentence[:n] > 0)).all()
    assert not ((cases.custody[:n] > 0) & ~in_court).any()
    weekly = dict(zip(WEEKLY, state.books.weekly.sum(axis=0), strict=True))
    assert weekly["trials"] == count[[Fate.WITHDRAWN, Fate.ACQUITTED, *SENTENCED]].sum()
    assert weekly["conferences"] == count[Fate.CONFERENCED]
    assert weekly["retaliations"] == cases.retaliation[:n].sum()
    assert weekly["community_weeks"] == cases.sentence[:n][fate == Fate.COMMUNITY].sum()
    away = state.offenders.free_from[state.offenders.held != FREE]
    assert (away > 0).all()


def money_booked_is_money_to_be_spent(state: State, run: Scenario) -> None:
    booked = state.books.usd[:, : ITEMS.index("custody")].sum()
    budget = run.policing.budget * RESIDENTS * run.watches / WATCHES_PER_YEAR
    assert booked == pytest.approx(budget, rel=1e-9)
    assert state.government.owed[0] >= 0.0


def hours_booked_are_hours_worked(state: State, run: Scenario) -> None:
    weekly = dict(zip(WEEKLY, state.books.weekly.sum(axis=0), strict=True))
    booked = weekly["busy_seconds"] + weekly["patrol_seconds"] + weekly["idle_seconds"]
    assert booked == weekly["duty"] * SECONDS_PER_WATCH
    visits = int(run.parameters.volunteering.shift_hours * run.parameters.volunteering.visits_per_hour)
    assert weekly["visits"] == weekly["shifts"] * visits
    assert weekly["unfair"] <= weekly["contacts"]
    measured = state.books.weekly[run.burn_in_weeks :].sum(axis=0)
    assert state.cells.total_stops.sum() == measured[WEEKLY.index("stops")]
    assert state.cells.total_visits.sum() == measured[WEEKLY.index("visits")]


@given(
    st.lists(st.floats(0.0, 100.0), min_size=1, max_size=40).filter(lambda v: sum(v) > 1e-6),
    st.integers(1, 10**5),
)
def test_residents_meet_the_margins_to_the_person(weights: list[float], n: int) -> None:
    share = np.array(weights)
    counts = counts_to_margin(share, n)
    assert counts.sum() == n
    assert (np.abs(counts - share / share.sum() * n) < 1.0).all()


def test_levers_of_the_own_department_are_the_defaults() -> None:
    assert load("own_department").policy == Policing()
