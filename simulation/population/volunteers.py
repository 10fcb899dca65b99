"""Who volunteers at the start: those who would be likeliest to join."""

from typing import Any

import numpy as np

from coproduction.simulation.parameters import Parameters
from coproduction.simulation.population.blocks import blocks
from coproduction.simulation.rules.volunteering import wish_terms
from coproduction.simulation.state import Residents


def enrol(people: Residents, p: Parameters, random: np.random.Generator) -> None:
    """Write the first volunteers and their roster: drawn by the odds of joining uninvited, with the declared mean."""
    n = len(people.home)
    odds, u = np.empty(n), random.random(n)
    for part in blocks(n):
        of_part: Any = part  # the rule takes a slice of residents as it takes one
        odds[part] = np.exp(sum(wish_terms(people, p.volunteering, of_part, 0.0)))
    people.volunteer[:] = u < p.population.volunteer_share * odds / odds.mean()
    people.roster[: people.volunteer.sum()] = np.flatnonzero(people.volunteer)
