"""The maps of the report: the city, where crime differs, where patrol and volunteers are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.report import wording
from coproduction.experiments.report.drawing import Panel, Picture
from coproduction.experiments.report.effects import policy_titles
from coproduction.experiments.report.maps import MapLayer, draw, level_limits, symmetric_limits
from coproduction.scenarios.cities.picture import is_assumed

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison

FloatArray = NDArray[np.float64]

RATE = "offences per 1,000 residents a year"


@dataclass(frozen=True, slots=True)
class Local:
    """A measure by neighbourhood, in the city's order: arrays of shape (n,), nan where it is not known."""

    mean: FloatArray
    difference: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def distinguishable(self) -> NDArray[np.bool_]:
        """Where the interval of the difference leaves out zero."""
        return (self.low > 0) | (self.high < 0)


def local(comparison: "Comparison", policy: str, column: str) -> Local:
    """Read one measure of one policy off the neighbourhood table."""
    table = comparison.neighbourhoods
    rows = table[(table["policy"] == policy) & (table["column"] == column)].set_index("name")
    ordered = rows.reindex(list(comparison.scenarios[0].city.city.names))
    names = ("mean", "difference", "difference_low", "difference_high")
    mean, difference, low, high = (ordered[name].to_numpy(np.float64) for name in names)
    return Local(mean, difference, low, high)


def pictures(comparison: "Comparison") -> list[Picture]:
    """All maps, in the order of the page."""
    volunteers = _cells(comparison, "volunteers", "volunteers", "visits by volunteers per cell and week")
    return [
        _the_city(comparison),
        _differences(comparison),
        _cells(comparison, "patrol", "patrol", "patrol stops per cell and week"),
        *([volunteers] if volunteers.panels else []),
    ]


def _the_city(comparison: "Comparison") -> Picture:
    """Income, and true crime under the baseline."""
    place = comparison.scenarios[0].city
    baseline, title = next(iter(policy_titles(comparison).items()))
    crime = local(comparison, baseline, "true_crime").mean
    year = f" of {place.year}" if place.year else ""
    income = np.where(place.city.population_share > 0, place.city.income, np.nan)
    layers = (
        MapLayer(
            "Income",
            f"mean household income, thousand USD{year}",
            income,
            "income",
            level_limits([income]),
        ),
        MapLayer(f"True crime: {title}", RATE, crime, "crime", level_limits([crime])),
    )
    panels = tuple(draw(place, layer, f"map-city-{number}") for number, layer in enumerate(layers))
    empty = " Grey: nobody lives there." if (place.city.population_share == 0).any() else ""
    made_up = " The outlines are made up: the source has none." if is_assumed(place, "layout") else ""
    assumed = " Income is assumed: the same everywhere." if is_assumed(place, "income") else ""
    caption = f"Income and true crime by neighbourhood. Dark is more.{empty}{assumed}{made_up}"
    return Picture(caption, panels)


def _differences(comparison: "Comparison") -> Picture:
    """True crime of each policy less the baseline's, on one scale."""
    place = comparison.scenarios[0].city
    baseline, *policies = policy_titles(comparison).items()
    measures = [local(comparison, policy, "true_crime") for policy, _ in policies]
    limits = symmetric_limits([measure.difference for measure in measures])
    panels = tuple(
        draw(
            place,
            MapLayer(f"{title} less {baseline[1]}", f"difference, {RATE}", measure.difference, "difference",
                     limits, measure.distinguishable),
            f"map-difference-{number}",
        )
        for number, ((_, title), measure) in enumerate(zip(policies, measures, strict=True))
    )  # fmt: skip
    expected = (1.0 - comparison.confidence) * len(place.city.names)
    caption = (
        f"Difference in true crime, all on one scale. Green is less crime than under {baseline[1]}, brown more. A + "
        f"or {wording.MINUS} stands where the interval of a neighbourhood leaves out zero; by luck alone about "
        f"{expected:.0f} of the {len(place.city.names)} neighbourhoods of a map would carry one."
    )
    return Picture(caption, panels)


def _cells(comparison: "Comparison", name: str, colours: str, unit: str) -> Picture:
    """Visits a week to each cell, one map a policy, on one scale; policies without any are left out."""
    scenario = comparison.scenarios[0]
    titles = policy_titles(comparison)
    maps = {
        policy: np.asarray(cells[name], dtype=np.float64) / scenario.measured_weeks
        for policy, cells in comparison.cells.items()
        if name in cells and np.nansum(cells[name]) > 0
    }
    if not maps:
        return Picture("", ())
    limits = (0.0, level_limits(list(maps.values()))[1])
    panels: list[Panel] = [
        draw(scenario.city, MapLayer(titles[policy], unit, values, colours, limits), f"map-{name}-{number}")
        for number, (policy, values) in enumerate(maps.items())
    ]
    absent = [titles[policy] for policy in titles if policy not in maps]
    none = f" None under {wording.listing(absent)}." if absent else ""
    return Picture(f"{unit[0].upper()}{unit[1:]}, on one scale. Dark is more.{none}", tuple(panels))
