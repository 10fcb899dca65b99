"""The model against observed crime, which sets none of its parameters.

    from coproduction.experiments.validation import validate
    from coproduction.scenarios.scenario import load
    checked = validate(load("own_department"))

Level: recorded burglary and vehicle theft per 1,000 households. Order: which neighbourhoods have more of it, with
intervals that respect neighbours, beside what income alone says, and with each mechanism cut.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from coproduction.experiments.crime_maps import CrimeMaps, Told, crime_maps
from coproduction.experiments.digest import FloatArray
from coproduction.experiments.mechanism_cuts import CUTS, with_values
from coproduction.experiments.paired import mean_interval
from coproduction.experiments.spatial_statistics import (
    Correlation,
    morans_i,
    neighbour_shares,
    rank_correlation,
    touching_matrix,
)
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    from coproduction.scenarios.cities import CityFile
    from coproduction.scenarios.scenario import Scenario

SEEDS = tuple(range(1, 41))
CONFIDENCE = 0.95
FULL = "full"


@dataclass(frozen=True, slots=True)
class Range:
    """A mean with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How the model, whole or with one mechanism cut, stands to the observed map.

    what         the cut in words; empty for the whole model
    level        recorded burglary and vehicle theft per 1,000 households a year, interval over seeds
    correlation  of the mean map over seeds with the observed one, by rank
    beyond       the same given income: what the map says that income does not
    single_year  mean over seeds of the correlation of one year's map, interval over seeds
    reliability  share of the mean map's spread that is not luck
    clustering   Moran's I of the mean map
    """

    key: str
    what: str
    level: Range
    correlation: Correlation
    beyond: Correlation
    single_year: Range
    reliability: float
    clustering: float


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What something without a model says of the observed map; fields as in :class:`Fit`."""

    what: str
    correlation: Correlation
    beyond: Correlation | None
    clustering: float


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """The model against one observed map; arrays have one entry a neighbourhood, in the order of the city's table.

    observed_mean        of neighbourhoods, each counting alike
    household_mean       of neighbourhoods, each counting as its households do
    observed_clusters    Moran's I of the observed map
    benchmarks           by name: income, housing_value, income_around (income averaged with touching neighbourhoods)
    income_beyond_model  rank correlation of income with the observed map given the model's map
    model_map            mean over seeds, per 1,000 households a year
    """

    scenario: str
    city: "CityFile"
    seeds: tuple[int, ...]
    observed: FloatArray
    observed_mean: float
    household_mean: float
    observed_clusters: float
    model: Fit
    cuts: tuple[Fit, ...]
    benchmarks: Mapping[str, Benchmark]
    income_beyond_model: Correlation
    model_map: FloatArray

    @property
    def compared(self) -> int:
        """Number of neighbourhoods with residents and an observed value."""
        return int((~np.isnan(self.observed) & ~np.isnan(self.model_map)).sum())

    @property
    def ratio(self) -> float:
        """Model mean over the observed mean of neighbourhoods."""
        return self.model.level.value / self.observed_mean


@dataclass(frozen=True, slots=True)
class Ground:
    """What maps are held against: shape (n,) each, of neighbourhoods with residents and an observed value.

    kept  which of the city's neighbourhoods these are
    """

    observed: FloatArray
    income: FloatArray
    touching: FloatArray
    kept: NDArray[np.bool_]

    def against(self, values: FloatArray) -> Correlation:
        """Return the rank correlation of a map (n,) with the observed one."""
        return rank_correlation(values, self.observed, self.touching, confidence=CONFIDENCE)

    def beyond_income(self, values: FloatArray) -> Correlation:
        """Return the same given income."""
        return rank_correlation(
            values, self.observed, self.touching, given=self.income, confidence=CONFIDENCE
        )


def validate(
    scenario: "Scenario",
    seeds: Sequence[int] = SEEDS,
    *,
    workers: int | None = None,
    cuts: bool = True,
    told: Told | None = None,
) -> Validation:
    """Run a scenario on many seeds and hold its mean map against the observed one.

    seeds    two or more; 40 leave a few per cent of luck in the map
    workers  processes; as many as cores if None, none beside this one if 1; never changes a result
    cuts     whether to run the scenario with each mechanism cut as well, some sixteen times the work
    told     called with runs done and runs in all

    Raises
    ------
    DesignError
        The city has nothing observed, seeds are fewer than two, or a run failed.
    """
    ground_of(scenario)  # refuses before any work
    seeds = tuple(dict.fromkeys(seeds))
    if len(seeds) < 2:
        raise DesignError(f"validation: seeds must be two or more; got {len(seeds)}. Give more.")
    chosen = {cut.key: cut for cut in CUTS} if cuts else {}
    scenarios = {FULL: scenario, **{key: with_values(scenario, cut.values) for key, cut in chosen.items()}}
    return held_against_observed(scenario, crime_maps(scenarios, seeds, workers, told))


