"""Which agent to explain when none is asked for, how it was chosen, and who it is, in words."""

from collections.abc import Callable

import numpy as np

from coproduction.experiments.explanations.helping import SCHOOLING
from coproduction.experiments.explanations.moment import Moment
from coproduction.experiments.explanations.offending import at_large, tries
from coproduction.experiments.explanations.officers import mode
from coproduction.experiments.explanations.portfolio import weeks_of
from coproduction.experiments.explanations.sources import crime_named
from coproduction.experiments.follow_words import counted
from coproduction.simulation.phases.offend import temptation
from coproduction.simulation.rules.beats import MODES
from coproduction.simulation.rules.careers import age_at
from coproduction.simulation.rules.protection import N_DOMAINS
from coproduction.simulation.state import ACTIVE, POTENTIAL


def pick(kind: str, moment: Moment) -> tuple[int, str]:
    """Return the index of an agent of whom much can be told, and how it was chosen."""
    ways: dict[str, Callable[[Moment], tuple[int, str]]] = {
        "resident": _resident,
        "offender": _offender,
        "neighbourhood": _neighbourhood,
        "programme": lambda _: (0, "the first of the policy"),
        "officer": _officer,
        "co_responder": lambda _: (0, "the first post"),
        "city": lambda _: (0, ""),
    }
    return ways[kind](moment)


def _resident(moment: Moment) -> tuple[int, str]:
    last = moment.state.residents.last_victimised
    if last.max() >= 0:
        return int(np.argmax(last)), "the most recent victim of an offence"
    return int(np.argmin(moment.state.residents.trust)), "the one with the least trust in the police"


def _offender(moment: Moment) -> tuple[int, str]:
    everybody = range(len(moment.state.offenders.resident))
    free = [one for one in everybody if at_large(moment, one)]
    trying = [one for one in free if tries(moment, one)]
    if trying:
        return trying[0], "the first who tries an offence in this watch"
    if free:
        chances = [temptation(moment.state, moment.numbers, moment.watch, one) for one in free]
        return free[int(np.argmax(chances))], "nobody tries an offence in this watch; the one likeliest to"
    return 0, "nobody is free to offend; the first"


def _neighbourhood(moment: Moment) -> tuple[int, str]:
    places = moment.state.neighbourhoods
    efficacy = np.where(places.residents > 0, places.efficacy, np.inf)
    return int(np.argmin(efficacy)), "the one with the lowest collective efficacy"


def _officer(moment: Moment) -> tuple[int, str]:
    duty = moment.state.officers.on_duty
    return int(np.argmax(duty)), "the first on duty" if duty.any() else "nobody is on duty; the first"


def count(kind: str, moment: Moment) -> int:
    """Return how many agents of a kind there are."""
    state = moment.state
    return {
        "resident": len(state.residents.home),
        "offender": len(state.offenders.resident),
        "neighbourhood": len(state.neighbourhoods.residents),
        "programme": len(moment.numbers.programmes.start),
        "officer": len(state.officers.free_at),
        "co_responder": len(state.co_responders.free_at),
        "city": 1,
    }[kind]


def described(kind: str, moment: Moment, index: int) -> str:
    """Return who an agent is, in a sentence or two."""
    ways: dict[str, Callable[[Moment, int], str]] = {
        "resident": _who_lives,
        "offender": _who_offends,
        "neighbourhood": _which_place,
        "programme": _which_programme,
        "officer": _who_polices,
        "co_responder": lambda _m, _i: "A post for a social worker who takes calls that need no officer.",
        "city": _which_city,
    }
    return ways[kind](moment, index)


def _who_lives(moment: Moment, i: int) -> str:
    r = moment.state.residents
    does = int(r.protection[i]).bit_count()
    serves = "volunteers" if r.volunteer[i] else "does not volunteer"
    home = f"{'an owned' if r.owner[i] else 'a rented'} home whose adults have {SCHOOLING[r.education[i]]}"
    group, age = "minority" if r.group[i] else "majority", age_at(int(r.age[i]), moment.watch)
    return (
        f"A {'woman' if r.sex[i] else 'man'} of {age} of the {group}, in neighbourhood "
        f"{moment.place(int(r.neighbourhood[i]))}, income quintile {int(r.quintile[i]) + 1} of 5 (1 is poorest), "
        f"living in {home}, who "
        f"{serves} and protects in {does} of {N_DOMAINS} domains. From 0 to 1: trust in the police "
        f"{r.trust[i]:.2f}, fear {r.fear[i]:.2f}, self-efficacy {r.self_efficacy[i]:.2f}, social capital "
        f"{r.social_capital[i]:.2f}, norm against telling {r.silence[i]:.2f}."
    )


def _who_polices(moment: Moment, i: int) -> str:
    o = moment.state.officers
    return (
        f"A post in the police, {MODES[mode(moment, i)]}; its holder came after {counted(int(o.holder[i]), 'other')}, "
        f"knows the beat by {o.knowledge[i]:.2f} of 1, and {counted(int(o.complaints[i]), 'complaint')} stand on file."
    )


def _who_offends(moment: Moment, i: int) -> str:
    o = moment.state.offenders
    stage = {POTENTIAL: "a potential career", ACTIVE: "an active career"}.get(
        int(o.career[i]), "a career given up"
    )
    held = "" if moment.watch >= o.free_from[i] else ", in custody"
    return (
        f"Resident {int(o.resident[i])}, of neighbourhood "
        f"{moment.place(int(moment.state.residents.neighbourhood[o.resident[i]]))}, with {stage}{held}; "
        f"{counted(int(o.offences[i]), 'offence')} and {counted(int(o.arrests[i]), 'arrest')} so far, speciality "
        f"{crime_named(moment.parameters, int(o.speciality[i]))}."
    )


def _which_place(moment: Moment, n: int) -> str:
    places = moment.state.neighbourhoods
    cells = int(places.cell_start[n + 1] - places.cell_start[n])
    return (
        f"{counted(int(places.residents[n]), 'resident')} on {counted(cells, 'cell')}; crime a resident "
        f"{places.level[n]:.2f} times the city's; {places.organisations[n]:.0f} nonprofits per 100,000 residents."
    )


def _which_programme(moment: Moment, p: int) -> str:
    where = int(moment.state.programmes.targets[p].sum())
    return (
        f"It {weeks_of(moment, p)}, in {counted(where, 'neighbourhood')} now, with "
        f"{counted(int(moment.state.programmes.members[p].sum()), 'member')}."
    )


def _which_city(moment: Moment, _: int) -> str:
    state = moment.state
    return (
        f"{counted(len(state.residents.home), 'resident')} in "
        f"{counted(len(state.neighbourhoods.residents), 'neighbourhood')}, "
        f"{counted(int(state.government.volunteers[0]), 'volunteer')}, {moment.policing.budget:g} USD a resident and "
        f"year for policing."
    )
