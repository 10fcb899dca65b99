"""O:trust through the production phases, and that a wrong rule would be seen."""

from collections.abc import Callable

import numpy as np
import pytest

from coproduction.experiments.oracle_trust import contact_city, learning_rows, listening, talk_rows
from coproduction.simulation.city import City
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers, Parameters, Policing
from coproduction.simulation.phases.change import change
from coproduction.simulation.population import populate


@pytest.mark.parametrize("seed", [1, 2])
def test_trust_is_the_posterior_mean_and_talk_ends_in_degroots_consensus(seed: int) -> None:
    for row in [*learning_rows(seed), *talk_rows(seed)]:
        assert row.holds, row


def test_the_consensus_weighs_by_ties() -> None:
    """On an undirected network the left eigenvector is the number of ties."""
    state, _ = contact_city(3)
    ties = np.diff(state.ties.start)
    matrix = listening(state)
    np.testing.assert_allclose((ties / ties.sum()) @ matrix, ties / ties.sum(), atol=1e-15)


def test_the_plain_mean_is_not_the_consensus() -> None:
    rows = talk_rows()
    plain = float(rows[0].quantity.split()[-1].rstrip(")"))
    assert abs(plain - rows[0].measured) > 1e-4


def test_a_threat_fades_from_the_norm_against_telling(grid_city: Callable[..., City]) -> None:
    """Of what a threat added a share is left after n months, (1 - pace)^n; where nothing was added nothing moves."""
    numbers = Numbers(Parameters(), Policing(), Policing(), 0, 0)
    state = populate(grid_city(6, 2), 200, numbers, 1, 252)
    own = state.residents.own_silence.copy()
    assert (state.residents.silence == own).all()
    state.residents.silence[:100] = 1.0
    pace = numbers.parameters.change.silence_relaxation
    for month in (1, 2, 3):
        change(pack_state(state), pack_numbers(numbers), 1, 84 * month - 1)
        left = (1.0 - pace) ** month
        assert state.residents.silence[:100] == pytest.approx(own[:100] + left * (1.0 - own[:100]))
        assert (state.residents.silence[100:] == own[100:]).all()
