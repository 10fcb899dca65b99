"""Terms give the result of the model's own rule to the last bit, say what they are, and a false one is found out."""

import dataclasses
import json
import math

import numpy as np
import pytest

from coproduction.experiments.explanations.account import Account
from coproduction.experiments.explanations.explanation import LOG_ODDS, Explanation, Term
from coproduction.experiments.explanations.forms import FORMS, bare_log_odds
from coproduction.experiments.explanations.offending import type_now
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.experiments.explanations.subjects import ANSWERS, decisions_of
from coproduction.experiments.explanations.targets import weights_in_reach
from coproduction.experiments.explanations.watch import STREET, Watch
from coproduction.experiments.follow_words import chance
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.rules import protection
from coproduction.simulation.rules.courts import court_attendance_probability
from coproduction.simulation.rules.reporting import channel_of, openness, reporting_probability
from coproduction.simulation.rules.targets import choose_target
from coproduction.simulation.state import copied, differences

DECISIONS = [key for kind in ANSWERS for key in decisions_of(kind)]
CHOICES = ("channel", "type", "anchor", "where")


@pytest.mark.parametrize("decision", DECISIONS)
def test_terms_alone_give_the_rules_own_result(
    explained: dict[str, list[Explanation]], decision: str
) -> None:
    for each in explained[decision]:
        assert each.holds, (each.about, each.recomputed, each.result)
        assert each.unit != "probability" or 0.0 <= each.result <= 1.0


@pytest.mark.parametrize("decision", DECISIONS)
def test_explanation_says_what_it_is_in_words(explained: dict[str, list[Explanation]], decision: str) -> None:
    for each in explained[decision]:
        assert each.question.endswith("?")
        assert each.rule
        assert each.terms
        for term in each.terms:
            assert term.name
            assert term.unit
        assert each.theory or decision == "speaks"  # its rule is no function of its own


@pytest.mark.parametrize("decision", [key for key in DECISIONS if key not in CHOICES])
def test_a_term_that_is_off_by_a_little_is_found_out(
    explained: dict[str, list[Explanation]], decision: str
) -> None:
    found = explained[decision]
    each = next((one for one in found if one.result > 0.0), found[0])
    for place, term in enumerate(each.terms):
        terms = list(each.terms)
        terms[place] = dataclasses.replace(term, value=term.value + 0.01 * max(abs(term.value), 1.0))
        wrong = dataclasses.replace(each, terms=tuple(terms))
        capped = wrong.recomputed in {0.0, 1.0} or each.form == "strength"
        assert capped or not wrong.holds, term.name


def test_a_sum_that_is_wrong_is_told(explained: dict[str, list[Explanation]]) -> None:
    wrong = dataclasses.replace(explained["court"][0], result=0.5)
    account = Account("resident", 1, "Resident 1", "Who.", "", "Town", 1, 20, (wrong,))
    assert not account.true
    assert "The terms do NOT give what the model's rules give: court is 0.5 and" in account.text()


def test_what_would_be_without_a_term() -> None:
    # odds 1/3, tripled by the second term: even without the third, a quarter without the second
    terms = (
        Term("usual", -math.log(3.0), LOG_ODDS),
        Term("asked", math.log(3.0), LOG_ODDS),
        Term("tie", 0.0, LOG_ODDS),
    )
    each = Explanation(
        "join", "Joins?", terms, "log odds", 0.5, "joining_probability", "", draw=0.3, outcome="joins"
    )
    assert [each.without(place) for place in range(3)] == pytest.approx([0.75, 0.25, 0.5])
    text = Account("resident", 1, "Resident 1", "Who.", "", "Town", 1, 20, (each,)).text()
    told = " ".join(text.replace("|", " ").split())
    assert "beside the usual, asked weighs most: without it 25.0 %, and the answer would be the other" in told


def test_explaining_changes_nothing(watch: Watch) -> None:
    moments = {phase: watch.before(phase) for phase in ("offend", "change", "careers", "unite")}
    states = {phase: copied(moment.state) for phase, moment in moments.items()}
    for kind, index in (
        ("resident", 3),
        ("offender", 2),
        ("neighbourhood", 4),
        ("city", 0),
        ("programme", 0),
    ):
        for answer in ANSWERS[kind]:
            answer.explain(answer.at(watch, index), index)
    for phase, state in states.items():
        assert differences(state, moments[phase].state) == []


def test_explanation_is_plain_data(explained: dict[str, list[Explanation]]) -> None:
    for found in explained.values():
        text = json.dumps(found[0].as_data(), default=float)
        assert json.loads(text)["terms"][0]["name"] == found[0].terms[0].name


