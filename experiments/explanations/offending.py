"""Offenders in a watch: whether they try, of what kind, and from where."""

from coproduction.experiments.explanations.explanation import Explanation, Term
from coproduction.experiments.explanations.moment import Moment, decided
from coproduction.experiments.explanations.sources import crime_named, source_of, theory_of
from coproduction.experiments.explanations.telling import sum_of
from coproduction.experiments.follow_words import time_of_day
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters.crimes import HOUSEHOLD
from coproduction.simulation.phases.offend import choose_anchor, choose_type, temptation, type_of
from coproduction.simulation.rules.calendar import watch_of_day
from coproduction.simulation.rules.careers import DAY_PLACE, HOME, LAST_TARGET, LEISURE, anchor_of
from coproduction.simulation.rules.offending import attempt_probability, deterrence, personal_rhythm
from coproduction.simulation.rules.temptation import (
    expected_certainty,
    heat_now,
    rhythm_now,
    speciality_probability,
)
from coproduction.simulation.state import ACTIVE, NOBODY

ANCHOR_NAMES = {HOME: "home", DAY_PLACE: "day place", LEISURE: "place of leisure", LAST_TARGET: "last target"}


def at_large(moment: Moment, offender: int) -> bool:
    """Say whether an offender has an active career and is free in this watch."""
    offenders = moment.state.offenders
    return bool(offenders.career[offender] == ACTIVE and moment.watch >= offenders.free_from[offender])


def tries(moment: Moment, offender: int) -> bool:
    """Say whether an offender makes an attempt in this watch."""
    chance = temptation(moment.state, moment.numbers, moment.watch, offender)
    return at_large(moment, offender) and moment.luck(Decision.ATTEMPT, offender) < chance


def attempt(moment: Moment, offender: int) -> tuple[Explanation, ...]:
    """Return whether an offender tries an offence in this watch."""
    state, o = moment.state, moment.parameters.offending
    where = (state, moment.numbers, moment.watch, offender)
    certainty, when = float(expected_certainty(state, offender)), time_of_day(moment.watch)
    own = float(state.offenders.certainty[offender])
    terms = (
        Term("own rate", float(state.offenders.rate[offender]), "attempts a watch", "undeterred, drawn at the start",
             source_of("population", "rate_shape")),
        Term("release", float(heat_now(*where)), "factor", _released(moment, offender),
             source_of("careers", "release_factor")),
        Term("rhythm", float(rhythm_now(*where)), "factor", f"{when} against the average watch"),
        Term("deterrence", float(deterrence(certainty, o.certainty_weight)), "factor",
             f"exp(−{o.certainty_weight:g} × certainty of being caught {certainty:.3f}: own {own:.3f}, programmes "
             f"{certainty - own:.3f})",
             source_of("offending", "certainty_weight")),
    )  # fmt: skip
    result = float(temptation(*where))
    u = moment.luck(Decision.ATTEMPT, offender)
    answers = ("tries an offence", "tries none")
    draw, outcome = decided(at_large(moment, offender), u, result, answers)
    return (
        Explanation(
            "attempt", f"Does this offender try an offence in this watch, {when}?", terms, "hazard", result,
            "attempt_probability", f"{theory_of(attempt_probability)} {theory_of(deterrence)}", draw=draw,
            outcome=outcome, notes=() if at_large(moment, offender) else (_not_free(moment, offender),),
        ),
    )  # fmt: skip


def _not_free(moment: Moment, offender: int) -> str:
    if moment.state.offenders.career[offender] == ACTIVE:
        return "In custody: no attempt is made now."
    return "Without an active career no attempt is made."


def _released(moment: Moment, offender: int) -> str:
    released = int(moment.state.offenders.released[offender])
    return "never released" if released == NOBODY else f"released {moment.watch - released:,} watches ago"


