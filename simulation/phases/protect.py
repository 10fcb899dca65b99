"""Phase 12, what residents do against crime, and phase 3, where that leaves them in the evening."""

import numpy as np

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import BLOCK, draw_rows, line_up
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.protection import Protection
from coproduction.simulation.rules.calendar import EVENING
from coproduction.simulation.rules.presence import day_place_probability
from coproduction.simulation.rules.protection import (
    N_DOMAINS,
    avoidance_probability,
    does,
    keeps_up,
    locks_probability,
    remembers,
    self_defence_probability,
    standing,
    technology_probability,
    tenure,
    thinks_over,
    watching_probability,
)
from coproduction.simulation.rules.targets import home_share
from coproduction.simulation.state import Residents, State


@kernel
def protect(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly. Each resident may take up or give up each kind of protection; writes protection."""
    luck, who = np.empty((N_DOMAINS, BLOCK)), (np.empty(BLOCK, np.int32), np.empty(BLOCK, np.int32))
    for resident in range(len(state.residents.home)):
        place = resident % BLOCK
        if place == 0:
            n = line_up(who[0], resident, len(state.residents.home))
            for domain in range(N_DOMAINS):
                who[1][:] = domain
                draw_rows(luck[domain, :n], seed, Decision.PROTECT, (who[0][:n], who[1][:n]), watch)
        protection = 0
        for domain in range(N_DOMAINS):
            if goes_on(state, numbers, watch, (resident, domain), luck[domain, place]):
                protection += 1 << domain
        state.residents.protection[resident] = protection


@rule
def goes_on(state: State, numbers: Numbers, watch: int, what: tuple[int, int], u: float) -> bool:
    """Say whether a resident has a kind of protection after these four weeks; what is resident, domain, u the draw.

    What is wanted is found only for those who think it over, since for the others nothing depends on it.
    """
    resident, domain = what
    p = numbers.parameters.protection
    has = does(state.residents.protection[resident], 1 << domain)
    if not thinks_over(u, p.pace):
        return has
    return keeps_up(has, wanted_protection(state.residents, p, watch, resident, domain), p.pace, u)


@rule
def wanted_protection(residents: Residents, p: Protection, watch: int, resident: int, domain: int) -> float:
    """Return the probability of a domain, by its place, from what it depends on."""
    fear, income = residents.fear[resident], standing(residents.quintile[resident])
    victimised = remembers(residents.last_victimised[resident], watch, p.victim_memory)
    if domain == 0:
        return locks_probability(p, fear, victimised, income, tenure(residents.owner[resident]))
    if domain == 1:
        return technology_probability(p, victimised, income, tenure(residents.owner[resident]))
    if domain == 2:
        return watching_probability(p, residents.social_capital[resident])
    if domain == 3:
        return self_defence_probability(p, fear, residents.trust[resident])
    return avoidance_probability(p, fear)


@kernel
def expect(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 3, monthly. Sums who is expected where in the evening; writes presence. Settled here for both engines."""
    present, residents, p = state.cells.present, state.residents, numbers.parameters.presence
    present[EVENING, :] = 0.0
    for resident in range(len(residents.home)):
        at_home = home_share(residents, p, resident, EVENING)
        present[EVENING, residents.home[resident]] += at_home
        present[EVENING, residents.day_cell[resident]] += day_place_probability(at_home, p.day_place)