def test_sources_are_those_of_the_declarations() -> None:
    assert source_of("reporting", "witness").startswith(
        "reporting.witness: assumption: third parties make about"
    )
    assert source_of("adoption", "usual").startswith("adoption.usual: T1-09")
    assert source_of("graffiti", "guardable") == "graffiti.guardable"
    assert "coming to court" in theory_of(court_attendance_probability) or "comes to court" in theory_of(
        court_attendance_probability
    )


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_what_never_or_always_happens_has_no_end_of_log_odds(probability: float) -> None:
    terms = [bare_log_odds(probability), 0.7, -0.3, 0.0]
    assert math.isinf(terms[0])
    assert FORMS["log odds"].combine(terms) == reporting_probability(probability, 0.9, 1.0, 0.2, 0.0)
    assert FORMS["shifted"].combine(terms) == probability


def test_forms_are_their_equations() -> None:
    # by hand: odds 3 and odds 1/3 multiply to odds 1
    assert FORMS["log odds"].combine([math.log(3.0), -math.log(3.0)]) == pytest.approx(0.5)
    assert FORMS["hazard"].combine([2.0, 0.5]) == pytest.approx(1.0 - math.exp(-1.0))
    assert FORMS["giving up"].combine([1.3, 0.0]) == pytest.approx(
        1.0 - math.exp(-0.1)
    )  # 1.3 a year over 4 / 52
    assert FORMS["stopped"].combine([0.5, 1.0, 1.0]) == pytest.approx(1.0 - math.exp(-1.0))
    assert FORMS["posts"].combine([500.0, -100.0, -20.0, -10.0, -10.0, -60.0, 150.0]) == pytest.approx(2.0)
    assert FORMS["posts"].combine([50.0, -100.0, 0.0, 0.0, 0.0, 0.0, 150.0]) == 0.0
    assert FORMS["strength"].combine([4.0, 50.0, 100.0, 1.5]) == pytest.approx(0.8 * 1.5)
    assert FORMS["patrol"].combine([0.1, 0.3, 0.5, 0.25]) == pytest.approx(0.45)
    assert FORMS["efficacy"].combine([0.25, 0.35, 0.5, 0.5, 0.5]) == pytest.approx(0.075)
    assert FORMS["left"].combine([1.0, 0.5, 0.5, 16.0]) == pytest.approx(math.exp(-0.5))
    assert FORMS["within reach"].combine([math.log(3.0), -math.log(3.0), 0.4]) == pytest.approx(0.2)
    assert FORMS["choice"].combine([1.0, 3.0]) == 0.75


def test_every_form_is_used(explained: dict[str, list[Explanation]]) -> None:
    used = {each.form for found in explained.values() for each in found}
    assert used == set(FORMS)


def test_channels_have_the_chances_that_the_rule_gives_them(explained: dict[str, list[Explanation]]) -> None:
    each = explained["channel"][0]
    grid = (np.arange(20000) + 0.5) / 20000
    shares = each.shares
    usable = openness(0.01, True, True)
    channels = Parameters().channels
    drawn = np.array([channel_of(channels, float(u), 0.01, True, True) for u in grid])
    weights = [channel.reach * far for channel, far in zip(channels, usable, strict=True)]
    for place, weight in enumerate(weights):
        assert np.mean(drawn == place) == pytest.approx(weight / sum(weights), abs=1e-3)
    assert sum(shares) == pytest.approx(1.0)


def test_cells_in_reach_have_the_chances_that_the_search_gives_them(watch: Watch) -> None:
    moment = watch.before(STREET)
    crime, p, origin = type_now(moment, 0), moment.parameters, int(moment.state.offenders.home[0])
    weights = weights_in_reach(moment.state, moment.numbers, (crime, moment.watch), origin)
    kind = (crime, int(p.crimes[crime].exposure), moment.watch)
    cells, below = list(weights), np.cumsum(list(weights.values()))
    for draw in range(50):
        u = uniform(1, 3, draw, 7)
        expected = cells[int(np.searchsorted(below, u * below[-1], side="right"))]
        assert choose_target(moment.state.cells, moment.state.rates, origin, kind, u) == expected


@pytest.mark.parametrize("does", [True, False])
@pytest.mark.parametrize("u", [0.0, 0.019, 0.021, 0.079, 0.081, 0.999])
def test_protection_changes_below_the_probability_to_change(does: bool, u: float) -> None:
    # a tenth think it over, one in five does it in the long run: 0.08 give it up, 0.02 take it up
    changes = u < (0.08 if does else 0.02)
    assert protection.keeps_up(does, 0.2, 0.1, u) == (does != changes)
    assert protection.changing_probability(does, 0.2, 0.1) == pytest.approx(0.08 if does else 0.02)


def test_terms_of_report_are_told_with_their_sizes(explained: dict[str, list[Explanation]]) -> None:
    each = next(one for one in explained["report_as_victim"] if one.about == "burglary")
    habit: Term = each.terms[0]
    assert habit.unit == LOG_ODDS
    assert habit.detail.startswith(chance(0.47))  # burglary's declared share
