"""Facts about programmes, measured as a trial would: the same city and luck, with and without the programme.

Programmes run as the library has them, in addition to the police that the city pays anyway.
"""

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.facts.measure import Measure, change, of_types, per_cent
from coproduction.experiments.facts.of_crime import VIOLENT
from coproduction.experiments.facts.of_policies import UNMOVED
from coproduction.experiments.measures import outcomes
from coproduction.experiments.observation import Observation
from coproduction.simulation.parameters import CRIME_NAMES
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR
from coproduction.simulation.state import Fate


def where_treated(types: tuple[str, ...], runs: tuple[str, str], what: str) -> Measure:
    """Return the measure of the change of true crime of some types in the neighbourhoods where a programme ran."""

    def of(without: Observation, treated: Observation) -> float:
        places = treated.state.programmes.targets.any(axis=0)
        before, after = (
            float(places[of_types(seen.cases, types)["neighbourhood"]].sum()) for seen in (without, treated)
        )
        return change(before, after)

    return Measure(what, of, runs)


def members(run: str, what: str) -> Measure:
    """Return the measure of the share of residents who are members at the end of the run."""
    return Measure(what, lambda seen: outcomes(seen)["members"] / 10.0, (run,))


def conferenced(treated: Observation) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return offender and watch of the first conference that each had in the measured period's first half."""
    cases, first = treated.all_cases, treated.scenario.burn_in_watches
    half = (first + treated.scenario.watches) // 2
    met = cases[(cases["fate"] == Fate.CONFERENCED) & cases["cleared_watch"].between(first, half)]
    earliest = met.groupby("offender")["cleared_watch"].min()
    return earliest.index.to_numpy(np.int64), earliest.to_numpy(np.int64)


def offences_after(
    seen: Observation, who: NDArray[np.int64], since: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the offences of each after a watch, a year's at most."""
    cases, counts = seen.all_cases, np.zeros(len(who))
    for place, (offender, watch) in enumerate(zip(who.tolist(), since.tolist(), strict=True)):
        own = cases.loc[cases["offender"] == offender, "watch"]
        counts[place] = own.between(watch, watch + WATCHES_PER_YEAR, inclusive="right").sum()
    return counts


def reoffending_in_deviations(without: Observation, treated: Observation) -> float:
    """Offences after a conference less those of the same offenders without, in standard deviations of the latter."""
    who, since = conferenced(treated)
    usual, after = (offences_after(seen, who, since) for seen in (without, treated))
    spread = float(usual.std(ddof=1)) if len(who) > 1 else 0.0
    return float((after - usual).mean()) / spread if spread > 0.0 else float("nan")


def benefit_to_cost(without: Observation, treated: Observation) -> float:
    """Harm to victims and society saved per dollar of the programme."""
    one, other = outcomes(without), outcomes(treated)
    return (one["victim_cost"] - other["victim_cost"]) / other["programme_cost"]


def satisfied(treated: Observation) -> float:
    """Victims satisfied by their conference."""
    met = treated.all_cases[treated.all_cases["fate"] == Fate.CONFERENCED]
    return per_cent(float(met["satisfied"].sum()), len(met))


_WATCH = ("city", "neighbourhood_watch")
_CONFERENCES = ("city", "restorative_conference")

MEASURES = {
    "T2-45": where_treated(
        VIOLENT, ("city", "nonprofits"), "violence where ten more nonprofits per 100,000 work"
    ),
    "T2-46": where_treated(VIOLENT, ("city", "lot_greening"), "violence where lots are cleared and greened"),
    "T2-01": where_treated(CRIME_NAMES, _WATCH, "true crime where neighbourhood watch runs"),
    "T2-02": where_treated(CRIME_NAMES, _WATCH, "true crime where neighbourhood watch runs"),
    "T2-05": where_treated(
        ("burglary",), ("city", "message_network"), "burglary where the message network runs"
    ),
    "T2-06": where_treated(VIOLENT, ("city", "foot_patrol"), "violence in the neighbourhoods walked"),
    "T2-19": Measure("harm saved per dollar of conferences, one year", benefit_to_cost, _CONFERENCES),
    "T2-20": Measure(
        "offences in the year after a conference, less those of the same offenders without",
        reoffending_in_deviations,
        _CONFERENCES,
    ),
    "T2-21": Measure(
        "offences in the year after a conference, less those of the same offenders without",
        reoffending_in_deviations,
        _CONFERENCES,
        UNMOVED,
    ),
    "T2-22": Measure(
        "victims satisfied, of those who took part in conferences", satisfied, ("restorative_conference",)
    ),
    "T2-52": where_treated(
        ("robbery",), ("city", "district_security"), "robbery where a district pays for security"
    ),
    "T3-24": members("message_network", "members of the message network, of all residents"),
    "T6-15": members("neighbourhood_watch", "members of watches, of all residents"),
    "T8-09": members("message_network", "members of the message network, of all residents"),
}
