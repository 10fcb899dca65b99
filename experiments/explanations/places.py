"""Neighbourhoods: their collective efficacy, how they look, and what their board can claim of patrol."""

from functools import reduce
from operator import add

from coproduction.experiments.explanations.explanation import Explanation, Term
from coproduction.experiments.explanations.moment import Moment
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.experiments.follow_words import chance
from coproduction.simulation.parameters.levers import UPKEEP
from coproduction.simulation.phases.disorder import left_in, seen_from
from coproduction.simulation.rules.disorder import disheartening, left_to_see
from coproduction.simulation.rules.guardianship import collective_efficacy, efficacy_terms
from coproduction.simulation.rules.perception import discouraged, discouragement
from coproduction.simulation.rules.programmes import blended_claim, claim_terms
from coproduction.simulation.state import Floats

INDEX = "index 0 to 1"
SHARE = "share of patrol by boards"


def efficacy(moment: Moment, n: int) -> tuple[Explanation, ...]:
    """Return what a neighbourhood's collective efficacy is made of, from its residents as they are."""
    g, p, d = moment.parameters.guardianship, moment.parameters.perception, moment.parameters.disorder
    seen = _mean_disorder(moment, n)
    capital, able, fear, perceived = (
        _mean(moment, n, column) for column in ("social_capital", "self_efficacy", "fear", "perceived")
    )
    parts = efficacy_terms(capital, able, fear, g.cohesion, g.fear_withdrawal)
    terms = (
        Term("cohesion", parts[0], INDEX, f"{g.cohesion:g} × mean social capital {capital:.3f}",
             source_of("guardianship", "cohesion")),
        Term("belief to be able to act", parts[1], INDEX, f"{1.0 - g.cohesion:g} × mean self-efficacy {able:.3f}",
             source_of("guardianship", "cohesion")),
        Term("what fear leaves", parts[2], "factor", f"1 − {g.fear_withdrawal:g} × mean fear {fear:.3f}",
             source_of("guardianship", "fear_withdrawal")),
        Term("what perceived crime leaves", discouragement(perceived, p.discouragement), "factor",
             f"mean perceived crime {perceived:.3f}, counts above the usual 1; weight {p.discouragement:g}",
             source_of("perception", "discouragement")),
        Term("what disorder leaves", float(disheartening(seen, d.discouragement)), "factor",
             f"mean look of the streets {seen:.3f}, counts above the usual 0.5; weight {d.discouragement:g}",
             source_of("disorder", "discouragement")),
    )  # fmt: skip
    together = collective_efficacy(capital, able, fear, g.cohesion, g.fear_withdrawal)
    now = float(moment.state.neighbourhoods.efficacy[n])
    return (
        Explanation(
            "efficacy", "How far do residents here look after things together?", terms, "efficacy",
            float(discouraged(together, perceived, p.discouragement) * disheartening(seen, d.discouragement)),
            "collective_efficacy",
            f"{theory_of(collective_efficacy)} {theory_of(discouraged)} {theory_of(disheartening)}", unit=INDEX,
            notes=(f"In force is {now:.3f}, of residents when it was last renewed, as every four weeks.",),
        ),
    )  # fmt: skip


def disorder(moment: Moment, n: int) -> tuple[Explanation, ...]:
    """Return what is left after four weeks of the traces of disorder in a neighbourhood."""
    p, places = moment.parameters.disorder, moment.state.neighbourhoods
    efficacy_now, upkeep = float(places.efficacy[n]), moment.lever(n, UPKEEP)
    terms = (
        Term("wear and city services", 1.0, "speed", "1 where nobody takes care"),
        Term("residents' care", p.care * efficacy_now, "speed",
             f"{p.care:g} × collective efficacy {efficacy_now:.3f}", source_of("disorder", "care")),
        Term("programmes", upkeep, "speed", "" if upkeep else "none", source_of("levers", "upkeep")),
        Term("memory of the street", p.weeks, "weeks", "until 37 % are left where nobody takes care",
             source_of("disorder", "weeks")),
    )  # fmt: skip
    return (
        Explanation(
            "disorder", "What share of the traces of disorder here is left after four weeks?", terms, "left",
            float(left_in(moment.state, moment.numbers, n)), "left_to_see", theory_of(left_to_see), unit="share",
            notes=(f"Streets here look like {_mean_disorder(moment, n):.2f} to residents; 0.5 is usual, 1 the worst.",),
        ),
    )  # fmt: skip


def _mean_disorder(moment: Moment, n: int) -> float:
    """Return the mean look of their street to residents of a neighbourhood, added up in the order of their index."""
    state = moment.state
    homes = state.residents.home[state.residents.neighbourhood == n].tolist()
    total = reduce(add, (float(seen_from(state, cell)) for cell in homes), 0.0)
    return total / max(int(state.neighbourhoods.residents[n]), 1)


def _mean(moment: Moment, n: int, column: str) -> float:
    """Return the mean of a column over residents of a neighbourhood, added up in the order of their index."""
    residents = moment.state.residents
    values: Floats = getattr(residents, column)[residents.neighbourhood == n]
    return reduce(add, values.tolist(), 0.0) / max(int(moment.state.neighbourhoods.residents[n]), 1)


def claim(moment: Moment, n: int) -> tuple[Explanation, ...]:
    """Return what a neighbourhood's board could claim of the patrol that boards send."""
    places, voice = moment.state.neighbourhoods, moment.policing.voice
    afraid = reduce(add, (places.residents * _mean_fears(moment)).tolist(), 0.0)
    fear = _mean(moment, n, "fear")
    of_all = float(places.residents[n] * fear / max(afraid, 1e-12))
    voiced = int(places.concern.sum())
    of_attendees = float(places.concern[n] / voiced) if voiced > 0 else of_all
    parts = claim_terms(of_all, of_attendees, voice)
    heard = (
        f"{chance(of_attendees)} of the fear voiced in the city"
        if voiced > 0
        else f"no meeting so far: as all residents, {chance(of_attendees)}"
    )
    terms = (
        Term("all residents' fear", parts[0], SHARE,
             f"{voice:g} × {chance(of_all)} of the city's ({int(places.residents[n]):,} persons, mean {fear:.3f})",
             source_of("policing", "voice")),
        Term("fear voiced at meetings", parts[1], SHARE, f"{1.0 - voice:g} × {heard}", source_of("policing", "voice")),
    )  # fmt: skip
    return (
        Explanation(
            "claim", "What share of the patrol that boards send would come here?", terms, "sum",
            float(blended_claim(of_all, of_attendees, voice)), "blended_claim", theory_of(blended_claim), unit=SHARE,
            notes=(_in_force(moment, n),),
        ),
    )  # fmt: skip


def _mean_fears(moment: Moment) -> list[float]:
    return [_mean(moment, n, "fear") for n in range(len(moment.state.neighbourhoods.residents))]


def _in_force(moment: Moment, n: int) -> str:
    priority, boards = float(moment.state.neighbourhoods.priority[n]), moment.policing.boards
    sent = (
        f"boards send {chance(boards)} of patrol"
        if boards
        else "boards send none of the patrol under this policy"
    )
    return f"In force is {chance(priority)}, as last renewed; {sent}."
