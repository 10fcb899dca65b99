"""How each declared outcome is measured from a finished run."""

import math

import numpy as np
import pandas as pd

from coproduction.experiments.career_measures import anchors, offenders, stages
from coproduction.experiments.conduct_measures import conduct
from coproduction.experiments.measures_justice import aftermath, justice, reporting
from coproduction.experiments.observation import Observation
from coproduction.experiments.programme_measures import discrimination, programmes
from coproduction.experiments.quality_of_life import quality_of_life
from coproduction.experiments.resident_measures import (
    what_they_believe,
    what_they_do,
    who_they_are,
    whom_they_know,
)
from coproduction.experiments.street_measures import bystanders, nonprofits, standing, streets
from coproduction.simulation.parameters import CRIME_NAMES
from coproduction.simulation.rules.calendar import (
    DAY,
    NIGHT,
    SECONDS_PER_WATCH,
    WATCHES_PER_DAY,
    WATCHES_PER_MONTH,
)
from coproduction.simulation.state import BEGUN, ITEMS, JUSTICE_ITEMS, WAITED_SECONDS

PROPERTY = ("burglary", "vehicle_theft")


def outcomes(seen: Observation) -> dict[str, float]:
    """Return every declared outcome of the measured period, nan where there was nothing to measure."""
    return {
        **crime(seen),
        **police(seen),
        **people(seen),
        **money(seen),
        **gaps(seen),
        **offenders(seen),
        **stages(seen),
        **anchors(seen),
        **patterns(seen),
        **what_they_believe(seen),
        **what_they_do(seen),
        **who_they_are(seen),
        **whom_they_know(seen),
        **standing(seen),
        **streets(seen),
        **nonprofits(seen),
        **bystanders(seen),
        **reporting(seen),
        **justice(seen),
        **aftermath(seen),
        **quality_of_life(seen),
        **programmes(seen),
        **discrimination(seen),
        **conduct(seen),
    }


def crime(seen: Observation) -> dict[str, float]:
    """True and recorded crime, when, reporting, clearance."""
    cases = seen.cases
    reported, recorded = cases["reported"], cases["recorded"]
    time_of_day = cases["watch"] % WATCHES_PER_DAY
    households = seen.scenario.residents / seen.scenario.city.city.household_size
    stolen = recorded & cases["type"].isin(PROPERTY)
    return {
        "true_crime": seen.per_1000(len(cases)),
        "recorded_crime": seen.per_1000(recorded.sum()),
        **by_crime(seen),
        "crime_at_night": _mean(time_of_day == NIGHT),
        "crime_by_day": _mean(time_of_day == DAY),
        "reporting": _mean(reported),
        "discovered": _mean(cases.loc[recorded, "discovered"] > 0),
        "clearance": _mean(cases.loc[recorded, "cleared"] > 0),
        "scene_arrests": _mean(cases.loc[recorded, "cleared"] == 1),
        "response_minutes": _mean(cases.loc[cases["response"] >= 0, "response"]) / 60.0,
        "volunteer_reports": _mean(cases["volunteer_report"] > 0),
        "recorded_property_per_1000_households": float(stolen.sum()) / households * 1000.0 / seen.years,
    }


def by_crime(seen: Observation) -> dict[str, float]:
    """True and recorded crime, and reporting, of each declared type."""
    true, recorded, reported = (
        seen.cases.loc[chosen, "type"].value_counts()
        for chosen in (seen.cases["watch"] >= 0, seen.cases["recorded"], seen.cases["reported"])
    )
    return {
        **{name: seen.per_1000(true[name]) for name in CRIME_NAMES},
        **{f"recorded_{name}": seen.per_1000(recorded[name]) for name in CRIME_NAMES},
        **{
            f"reporting_{name}": reported[name] / true[name] if true[name] else math.nan
            for name in CRIME_NAMES
        },
    }


def police(seen: Observation) -> dict[str, float]:
    """Patrol, contacts, volunteers at work."""
    week, volunteering = seen.weekly, seen.scenario.parameters.volunteering
    tries = len(seen.cases) + week["stopped"]
    queue = seen.state.books.queue[seen.scenario.burn_in_weeks :].sum(axis=0)
    begun = queue[:, BEGUN].sum()
    on_duty = week["duty"] * SECONDS_PER_WATCH
    stops = seen.state.cells.total_stops[seen.state.cells.neighbourhood >= 0]
    return {
        "duty_on_calls": week["busy_seconds"] / on_duty if on_duty else math.nan,
        "patrol_share": week["patrol_seconds"] / on_duty if on_duty else math.nan,
        "call_wait_minutes": queue[:, WAITED_SECONDS].sum() / 60.0 / begun if begun else math.nan,
        "co_responses": seen.per_1000(week["co_responses"]),
        "patrol_stops": seen.per_1000(week["stops"]),
        "contacts": seen.per_1000(week["contacts"]),
        "volunteer_hours": seen.per_1000(week["shifts"] * volunteering.shift_hours),
        "volunteer_visits": seen.per_1000(week["visits"]),
        "stopped_share": week["stopped"] / tries if tries else math.nan,
        "patrol_dispersion": float(stops.std() / stops.mean()) if stops.any() else math.nan,
    }


