"""Facts about what a policy changes, measured as a trial would: the same city and luck, with and without it."""

import numpy as np

from coproduction.experiments.facts.measure import Measure, change, hot_cells, odds_ratio
from coproduction.experiments.measures import outcomes
from coproduction.experiments.observation import Observation

HOT = 0.05
"""Share of cells that count as hot spots, by what was recorded before the start."""
NOTHING = (-5.0, 5.0, "nothing or little: within 5 % either way")
UNMOVED = (-0.05, 0.05, "nothing: within 0.05 standard deviations either way")


def at_hot_cells(without: Observation, treated: Observation) -> float:
    """Change of true crime in the cells that were hot before the policy, per cent."""
    hot = hot_cells(without, HOT)
    before, after = (float(hot[seen.cases["cell"]].sum()) for seen in (without, treated))
    return change(before, after)


def in_city(without: Observation, treated: Observation) -> float:
    """Change of true crime in the whole city, per cent."""
    return change(float(len(without.cases)), float(len(treated.cases)))


def trust_in_deviations(without: Observation, treated: Observation) -> float:
    """Change of mean trust in standard deviations of residents' trust."""
    one, other = outcomes(without), outcomes(treated)
    return (other["trust"] - one["trust"]) / one["trust_dispersion"]


def odds_of_trusting(without: Observation, treated: Observation) -> float:
    """Odds of trusting the police by more than one half, against those without the policy."""
    one, other = (float(np.mean(seen.state.residents.trust > 0.5)) for seen in (without, treated))
    return odds_ratio(one, other)


def odds_of_seeing_order(without: Observation, treated: Observation) -> float:
    """Odds of living on a street with less disorder than usual, against those without the policy."""
    one, other = (
        float(np.mean(seen.state.cells.disorder[seen.state.residents.home] < seen.state.rates.disorder[0]))
        for seen in (without, treated)
    )
    return odds_ratio(one, other)


def odds_of_victims_report(without: Observation, treated: Observation) -> float:
    """Odds that a victim reports, against those without the policy."""
    one, other = (float(seen.cases["victim_reported"].mean()) for seen in (without, treated))
    return odds_ratio(one, other)


def benefit_per_dollar(without: Observation, treated: Observation) -> float:
    """Harm to victims and society saved per dollar more for police."""
    one, other = outcomes(without), outcomes(treated)
    return (one["victim_cost"] - other["victim_cost"]) / (other["public_cost"] - one["public_cost"])


MEASURES = {
    "T2-11": Measure(
        "true crime in the hottest 5 % of cells, nine tenths of patrol by the crime map against none",
        at_hot_cells,
        ("even_patrol", "hot_spots"),
    ),
    "T2-31": Measure(
        "true crime in the city, meetings and much more talk against the own department",
        in_city,
        ("city", "contact"),
        NOTHING,
    ),
    "T2-32": Measure(
        "odds of trust above one half, meetings and much more talk", odds_of_trusting, ("city", "contact")
    ),
    "T2-33": Measure(
        "odds that a resident's street looks better than usual, meetings and much more talk",
        odds_of_seeing_order,
        ("city", "contact"),
    ),
    "T2-34": Measure(
        "mean trust, meetings and much more talk", trust_in_deviations, ("city", "contact"), UNMOVED
    ),
    "T2-36": Measure(
        "odds that a victim reports, nearly all contacts felt as fair",
        odds_of_victims_report,
        ("city", "fair"),
    ),
    "T2-37": Measure(
        "true crime in the hottest 5 % of cells, nearly all contacts felt as fair",
        at_hot_cells,
        ("city", "fair"),
    ),
    "T7-10": Measure(
        "harm saved per dollar, a quarter more budget", benefit_per_dollar, ("city", "more_money")
    ),
}
