"""The equations, by hand."""

import itertools
import math

import pytest

from coproduction.simulation.parameters import Parameters
from coproduction.simulation.rules import (
    attractiveness,
    calendar,
    guardianship,
    justice,
    logistic,
    offending,
    perception,
    police,
    presence,
    protection,
    reporting,
    trust,
    volunteering,
)


def test_a_rota_gives_every_officer_five_watches_a_week_and_no_two_in_a_row() -> None:
    for officer in range(50):
        week = [calendar.on_rota(officer, watch, 5.0) for watch in range(2 * calendar.WATCHES_PER_WEEK)]
        assert sum(week[:21]) == sum(week[21:]) == 5
        assert not any(one and after for one, after in itertools.pairwise(week))


def test_a_rota_covers_every_watch_alike() -> None:
    for watch in range(21):
        assert sum(calendar.on_rota(officer, watch, 5.0) for officer in range(21)) == 5


@pytest.mark.parametrize(
    ("u", "where"),
    [
        (0.0, presence.AT_HOME),
        (0.39, presence.AT_HOME),
        (0.4, presence.AT_DAY_PLACE),
        (0.76, presence.OUT_OF_TOWN),
    ],
)
def test_whereabouts(u: float, where: int) -> None:
    # 40 % at home, and of the other 60 % six in ten, 36 points, at the day place.
    assert presence.whereabouts(u, 0.4, 0.6) == where


def test_home_probability_moves_in_log_odds() -> None:
    assert presence.home_probability(0.5, math.log(3.0)) == pytest.approx(0.75)
    assert [presence.home_probability(usual, 2.0) for usual in (0.0, 1.0)] == [0.0, 1.0]
    assert presence.home_probability(0.6, 0.0) == 0.6


def test_day_place_is_for_those_not_at_home() -> None:
    assert presence.day_place_probability(0.4, 0.5) == pytest.approx(0.3)


def test_boost_spreads_without_loss_and_decays() -> None:
    assert attractiveness.spread_boost(1.0, 4.0, 4, 0.2) == pytest.approx(1.0)  # an even boost stays even
    assert attractiveness.spread_boost(1.0, 0.0, 4, 0.2) == pytest.approx(0.8)
    assert attractiveness.spread_boost(1.0, 2.0, 2, 0.2) == pytest.approx(1.0)  # at an edge as well
    assert attractiveness.spread_boost(1.0, 0.0, 0, 0.2) == 1.0
    assert attractiveness.next_boost(1.0, 2.0, 0.1, 0.5, 3.0) == pytest.approx(0.95 + 6.0)


def test_burglary_and_walk() -> None:
    assert attractiveness.burglary_probability(2.0, 0.5) == pytest.approx(1.0 - math.exp(-1.0))
    assert attractiveness.step_probability(1.0, 4.0) == 0.25


def test_collective_efficacy_is_the_mean_of_both_less_what_fear_takes() -> None:
    assert guardianship.collective_efficacy(0.4, 0.6, 0.5, 0.5, 0.4) == pytest.approx(0.5 * 0.8)
    assert guardianship.collective_efficacy(0.4, 0.6, 0.0, 1.0, 0.4) == pytest.approx(0.4)


def test_guardianship() -> None:
    assert guardianship.eyes_on_the_street(math.e - 1.0, 0.5, 0.2) == pytest.approx(0.1)
    assert guardianship.remaining_patrol(2.0, 3, 3.0) == pytest.approx(2.0 / math.e)
    assert guardianship.stopped_probability(math.log(2.0)) == pytest.approx(0.5)


def test_offending() -> None:
    assert offending.attempt_probability(0.1, 2.0, 0.5) == pytest.approx(1.0 - math.exp(-0.1))
    assert offending.deterrence(0.5, 2.0) == pytest.approx(1.0 / math.e)
    assert offending.distance_pull(9, 3.0) == pytest.approx(1.0 / math.e)
    assert offending.learnt_certainty(0.2, 1.0, 0.5) == pytest.approx(0.6)


def test_reporting() -> None:
    assert reporting.reporting_probability(0.3, 0.5, 4.0, 0.0, 0.0) == pytest.approx(0.3)
    assert sum(reporting.reporting_terms(0.5, 1.0, 2.0, 0.5, 0.25)) == pytest.approx(0.75)
    assert reporting.reporting_probability(0.0, 1.0, 4.0, 0.0, 0.0) == 0.0
    assert reporting.reporting_probability(1.0, 0.0, 4.0, 3.0, 0.0) == 1.0
    assert reporting.norm_against_telling(0.4, 2.0, 0.25) == pytest.approx(0.6)
    assert reporting.anybody_probability(0.5, 3) == pytest.approx(0.875)
    assert [reporting.told_ties(u, 5.0, 0.5) for u in (0.0, 0.49, 0.5)] == [2, 2, 3]


