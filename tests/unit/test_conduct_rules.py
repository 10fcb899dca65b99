"""The equations of beats, conduct and complaints, by hand."""

import math

import numpy as np
import pytest

from coproduction.simulation.parameters.conduct import Beats as DeclaredBeats
from coproduction.simulation.parameters.police import Patrol
from coproduction.simulation.rules import beats, conduct, police
from coproduction.simulation.state import Beats


def test_modes_are_spread_over_posts_by_their_shares() -> None:
    modes = [beats.mode_of(post, 0.3, 0.2) for post in range(1000)]
    assert np.bincount(modes).tolist() == pytest.approx([500, 300, 200], abs=3)
    firsts = [beats.mode_of(post, 0.3, 0.2) for post in range(10)]
    assert len(set(firsts)) == 3  # and not the first 300 on foot
    assert {beats.mode_of(post, 0.0, 0.0) for post in range(100)} == {beats.CAR}


def test_local_knowledge_grows_to_one_and_its_mean_is_that_of_exponential_tenures() -> None:
    """A year wholly on a beat leaves exp(-1) unknown; with hazard h a year the mean is 1 / (1 + h)."""
    known = 0.0
    for _ in range(13):
        known = beats.knowledge_after_month(known, 52.0, 1.0)
    assert known == pytest.approx(1.0 - math.exp(-1.0))
    u = (np.arange(100_000) + 0.5) / 100_000
    for hazard in (0.2, 1.0, 3.0):
        drawn = [beats.knowledge_at_start(each, hazard, 52.0, 1.0) for each in u[::50]]
        assert np.mean(drawn) == pytest.approx(1.0 / (1.0 + hazard), abs=2e-3)
    assert beats.knowledge_at_start(0.5, 0.0, 52.0, 1.0) == 1.0


def test_pace_of_learning_by_mode() -> None:
    assert beats.learning_pace(beats.CAR, 0.4, 1.5) == 0.4
    assert beats.learning_pace(beats.FOOT, 0.4, 1.5) == 1.5
    assert beats.learning_pace(beats.SUB_STATION, 0.4, 1.5) == 1.0


def test_turnover_is_a_yearly_hazard() -> None:
    stays = (1.0 - beats.leaving_beat_probability(0.33)) ** 13
    assert stays == pytest.approx(math.exp(-0.33))


def test_patrol_falls_on_cells_by_the_plan_in_the_city_and_in_a_beat() -> None:
    plan = Beats(
        np.array([0, 1], np.int32), np.array([0, 2, 4], np.int32), np.array([7, 3, 9, 5], np.int32),
        np.array([0.1, 0.4, 0.4, 1.0]), np.zeros(2), np.zeros(4, np.int32),
    )  # fmt: skip
    beats.renew_guide(plan)
    assert plan.guide.tolist() == [0, 1, 3, 3]
    assert [beats.planned_cell(plan, beats.whole_span(plan), u) for u in (0.05, 0.2, 0.39, 0.5, 0.99)] == [
        7,
        3,
        3,
        5,
        5,
    ]
    assert [beats.planned_cell(plan, beats.beat_span(plan, 0), u) for u in (0.2, 0.3, 0.99)] == [7, 3, 3]
    assert [beats.planned_cell(plan, beats.beat_span(plan, 1), u) for u in (0.0, 0.99)] == [5, 5]
    assert beats.planned_cell(plan, beats.station_span(plan, 1), 0.9) == 5


def test_travel_takes_longer_on_foot() -> None:
    patrol, declared = Patrol(), DeclaredBeats()
    by_car = police.travel_seconds(0.5, patrol, declared, beats.CAR)
    assert by_car == pytest.approx(60 * patrol.travel_minutes, abs=1)
    assert police.travel_seconds(0.5, patrol, declared, beats.FOOT) == pytest.approx(2 * by_car, abs=1)


def test_fair_treatment_in_log_odds() -> None:
    """0.9 are odds of 9; a burden of ln 3 leaves odds of 3."""
    assert conduct.fair_probability(0.9, 0.0, 0.0, 0.0) == 0.9
    assert conduct.fair_probability(0.9, 0.0, 0.0, math.log(3.0)) == pytest.approx(0.75)
    assert conduct.fair_probability(0.9, math.log(3.0), 0.0, 0.0) == pytest.approx(0.75)
    assert conduct.fair_probability(0.9, 0.0, math.log(9.0), 0.0) == pytest.approx(0.5)
    assert conduct.fair_probability(1.4, 5.0, 5.0, 5.0) == 1.0


def test_officers_differ_around_the_middle_one_and_correction_takes_it_away() -> None:
    assert conduct.misconduct(0.5, 0.4, 0.0) == pytest.approx(0.0, abs=1e-9)
    assert conduct.misconduct(0.9, 0.4, 0.0) == pytest.approx(0.4 * math.log(9.0))
    assert conduct.misconduct(0.9, 0.4, 0.5) == pytest.approx(0.2 * math.log(9.0))
    assert conduct.misconduct(0.9, 0.4, 1.0) == 0.0
    u = (np.arange(20_000) + 0.5) / 20_000
    assert np.mean([conduct.bias_factor(each, 0.0) for each in u]) == pytest.approx(1.0, abs=1e-3)
    assert conduct.corrected(0.5, 0.5) == 0.75
    assert conduct.corrected(0.3, 2.0) == 1.0


def test_bias_weighs_on_the_minority_alone() -> None:
    assert conduct.group_bias(False, 1.0, 2.0, 1.5) == 0.0
    assert conduct.group_bias(True, 0.5, 2.0, 1.5) == 1.5
    assert conduct.stop_probability(20.0, 0.0) == 0.2
    assert conduct.stop_probability(20.0, math.log(4.0)) == pytest.approx(0.5)
    assert conduct.suspicion_probability(True, 1.0, math.log(4.0)) == 1.0
    assert conduct.suspicion_probability(False, 1.0, math.log(4.0)) == pytest.approx(0.25)
    assert conduct.suspicion_probability(False, 0.0, 1.0) == 1.0


def test_how_a_stop_comes_to_force() -> None:
    """0.2 are odds of 1 to 4; unfair treatment of ln 4 makes them even."""
    assert conduct.escalation_probability(0.2, False, (1.0, 1.0), 0.5, 0.0) == 0.2
    assert conduct.escalation_probability(0.2, True, (math.log(4.0), 1.0), 0.5, 0.0) == pytest.approx(0.5)
    assert conduct.escalation_probability(0.2, False, (0.0, 2.0), 0.9, 0.0) < 0.2
    assert conduct.calmed_probability(0.7, 0.5) == 0.35
    assert conduct.calmed_probability(3.0, 0.5) == 0.5
    assert conduct.excess_probability(0.2, 0.5, 0.0) == 0.2
    assert conduct.excess_probability(0.2, 0.5, 1.0) == 0.1


def test_complaints_and_who_hears_them() -> None:
    assert conduct.complaint_probability(0.02, 0.0, 0.0) == 0.02
    assert (
        conduct.complaint_probability(0.02, 1.2, 0.0) > conduct.complaint_probability(0.02, 0.0, 0.5) > 0.02
    )
    assert conduct.sustained_probability(0.08, 0.28, 0.0) == 0.08
    assert conduct.sustained_probability(0.08, 0.28, 0.5) == pytest.approx(0.18)
    assert conduct.further_evidence(9.0, 1.0) == 0.0
    assert conduct.further_evidence(9.0, 4.0) == 27.0