def speciality(moment: Moment, offender: int) -> tuple[Explanation, ...]:
    """Return whether an attempt would be of the own speciality by choice, and which types the time of day suggests."""
    state, time = moment.state, watch_of_day(moment.watch)
    own = int(state.offenders.speciality[offender])
    s, name = moment.parameters.careers.specialisation, crime_named(moment.parameters, own)
    by_choice = s * float(state.rates.type_rhythm[time, own])
    where = (state, moment.numbers, moment.watch, offender)
    terms = (
        Term(f"{name} by choice", by_choice, "attempts, average 1",
             f"specialisation {s:g} × its rhythm {state.rates.type_rhythm[time, own]:.3f} {time_of_day(moment.watch)}",
             source_of("careers", "specialisation")),
        Term("all attempts", float(rhythm_now(*where)), "attempts, average 1",
             f"{1.0 - s:g} × rhythm of all types {state.rates.rhythm[time]:.3f} + those by choice"),
    )  # fmt: skip
    result = float(speciality_probability(*where))
    u = moment.luck(Decision.SPECIALISES, offender)
    draw, outcome = decided(
        tries(moment, offender), u, result, (name, "what the time of day suggests, see below")
    )
    return (
        Explanation(
            "speciality", f"Would an attempt be of the own speciality, {name}?", terms, "ratio", result,
            "speciality_probability", f"{theory_of(speciality_probability)} {theory_of(personal_rhythm)}", draw=draw,
            outcome=outcome,
        ),
        _kind(moment, offender),
    )  # fmt: skip


def _kind(moment: Moment, offender: int) -> Explanation:
    upper = [float(x) for x in moment.state.rates.type_share[watch_of_day(moment.watch)]]
    shares = [high - low for low, high in zip([0.0, *upper[:-1]], upper, strict=True)]
    terms = tuple(
        Term(crime_named(moment.parameters, crime), share, "share of attempts",
             "", source_of(moment.parameters.crimes[crime].name, "recorded_rate"))
        for crime, share in enumerate(shares)
    )  # fmt: skip
    taken = tries(moment, offender) and moment.luck(Decision.SPECIALISES, offender) >= float(
        speciality_probability(moment.state, moment.numbers, moment.watch, offender)
    )
    u = moment.luck(Decision.CRIME_TYPE, offender)
    chosen = crime_named(moment.parameters, type_of(moment.state, u, moment.watch))
    return Explanation(
        "type", f"Of what type would another attempt be, {time_of_day(moment.watch)}?", terms, "choice",
        max(shares) / sum_of(shares), "type_of", theory_of(type_of), draw=u if taken else None,
        outcome=chosen if taken else None,
    )  # fmt: skip


def type_now(moment: Moment, offender: int) -> int:
    """Return the type of crime that an attempt in this watch is, or would be."""
    return int(choose_type(moment.state, moment.numbers, moment.seed, moment.watch, offender))


def origin_now(moment: Moment, offender: int) -> tuple[int, int]:
    """Return the anchor that an attempt in this watch starts from, or would, and its cell."""
    when, crime = (moment.seed, moment.watch), type_now(moment, offender)
    anchor, cell = choose_anchor(moment.state, moment.numbers, when, offender, crime)
    return int(anchor), int(cell)


def anchor(moment: Moment, offender: int) -> tuple[Explanation, ...]:
    """Return from where in the awareness space an attempt would start; nothing for one that is made at home."""
    c, crime = moment.parameters.careers, type_now(moment, offender)
    if int(moment.parameters.crimes[crime].exposure) == HOUSEHOLD:
        return ()
    known = int(moment.state.offenders.last_target[offender]) != NOBODY
    last = c.target_anchor if known else 0.0
    home = 1.0 - c.day_anchor - c.leisure_anchor - last
    terms = (
        Term("home", home, "share of attempts", "the rest"),
        Term("day place", c.day_anchor, "share of attempts", "", source_of("careers", "day_anchor")),
        Term("place of leisure", c.leisure_anchor, "share of attempts", "", source_of("careers", "leisure_anchor")),
        Term("last target", last, "share of attempts", "" if known else "none yet",
             source_of("careers", "target_anchor")),
    )  # fmt: skip
    shares = [term.value for term in terms]
    taken = tries(moment, offender)
    return (
        Explanation(
            "anchor", "From where would an attempt start?", terms, "choice", max(shares) / sum_of(shares),
            "anchor_of", theory_of(anchor_of),
            draw=moment.luck(Decision.ANCHOR, offender) if taken else None,
            outcome=ANCHOR_NAMES[origin_now(moment, offender)[0]] if taken else None,
        ),
    )  # fmt: skip
