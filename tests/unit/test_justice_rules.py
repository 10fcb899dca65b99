"""The equations of reporting channels, courts and recovery, by hand."""

import math

import pytest

from coproduction.simulation.parameters import Parameters
from coproduction.simulation.parameters.channels import CHANNELS
from coproduction.simulation.rules import courts, recovery, reporting


def test_reasons_for_silence() -> None:
    """The largest negative term: log odds of 0.4 are -0.41."""
    assert reporting.reason_for_silence(0.4, 0.5, 1.0, 0.1) == reporting.NOT_WORTH_IT
    assert reporting.reason_for_silence(0.4, 0.0, 1.0, 0.1) == reporting.NO_HELP_EXPECTED
    assert reporting.reason_for_silence(0.4, 0.5, 1.0, 0.5) == reporting.REPRISAL_FEARED
    assert reporting.reason_for_silence(0.8, 0.9, 1.0, 0.0) == reporting.NOT_WORTH_IT


def test_channels_are_chosen_by_reach_where_they_are_open() -> None:
    channels = tuple(c._replace(reach=1.0) for c in CHANNELS.values())
    all_open = [reporting.channel_of(channels, u, 1.0, True, True) for u in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert all_open == [0, 1, 2, 3, 4]
    two_open = [reporting.channel_of(channels, u, 0.0, False, False) for u in (0.0, 0.49, 0.5, 0.99)]
    assert two_open == [0, 0, 1, 1]
    assert [reporting.channel_of(channels, u, 0.5, False, False) for u in (0.79, 0.81)] == [1, 2]


def test_reports_take_the_time_of_person_and_channel() -> None:
    assert reporting.report_seconds(0.5, 5.0, 10.0, 0.5) == 900
    assert reporting.report_seconds(1.0 - 2.0**-53, 90.0, 10.0, 1.0) == 28 * 86400


def test_courts() -> None:
    assert courts.shifted(0.0, 5.0) == 0.0
    assert courts.shifted(1.0, -5.0) == 1.0
    assert courts.charge_probability(0.5, 0.5, 2.0) == pytest.approx(1.0 / (1.0 + math.exp(-1.0)))
    assert courts.diversion_probability(0.4, 0.5, 1) == pytest.approx(0.2)
    assert courts.diversion_probability(0.4, 0.5, 2) == 0.0
    assert courts.conference_share(0.8, 0.5) == 1.0
    assert sum(courts.attendance_terms(0.7, 2.0, 0.5, 1.0, 0.3)) == pytest.approx(0.4 - 0.5 - 1.0 + 0.3)
    assert courts.retaliation_probability(0.5, 0.01, 200, 0.5) == pytest.approx(1.0 - math.exp(-0.5))
    lost = [
        courts.trial_is_lost(*case) for case in ((0, 0, False), (2, 0, False), (2, 1, False), (2, 0, True))
    ]
    assert lost == [False, True, False, False]
    assert courts.whole_weeks(1.0 - math.exp(-1.6), 2.0) == 1 + 3
    assert courts.whole_weeks(0.9, 0.0) == 1
    assert courts.mean_whole_weeks(0.0) == 1.0
    assert courts.mean_whole_weeks(100.0) == pytest.approx(100.5, abs=0.01)


def test_sanctions_fall_by_share() -> None:
    p = Parameters()
    weights = zip(p.sanctions, (1.0, 2.0, 1.0), strict=True)
    shares = p._replace(sanctions=tuple(s._replace(share=weight) for s, weight in weights))
    assert [courts.sanction_of(shares, 1.0, u) for u in (0.0, 0.24, 0.26, 0.74, 0.76, 0.99)] == [
        0,
        0,
        1,
        1,
        2,
        2,
    ]
    assert [courts.sanction_of(shares, 0.5, u) for u in (0.0, 0.62, 0.63, 0.87, 0.88)] == [0, 0, 1, 1, 2]
    assert courts.sanction_of(shares, 0.0, 0.999) == 0


def test_recovery() -> None:
    assert recovery.remaining_harm(0.8, 50, 100.0, 1.0) == pytest.approx(0.8 / math.e)
    assert recovery.harm_after_offence(0.5, 0.5, 0.4) == pytest.approx(0.6)
    r = Parameters().recovery._replace(life_in_custody=0.4, life_on_bail=0.7)
    assert recovery.life_of_offender(r, True, True, 0.5) == pytest.approx(0.7)
    assert recovery.life_of_offender(r, False, True, 0.5) == 0.7
    assert recovery.life_of_offender(r, False, False, 0.5) == 1.0


def test_mean_of_whole_weeks_bears_any_declared_mean() -> None:
    assert [courts.mean_whole_weeks(mean) for mean in (0.0, 1e-300, 1e-138, 0.01)] == [1.0] * 4
    assert courts.mean_whole_weeks(0.0101) == 1.0
    assert courts.mean_whole_weeks(1.0) == pytest.approx(1.0 + 1.0 / (math.e - 1.0))
