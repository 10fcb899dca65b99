"""O:reporting. Recorded crime is true crime thinned by victims and independent witnesses."""

import math

import numpy as np
import pytest
from scipy import stats

from coproduction.experiments.oracle_city import at_limits, unchanging
from coproduction.experiments.oracle_reporting import (
    LIVING,
    MOST_LOOKS,
    decided,
    independence_of_reporters,
    only_victims_and_witnesses,
    predicted_share,
    prepared_city,
    recorded_by_type,
    witness_row,
)
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.phases.reporting import report
from coproduction.simulation.rules.reporting import anybody_probability
from coproduction.simulation.state import NOBODY, State


def decide(state: State, parameters: Parameters, seed: int = 3) -> float:
    """Run the production phase and return the share of cases reported."""
    report(pack_state(state), pack_numbers(unchanging(parameters)), seed, 0)
    return float((state.cases.delay != NOBODY).mean())


def four_errors(share: float, n: int) -> float:
    return 4.0 * math.sqrt(share * (1.0 - share) / n)


@pytest.mark.parametrize(("victim", "witness"), [(0.47, 0.25), (0.05, 0.5), (0.9, 0.05)])
@pytest.mark.parametrize("looks", range(MOST_LOOKS + 1))
def test_share_reported_by_victim_and_k_witnesses(victim: float, witness: float, looks: int) -> None:
    row = witness_row(victim, witness, looks, seed=10 + looks)
    assert row.holds, row


def test_number_of_reporting_witnesses_is_binomial() -> None:
    cases = decided(0.5, 0.3, 6, seed=4)
    observed = np.bincount(cases.witness_reports, minlength=7)
    expected = stats.binom.pmf(np.arange(7), 6, 0.3) * len(cases.witness_reports)
    assert stats.chisquare(observed, expected).pvalue > 1e-3
    assert (cases.witnesses == 6).all()


def test_visibility_thins_witnesses() -> None:
    parameters = only_victims_and_witnesses(0.3, 0.5, 4, visibility=0.4)
    state = prepared_city(parameters, 5)
    share = predicted_share(0.3, 0.4 * 0.5, 4)
    assert abs(decide(state, parameters) - share) <= four_errors(share, len(state.cases.delay))
    error = math.sqrt(4 * 0.4 * 0.6 / len(state.cases.delay))
    assert abs(state.cases.witnesses.mean() - 4 * 0.4) <= 4.0 * error


def test_victim_and_witnesses_decide_independently() -> None:
    table = independence_of_reporters()
    assert table.min() > 1000
    assert stats.chi2_contingency(table).pvalue > 1e-3


def test_each_report_is_recorded_once_in_its_cell() -> None:
    parameters = only_victims_and_witnesses(0.47, 0.25, 3)
    state = prepared_city(parameters, 6)
    share = decide(state, parameters)
    assert state.cells.recorded.tolist() == [round(share * len(state.cases.delay)), 0]


def test_victim_and_offender_are_no_bystanders() -> None:
    """Where the victim lives among those looked at, with probability k / N one look is lost."""
    looks, witness, victim = 5, 0.4, 0.2
    parameters = only_victims_and_witnesses(victim, witness, looks)
    state = prepared_city(parameters, 7)
    state.cases.victim[:] = np.random.default_rng(7).integers(0, LIVING, len(state.cases.victim))
    lost = looks / LIVING
    share = (1.0 - lost) * predicted_share(victim, witness, looks)
    share += lost * predicted_share(victim, witness, looks - 1)
    n = len(state.cases.delay)
    assert abs(decide(state, parameters) - share) <= four_errors(share, n)
    error = 4.0 * math.sqrt(lost * (1.0 - lost) / n)
    assert abs((state.cases.witnesses == looks - 1).mean() - lost) <= error


@pytest.mark.parametrize("trust", [0.0, 0.2, 0.5, 0.9])
def test_trust_moves_the_log_odds(trust: float) -> None:
    """With witnesses off, logit P = logit p + weight (trust - 1/2)."""
    parameters = only_victims_and_witnesses(0.47, 0.0, 0)
    weighted = at_limits(parameters, {"reporting": {"trust_weight": 2.0}})
    state = prepared_city(weighted, 8)
    state.residents.trust[:] = trust
    share = 1.0 / (1.0 + (0.53 / 0.47) * math.exp(-2.0 * (trust - 0.5)))
    assert abs(decide(state, weighted) - share) <= four_errors(share, len(state.cases.delay))


@pytest.mark.parametrize("seed", [1, 2])
def test_recorded_crime_is_true_crime_times_reporting_rate(seed: int) -> None:
    wrong = [row for row in recorded_by_type(seed) if not row.holds]
    assert wrong == []


def test_recorded_crime_is_not_that_of_another_rate() -> None:
    """The comparison has the power to see one look too many."""
    declared, too_many = (recorded_by_type(seed=1, looks=looks)[2] for looks in (3, 6))
    assert abs(too_many.measured - declared.predicted) > declared.tolerance


@pytest.mark.parametrize("independent", range(9))
def test_anybody(independent: int) -> None:
    assert anybody_probability(0.3, independent) == pytest.approx(1.0 - 0.7**independent, abs=1e-15)