def test_justice() -> None:
    assert justice.scene_arrest_probability(10.0, 0.2, 10.0) == pytest.approx(0.2 / math.e)
    assert justice.clearance_probability(0.2, (0.0, 1.0), (0.5, 1.0), (0.0, 1.0)) == pytest.approx(0.2)
    witnessed = justice.clearance_probability(0.2, (0.5, 2.0), (0.5, 1.0), (0.0, 1.0))
    assert logistic.log_odds(witnessed) == pytest.approx(logistic.log_odds(0.2) + 1.0)
    loaded = justice.clearance_probability(0.2, (0.0, 1.0), (0.5, 1.0), (math.e - 1.0, 2.0))
    assert logistic.log_odds(loaded) == pytest.approx(logistic.log_odds(0.2) - 2.0)
    # Held a third of the time: ten watches for every twenty watches free.
    assert justice.custody_share(0.05, 10.0) == pytest.approx(1.0 / 3.0)


def test_police() -> None:
    assert [police.duty_share(officer, 1.25) for officer in range(3)] == pytest.approx([1.0, 0.25, 0.0])
    assert police.patrol_stops(0.5, 10.0, 0.25, 24) == 8  # 7.5 stops, rounded up by half of all draws
    assert police.patrol_stops(0.0, 100.0, 0.0, 24) == 24
    assert police.patrol_weight(0.1, 0.3, 0.5, 0.5, 0.0) == pytest.approx(0.2)
    assert police.patrol_weight(0.1, 0.3, 0.5, 0.5, 1.0) == pytest.approx(0.5)
    assert police.affordable_posts(100.0, 30.0, 35.0) == pytest.approx(2.0)
    assert police.affordable_posts(100.0, 120.0, 35.0) == 0.0
    assert police.instalment(84.0, 42, 10.0) == pytest.approx(2.0)
    assert police.instalment(84.0, 42, 1.0) == pytest.approx(1.0)
    assert police.instalment(84.0, 42, -5.0) == 0.0
    assert police.felt_fair(0.44, 0.9, 60.0, 60.0)
    assert not police.felt_fair(0.46, 0.9, 60.0, 60.0)


def test_a_bad_contact_weighs_as_much_more_as_declared() -> None:
    better = trust.trust_after_contact(0.5, 1000.0, True, 9.0) - 0.5
    worse = 0.5 - trust.trust_after_contact(0.5, 1000.0, False, 9.0)
    assert worse / better == pytest.approx(9.0 * 1001.0 / 1009.0)
    assert trust.trust_after_contact(0.4, 10.0, True, 9.0) == pytest.approx(5.0 / 11.0)
    assert trust.trust_after_contact(0.4, 10.0, False, 4.0) == pytest.approx(4.0 / 14.0)


def test_forgetting_goes_back_to_the_prior_and_talk_to_the_ties() -> None:
    evidence = trust.forgotten_evidence(30.0, 10.0, 0.5)
    assert evidence == pytest.approx(20.0)
    assert trust.forgotten_trust((0.8, 30.0), (0.5, 10.0), evidence, 0.5) == pytest.approx(14.5 / 20.0)
    assert trust.trust_after_talk(0.4, 0.8, 0.25) == pytest.approx(0.5)


def test_the_volunteers_dilemma() -> None:
    assert volunteering.helping_pays(0.2, 2, 0.63)
    assert not volunteering.helping_pays(0.2, 2, 0.65)
    assert not volunteering.helping_pays(1.0, 1, 0.01)
    assert volunteering.seen_to_help(0.2, 0.6, 3) == pytest.approx(0.3)
    assert volunteering.seen_to_help(0.2, 0.6, 99) == pytest.approx(0.22)
    readiness = 0.0
    for month, pays in enumerate([True, False, False, True]):
        readiness = volunteering.practised(readiness, pays, month)
    assert readiness == pytest.approx(0.5)


