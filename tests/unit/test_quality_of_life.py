"""Quality of life: weighted means by hand, bounded, changed by the weights alone."""

import math

import numpy as np
import pytest

from coproduction.experiments.mechanism_cuts import with_values
from coproduction.experiments.observation import Observation
from coproduction.experiments.quality_of_life import (
    offenders,
    quality_of_life,
    residents,
    residents_by_quintile,
    victims,
    weighted,
)
from coproduction.experiments.run import final_state
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation.parameters.quality import Quality

SMALL = replace(load("own_department"), residents=1500, burn_in_weeks=4, measured_weeks=8)
NAMES = ("quality_residents", "quality_victims", "quality_offenders")


@pytest.fixture(scope="module")
def seen() -> Observation:
    return Observation(final_state(SMALL, 1)[0], SMALL)


def test_index_is_the_mean_of_its_parts_by_weight() -> None:
    parts = {"life": np.array([0.5, 1.0]), "bonds": np.array([1.0, 0.0]), "efficacy": np.zeros(2)}
    assert weighted("offenders", parts, Quality()).tolist() == pytest.approx([0.5, 1 / 3])
    doubled = Quality(offenders_life=2.0, offenders_bonds=1.0, offenders_efficacy=1.0)
    assert weighted("offenders", parts, doubled).tolist() == pytest.approx([0.5, 0.5])
    nothing = Quality(offenders_life=0.0, offenders_bonds=0.0, offenders_efficacy=0.0)
    assert np.isnan(weighted("offenders", parts, nothing)).all()


def test_every_weight_has_a_part_and_every_part_a_weight(seen: Observation) -> None:
    found = {"residents": residents(seen), "victims": victims(seen), "offenders": offenders(seen)}
    assert {f"{people}_{part}" for people, parts in found.items() for part in parts} == set(Quality._fields)


def test_parts_and_indices_lie_between_0_and_1(seen: Observation) -> None:
    for parts in (residents(seen), victims(seen), offenders(seen)):
        for name, values in parts.items():
            assert (values >= 0.0).all(), name
            assert (values <= 1.0).all(), name
    assert all(0.0 <= quality_of_life(seen)[name] <= 1.0 for name in NAMES)


def test_weights_change_indices_and_no_bit_of_the_city(seen: Observation) -> None:
    other = with_values(SMALL, {"quality": {"residents_trust": 5.0}})
    changed = Observation(final_state(other, 1)[0], other)
    assert np.array_equal(changed.state.residents.fear, seen.state.residents.fear)
    one, two = quality_of_life(seen), quality_of_life(changed)
    assert one["quality_residents"] != two["quality_residents"]
    assert one["quality_offenders"] == two["quality_offenders"]


def test_only_proportions_of_weights_matter(seen: Observation) -> None:
    parts = residents(seen)
    names = [name for name in Quality._fields if name.startswith("residents_")]
    thrice = Quality()._replace(**dict.fromkeys(names, 3.0))
    assert np.allclose(weighted("residents", parts, thrice), weighted("residents", parts, Quality()))


def test_mean_of_quintiles_is_the_mean_of_residents(seen: Observation) -> None:
    together = residents_by_quintile(seen) @ seen.quintile_sizes / seen.quintile_sizes.sum()
    assert math.isclose(together, quality_of_life(seen)["quality_residents"])
