"""The tables of a result: by week, neighbourhood, quintile, cell, and the ledger."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coproduction.experiments.observation import Observation
from coproduction.experiments.quality_of_life import residents_by_quintile
from coproduction.simulation.parameters import names_of
from coproduction.simulation.parameters.portfolio import PAYERS
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.state import ITEMS, JUSTICE_ITEMS

_WEEKS_PER_YEAR = WATCHES_PER_YEAR // WATCHES_PER_WEEK


def series(seen: Observation) -> pd.DataFrame:
    """Return a row a week of the whole run; columns as :class:`Result` says."""
    weeks = seen.scenario.watches // WATCHES_PER_WEEK
    week = seen.all_cases["watch"] // WATCHES_PER_WEEK
    rate = 1000.0 * _WEEKS_PER_YEAR / seen.scenario.residents

    def counted(chosen: "pd.Series[bool]") -> NDArray[np.float64]:
        return np.asarray(np.bincount(week[chosen], minlength=weeks)[:weeks] * rate, np.float64)

    recorded = seen.all_cases["recorded"]
    public = seen.state.books.usd[:weeks, : ITEMS.index("custody")].sum(axis=1)
    return pd.DataFrame(
        {
            "week": np.arange(weeks),
            "true_crime": counted(recorded | True),
            "recorded_crime": counted(recorded),
            "cleared": counted(seen.all_cases["cleared"] > 0),
            "fear": _carried(seen, "fear", seen.state.residents.own_fear.mean()),
            "trust": _carried(seen, "trust", seen.state.residents.own_trust.mean()),
            "volunteers_per_1000": _carried(seen, "volunteers", np.nan) * 1000.0,
            "public_cost_per_head": public * _WEEKS_PER_YEAR / seen.scenario.residents,
        }
    )


def _carried(seen: Observation, column: str, at_start: float) -> NDArray[np.float64]:
    """Return a monthly mean per resident as of each week's end: what the last month's end found."""
    weeks = seen.scenario.watches // WATCHES_PER_WEEK
    months = seen.scenario.watches // WATCHES_PER_MONTH
    found = seen.monthly(column)[:months].sum(axis=1) / seen.scenario.residents
    per_month = WATCHES_PER_MONTH // WATCHES_PER_WEEK
    known = np.concatenate([[at_start], found])
    return np.asarray(known[np.minimum((np.arange(weeks) + 1) // per_month, months)], np.float64)


def neighbourhoods(seen: Observation) -> pd.DataFrame:
    """Return a row a neighbourhood: counts by type and rates per 1,000 residents a year."""
    city, size = seen.scenario.city.city, seen.state.neighbourhoods.residents
    recorded = seen.cases["recorded"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(size > 0, 1000.0 / size / seen.years, np.nan)
    table = pd.DataFrame(
        {"residents": size, "households": size / city.household_size}, index=list(city.names)
    )
    for name in names_of(seen.scenario.parameters):
        of_type = (seen.cases["type"] == name).to_numpy()
        table[f"true_{name}"] = _count(seen, of_type)
        table[f"recorded_{name}"] = _count(seen, of_type & recorded)
    table["true_crime"] = _count(seen, np.ones_like(recorded)) * rate
    table["recorded_crime"] = _count(seen, recorded) * rate
    table["cleared"] = _count(seen, (seen.cases["cleared"] > 0).to_numpy()) * rate
    for column in ("fear", "trust"):
        table[column] = np.where(size > 0, seen.by_neighbourhood(column), np.nan)
    table["disorder"] = np.where(size > 0, seen.by_neighbourhood("disorder"), np.nan)
    table["collective_efficacy"] = seen.monthly("efficacy")[seen.months].mean(axis=0)
    hours = seen.scenario.parameters.volunteering.shift_hours
    shifts = seen.monthly("shifts")[seen.months].mean(axis=0)  # per month of four weeks
    table["volunteer_hours"] = (
        shifts * 13.0 * hours * np.where(size > 0, 1000.0 / np.maximum(size, 1), np.nan)
    )
    table["patrol_stops"] = seen.in_neighbourhoods(seen.state.cells.total_stops) * rate
    table["stops_of_residents"] = seen.state.neighbourhoods.questioned * rate
    table["income"] = city.income
    table.index.name = "neighbourhood"
    return table


def _count(seen: Observation, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    n = len(seen.state.neighbourhoods.residents)
    where = seen.cases["neighbourhood"].to_numpy()[chosen]
    return np.bincount(where[where >= 0], minlength=n).astype(np.float64)


def quintiles(seen: Observation) -> pd.DataFrame:
    """Return a row an income quintile, 1 poorest to 5 richest."""
    cases, size = seen.cases, seen.quintile_sizes
    suffered = cases[cases["quintile"] > 0]
    count = suffered["quintile"].value_counts().reindex(range(1, 6), fill_value=0).to_numpy()
    reported, recorded = (
        suffered.loc[suffered[what], "quintile"].value_counts().reindex(range(1, 6), fill_value=0).to_numpy()
        for what in ("reported", "recorded")
    )
    costs = np.array([c.unit_cost for c in seen.scenario.parameters.crimes])[suffered["crime"].to_numpy()]
    harm = np.bincount(suffered["quintile"], weights=costs, minlength=6)[1:]
    rate = 1000.0 / size / seen.years
    hours = seen.scenario.parameters.volunteering.hours
    return pd.DataFrame(
        {
            "residents": size.astype(int),
            "victimisation": count * rate,
            "recorded": recorded * rate,
            "reporting": reported / np.maximum(count, 1),
            "fear": seen.by_quintile("fear"),
            "trust": seen.by_quintile("trust"),
            "volunteer_hours": seen.by_quintile("volunteers") * 1000.0 * hours,
            "patrol_stops": seen.to_quintiles(seen.in_neighbourhoods(seen.state.cells.total_stops)),
            "victim_cost": harm / size / seen.years,
            "quality": residents_by_quintile(seen),
        },
        index=pd.RangeIndex(1, 6, name="quintile"),
    )


def cells(seen: Observation) -> dict[str, NDArray[np.float64]]:
    """Return maps (rows, columns) of counts in the measured period, nan outside the city."""
    city, state = seen.scenario.city.city, seen.state
    offences = np.bincount(seen.cases["cell"], minlength=city.n_cells)
    maps = {"offences": offences, "patrol": state.cells.total_stops, "volunteers": state.cells.total_visits}
    inside = state.cells.neighbourhood >= 0
    return {k: np.where(inside, v, np.nan).reshape(city.rows, city.columns) for k, v in maps.items()}


def _programmes(seen: Observation) -> list[tuple[str, str, float, float]]:
    """Return what each programme cost each payer that has a part in it."""
    spent = seen.state.programmes.spent.sum(axis=2)
    return [
        (payer, programme.name, float(spent[row, at]), np.nan)
        for at, payer in enumerate(PAYERS)
        for row, programme in enumerate(seen.scenario.programmes)
        if payer in {**programme.cost, **programme.member_cost}
    ]


def ledger(seen: Observation) -> pd.DataFrame:
    """Return what was booked in the measured period: payer, item, usd, hours."""
    booked = dict(zip(ITEMS, seen.state.books.usd[seen.scenario.burn_in_weeks :].sum(axis=0), strict=True))
    p = seen.scenario.parameters
    duty_hours = seen.weekly["duty"] * 8.0
    given = seen.weekly["shifts"] * p.volunteering.shift_hours
    rows: list[tuple[str, str, float, float]] = [
        ("city", item, float(booked[item]), duty_hours if item == "officers" else np.nan)
        for item in ITEMS
        if item not in (*JUSTICE_ITEMS, "programmes")
    ]
    rows += _programmes(seen)
    rows += [("county_justice", item, float(booked[item]), np.nan) for item in JUSTICE_ITEMS]
    rows.append(("volunteers", "time given", given * p.volunteering.hour_value, given))
    by_type = seen.cases["type"].value_counts()
    rows += [("victims", c.name, float(by_type[c.name]) * c.unit_cost, np.nan) for c in p.crimes]
    return pd.DataFrame(rows, columns=["payer", "item", "usd", "hours"])
