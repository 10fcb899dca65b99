"""Facts of crime, reporting, clearance and concentration, measured in one city's run."""

import numpy as np
import pandas as pd

from coproduction.experiments.facts.measure import (
    Measure,
    of_types,
    per_cent,
    share_holding_half,
    share_of_busiest,
)
from coproduction.experiments.observation import Observation
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR
from coproduction.simulation.rules.reporting import NO_HELP_EXPECTED

VIOLENT = ("robbery", "assault", "domestic_violence")
PROPERTY = ("burglary", "theft", "vehicle_theft")
TEN_MINUTES = 600
GROWN = 25
CHRONIC = 0.18
"""Chronic offenders were 18 % of the offenders of the birth cohort."""
MOST_VICTIMISED = 0.043


def reported(names: tuple[str, ...]) -> Measure:
    """Return the measure of the share of victimisations of some types that become known to police."""

    def of(seen: Observation) -> float:
        cases = of_types(seen.cases, names)
        return per_cent(cases["reported"].sum(), len(cases))

    return Measure(f"offences reported, of all: {_listed(names)}", of)


def cleared(names: tuple[str, ...]) -> Measure:
    """Return the measure of the share of recorded offences of some types that are cleared."""

    def of(seen: Observation) -> float:
        known = _known(seen, names)
        return per_cent((known["cleared"] > 0).sum(), len(known))

    return Measure(f"offences cleared, of those recorded: {_listed(names)}", of)


def cleared_of_all(seen: Observation) -> float:
    """Burglaries cleared, of all committed."""
    cases = of_types(seen.cases, ("burglary",))
    return per_cent((cases["cleared"] > 0).sum(), len(cases))


def no_help_expected(seen: Observation) -> float:
    """Violence not reported whose victim expected no help of the police."""
    cases = of_types(seen.cases, VIOLENT)
    untold = cases[~cases["reported"] & (cases["victim"] >= 0)]
    return per_cent((untold["reason"] == NO_HELP_EXPECTED).sum(), len(untold))


def reported_by_others(seen: Observation) -> float:
    """Recorded violence that the victim did not report."""
    known = _known(seen, VIOLENT)
    return per_cent((known["victim_reported"] == 0).sum(), len(known))


def reached_in_ten_minutes(seen: Observation) -> float:
    """Recorded violence that a unit reached within ten minutes of the call."""
    response = _known(seen, VIOLENT)["response"]
    return per_cent(((response >= 0) & (response <= TEN_MINUTES)).sum(), (response >= 0).sum())


def arrested_at_scene(seen: Observation) -> float:
    """Recorded burglary, robbery, assault and vehicle theft that ended in an arrest at the scene."""
    known = _known(seen, ("burglary", "vehicle_theft", "robbery", "assault"))
    return per_cent((known["cleared"] == 1).sum(), len(known))


def cells_with_half(seen: Observation) -> float:
    """Cells, street blocks, that hold half of a year's offences."""
    counts = np.bincount(seen.cases["cell"], minlength=len(seen.state.cells.neighbourhood))
    return share_holding_half(counts[seen.state.cells.neighbourhood >= 0])


def by_busiest(share: float, run: str) -> Measure:
    """Return the measure of what the busiest of those who offended at all account for."""

    def of(seen: Observation) -> float:
        counts = seen.cases["offender"].value_counts().to_numpy()
        return share_of_busiest(counts, share) if len(counts) else float("nan")

    when = {"city": "a year", "decade": "ten years"}[run]
    return Measure(f"offences of {when} by the busiest {share:.0%} of those who offended", of, (run,))


def on_most_victimised(seen: Observation) -> float:
    """Victimisations of a year on the most victimised 4.3 % of residents."""
    victims = seen.cases.loc[seen.cases["victim"] >= 0, "victim"]
    return share_of_busiest(np.bincount(victims, minlength=seen.scenario.residents), MOST_VICTIMISED)


def robbed_before(seen: Observation) -> float:
    """Robberies of somebody robbed within the year before."""
    cases = of_types(seen.all_cases, ("robbery",))
    since = cases[cases["victim"] >= 0].groupby("victim")["watch"].diff()
    measured = since[cases["watch"] >= seen.scenario.burn_in_watches]
    return per_cent((measured <= WATCHES_PER_YEAR).sum(), len(measured))


def grown_burglars(seen: Observation) -> float:
    """Cleared burglaries by offenders of 25 years or more."""
    cases = of_types(seen.cases, ("burglary",))
    offender = cases.loc[cases["cleared"] > 0, "offender"].to_numpy()
    age = seen.state.residents.age[seen.state.offenders.resident[offender]]
    return per_cent((age >= GROWN).sum(), len(age))


def recorded_property(seen: Observation) -> float:
    """Recorded property crime per 100,000 residents a year."""
    return 100.0 * seen.per_1000(len(_known(seen, PROPERTY)))


def _known(seen: Observation, names: tuple[str, ...]) -> pd.DataFrame:
    cases = of_types(seen.cases, names)
    return cases[cases["recorded"]]


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names).replace("_", " ")


MEASURES = {
    "T3-01": reported(VIOLENT),
    "T3-02": reported(PROPERTY),
    "T3-03": reported(("vehicle_theft",)),
    "T3-04": reported(("robbery",)),
    "T3-05": reported(("assault",)),
    "T3-06": reported(("theft",)),
    "T3-07": reported(("burglary",)),
    "T3-11": Measure("violence not reported whose victim expected no help of the police", no_help_expected),
    "T3-12": Measure("recorded violence that the victim did not report", reported_by_others),
    "T3-14": cleared(VIOLENT),
    "T3-15": cleared(PROPERTY),
    "T3-16": Measure("burglaries cleared, of all committed", cleared_of_all),
    "T3-21": Measure("recorded violence reached within ten minutes of the call", reached_in_ten_minutes),
    "T3-22": Measure(
        "recorded burglary, vehicle theft, robbery and assault with an arrest at the scene", arrested_at_scene
    ),
    "T4-01": Measure("cells (street blocks) that hold half of a year's offences", cells_with_half),
    "T4-04": by_busiest(0.1, "city"),
    "T4-05": by_busiest(CHRONIC, "decade"),
    "T4-06": Measure(
        "victimisations of a year on the most victimised 4.3 % of residents", on_most_victimised
    ),
    "T4-07": Measure("robberies of somebody robbed within the year before", robbed_before),
    "T4-15": Measure("cleared burglaries by offenders of 25 years or more", grown_burglars),
    "T4-17": Measure(f"recorded {_listed(PROPERTY)}; the levels are those of 1980", recorded_property),
}
