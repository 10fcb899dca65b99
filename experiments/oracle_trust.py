"""O:trust. Learning from contacts, and from talk alone.

With contacts that weigh alike and nothing forgotten, trust is the mean of a beta distribution: after k fair contacts of
n it is (prior mean * prior strength + k) / (prior strength + n). With talk alone it is DeGroot learning: all trust
converges to one value, the first trusts weighed by the left eigenvector of the matrix by which residents listen.
"""

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.oracle_city import (
    at_limits,
    one_neighbourhood,
    together,
    unchanging,
    with_tables,
)
from coproduction.experiments.oracle_rows import Row, of_mean
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers, Policing
from coproduction.simulation.phases.change import change
from coproduction.simulation.phases.respond import remember
from coproduction.simulation.phases.talk import talk
from coproduction.simulation.population import populate
from coproduction.simulation.population.empty import empty_officers
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH
from coproduction.simulation.state import MOST_STOPS, State

ORACLE = "O:trust"
RESIDENTS, WATCHES, MONTHS = 480, 60, 400
FAIRNESS = 0.7
EXACT = 1e-12

NO_FORGETTING = {"change": {"trust_relaxation": 0.0, "talk_weight": 0.0}}
"""The declared range leaves out that nothing is forgotten."""


def contact_city(seed: int) -> tuple[State, Numbers]:
    """Return a city in which officers speak with a resident at each of ``MOST_STOPS`` stops, each with others."""
    p = at_limits(with_tables({"contact": {"asymmetry": 1.0}, "conduct": {"spread": 0.0}}), NO_FORGETTING)
    numbers = unchanging(p, Policing()._replace(fairness=FAIRNESS))
    state = populate(one_neighbourhood(4, 4), RESIDENTS, numbers, seed, WATCHES)
    posts = RESIDENTS // MOST_STOPS
    contact = np.arange(RESIDENTS, dtype=np.int32).reshape(posts, MOST_STOPS)
    officers = empty_officers(posts)._replace(
        stops=np.full(posts, MOST_STOPS, np.int32),
        on_duty=np.ones(posts, np.int8),
        contact=contact,
    )
    return state._replace(officers=officers), numbers


def fair_contacts(seed: int) -> NDArray[np.int64]:
    """Return how many of its contacts each resident felt as fair: luck is addressable."""
    stops = [divmod(resident, MOST_STOPS) for resident in range(RESIDENTS)]
    fair = [
        [uniform(seed, Decision.TREATED, officer, watch, stop) < FAIRNESS for watch in range(WATCHES)]
        for officer, stop in stops
    ]
    return np.array(fair).sum(axis=1)


def learning_rows(seed: int = 1) -> list[Row]:
    """Compare trust after a contact in every watch with the posterior mean, one by one and on average."""
    state, numbers = contact_city(seed)
    first, strength = state.residents.trust.copy(), numbers.parameters.contact.prior_strength
    packed = pack_state(state), pack_numbers(numbers)
    for watch in range(WATCHES):
        remember(*packed, seed, watch)
    exact = (first * strength + fair_contacts(seed)) / (strength + WATCHES)
    farthest = float(np.abs(state.residents.trust - exact).max())
    expected = float((first.mean() * strength + FAIRNESS * WATCHES) / (strength + WATCHES))
    learnt = state.residents.trust - first * strength / (strength + WATCHES)
    share = expected - float(first.mean()) * strength / (strength + WATCHES)
    return [
        Row(
            ORACLE, f"farthest of {RESIDENTS} posterior means after {WATCHES} contacts", 0.0, farthest, EXACT
        ),
        of_mean(ORACLE, f"trust learnt from contacts of which {FAIRNESS:g} are fair", share, learnt),
    ]


def listening(state: State) -> NDArray[np.float64]:
    """Return the matrix by which residents listen, rows summing to 1: all of one's ties alike."""
    start, n = state.ties.start, len(state.residents.home)
    owner = np.repeat(np.arange(n), np.diff(start))
    matrix = np.zeros((n, n))
    matrix[owner, state.ties.partner] = 1.0 / np.diff(start)[owner]
    return matrix


def consensus(state: State) -> float:
    """Return the value to which talk brings all: first trusts by the left eigenvector to the eigenvalue 1."""
    values, vectors = np.linalg.eig(listening(state).T)
    weights = np.real(vectors[:, np.argmin(np.abs(values - 1.0))])
    return float(weights @ state.residents.trust / weights.sum())


def talk_rows(seed: int = 1, residents: int = 80) -> list[Row]:
    """Compare trust after years of talk alone, through the production phases, with the consensus."""
    tables = together({"ties": {"bonding": 8.0, "bridging": 12.0}}, {"change": {"talk_weight": 0.5}})
    p = with_tables(tables)
    numbers = unchanging(p._replace(change=p.change._replace(trust_relaxation=0.0)))
    state = populate(one_neighbourhood(4, 4), residents, numbers, seed, WATCHES_PER_MONTH)
    predicted, plain = consensus(state), float(state.residents.trust.mean())
    packed = pack_state(state), pack_numbers(numbers)
    for _ in range(MONTHS):
        talk(*packed, seed, WATCHES_PER_MONTH - 1)
        change(*packed, seed, WATCHES_PER_MONTH - 1)
    apart = float(np.ptp(state.residents.trust))
    return [
        Row(ORACLE, f"consensus (the plain mean is {plain:.4f})", predicted, float(state.residents.trust[0]), 1e-9),
        Row(ORACLE, f"trusts apart after {MONTHS} talks", 0.0, apart, 1e-9),
    ]  # fmt: skip


def trust_rows() -> list[Row]:
    """Return the rows of O:trust."""
    return [*learning_rows(), *talk_rows()]
