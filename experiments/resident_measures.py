"""How outcomes about residents themselves are measured: who they are, whom they know."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.observation import Observation
from coproduction.simulation.parameters.crimes import PEOPLE
from coproduction.simulation.population.blocks import blocks
from coproduction.simulation.population.cells import KINDS, kinds_of_presence
from coproduction.simulation.rules.calendar import DAY, EVENING
from coproduction.simulation.rules.protection import (
    AVOIDANCE,
    LOCKS,
    SELF_DEFENCE,
    TECHNOLOGY,
    WATCHING,
)
from coproduction.simulation.rules.targets import home_share
from coproduction.simulation.state import Ties

Values = NDArray[Any]
GAPS = ("locks", "technology")
"""Domains of protection that differ by income."""


def what_they_believe(seen: Observation) -> dict[str, float]:
    """Perceived crime, over residents and measured months."""
    by_quintile, size = seen.by_quintile("perceived"), seen.state.neighbourhoods.residents
    weights = seen.quintile_sizes / seen.quintile_sizes.sum()
    true = seen.monthly("level")[seen.months].mean(axis=0)
    perceived = float(by_quintile @ weights)
    return {
        "perceived_crime": perceived,
        "perceived_crime_gap": perceived - float((true * size).sum() / size.sum()),
        "believes_crime_rose": float(seen.by_quintile("believes_rose") @ weights),
        "perceived_dispersion": float(seen.state.residents.perceived.std()),
        "perceived_quintile_gap": float(by_quintile[0] - by_quintile[-1]),
    }


def what_they_do(seen: Observation) -> dict[str, float]:
    """Protective behaviour at the end of the run, domain by domain."""
    residents = seen.state.residents
    bits = {"locks": LOCKS, "technology": TECHNOLOGY, "watching": WATCHING, "self_defence": SELF_DEFENCE,
            "avoidance": AVOIDANCE}  # fmt: skip
    done = {name: residents.protection & bit != 0 for name, bit in bits.items()}
    poorest, richest = residents.quintile == 0, residents.quintile == 4
    persons = [c.exposure == PEOPLE for c in seen.scenario.parameters.crimes]
    met = seen.cases[np.array(persons)[seen.cases["crime"].to_numpy()]]["victim"].to_numpy()
    victims = met[met >= 0]
    return {
        **{f"{name}_share": float(does.mean()) for name, does in done.items()},
        **{f"{name}_gap": float(done[name][poorest].mean() - done[name][richest].mean()) for name in GAPS},
        "defended_victims": float(done["self_defence"][victims].mean()) if len(victims) else math.nan,
    }


def who_they_are(seen: Observation) -> dict[str, float]:
    """Age, where they are, and gaps between sexes and groups, at the end of the run."""
    residents = seen.state.residents
    minority = np.bincount(residents.neighbourhood, residents.group, len(seen.state.neighbourhoods.residents))
    share = (minority / np.maximum(seen.state.neighbourhoods.residents, 1))[residents.neighbourhood]
    mixed = residents.group.var()
    return {
        "mean_age": float(residents.age.mean()),
        "home_by_day": at_home(seen, DAY),
        "home_in_evening": at_home(seen, EVENING),
        "group_sorting": float(share.var() / mixed) if mixed > 0.0 else math.nan,
        "fear_sex_gap": -gap(residents.fear, residents.sex),
        "trust_group_gap": gap(residents.trust, residents.group),
        "social_capital_group_gap": gap(residents.social_capital, residents.group),
    }


def at_home(seen: Observation, time: int) -> float:
    """Return the share of residents expected at home at a time of day."""
    residents, presence = seen.state.residents, seen.scenario.parameters.presence
    kind = kinds_of_presence(residents)
    size = np.bincount(kind, minlength=KINDS)
    there = np.flatnonzero(size)
    shares = [home_share(residents, presence, int(np.argmax(kind == one)), time) for one in there]
    return float(np.average(shares, weights=size[there]))


def whom_they_know(seen: Observation) -> dict[str, float]:
    """Ties: how many, how far, how alike."""
    residents, ties = seen.state.residents, seen.state.ties
    bridging = np.diff(ties.start) - (ties.bonding_end - ties.start[:-1])
    by_quintile = seen.mean_by_quintile(bridging)
    apart, alike = np.empty(int((ties.bonding_end - ties.start[:-1]).sum())), 0
    columns, told = seen.scenario.city.city.columns, 0
    for one, other in _bonds(ties):
        rows = residents.home[one] // columns - residents.home[other] // columns
        across = residents.home[one] % columns - residents.home[other] % columns
        apart[told : told + len(one)] = np.hypot(rows, across)
        alike += int(np.count_nonzero(residents.quintile[one] == residents.quintile[other]))
        told += len(one)
    return {
        "ties": float(np.diff(ties.start).mean()),
        "bridging": float(bridging.mean()),
        "bridging_gap": float(by_quintile[0] - by_quintile[-1]),
        "bridging_group_gap": gap(bridging, residents.group),
        "tie_distance": float(apart.mean()) if len(apart) else math.nan,
        "tie_similarity": alike / len(apart) if len(apart) else math.nan,
    }


def _bonds(ties: Ties) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32]]]:
    """Give both ends of all bonding ties, each seen from either end, by blocks of residents."""
    for part in blocks(len(ties.bonding_end)):
        start = ties.start[part.start : part.stop + 1]
        owner = np.repeat(np.arange(part.start, part.stop), np.diff(start))
        bonding = np.arange(start[0], start[-1]) < ties.bonding_end[owner]
        yield owner[bonding], ties.partner[start[0] : start[-1]][bonding]


def gap(values: Values, flag: Values) -> float:
    """Return the mean of those without a flag less the mean of those with it, nan where either is nobody."""
    if flag.all() or not flag.any():
        return math.nan
    return float(values[flag == 0].mean() - values[flag == 1].mean())
