"""Bystanders: whether a resident who sees an offence against a person steps in."""

from coproduction.experiments.explanations.explanation import LOG_ODDS, Explanation, Term
from coproduction.experiments.explanations.forms import bare_log_odds
from coproduction.experiments.explanations.moment import Moment
from coproduction.experiments.explanations.sources import crime_named, source_of, theory_of
from coproduction.experiments.explanations.telling import WHEN_IT_HAPPENS
from coproduction.experiments.follow_words import chance
from coproduction.simulation.parameters.crimes import HOMES
from coproduction.simulation.phases.intervention import bystander_traits, stepping_in_chance
from coproduction.simulation.rules.intervention import intervention_probability, intervention_terms


def step_in(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return, for each type of crime in which somebody is met, whether a resident who sees it steps in."""
    crimes = moment.parameters.crimes
    return tuple(
        _steps_in(moment, resident, crime) for crime in range(len(crimes)) if crimes[crime].exposure != HOMES
    )


def _steps_in(moment: Moment, resident: int, crime: int) -> Explanation:
    p, kind = moment.parameters.intervention, moment.parameters.crimes[crime]
    terms = (
        *_wish(moment, resident),
        Term("within reach", kind.guardable, "share", "of such offences that somebody nearby can get at",
             source_of(kind.name, "guardable")),
    )  # fmt: skip
    result = float(stepping_in_chance(moment.state, moment.numbers, resident, kind.guardable))
    ends = f"It helps the victim in {chance(p.helps)} of cases and harms in {chance(p.worsens)}."
    return Explanation(
        "step_in", "Would this resident step in, having seen an offence?", terms, "within reach", result,
        "intervention_probability", theory_of(intervention_probability), crime_named(moment.parameters, crime),
        notes=(ends, WHEN_IT_HAPPENS),
    )  # fmt: skip


def _wish(moment: Moment, resident: int) -> tuple[Term, ...]:
    p = moment.parameters.intervention
    able, together, fear = (float(trait) for trait in bystander_traits(moment.state, resident))
    parts = intervention_terms(p, able, together, fear) if p.usual > 0.0 else (0.0,) * 4
    return (
        Term("usual", bare_log_odds(p.usual), LOG_ODDS, f"{chance(p.usual)} of such bystanders step in",
             source_of("intervention", "usual")),
        Term("self-efficacy", parts[1], LOG_ODDS, f"{able:.3f}, weight {p.self_efficacy_weight:g} per unit above 0.5",
             source_of("intervention", "self_efficacy_weight")),
        Term("collective efficacy", parts[2], LOG_ODDS,
             f"{together:.3f} where they live, weight {p.efficacy_weight:g} per unit above 0.5",
             source_of("intervention", "efficacy_weight")),
        Term("fear", parts[3], LOG_ODDS, f"{fear:.3f}, weight {p.fear_weight:g} per unit below 0.5",
             source_of("intervention", "fear_weight")),
    )  # fmt: skip
