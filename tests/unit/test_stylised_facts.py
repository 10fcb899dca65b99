"""Every fact to be held against is measured or has a reason; verdicts are right by hand-made values."""

import math

import numpy as np
import pytest

from coproduction.experiments.facts import document
from coproduction.experiments.facts.measure import (
    change,
    odds_ratio,
    per_cent,
    share_holding_half,
    share_of_busiest,
)
from coproduction.experiments.facts.not_measured import REASONS
from coproduction.experiments.facts.runs import scenarios
from coproduction.experiments.facts.stylised_facts import (
    MEASURES,
    band,
    check_facts,
    counts,
    judged,
    targets,
)
from coproduction.scenarios.scenario import load
from coproduction.simulation.evidence import evidence


def test_every_target_is_measured_or_says_why_not() -> None:
    known = {fact.id for fact in targets()}
    assert known == MEASURES.keys() | REASONS.keys()
    assert not MEASURES.keys() & REASONS.keys()
    assert all(len(reason.split()) >= 4 for reason in REASONS.values())


def test_every_run_is_used_and_every_measure_names_runs() -> None:
    used = {run for measure in MEASURES.values() for run in measure.runs}
    assert used == set(scenarios(load("own_department")))


def test_verdict_by_hand() -> None:
    facts = evidence()
    assert judged(facts["T3-03"], (70.0, 74.0, 75.0)).verdict == "inside"
    assert judged(facts["T3-03"], (70.0, 71.0, 72.0)).verdict == "outside"
    assert judged(facts["T3-03"], (70.0, math.nan, 75.0)).verdict == "cannot measure"
    assert judged(facts["T1-01"], ()).verdict == "cannot measure"
    assert judged(facts["T2-31"], (-4.0, 6.0)).verdict == "inside"
    assert judged(facts["T2-31"], (-9.0, -3.0)).verdict == "outside"


def test_band_is_the_facts_own_or_a_quarter_either_way() -> None:
    facts = evidence()
    assert band(facts["T3-03"], None) == (72.0, 83.0, "the fact")
    assert band(facts["T3-12"], None) == (30.0, 50.0, "a quarter either way")
    assert band(facts["T2-12"], None)[2] == "the fact has no number"
    low, high, _ = band(facts["T8-02"], None)
    assert low == 80.0
    assert high == math.inf


def test_arithmetic_of_measures_by_hand() -> None:
    assert per_cent(1, 4) == 25.0
    assert math.isnan(per_cent(1, 0))
    assert change(20.0, 15.0) == -25.0
    assert odds_ratio(0.5, 0.75) == pytest.approx(3.0)
    assert math.isnan(odds_ratio(0.0, 0.5))
    assert share_of_busiest(np.array([1, 7, 1, 1, 0, 0, 0, 0, 0, 0]), 0.1) == 70.0
    assert share_holding_half(np.array([0, 0, 5, 0, 1, 1, 1, 1, 1, 0])) == 10.0
    assert math.isnan(share_holding_half(np.zeros(4)))


@pytest.mark.slow
def test_small_city_gives_a_verdict_for_every_target_and_both_pages_list_it() -> None:
    found = check_facts((1, 2), residents=2000, workers=1)
    assert [f.fact.id for f in found] == [fact.id for fact in targets()]
    assert sum(counts(found).values()) == len(found)
    measured = [f for f in found if f.verdict != "cannot measure"]
    assert len(measured) > len(MEASURES) / 2
    page, text = document.markdown(found), document.printable(found)
    for f in found:
        assert f"| {f.fact.id} {f.fact.quantity} |" in page
        assert f"{f.fact.id}  {f.fact.quantity}: " in text
    assert document.summary(found) in page
