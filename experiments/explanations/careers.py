"""Offending careers: whether one begins, or is given up, within four weeks."""

import math

from coproduction.experiments.explanations.explanation import LOG_HAZARD, Explanation, Term
from coproduction.experiments.explanations.helping import FOUR_WEEKS
from coproduction.experiments.explanations.moment import Moment, decided
from coproduction.experiments.explanations.offending import at_large
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters.levers import ORGANISATIONS
from coproduction.simulation.phases.careers import (
    giving_up_probability,
    giving_up_terms,
    held_by_organisations,
    look_around,
)
from coproduction.simulation.rules.careers import (
    age_at,
    desistance_probability,
    desistance_terms,
    entry_probability,
    social_causes,
)
from coproduction.simulation.state import ACTIVE, PEERS, POTENTIAL, State, copied


def career(moment: Moment, offender: int) -> tuple[Explanation, ...]:
    """Return whether a career begins, or ends; nothing for one that has ended."""
    stage = int(moment.state.offenders.career[offender])
    if stage == POTENTIAL:
        return (_begin(moment, offender),)
    return (_give_up(moment, offender),) if stage == ACTIVE else ()


def _begin(moment: Moment, offender: int) -> Explanation:
    c = moment.parameters.careers
    home = int(moment.state.residents.neighbourhood[moment.state.offenders.resident[offender]])
    held = float(held_by_organisations(moment.state, moment.numbers, home))
    causes, before = (
        social_causes(c.social_causes, c.social_trend, moment.watch),
        float(moment.state.rates.entry[0]),
    )
    terms = (
        Term("usual", c.entry, "begun a year", "per career active at the start", source_of("careers", "entry")),
        Term("social causes", causes, "factor", "1 is as things are; no lever reaches them",
             source_of("careers", "social_causes")),
        Term("active careers", before, "factor", "at the start, per potential offender"),
        Term("nonprofits", math.exp(-held), "factor", _nonprofits(moment, home),
             source_of("careers", "organisations_weight")),
    )  # fmt: skip
    result = float(entry_probability(c.entry, causes, before, held))
    u = moment.luck(Decision.BEGINS, offender)
    draw, outcome = decided(moment.due("careers"), u, result, ("begins", "does not begin"))
    return Explanation(
        "begin", "Will this potential offender begin a career within four weeks?", terms, "beginning", result,
        "entry_probability", theory_of(entry_probability), draw=draw, outcome=outcome, notes=(FOUR_WEEKS,),
    )  # fmt: skip


def _give_up(moment: Moment, offender: int) -> Explanation:
    c, state = moment.parameters.careers, _having_looked_around(moment.state, offender)
    parts = giving_up_terms(state, moment.numbers, moment.watch, offender)
    sources = ("age_weight", "bonds_weight", "efficacy_weight", "peers_weight", "resettlement_weight")
    told = _told(moment, state, offender)
    terms = (
        Term("usual", c.desistance, "hazard a year", "at 25, middling bonds, no active peer",
             source_of("careers", "desistance")),
        *(Term(name, float(part), LOG_HAZARD, detail, source_of("careers", key))
          for (name, detail), part, key in zip(told, parts, sources, strict=True)),
    )  # fmt: skip
    result = float(giving_up_probability(state, moment.numbers, moment.watch, offender))
    taken = moment.due("careers") and at_large(moment, offender)
    u = moment.luck(Decision.GIVES_UP, offender)
    draw, outcome = decided(taken, u, result, ("gives up for good", "goes on"))
    return Explanation(
        "give_up", "Will this offender give up offending for good within four weeks?", terms, "giving up", result,
        "desistance_probability", f"{theory_of(desistance_probability)} {theory_of(desistance_terms)}", draw=draw,
        outcome=outcome, notes=("Nobody gives up in custody.", FOUR_WEEKS),
    )  # fmt: skip


def _having_looked_around(state: State, offender: int) -> State:
    """Return the state with the active peers of an offender counted as the month's decision counts them."""
    seen = state._replace(offenders=copied(state.offenders))
    look_around(seen, offender)
    return seen


def _told(moment: Moment, state: State, offender: int) -> tuple[tuple[str, str], ...]:
    c, residents = moment.parameters.careers, state.residents
    resident = int(state.offenders.resident[offender])
    age = age_at(int(residents.age[resident]), moment.watch)
    capital, efficacy = float(residents.social_capital[resident]), float(residents.self_efficacy[resident])
    helped = "helped at the last release" if state.offenders.resettled[offender] else "no help at a release"
    home = int(residents.neighbourhood[resident])
    return (
        ("age", f"{age} years, {c.age_weight:g} per decade above 25"),
        ("bonds", f"social capital {capital:.3f}, weight {c.bonds_weight:g} per unit above 0.5"),
        ("self-efficacy", f"{efficacy:.3f}, weight {c.efficacy_weight:g} per unit above 0.5"),
        (
            "active peers",
            f"{int(state.offenders.active_peers[offender])} of {PEERS}, weight {c.peers_weight:g}",
        ),
        ("programmes, nonprofits, release", f"{helped}; {_nonprofits(moment, home)}"),
    )


def _nonprofits(moment: Moment, home: int) -> str:
    here = float(moment.state.neighbourhoods.organisations[home]) + moment.lever(home, ORGANISATIONS)
    usual = moment.parameters.careers.organisations
    return f"{here:.1f} nonprofits per 100,000 residents, {usual:g} are usual"
