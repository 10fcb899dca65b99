"""Phase 12, what residents do against crime, and phase 3, where that leaves them in the evening."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
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
    watching_probability,
)
from coproduction.simulation.rules.targets import home_share
from coproduction.simulation.state import Residents, State


@kernel
def protect(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly. Each resident may take up or give up each kind of protection; writes protection."""
    for resident in range(len(state.residents.home)):
        reconsider(state, numbers, (seed, watch), resident)


@rule
def reconsider(state: State, numbers: Numbers, when: tuple[int, int], resident: int) -> None:
    """Decide on the five domains of protection; when is seed, watch."""
    seed, watch = when
    residents, p = state.residents, numbers.parameters.protection
    wanted = wanted_protection(residents, p, watch, resident)
    protection = 0
    for domain in range(N_DOMAINS):
        bit = 1 << domain
        u = uniform(seed, Decision.PROTECT, resident, watch, domain)
        if keeps_up(does(residents.protection[resident], bit), wanted[domain], p.pace, u):
            protection += bit
    residents.protection[resident] = protection


@rule
def wanted_protection(
    residents: Residents, p: Protection, watch: int, resident: int
) -> tuple[float, float, float, float, float]:
    """Return the probabilities of the five domains, each from what it depends on."""
    fear, income = residents.fear[resident], standing(residents.quintile[resident])
    victimised = remembers(residents.last_victimised[resident], watch, p.victim_memory)
    return (
        locks_probability(p, fear, victimised, income),
        technology_probability(p, victimised, income),
        watching_probability(p, residents.social_capital[resident]),
        self_defence_probability(p, fear, residents.trust[resident]),
        avoidance_probability(p, fear),
    )


@kernel
def expect(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 3, monthly. Sums who is expected where in the evening; writes presence. Settled here for both engines."""
    present, residents, p = state.cells.present, state.residents, numbers.parameters.presence
    present[EVENING, :] = 0.0
    for resident in range(len(residents.home)):
        at_home = home_share(residents, p, resident, EVENING)
        present[EVENING, residents.home[resident]] += at_home
        present[EVENING, residents.day_cell[resident]] += day_place_probability(at_home, p.day_place)
