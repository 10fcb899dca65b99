"""What residents do against crime at the start: drawn from the probabilities that they go on deciding by."""

import numpy as np

from coproduction.simulation._compiled import kernel
from coproduction.simulation.city import FloatArray
from coproduction.simulation.packed import as_floats
from coproduction.simulation.parameters.protection import Protection
from coproduction.simulation.population.blocks import blocks
from coproduction.simulation.rules.protection import (
    N_DOMAINS,
    avoidance_probability,
    locks_probability,
    self_defence_probability,
    technology_probability,
    tenure,
    watching_probability,
)
from coproduction.simulation.rules.protection import standing as of_income
from coproduction.simulation.state import Flags


def draw_protection(
    p: Protection, standing: tuple[Flags, Flags], traits: dict[str, FloatArray], random: np.random.Generator
) -> Flags:
    """Return the domains of protection of each resident as bits, shape (R,); nobody is remembered as a victim yet.

    standing  income quintile and tenure, shape (R,) each
    """
    quintile, owner = standing
    numbers, protection = as_floats(p), np.zeros(len(quintile), np.int8)
    for part in blocks(len(quintile)):
        u = random.random((part.stop - part.start, N_DOMAINS))
        felt = traits["fear"][part], traits["trust"][part], traits["social_capital"][part]
        take_up(numbers, (quintile[part], owner[part]), felt, u, protection[part])
    return protection


@kernel
def take_up(
    p: Protection,
    standing: tuple[Flags, Flags],
    traits: tuple[FloatArray, FloatArray, FloatArray],
    u: FloatArray,
    protection: Flags,
) -> None:
    """Write the domains that the draws ``u``, shape (R, domains), fall on; traits are fear, trust, social capital."""
    fear, trust, capital = traits
    quintile, owner = standing
    for resident in range(len(quintile)):
        income, owned = of_income(quintile[resident]), tenure(owner[resident])
        wanted = (
            locks_probability(p, fear[resident], 0.0, income, owned),
            technology_probability(p, 0.0, income, owned),
            watching_probability(p, capital[resident]),
            self_defence_probability(p, fear[resident], trust[resident]),
            avoidance_probability(p, fear[resident]),
        )
        bits = 0
        for domain in range(N_DOMAINS):
            if u[resident, domain] < wanted[domain]:
                bits += 1 << domain
        protection[resident] = bits
