"""What must hold of the equations whatever the numbers."""

from hypothesis import given
from hypothesis import strategies as st

from coproduction.simulation.draws import exponential, pick, poisson, skewed_around, uniform
from coproduction.simulation.rules.guardianship import collective_efficacy, stopped_probability
from coproduction.simulation.rules.justice import clearance_probability, custody_share
from coproduction.simulation.rules.offending import attempt_probability, learnt_certainty
from coproduction.simulation.rules.reporting import anybody_probability, reporting_probability
from coproduction.simulation.rules.trust import fear_after_offence, trust_after_contact
from coproduction.simulation.rules.volunteering import joining_probability, leaving_probability

SHARE = st.floats(0.0, 1.0)
OPEN_SHARE = st.floats(0.001, 0.999)
POSITIVE = st.floats(0.0, 50.0)
WORD = st.integers(0, 2**32 - 1)


@given(OPEN_SHARE, SHARE, SHARE, st.floats(0.0, 6.0))
def test_more_trust_never_means_less_reporting(habit: float, one: float, other: float, weight: float) -> None:
    less, more = sorted((one, other))
    low, high = (reporting_probability(habit, trust, weight, 0.0, 0.0) for trust in (less, more))
    assert 0.0 <= low <= high <= 1.0
    silent, free = (reporting_probability(habit, one, weight, norm, 0.0) for norm in (other, 0.0))
    assert silent <= free


@given(SHARE, st.integers(0, 20))
def test_more_witnesses_never_mean_less_reporting(one: float, k: int) -> None:
    assert 0.0 <= anybody_probability(one, k) <= anybody_probability(one, k + 1) <= 1.0


@given(POSITIVE, POSITIVE)
def test_more_guardianship_never_stops_less(one: float, more: float) -> None:
    assert 0.0 <= stopped_probability(one) <= stopped_probability(one + more) <= 1.0


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_collective_efficacy_stays_a_share(
    capital: float, efficacy: float, fear: float, cohesion: float, withdrawal: float
) -> None:
    assert 0.0 <= collective_efficacy(capital, efficacy, fear, cohesion, withdrawal) <= 1.0 + 1e-12


@given(POSITIVE, POSITIVE, SHARE)
def test_attempts_are_probabilities_and_deterrence_lowers_them(
    rate: float, rhythm: float, deterred: float
) -> None:
    assert 0.0 <= attempt_probability(rate, rhythm, deterred) <= attempt_probability(rate, rhythm, 1.0) <= 1.0


@given(SHARE, st.booleans(), st.floats(2.0, 500.0), st.floats(1.0, 14.0))
def test_trust_stays_a_share_and_moves_the_right_way(
    trust: float, fair: bool, evidence: float, asymmetry: float
) -> None:
    after = trust_after_contact(trust, evidence, fair, asymmetry)
    assert 0.0 <= after <= 1.0 + 1e-12
    assert after >= trust - 1e-12 if fair else after <= trust + 1e-12


@given(SHARE, SHARE, SHARE)
def test_an_offence_never_lowers_fear(fear: float, share: float, seriousness: float) -> None:
    assert fear <= fear_after_offence(fear, share, seriousness) <= 1.0 + 1e-12


@given(SHARE, SHARE, SHARE)
def test_perceived_certainty_stays_between_what_it_was_and_what_happened(
    before: float, caught: float, gain: float
) -> None:
    after = learnt_certainty(before, caught, gain)
    assert min(before, caught) - 1e-12 <= after <= max(before, caught) + 1e-12


@given(OPEN_SHARE, st.floats(0.0, 4.0), SHARE, st.floats(0.0, 6.0))
def test_a_witness_never_hinders_clearance(
    kind: float, witness: float, knowledge: float, weight: float
) -> None:
    alone, seen = (
        clearance_probability(kind, (w, witness), (knowledge, weight), (1.0, 0.5)) for w in (0.0, 1.0)
    )
    assert 0.0 <= alone <= seen <= 1.0


@given(POSITIVE, st.floats(0.0, 5000.0))
def test_nobody_is_held_all_the_time(arrests: float, length: float) -> None:
    assert 0.0 <= custody_share(arrests, length) < 1.0


@given(st.floats(0.0001, 0.05), *[st.floats(-8.0, 8.0)] * 4, st.floats(0.0, 3.0))
def test_being_asked_never_deters(
    base: float, efficacy: float, capital: float, concern: float, asked: float, more: float
) -> None:
    traits = efficacy, capital, concern, 0.0, 0.0
    before = joining_probability(base, (*traits, asked))
    assert 0.0 <= before <= joining_probability(base, (*traits, asked + more)) <= 1.0


@given(SHARE, SHARE, SHARE, SHARE)
def test_support_keeps_volunteers(leaving: float, unsupported: float, one: float, other: float) -> None:
    less, more = sorted((one, other))
    kept = leaving_probability(leaving, unsupported, more)
    assert 0.0 <= kept <= leaving_probability(leaving, unsupported, less) <= 1.0


@given(st.integers(0, 2**63 - 1), st.integers(1, 40), WORD, WORD, WORD)
def test_draws_lie_in_the_unit_interval_and_repeat(
    seed: int, decision: int, entity: int, watch: int, partner: int
) -> None:
    u = uniform(seed, decision, entity, watch, partner)
    assert 0.0 <= u < 1.0
    assert u == uniform(seed, decision, entity, watch, partner)


@given(st.floats(0.0, 1.0, exclude_max=True), st.integers(1, 10**6), st.floats(0.0, 500.0))
def test_turned_draws_stay_in_range(u: float, n: int, mean: float) -> None:
    assert 0 <= pick(u, n) < n
    assert exponential(u, mean) >= 0.0
    assert skewed_around(u, mean, 0.5) >= 0.0
    assert 0 <= poisson(u, mean) <= 2000