def test_protection() -> None:
    p = Parameters().protection._replace(locks=0.5, locks_fear=2.0, locks_victim=1.0, locks_income=0.5)
    p = p._replace(locks_owner=0.6)
    odds = 2.0 * 0.4 + 1.0 - 0.5 + 0.6 * 0.5
    assert protection.locks_probability(p, 0.4, 1.0, -1.0, 0.5) == pytest.approx(
        1.0 / (1.0 + math.exp(-odds))
    )
    assert [protection.tenure(owner) for owner in (0, 1)] == [-0.5, 0.5]
    assert [protection.standing(quintile) for quintile in (0, 2, 4)] == [-1.0, 0.0, 1.0]
    assert [protection.remembers(last, 100, 2.0) for last in (-1, 57, 58, 100)] == [0.0, 0.0, 1.0, 1.0]
    kept = [protection.keeps_up(True, 0.6, 0.5, u) for u in (0.19, 0.21)]
    taken = [protection.keeps_up(False, 0.6, 0.5, u) for u in (0.29, 0.31)]
    assert (kept, taken) == ([False, True], [True, False])
    both = protection.LOCKS | protection.TECHNOLOGY
    p = p._replace(locks_effect=0.2, technology_effect=0.5)
    assert protection.home_holds_probability(both, p, 0.0) == pytest.approx(0.6)
    assert protection.home_holds_probability(both, p, 0.25) == pytest.approx(0.7)
    assert protection.home_holds_probability(protection.WATCHING, p, 0.0) == 0.0
    assert [protection.sees_probability(0.8, watches, 0.5) for watches in (False, True)] == [0.8, 1.0]


def test_each_domain_of_protection_goes_by_its_own_predictors() -> None:
    p = Parameters().protection
    usual = protection.technology_probability(p, 0.0, 0.0, 0.0)
    for predictors in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.5)):
        assert protection.technology_probability(p, *predictors) > usual
    assert protection.watching_probability(p, 0.6) > protection.watching_probability(p, 0.5)
    assert protection.self_defence_probability(p, 0.5, 0.4) > protection.self_defence_probability(p, 0.5, 0.5)
    assert protection.avoidance_probability(p, 0.6) > protection.avoidance_probability(p, 0.5)


def test_perceived_crime() -> None:
    assert [perception.attention(age) for age in (40, 90)] == [0.5, 1.0]
    assert perception.media_signal(0.5, 0.8) == pytest.approx(0.8)
    assert perception.local_level(5.0, 2.0) == pytest.approx(2.0)
    assert perception.local_level(0.0, 0.0) == 1.0
    assert perception.believed_level(2.0, 0.5, 0.1) == pytest.approx(1.6)
    assert [perception.fear_level(own, 3.0, 0.1, 0.0) for own in (0.3, 0.95)] == pytest.approx([0.5, 1.0])
    assert perception.fear_level(0.3, 1.0, 0.1, 0.05) == pytest.approx(0.35)
    assert perception.discouraged(0.4, 1.5, 1.0) == pytest.approx(0.4 * math.exp(-0.5))
    assert perception.discouraged(0.4, 0.5, 1.0) == 0.4


def test_fear() -> None:
    assert trust.fear_after_offence(0.5, 0.5, 0.5) == pytest.approx(0.625)
    assert trust.fear_after_contact(0.5, 0.1) == pytest.approx(0.45)
    assert trust.relaxed(1.0, 0.0, 0.25) == pytest.approx(0.75)


def test_volunteering() -> None:
    assert volunteering.joining_probability(0.1, (0.0,) * 6) == pytest.approx(0.1)
    assert volunteering.joining_probability(0.0, (9.0,) * 6) == 0.0
    v = Parameters().volunteering._replace(education_weight=0.2, owner_weight=0.6)
    assert volunteering.resource_terms(v, 3, 0) == pytest.approx((0.3, -0.3))
    assert volunteering.leaving_probability(0.1, 0.2, 0.25) == pytest.approx(0.25)
    assert volunteering.supported_volunteers(20_000, 1.0, 2.0, 50.0) == pytest.approx(20.0 + 200.0)
    assert volunteering.shift_probability(72.8, 2.0, 364) == pytest.approx(0.1)
    assert volunteering.learnt_efficacy(0.5, True, 0.1) == pytest.approx(0.55)
    assert volunteering.learnt_efficacy(0.5, False, 0.1) == pytest.approx(0.45)
    assert volunteering.attendance_probability(2.0, 20.0, 1000, 0.5, 0.0) == pytest.approx(0.04)
    assert volunteering.attendance_probability(2.0, 20.0, 1000, 0.5, math.log(2.0)) == pytest.approx(0.08)


def test_log_odds_of_what_hardly_ever_happens_are_taken_back() -> None:
    """Python's exp overflows at 710 where compiled code goes on; the smallest shares reach beyond that."""
    assert logistic.from_log_odds(-800.0) == pytest.approx(0.0, abs=1e-300)
    assert logistic.from_log_odds(800.0) == 1.0
    assert presence.home_probability(2.2250738585e-313, 1.0) < 1e-300
