"""Police conduct: whether officers treat residents fairly and stay; how stops come to force, and complaints."""

from coproduction.experiments.explanations.explanation import LOG_ODDS, Explanation, Term
from coproduction.experiments.explanations.moment import Moment, decided
from coproduction.experiments.explanations.officers import GROUPS, beat_named, bias_towards
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters.levers import DEESCALATION, DUTY_TO_INTERVENE, FAIRNESS
from coproduction.simulation.phases.conduct import correction_of
from coproduction.simulation.rules.beats import MONTHS_PER_YEAR, beat_of, leaving_beat_probability
from coproduction.simulation.rules.conduct import (
    calmed_probability,
    complaint_probability,
    escalation_probability,
    excess_probability,
    fair_probability,
    misconduct,
    sustained_probability,
)
from coproduction.simulation.rules.police import duty_share

SEVERITY = ("without force", "after force", "after excessive force")


def place_of(moment: Moment, officer: int) -> int:
    """Return the first neighbourhood of an officer's beat, whose programmes are looked at."""
    beats = moment.state.beats
    return int((beats.of == beat_of(officer, len(beats.knowledge))).nonzero()[0][0])


def treats_fairly(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether somebody whom an officer speaks with, or stops, feels treated fairly, by group."""
    groups = range(2 if moment.parameters.dysfunctions.discrimination > 0.0 else 1)
    burdens = (("in a talk", 0.0), ("when stopped", moment.parameters.conduct.stop_burden))
    return tuple(_fair(moment, officer, group, burden) for burden in burdens for group in groups)


def _fair(moment: Moment, officer: int, group: int, how: tuple[str, float]) -> Explanation:
    place, holder = place_of(moment, officer), int(moment.state.officers.holder[officer])
    fairness = moment.policing.fairness + moment.lever(place, FAIRNESS)
    corrected = float(correction_of(moment.state, officer, place))
    temper = uniform(moment.seed, Decision.TEMPER, officer, holder)
    own = float(misconduct(temper, moment.parameters.conduct.spread, corrected))
    bias = bias_towards(moment, officer, group, place)
    terms = (
        Term("fairness", min(fairness, 1.0), "probability", f"arrangement and programmes in {moment.place(place)}",
             source_of("policing", "fairness")),
        Term("own tendency", -own, LOG_ODDS, f"{corrected:.0%} of it corrected", source_of("conduct", "spread")),
        Term("own bias", -bias, LOG_ODDS, "", source_of("dysfunctions", "stop_bias")),
        Term("being stopped", -how[1], LOG_ODDS, "", source_of("conduct", "stop_burden")),
    )  # fmt: skip
    return Explanation(
        "fair", "Would a resident feel treated fairly by this officer?", terms, "moved",
        float(fair_probability(fairness, own, bias, how[1])), "fair_probability", theory_of(fair_probability),
        f"{how[0]}, {GROUPS[group]}",
    )  # fmt: skip


def force(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether an officer calms a stop that comes to a head, and whether force goes too far."""
    c, place = moment.parameters.conduct, place_of(moment, officer)
    trained, duty = (
        min(moment.lever(place, DEESCALATION), 1.0),
        min(moment.lever(place, DUTY_TO_INTERVENE), 1.0),
    )
    calms = (
        Term(
            "officers trained",
            trained,
            "share",
            f"in {moment.place(place)}",
            source_of("levers", "deescalation"),
        ),
        Term("success", c.calming, "probability", "", source_of("conduct", "calming")),
    )
    left = 1.0 - c.second_officer * duty
    excess = (
        Term("force goes too far", c.excess, "probability", "", source_of("conduct", "excess")),
        Term("nobody steps in", left, "probability", f"a colleague is there {c.second_officer:g}, must act {duty:g}",
             source_of("levers", "duty_to_intervene")),
    )  # fmt: skip
    return (
        Explanation(
            "calms", "Would this officer calm a stop that comes to a head?", calms, "product",
            float(calmed_probability(trained, c.calming)), "calmed_probability", theory_of(calmed_probability),
        ),
        Explanation(
            "excess", "Would force, once used, be excessive?", excess, "product",
            float(excess_probability(c.excess, c.second_officer, duty)), "excess_probability",
            theory_of(excess_probability),
        ),
    )  # fmt: skip


def found_true(moment: Moment, _: int) -> tuple[Explanation, ...]:
    """Return whether a complaint about an officer is found true."""
    c, oversight = moment.parameters.conduct, moment.policing.oversight
    terms = (
        Term("heard by the department", (1.0 - oversight) * c.sustained, "probability",
             f"{1.0 - oversight:g} of complaints × {c.sustained:g}", source_of("conduct", "sustained")),
        Term("heard by residents", oversight * c.board_sustained, "probability",
             f"{oversight:g} of complaints × {c.board_sustained:g}", source_of("policing", "oversight")),
    )  # fmt: skip
    return (
        Explanation(
            "found_true", "Would a complaint about this officer be found true?", terms, "sum",
            float(sustained_probability(c.sustained, c.board_sustained, oversight)), "sustained_probability",
            theory_of(sustained_probability),
        ),
    )  # fmt: skip


def leaves(moment: Moment, officer: int) -> tuple[Explanation, ...]:
    """Return whether an officer leaves the beat at the end of this month."""
    turnover = moment.policing.turnover
    terms = (
        Term("turnover", turnover, "leave a post a year", "", source_of("policing", "turnover")),
        Term("months of four weeks", MONTHS_PER_YEAR, "a year"),
    )
    result = float(leaving_beat_probability(turnover))
    u = moment.luck(Decision.LEAVES_BEAT, officer)
    filled = (
        duty_share(officer, float(moment.state.government.posts[0])) > 0.0
    )  # a vacant post has nobody to leave it
    taken = moment.due("staff") and filled
    draw, outcome = decided(taken, u, result, ("leaves the beat to somebody new", "stays"))
    known = float(moment.state.officers.knowledge[officer])
    note = f"Knows the beat ({beat_named(moment, officer)}) by {known:.2f} of 1; somebody new starts from 0."
    return (
        Explanation(
            "leaves", "Does this officer leave the beat within four weeks?", terms, "leaving a beat", result,
            "leaving_beat_probability", theory_of(leaving_beat_probability), draw=draw, outcome=outcome, notes=(note,),
        ),
    )  # fmt: skip


def comes_to_a_head(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return whether a stop of this resident by an officer without bias would come to a head, fair and unfair."""
    c, trust = moment.parameters.conduct, float(moment.state.residents.trust[resident])
    found = []
    for unfair, about in ((False, "felt as fair"), (True, "felt as unfair")):
        terms = (
            Term("usual", c.resistance, "probability", "at trust 0.5", source_of("conduct", "resistance")),
            Term("unfair treatment", c.resistance_unfair if unfair else 0.0, LOG_ODDS, "",
                 source_of("conduct", "resistance_unfair")),
            Term("trust in police", -c.resistance_trust * (trust - 0.5), LOG_ODDS, f"trust {trust:.3f}",
                 source_of("conduct", "resistance_trust")),
        )  # fmt: skip
        weights = (c.resistance_unfair, c.resistance_trust)
        result = float(escalation_probability(c.resistance, unfair, weights, trust, 0.0))
        found.append(
            Explanation(
                "comes_to_a_head", "Would a stop of this resident by an officer without bias come to a head?",
                terms, "moved", result,
                "escalation_probability", theory_of(escalation_probability), about,
            )
        )  # fmt: skip
    return tuple(found)


def complains(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return whether this resident would complain about unfair treatment, by how far it went."""
    c, efficacy = moment.parameters.conduct, float(moment.state.residents.self_efficacy[resident])
    by_efficacy = c.complaint_efficacy * (efficacy - 0.5)
    return tuple(
        Explanation(
            "complains", "Would this resident complain about unfair treatment?",
            (
                Term("usual", c.complaint, "probability", "without force, at self-efficacy 0.5",
                     source_of("conduct", "complaint")),
                Term("force", c.complaint_force * severity, LOG_ODDS, "", source_of("conduct", "complaint_force")),
                Term("self-efficacy", by_efficacy, LOG_ODDS, f"self-efficacy {efficacy:.3f}",
                     source_of("conduct", "complaint_efficacy")),
            ),
            "moved", float(complaint_probability(c.complaint, c.complaint_force * severity, by_efficacy)),
            "complaint_probability", theory_of(complaint_probability), about,
        )
        for severity, about in enumerate(SEVERITY)
    )  # fmt: skip
