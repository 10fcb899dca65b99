"""Officers on patrol: on duty or not, how many stops, where, whom they speak with or stop and question."""

from coproduction.experiments.explanations.explanation import LOG_ODDS, Explanation, Term
from coproduction.experiments.explanations.moment import Moment, decided
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters.levers import ENGAGEMENT, FIELD_STOPS
from coproduction.simulation.phases.conduct import bias_against
from coproduction.simulation.phases.patrol import engagement_of, stop_span
from coproduction.simulation.rules.beats import CAR, FOOT, MODES, beat_of, mode_of, planned_cell
from coproduction.simulation.rules.calendar import on_rota
from coproduction.simulation.rules.conduct import stop_probability
from coproduction.simulation.rules.police import co_responder_posts, duty_share, patrol_stops
from coproduction.simulation.state import MOST_STOPS, NOBODY

GROUPS = ("one of the majority", "one of the minority")


def duty(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether an officer is on duty in this watch."""
    posts = float(moment.state.government.posts[0])
    paid = Term("post is paid", float(duty_share(officer, posts)), "share",
                f"post {officer + 1} of {posts:.1f} that the money pays")  # fmt: skip
    return (_on_duty(moment, officer, ("duty", "officer"), paid, Decision.ON_DUTY),)


def co_responder_duty(moment: Moment, unit: int) -> tuple[Explanation, ...]:
    """Return whether a co-responder is on duty in this watch."""
    posts = float(co_responder_posts(moment.policing.co_responders, len(moment.state.residents.home)))
    paid = Term("post is paid", float(duty_share(unit, posts)), "share", f"post {unit + 1} of {posts:.2f}",
                source_of("policing", "co_responders"))  # fmt: skip
    return (_on_duty(moment, unit, ("co_duty", "co-responder"), paid, Decision.CO_ON_DUTY),)


def _on_duty(moment: Moment, unit: int, who: tuple[str, str], paid: Term, decision: Decision) -> Explanation:
    """Return whether a post is filled in this watch; who is the key of the decision, and the post in words."""
    (key, post), shifts = who, moment.parameters.patrol.shifts
    rota = float(bool(on_rota(unit, moment.watch, shifts)))
    on_the_rota = Term("on the rota", rota, "yes or no", f"{shifts:g} of the 21 watches of a week",
                       source_of("patrol", "shifts"))  # fmt: skip
    result = rota * paid.value
    draw, outcome = decided(True, moment.luck(decision, unit), result, ("is on duty", "is not on duty"))
    return Explanation(
        key, f"Is this {post} on duty in this watch?", (on_the_rota, paid), "product", result, "duty_share",
        f"{theory_of(on_rota)} {theory_of(duty_share)}", draw=draw, outcome=outcome,
    )  # fmt: skip


def stops(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return how many patrol stops an officer on duty makes; nothing for one who is not."""
    state = moment.state
    if state.officers.on_duty[officer] == 0:
        return ()
    usual = moment.parameters.patrol.stops
    made = int(state.officers.stops[officer])
    terms = (
        Term("stops without calls", usual, "stops a watch", "", source_of("patrol", "stops")),
        Term("time that calls leave", _free(moment), "share", "calls of the watch before"),
    )
    return (
        Explanation(
            "stops", "How many patrol stops does this officer make?", terms, "product", usual * _free(moment),
            "patrol_stops", theory_of(patrol_stops), unit="stops, mean", draw=moment.luck(Decision.STOPS, officer),
            outcome=f"{made} stops", notes=(f"Luck rounds it to a whole number, at most {MOST_STOPS}.",),
        ),
    )  # fmt: skip


def _free(moment: Moment) -> float:
    # The load of this watch is known only at its end; until then the state holds that of the watch before.
    return max(1.0 - float(moment.state.government.call_load[0]), 0.0)


def mode(moment: Moment, officer: int) -> int:
    """Return how an officer works, see ``rules.beats``."""
    return mode_of(officer, moment.policing.foot, moment.policing.sub_stations)


def beat_named(moment: Moment, officer: int) -> str:
    """Return the neighbourhoods of an officer's beat in words."""
    beats = moment.state.beats
    mine = [n for n, beat in enumerate(beats.of.tolist()) if beat == beat_of(officer, len(beats.knowledge))]
    names = ", ".join(moment.place(n) for n in mine[:6])
    return f"{names} and {len(mine) - 6} more" if len(mine) > 6 else names


def where(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether the first stop of an officer in a car is made in the own beat; nothing without stops."""
    if moment.state.officers.stops[officer] == 0:
        return ()
    works, integrity = mode(moment, officer), moment.policing.beat_integrity
    result = integrity if works == CAR else 1.0
    terms = (
        Term("stops in the own beat", result, "probability", f"works {MODES[works]}",
             source_of("policing", "beat_integrity")),
    )  # fmt: skip
    u = moment.luck(Decision.ON_BEAT, officer)
    draw, outcome = decided(True, u, result, ("in the own beat", "anywhere in the city, by the plan"))
    note = f"The beat: neighbourhoods {beat_named(moment, officer)}."
    return (
        Explanation(
            "where", "Is this officer's first stop in the own beat?", terms, "as it is", result, "stop_span",
            theory_of(planned_cell), draw=draw, outcome=outcome, notes=(note,),
        ),
    )  # fmt: skip


def first_place(moment: Moment, officer: int) -> tuple[int, int]:
    """Return cell and neighbourhood of an officer's first stop."""
    on_beat, u = moment.luck(Decision.ON_BEAT, officer), moment.luck(Decision.PATROL_CELL, officer)
    span = stop_span(moment.state, moment.policing, officer, on_beat)
    cell = int(planned_cell(moment.state.beats, span, u))
    return cell, int(moment.state.cells.neighbourhood[cell])


def questions(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether an officer stops and questions whoever is seen at the first stop, by group; () without one."""
    if moment.state.officers.stops[officer] == 0:
        return ()
    _, place = first_place(moment, officer)
    wanted = moment.policing.field_stops + moment.lever(place, FIELD_STOPS)
    return tuple(
        _questions(moment, officer, (group, place), wanted)
        for group in range(2 if moment.parameters.dysfunctions.discrimination > 0.0 else 1)
    )


def _questions(moment: Moment, officer: int, whom: tuple[int, int], wanted: float) -> Explanation:
    group, place = whom
    bias = bias_towards(moment, officer, group, place)
    terms = (
        Term("residents stopped", min(wanted / 100.0, 1.0), "probability", f"{wanted:g} of 100 patrol stops",
             source_of("policing", "field_stops")),
        Term("own bias", bias, LOG_ODDS, "", source_of("dysfunctions", "stop_bias")),
    )  # fmt: skip
    return Explanation(
        "questions", "Would this officer stop and question a resident seen at the first stop?", terms, "moved",
        float(stop_probability(wanted, bias)), "stop_probability", theory_of(stop_probability), GROUPS[group],
        notes=("Only whoever is there when the officer looks can be stopped.",),
    )  # fmt: skip


def bias_towards(moment: Moment, officer: int, group: int, place: int) -> float:
    """Return an officer's bias against some resident of a group, log odds; 0 where the group is nobody."""
    members = (moment.state.residents.group == group).nonzero()[0]
    if len(members) == 0:
        return 0.0
    return float(bias_against(moment.state, moment.numbers, moment.seed, (officer, int(members[0])), place))


def speaks(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether an officer speaks with somebody at the first stop, and whom at which; nothing without stops."""
    made = int(moment.state.officers.stops[officer])
    if made == 0:
        return ()
    cell, place = first_place(moment, officer)
    works, beats = mode(moment, officer), moment.parameters.beats
    by_mode = {CAR: 0.0, FOOT: beats.foot_engagement}.get(works, beats.desk_engagement)
    result = engagement_of(moment.state, moment.numbers, moment.policing, officer, cell)
    terms = (
        Term("engagement", moment.policing.engagement, "probability", "under the arrangement in force",
             source_of("policing", "engagement")),
        Term("programmes here", moment.lever(place, ENGAGEMENT), "probability", moment.place(place),
             source_of("levers", "engagement")),
        Term("way of working", by_mode, "probability", MODES[works], source_of("beats", "foot_engagement")),
    )  # fmt: skip
    u = moment.luck(Decision.ENGAGES, officer, 0)
    draw, outcome = decided(True, u, result, ("looks for somebody to speak with", "passes on"))
    return (
        Explanation(
            "speaks", f"Does this officer speak with somebody at the first of {made} stops?", terms, "sum", result,
            "engagement_of", "", draw=draw, outcome=outcome, notes=(_met(moment, officer),),
        ),
    )  # fmt: skip


def _met(moment: Moment, officer: int) -> str:
    """Say whom the officer met in the whole watch."""
    officers, made = moment.state.officers, int(moment.state.officers.stops[officer])
    met = [
        f"{'questioned' if officers.questioned[officer, at] else 'spoke with'} "
        f"resident {officers.contact[officer, at]} at stop {at + 1}"
        for at in range(made)
        if officers.contact[officer, at] != NOBODY
    ]
    return f"In the whole watch the officer {', '.join(met) or 'met nobody'}: whoever is sought may be elsewhere."
