"""What must hold of every drawn population: ties, presence, who residents are."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduction.simulation.city import City
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers, Parameters, Policing
from coproduction.simulation.phases.protect import expect, protect
from coproduction.simulation.population import populate
from coproduction.simulation.rules.calendar import EVENING, WATCHES_PER_MONTH
from coproduction.simulation.rules.presence import OLD, day_place_probability
from coproduction.simulation.rules.protection import AVOIDANCE, N_DOMAINS
from coproduction.simulation.rules.targets import home_share
from coproduction.simulation.state import State

TIES = st.fixed_dictionaries(
    {
        "bonding": st.floats(0, 20),
        "bridging": st.floats(0, 20),
        "reach": st.floats(1, 12),
        "homophily": st.floats(0, 1),
    }
)


def drawn(city: City, seed: int, residents: int = 300, ties: dict[str, float] | None = None) -> State:
    p = Parameters()
    p = p._replace(ties=p.ties._replace(**(ties or {})))
    return populate(city, residents, Numbers(p, Policing(), Policing(), 0, 0), seed, 10)


def pairs(state: State) -> list[tuple[int, int]]:
    owners = np.repeat(np.arange(len(state.residents.home)), np.diff(state.ties.start))
    return list(zip(owners.tolist(), state.ties.partner.tolist(), strict=True))


@settings(max_examples=25, deadline=None)
@given(TIES, st.integers(0, 2**40))
def test_ties_are_symmetric_and_no_tie_is_to_oneself_or_twice(
    grid_city: Callable[..., City], ties: dict[str, float], seed: int
) -> None:
    state = drawn(grid_city(), seed, ties=ties)
    all_pairs = pairs(state)
    assert len(set(all_pairs)) == len(all_pairs)
    assert {(b, a) for a, b in all_pairs} == set(all_pairs)
    assert all(a != b for a, b in all_pairs)
    start, end = state.ties.start, state.ties.bonding_end
    assert ((start[:-1] <= end) & (end <= start[1:])).all()
    bonding = {pair for i, pair in enumerate(all_pairs) if i < end[pair[0]]}
    assert {(b, a) for a, b in bonding} == bonding


def test_mean_ties_are_the_declared_ones(grid_city: Callable[..., City]) -> None:
    state = drawn(grid_city(), 1, residents=20_000)
    bonding = state.ties.bonding_end - state.ties.start[:-1]
    bridging = np.diff(state.ties.start) - bonding
    assert bonding.mean() == pytest.approx(6.0, rel=0.05)
    assert bridging.mean() == pytest.approx(6.0 * state.residents.general_trust.mean(), rel=0.05)
    assert np.corrcoef(bridging, state.residents.general_trust)[0, 1] > 0.3


def test_bonding_ties_are_nearer_and_more_alike_than_bridging_ties(grid_city: Callable[..., City]) -> None:
    state = drawn(grid_city(30, 3), 1, residents=5000)
    owner = np.repeat(np.arange(5000), np.diff(state.ties.start))
    bonding = np.arange(len(owner)) < state.ties.bonding_end[owner]
    r = state.residents
    apart = np.abs(r.home[owner] // 30 - r.home[state.ties.partner] // 30)
    assert apart[bonding].max() < 3
    assert apart[~bonding].mean() > 5
    for trait in (r.quintile, r.group):
        alike = trait[owner] == trait[state.ties.partner]
        assert alike[bonding].mean() > alike[~bonding].mean() + 0.05


@pytest.mark.parametrize("seed", [1, 2])
def test_expected_presence_is_the_sum_of_the_residents_probabilities(
    grid_city: Callable[..., City], seed: int
) -> None:
    state, presence = drawn(grid_city(), seed), Parameters().presence
    expected = np.zeros_like(state.cells.present)
    for resident in range(300):
        for time in range(3):
            home = home_share(state.residents, presence, resident, time)
            expected[time, state.residents.home[resident]] += home
            day_place = state.residents.day_cell[resident]
            expected[time, day_place] += day_place_probability(home, presence.day_place)
    np.testing.assert_allclose(state.cells.present, expected, rtol=1e-12)


def test_protection_starts_at_what_residents_decide_by(grid_city: Callable[..., City]) -> None:
    """In the long run the share who do a thing is its probability; the start is drawn from the same."""
    numbers = Numbers(Parameters(), Policing(), Policing(), 0, 0)
    state = populate(grid_city(), 20_000, numbers, 4, WATCHES_PER_MONTH * 2)
    first = state.residents.protection.copy()
    protect(pack_state(state), pack_numbers(numbers), 4, WATCHES_PER_MONTH - 1)
    assert first.min() >= 0
    assert state.residents.protection.max() < 1 << N_DOMAINS
    for domain in range(N_DOMAINS):
        before, after = ((flags & (1 << domain) != 0) for flags in (first, state.residents.protection))
        assert before.mean() == pytest.approx(after.mean(), abs=0.01)
        assert 0.0 < (before != after).mean() < Parameters().protection.pace


def test_presence_of_the_evening_follows_avoidance(grid_city: Callable[..., City]) -> None:
    numbers = Numbers(Parameters(), Policing(), Policing(), 0, 0)
    state = populate(grid_city(), 2_000, numbers, 4, WATCHES_PER_MONTH)
    packed, first = (pack_state(state), pack_numbers(numbers)), state.cells.present.copy()
    expect(*packed, 4, WATCHES_PER_MONTH - 1)
    np.testing.assert_allclose(state.cells.present, first, rtol=1e-12)
    state.residents.protection[:] = AVOIDANCE
    expect(*packed, 4, WATCHES_PER_MONTH - 1)
    abroad = [present[EVENING].sum() for present in (first, state.cells.present)]
    at_day_places = (1.0 - numbers.parameters.presence.day_place) * 2_000
    assert abroad[1] > abroad[0] + 0.1 * at_day_places  # fewer out of town, more at home
    assert (state.cells.present[:EVENING] == first[:EVENING]).all()


def test_residents_are_who_the_parameters_say(grid_city: Callable[..., City]) -> None:
    state, d = drawn(grid_city(), 3, residents=20_000), Parameters().demography
    r = state.residents
    assert r.age.min() == 12
    assert r.age.max() <= 95
    assert (r.age < 25).mean() == pytest.approx(d.young_share, abs=0.015)
    assert (r.age >= OLD).mean() == pytest.approx(d.old_share, abs=0.015)
    assert r.sex.mean() == pytest.approx(d.women_share, abs=0.015)
    assert r.works[r.age >= OLD].mean() == pytest.approx(d.working_old, abs=0.02)
    assert r.works[r.age < 18].all()
    assert r.group.sum() == round(d.minority_share * 20_000)
    for trait, mean in (("trust", 0.5), ("fear", 0.37), ("social_capital", 0.44), ("general_trust", 0.34)):
        assert getattr(r, trait).mean() == pytest.approx(mean, abs=0.01), trait
    assert r.group[r.quintile == 0].mean() > r.group[r.quintile == 4].mean() + 0.05