def held_against_observed(scenario: "Scenario", maps: Mapping[str, CrimeMaps]) -> Validation:
    """Hold maps of two or more runs each against the observed one.

    maps  of the scenario itself, under ``FULL``, and of some cuts by their key

    Raises
    ------
    DesignError
        The city has nothing observed.
    """
    ground, model_map = ground_of(scenario), maps[FULL].mean
    chosen = {cut.key: cut for cut in CUTS if cut.key in maps}
    return Validation(
        scenario=scenario.title,
        city=scenario.city,
        seeds=maps[FULL].seeds,
        observed=np.asarray(scenario.city.observed, dtype=np.float64),
        observed_mean=float(ground.observed.mean()),
        household_mean=float(
            np.average(ground.observed, weights=scenario.city.city.population_share[ground.kept])
        ),
        observed_clusters=morans_i(ground.observed, ground.touching),
        model=fit(FULL, "", maps[FULL], ground),
        cuts=tuple(fit(key, cut.what, maps[key], ground) for key, cut in chosen.items()),
        benchmarks=benchmarks(scenario, ground),
        income_beyond_model=rank_correlation(
            ground.income,
            ground.observed,
            ground.touching,
            given=model_map[ground.kept],
            confidence=CONFIDENCE,
        ),
        model_map=model_map,
    )


def ground_of(scenario: "Scenario") -> Ground:
    """Return what a scenario's maps are held against; raises ``DesignError`` where the city has nothing observed."""
    file, city = scenario.city, scenario.city.city
    if file.observed is None:
        raise DesignError(
            f"validation: city {city.name} must have an observed column; got none. Name it in the city file."
        )
    kept = (city.population_share > 0.0) & ~np.isnan(file.observed)
    touching = touching_matrix(file.neighbours, city.n_neighbourhoods)[np.ix_(kept, kept)]
    return Ground(file.observed[kept], city.income[kept], touching, kept)


def fit(key: str, what: str, maps: CrimeMaps, ground: Ground) -> Fit:
    """Return how the maps of one scenario stand to the observed one."""
    mean = maps.mean[ground.kept]
    # A year without a single recorded offence has no order to compare.
    uneven = [year for year in maps.by_neighbourhood[:, ground.kept] if np.ptp(year) > 0.0]
    years = [stats.spearmanr(year, ground.observed).statistic for year in uneven]
    return Fit(
        key=key,
        what=what,
        level=_range(maps.city),
        correlation=ground.against(mean),
        beyond=ground.beyond_income(mean),
        single_year=_range(np.array(years)),
        reliability=maps.reliability,
        clustering=morans_i(mean, ground.touching),
    )


def benchmarks(scenario: "Scenario", ground: Ground) -> dict[str, Benchmark]:
    """Return what income, housing value and the income of neighbours too say of the observed map, without any model."""
    shares = neighbour_shares(ground.touching + np.eye(len(ground.income)))
    values = {
        "income": ("income", ground.income),
        "housing_value": ("housing value", scenario.city.city.housing_value[ground.kept]),
        "income_around": ("income averaged with touching neighbourhoods", shares @ ground.income),
    }
    return {
        name: Benchmark(
            what=what,
            correlation=ground.against(column),
            beyond=None if name == "income" else ground.beyond_income(column),
            clustering=morans_i(column, ground.touching),
        )
        for name, (what, column) in values.items()
    }


def _range(sample: FloatArray) -> Range:
    interval = mean_interval(sample, CONFIDENCE)
    return Range(float(interval.mean), float(interval.low), float(interval.high))


def within_factor(ratio: float, factor: float) -> bool:
    """Say whether a ratio lies within a factor of one, either way."""
    return bool(ratio > 0.0 and abs(math.log(ratio)) <= math.log(factor))
