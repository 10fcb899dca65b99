"""O:trust through the production phases, and that a wrong rule would be seen."""

import numpy as np
import pytest

from coproduction.experiments.oracle_trust import contact_city, learning_rows, listening, talk_rows


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
