"""Disorder, bystanders, nonprofits, contracts: rules against values worked out by hand."""

import math

import pytest

from coproduction.scenarios.programmes.adoption import contracting_probability
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.parameters.government import CityGovernment, Contracting
from coproduction.simulation.rules import careers, disorder, intervention

STEP_IN = Parameters().intervention._replace(
    usual=0.5, self_efficacy_weight=2.0, efficacy_weight=1.0, fear_weight=4.0, helps=0.3, worsens=0.2
)


def test_traces_fade_the_faster_the_more_is_cared_for() -> None:
    assert disorder.left_to_see(16.0, 0.0, 0.0) == pytest.approx(math.exp(-0.25))
    assert disorder.left_to_see(16.0, 0.5, 0.5) == pytest.approx(math.exp(-0.5))


def test_the_look_of_a_street_is_one_half_with_the_usual_traces() -> None:
    assert [disorder.disorder_seen(traces, 2.0) for traces in (0.0, 2.0, 6.0)] == [0.0, 0.5, 0.75]
    assert disorder.unsettling(0.75, 0.2) == pytest.approx(0.05)
    assert disorder.disheartening(0.4, 1.0) == 1.0
    assert disorder.disheartening(1.0, 1.0) == pytest.approx(math.exp(-0.5))


def test_who_steps_in() -> None:
    assert intervention.intervention_probability(STEP_IN, (0.5, 0.5, 0.5), 1.0) == pytest.approx(0.5)
    odds = 2.0 * 0.3 - 1.0 * 0.1 + 4.0 * 0.2
    expected = 0.4 / (1.0 + math.exp(-odds))
    assert intervention.intervention_probability(STEP_IN, (0.8, 0.4, 0.3), 0.4) == pytest.approx(expected)
    assert intervention.intervention_probability(STEP_IN._replace(usual=0.0), (1.0, 1.0, 0.0), 1.0) == 0.0


def test_how_stepping_in_ends() -> None:
    ends = [intervention.ending_of(u, STEP_IN) for u in (0.0, 0.299, 0.3, 0.799, 0.8, 0.999)]
    helped, worsened, neither = intervention.HELPED, intervention.WORSENED, intervention.NEITHER
    assert ends == [helped, helped, neither, neither, worsened, worsened]
    p = STEP_IN._replace(relief=0.25, aggravation=1.0)
    codes = (intervention.NOBODY_DID, helped, worsened, neither)
    assert [intervention.seriousness_lived(0.8, ending, p) for ending in codes] == pytest.approx(
        [0.8, 0.6, 1.0, 0.8]
    )


def test_nonprofits_hold_back_careers() -> None:
    assert careers.organisations_hold(30.0, 20.0, 0.1) == pytest.approx(0.1)
    assert careers.entry_probability(1.0, 1.0, 1.0, math.log(2.0)) == pytest.approx(
        1.0 - math.exp(-0.5 / 13.0)
    )


def test_city_contracts_out_as_others_do() -> None:
    city, c = CityGovernment(), Contracting()
    assert contracting_probability(city, c) == 1.0
    average = city._replace(decides=1.0)
    assert contracting_probability(average, c) == pytest.approx(c.usual)
    for likelier in (
        average._replace(population=20_000.0),
        average._replace(property_crime=0.5),
        average._replace(bargaining=0.1),
        average._replace(deficiency=0.9),
    ):
        assert contracting_probability(likelier, c) > c.usual
