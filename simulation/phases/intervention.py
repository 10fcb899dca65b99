"""Phases 7 and 11: a bystander who sees an offence may step in, and learns from how that ends."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.crimes import HOMES
from coproduction.simulation.rules.intervention import (
    HELPED,
    WORSENED,
    ending_of,
    intervention_probability,
    seriousness_lived,
)
from coproduction.simulation.rules.volunteering import learnt_efficacy
from coproduction.simulation.state import NOBODY, State


@rule
def perhaps_step_in(state: State, numbers: Numbers, seed: int, row: int, who: tuple[int, int]) -> None:
    """Let somebody who sees an offence against a person step in, if nobody has; who is resident, look."""
    resident, look = who
    cases = state.cases
    crime = numbers.parameters.crimes[cases.crime[row]]
    if cases.intervener[row] != NOBODY or int(crime.exposure) == HOMES:
        return
    offender, watch = cases.offender[row], cases.watch[row]
    chance = stepping_in_chance(state, numbers, resident, crime.guardable)
    if uniform(seed, Decision.STEPS_IN, offender, watch, look) < chance:
        cases.intervener[row] = resident
        u = uniform(seed, Decision.STEPPING_IN_ENDS, offender, watch)
        cases.intervention[row] = ending_of(u, numbers.parameters.intervention)


@rule
def stepping_in_chance(state: State, numbers: Numbers, resident: int, reach: float) -> float:
    """Return the probability that a resident who sees an offence steps in; reach as in the rule."""
    return intervention_probability(numbers.parameters.intervention, bystander_traits(state, resident), reach)


@rule
def bystander_traits(state: State, resident: int) -> tuple[float, float, float]:
    """Return what stepping in depends on: self-efficacy, the neighbourhood's collective efficacy, fear, 0 to 1 each."""
    residents = state.residents
    together = state.neighbourhoods.efficacy[residents.neighbourhood[resident]]
    return residents.self_efficacy[resident], together, residents.fear[resident]


@rule
def lived_by_victim(state: State, numbers: Numbers, row: int) -> float:
    """Return the seriousness of an offence to its victim, 0 to 1."""
    seriousness = numbers.parameters.crimes[state.cases.crime[row]].seriousness
    return seriousness_lived(seriousness, state.cases.intervention[row], numbers.parameters.intervention)


@rule
def teach_intervener(state: State, numbers: Numbers, row: int) -> None:
    """Let a bystander who stepped in believe more in what one can do when it helped, less when it did harm."""
    resident, ending = state.cases.intervener[row], state.cases.intervention[row]
    if ending in (HELPED, WORSENED):
        residents, gain = state.residents, numbers.parameters.change.act_gain
        residents.self_efficacy[resident] = learnt_efficacy(
            residents.self_efficacy[resident], ending == HELPED, gain
        )
