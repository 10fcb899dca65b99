"""Officers: on duty or not, how many stops, whom to speak with."""

from coproduction.experiments.explanations.explanation import Explanation, Term
from coproduction.experiments.explanations.moment import Moment, decided
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.simulation.decisions import Decision
from coproduction.simulation.rules.calendar import on_rota
from coproduction.simulation.rules.police import duty_share, patrol_stops
from coproduction.simulation.state import MOST_STOPS, NOBODY


def duty(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether an officer is on duty in this watch."""
    posts = float(moment.state.government.posts[0])
    share, shifts = float(duty_share(officer, posts)), moment.parameters.patrol.shifts
    rota = bool(on_rota(officer, moment.watch, shifts))
    terms = (
        Term("on the rota", float(rota), "yes or no", f"{shifts:g} of the 21 watches of a week",
             source_of("patrol", "shifts")),
        Term("post is paid", share, "share", f"post {officer + 1} of {posts:.1f} that the money pays"),
    )  # fmt: skip
    u = moment.luck(Decision.ON_DUTY, officer)
    draw, outcome = decided(True, u, float(rota) * share, ("is on duty", "is not on duty"))
    return (
        Explanation(
            "duty", "Is this officer on duty in this watch?", terms, "product", float(rota) * share, "duty_share",
            f"{theory_of(on_rota)} {theory_of(duty_share)}", draw=draw, outcome=outcome,
        ),
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


def speaks(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether an officer speaks with somebody at the first stop, and whom at which; nothing without stops."""
    made = int(moment.state.officers.stops[officer])
    if made == 0:
        return ()
    engagement = moment.policing.engagement
    met = [int(who) for who in moment.state.officers.contact[officer, :made]]
    spoken = ", ".join(f"resident {who} at stop {at}" for at, who in enumerate(met, 1) if who != NOBODY)
    u = moment.luck(Decision.ENGAGES, officer, 0)
    draw, outcome = decided(True, u, engagement, ("looks for somebody to speak with", "passes on"))
    terms = (
        Term("engagement", engagement, "probability", "under the arrangement in force",
             source_of("policing", "engagement")),
    )  # fmt: skip
    note = (
        f"In the whole watch the officer spoke with {spoken or 'nobody'}: whoever is sought may be elsewhere."
    )
    return (
        Explanation(
            "speaks", f"Does this officer speak with somebody at the first of {made} stops?", terms, "as it is",
            engagement, "make_stop", "", draw=draw, outcome=outcome, notes=(note,),
        ),
    )  # fmt: skip