def people(seen: Observation) -> dict[str, float]:
    """Fear, trust, self-efficacy, collective efficacy: means over residents and measured months."""
    residents = seen.state.residents
    weights = seen.quintile_sizes / seen.quintile_sizes.sum()
    serving = residents.volunteer == 1
    efficacy = residents.self_efficacy
    lead = efficacy[serving].mean() - efficacy[~serving].mean() if serving.any() else math.nan
    size = seen.state.neighbourhoods.residents
    together = seen.monthly("efficacy")[seen.months].mean(axis=0)
    return {
        "fear": float(seen.by_quintile("fear") @ weights),
        "trust": float(seen.by_quintile("trust") @ weights),
        "self_efficacy": float(seen.by_quintile("self_efficacy") @ weights),
        "collective_efficacy": float((together * size).sum() / size.sum()),
        "trust_dispersion": float(residents.trust.std()),
        "efficacy_dispersion": float(efficacy.std()),
        "volunteer_efficacy_lead": float(lead),
    }


def money(seen: Observation) -> dict[str, float]:
    """Costs per resident and year, by who bears them."""
    booked = seen.state.books.usd[seen.scenario.burn_in_weeks :].sum(axis=0)
    paid = dict(zip(ITEMS, booked, strict=True))
    for_justice = sum(float(paid.pop(item)) for item in JUSTICE_ITEMS)
    value = seen.weekly["shifts"] * seen.scenario.parameters.volunteering.shift_hours
    harm = sum(c.unit_cost * n for c, n in zip(seen.scenario.parameters.crimes, _counts(seen), strict=True))
    return {
        "public_cost": seen.per_head(float(sum(paid.values()))),
        "justice_cost": seen.per_head(for_justice),
        "volunteer_value": seen.per_head(value * seen.scenario.parameters.volunteering.hour_value),
        "victim_cost": seen.per_head(harm),
    }


def gaps(seen: Observation) -> dict[str, float]:
    """Poorest less richest income quintile."""
    victims = np.bincount(seen.cases["quintile"], minlength=6)[1:] / seen.quintile_sizes * 1000.0 / seen.years
    hours = seen.by_quintile("volunteers") * 1000.0 * seen.scenario.parameters.volunteering.hours
    stops = seen.to_quintiles(seen.in_neighbourhoods(seen.state.cells.total_stops))
    capital = seen.mean_by_quintile(seen.state.residents.social_capital)
    together = seen.monthly("efficacy")[seen.months].mean(axis=0)[seen.state.residents.neighbourhood]
    values = {
        "crime_gap": victims,
        "fear_gap": seen.by_quintile("fear"),
        "trust_gap": seen.by_quintile("trust"),
        "volunteer_gap": hours,
        "patrol_gap": stops,
        "social_capital_gap": capital,
        "collective_efficacy_gap": seen.mean_by_quintile(together),
    }
    return {name: float(v[0] - v[-1]) for name, v in values.items()}


def patterns(seen: Observation) -> dict[str, float]:
    """Repeats, targets, who trusts and reports, sorting by income."""
    cases, city = seen.cases, seen.scenario.city.city
    property_cases = cases[cases["type"].isin(PROPERTY)]
    value = city.housing_value / np.average(city.housing_value, weights=city.population_share)
    at = property_cases["neighbourhood"].to_numpy()
    known = cases[cases["victim"] >= 0]
    trusting = known["victim_trust"] > known["victim_trust"].median()
    quintile = seen.state.residents.quintile
    between = np.bincount(
        seen.state.residents.neighbourhood, weights=quintile, minlength=city.n_neighbourhoods
    )
    means = (between / np.maximum(seen.state.neighbourhoods.residents, 1))[seen.state.residents.neighbourhood]
    return {
        "repeat_share": repeats(seen.all_cases, seen.scenario.burn_in_watches),
        "target_value": float(value[at].mean()) if len(at) else math.nan,
        "trust_reporting_gap": _mean(known.loc[trusting, "reported"])
        - _mean(known.loc[~trusting, "reported"]),
        "quintile_sorting": float(means.var() / quintile.var()),
    }


def repeats(cases: pd.DataFrame, measured_from: int) -> float:
    """Return the share of measured offences in a cell hit by the same type within the four weeks before."""
    before = cases.groupby(["cell", "crime"])["watch"].diff()
    measured = cases["watch"] >= measured_from
    return _mean(before[measured] <= WATCHES_PER_MONTH)


def _counts(seen: Observation) -> list[int]:
    found = seen.cases["type"].value_counts()
    return [int(found[crime.name]) for crime in seen.scenario.parameters.crimes]


def _mean(values: pd.Series) -> float:
    return float(values.mean()) if len(values) else math.nan
