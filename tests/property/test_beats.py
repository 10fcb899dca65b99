"""What must hold of every division into beats, and of every count of encounters."""

import math
from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduction.experiments.run import final_state
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation.city import City
from coproduction.simulation.parameters import Numbers, Parameters, Policing
from coproduction.simulation.population import populate
from coproduction.simulation.population.beats import beats_needed
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, on_rota
from coproduction.simulation.state import (
    BY_CALLS,
    BY_OFFICERS,
    COMPLAINTS,
    EXCESSIVE,
    FELT_UNFAIR,
    FORCE,
    FORCE_COMPLAINTS,
    SUSTAINED,
)


@settings(max_examples=20, deadline=None)
@given(st.floats(100.0, 1500.0), st.integers(100, 5000), st.integers(0, 2**40))
def test_every_cell_and_neighbourhood_lies_in_one_beat(
    grid_city: Callable[..., City], budget: float, residents: int, seed: int
) -> None:
    city, levers = grid_city(), Policing()._replace(budget=budget, officer_cost=50_000.0)
    state = populate(city, residents, Numbers(Parameters(), levers, levers, 0, 0), seed, 10)
    beats, n = state.beats, len(state.beats.knowledge)
    assert sorted(beats.cell) == np.flatnonzero(city.neighbourhood >= 0).tolist()
    for beat in range(n):
        cells = beats.cell[beats.cell_start[beat] : beats.cell_start[beat + 1]]
        assert len(cells) > 0
        assert (beats.of[city.neighbourhood[cells]] == beat).all()
    assert math.isclose(beats.plan[-1], 1.0)
    assert (np.diff(beats.plan) >= 0.0).all()
    assert ((state.officers.knowledge >= 0.0) & (state.officers.knowledge <= 1.0)).all()
    assert len(state.officers.free_at) >= n


@given(st.integers(0, 4000), st.floats(1, 50), st.integers(1, 400))
def test_posts_of_a_beat_work_in_different_watches(posts: int, per_beat: float, neighbourhoods: int) -> None:
    n = beats_needed(posts, per_beat, neighbourhoods)
    assert 1 <= n <= neighbourhoods
    rotas = {
        tuple(on_rota(post, watch, 5.0) for watch in range(WATCHES_PER_WEEK)) for post in range(0, 5 * n, n)
    }
    assert len(rotas) == 5


@settings(max_examples=8, deadline=None)
@given(
    st.fixed_dictionaries(
        {"field_stops": st.floats(0, 100), "oversight": st.floats(0, 1), "foot": st.floats(0, 1)}
    ),
    st.floats(0, 1),
    st.integers(0, 2**40),
)
def test_encounters_add_up(levers: dict[str, float], discrimination: float, seed: int) -> None:
    city = replace(load("coproduced"), residents=1500, burn_in_weeks=4, measured_weeks=8)
    p = city.parameters
    rough = p._replace(
        dysfunctions=p.dysfunctions._replace(discrimination=discrimination),
        conduct=p.conduct._replace(resistance=0.4, complaint=0.5, excess=0.5),
    )
    state, _ = final_state(replace(city, parameters=rough, policy=city.policy._replace(**levers)), seed)
    counts = state.books.encounters
    stops = counts[:, :, BY_OFFICERS] + counts[:, :, BY_CALLS]
    assert (counts[:, :, FELT_UNFAIR] <= stops).all()
    assert (counts[:, :, FORCE] <= counts[:, :, FELT_UNFAIR]).all()
    assert (counts[:, :, EXCESSIVE] <= counts[:, :, FORCE]).all()
    assert (counts[:, :, COMPLAINTS] <= counts[:, :, FELT_UNFAIR]).all()
    assert (counts[:, :, FORCE_COMPLAINTS] <= np.minimum(counts[:, :, COMPLAINTS], counts[:, :, FORCE])).all()
    assert (counts[:, :, SUSTAINED] <= counts[:, :, COMPLAINTS]).all()
    assert state.neighbourhoods.questioned.sum() == stops[4:].sum()
    posts_never_left = state.officers.holder == 0
    if posts_never_left.all() and not levers["foot"]:
        assert state.officers.complaints.sum() == counts[:, :, COMPLAINTS].sum()
    assert (state.officers.supervision <= 1.0).all()
