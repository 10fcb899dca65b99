"""O:random. Draws are the published generator's, even and independent along every axis, and no policy disturbs them."""

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from coproduction.experiments.oracle_city import NEVER, one_neighbourhood, with_tables
from coproduction.experiments.oracle_draws import (
    AXES,
    KNOWN_ANSWERS,
    ORIGIN,
    SIGNIFICANCE,
    Key,
    battery,
    compiled_philox,
    least,
    neighbours,
    of_counts,
    pairs,
    stream,
)
from coproduction.simulation import draws
from coproduction.simulation.city import FloatArray
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import draw, exponential, philox, pick, poisson, skewed_around, uniform
from coproduction.simulation.engine import branch, run_core
from coproduction.simulation.parameters import Numbers, Policing
from coproduction.simulation.population import populate
from coproduction.simulation.state import State, copied, differences

N = 100_000

# --- The generator ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_known_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], words: tuple[int, int, int, int]
) -> None:
    assert philox(counter, key) == words
    assert compiled_philox(counter, key) == words


def test_words_are_the_same_compiled() -> None:
    words = np.random.default_rng(1).integers(0, 1 << 32, (2000, 6)).tolist()
    for c0, c1, c2, c3, k0, k1 in words:
        assert philox((c0, c1, c2, c3), (k0, k1)) == compiled_philox((c0, c1, c2, c3), (k0, k1))


def test_draws_are_the_same_compiled() -> None:
    random = np.random.default_rng(2)
    seeds = random.integers(0, 1 << 63, 2000, dtype=np.int64).tolist()
    keys = random.integers(0, 1 << 32, (2000, 3)).tolist()
    decisions = random.choice([int(d) for d in Decision], 2000).tolist()
    for seed, decision, (entity, watch, partner) in zip(seeds, decisions, keys, strict=True):
        assert draw(seed, decision, entity, watch, partner) == uniform(seed, decision, entity, watch, partner)


def test_a_draw_is_words_of_the_block_that_it_is_keyed_by() -> None:
    seed, decision, entity, watch, partner = (7 << 32) + 9, 4, 11, 12, 13
    high, low, _, _ = philox((entity, watch, partner, decision), (9, 7))
    assert uniform(seed, decision, entity, watch, partner) == ((high >> 5) * 2**26 + (low >> 6)) / 2**53


def test_a_stream_holds_the_draws_of_its_keys() -> None:
    for axis in AXES:
        u = stream(axis, 5)
        for i in range(5):
            key = ORIGIN._replace(**{axis: getattr(ORIGIN, axis) + i})
            assert u[i] == uniform(*key)


@pytest.mark.parametrize("word", [0, 0xFFFFFFFF])
def test_the_least_and_the_largest_words_lie_within_the_half_open_interval(
    word: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draws, "philox", lambda _counter, _key: (word,) * 4)
    u = uniform(1, 1, 1, 1)
    assert u == (0.0 if word == 0 else 1.0 - 2.0**-53)
    assert 0 <= pick(u, 7) < 7
    assert exponential(u, 2.0) >= 0.0
    assert math.isfinite(exponential(u, 2.0))
    assert math.isfinite(skewed_around(u, 5.0, 1.0))


def test_all_keys_differ_in_their_draws() -> None:
    """No two of 2**16 keys around one place share a draw: by chance once in four million such sets."""
    base = Key(seed=1, decision=1, entity=0, watch=0, partner=0)
    offsets = itertools.product(range(4), range(4), range(16), range(16), range(16))
    found = {draw(*(b + o for b, o in zip(base, offset, strict=True))) for offset in offsets}
    assert len(found) == 4 * 4 * 16**3


# --- Batteries -------------------------------------------------------------------------------------


@pytest.mark.parametrize("axis", AXES)
def test_battery_along_each_axis(axis: str) -> None:
    p_values = battery(stream(axis, N))
    assert least(p_values) > SIGNIFICANCE / len(AXES), p_values


@pytest.mark.parametrize("axis", AXES)
def test_battery_from_the_origin(axis: str) -> None:
    """Small numbers are what simulations use: seed 1, first decision, first rows, first watches."""
    p_values = battery(stream(axis, N, Key(1, 1, 0, 0, 0)))
    assert least(p_values) > SIGNIFICANCE / len(AXES), p_values


@pytest.mark.parametrize(("along", "across"), list(itertools.permutations(AXES, 2)))
def test_neighbouring_streams_are_unrelated(along: str, across: str) -> None:
    sizes = (1, 2, 256, 65536)
    p_values = {
        f"{across} + {size}: {k}": p
        for size in sizes
        for k, p in neighbours(along, across, 30_000, size).items()
    }
    assert least(p_values) > SIGNIFICANCE / 20, p_values


def test_decisions_of_one_resident_are_unrelated_to_each_other() -> None:
    """Any two decisions of the same entity and watch, as they are drawn in a run."""
    u = {d: stream("entity", 20_000, Key(1, int(d), 0, 77, 0)) for d in Decision}
    p_values = {f"{a.name}, {b.name}": pairs(u[a], u[b]) for a, b in itertools.combinations(Decision, 2)}
    assert least(p_values) > SIGNIFICANCE


def test_axes_are_not_interchangeable() -> None:
    """Swapping entity, watch and partner gives other luck."""
    given = {draw(1, 1, *order) for order in itertools.permutations((5, 6, 7))}
    assert len(given) == 6


def _weyl() -> FloatArray:
    u: FloatArray = np.arange(N, dtype=np.float64)
    u *= 0.6180339887498949
    return u % 1.0


def _coarse() -> FloatArray:
    return np.random.default_rng(1).integers(0, 1 << 32, N) / 2.0**32


def _dragging() -> FloatArray:
    z = np.random.default_rng(1).standard_normal(N + 1)
    return np.asarray(stats.norm.cdf((z[1:] + 0.05 * z[:-1]) / math.hypot(1.0, 0.05)))


def _uneven() -> FloatArray:
    u: FloatArray = np.random.default_rng(1).random(N)
    u **= 1.03
    return u


@pytest.mark.parametrize("bad", [_weyl, _coarse, _dragging, _uneven])
def test_the_battery_sees_a_bad_generator(bad: Callable[[], FloatArray]) -> None:
    assert least(battery(bad())) < SIGNIFICANCE / len(AXES)


def test_the_battery_passes_a_good_generator() -> None:
    assert least(battery(np.random.default_rng(1).random(N))) > SIGNIFICANCE


# --- What draws are turned into --------------------------------------------------------------------


@pytest.fixture(scope="module")
def luck() -> list[float]:
    """Return 50,000 draws of consecutive entities."""
    return [float(u) for u in stream("entity", 50_000)]


def test_exponential(luck: list[float]) -> None:
    assert stats.kstest([exponential(u, 45.0) for u in luck], "expon", args=(0.0, 45.0)).pvalue > SIGNIFICANCE


@pytest.mark.parametrize(("median", "spread"), [(6.55, 0.35), (60.0, 0.6)])
def test_log_logistic(luck: list[float], median: float, spread: float) -> None:
    drawn = [skewed_around(u, median, spread) for u in luck]
    assert stats.kstest(drawn, "fisk", args=(1.0 / spread, 0.0, median)).pvalue > SIGNIFICANCE
    assert np.median(drawn) == pytest.approx(median, rel=0.02)


@pytest.mark.parametrize("mean", [0.01, 0.7, 4.0, 40.0, 500.0])
def test_poisson(luck: list[float], mean: float) -> None:
    drawn = np.array([poisson(u, mean) for u in luck[:10_000]])
    quantiles = np.append(np.linspace(0.05, 0.95, 19), 0.995)
    lows = np.unique(stats.poisson.ppf(quantiles, mean).astype(int))[1:]  # the first of each further bin
    probability = np.diff(np.concatenate(([0.0], stats.poisson.cdf(lows - 1, mean), [1.0])))
    observed = np.bincount(np.searchsorted(lows, drawn, side="right"), minlength=len(probability))
    assert stats.chisquare(observed, probability * len(drawn)).pvalue > SIGNIFICANCE
    assert poisson(0.0, mean) == 0
    assert poisson(0.5, 0.0) == 0


@pytest.mark.parametrize("n", [1, 2, 7, 1000])
def test_pick(luck: list[float], n: int) -> None:
    counts = np.bincount([pick(u, n) for u in luck], minlength=n)
    assert len(counts) == n
    assert n == 1 or of_counts(counts) > SIGNIFICANCE


# --- Policies and branches -------------------------------------------------------------------------

START, END, RESIDENTS = 50, 190, 4000
OWN = Policing()
COPRODUCED = OWN._replace(
    boards=0.5, engagement=0.3, fairness=0.95, coordinators=2.0, invitation=1.5, meetings=11.0, hot_spots=0.2
)


def numbers_of(policy: Policing, start: int = START) -> Numbers:
    return Numbers(with_tables(), OWN, policy, start, 0)


def city_before(numbers: Numbers, seed: int) -> State:
    return populate(one_neighbourhood(12, 12), RESIDENTS, numbers, seed, END)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_policy_without_effect_changes_no_bit(seed: int) -> None:
    """Among them levers that act only through others: nobody attends when no meeting is held, and so on."""
    never = numbers_of(OWN, NEVER)
    without = run_core(city_before(never, seed), never, seed, 0, END)
    assert without.cases.count[0] > 20
    attendance = OWN._replace(attendance=60.0, meeting_cost=9000.0)
    for policy, start in ((OWN, START), (OWN, 0), (attendance, START), (OWN._replace(boards=0.0), 21)):
        numbers = numbers_of(policy, start)
        assert differences(run_core(city_before(numbers, seed), numbers, seed, 0, END), without) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_a_policy_changes_nothing_before_it_starts(seed: int) -> None:
    with_policy, never = numbers_of(COPRODUCED), numbers_of(OWN, NEVER)
    one = run_core(city_before(with_policy, seed), with_policy, seed, 0, START)
    other = run_core(city_before(never, seed), never, seed, 0, START)
    assert differences(one, other) == []
    one = run_core(one, with_policy, seed, START, START + 1)
    other = run_core(other, never, seed, START, START + 1)
    assert differences(one, other) != []


CHEAPER = OWN._replace(officer_cost=120_000.0)
DEARER = OWN._replace(officer_cost=240_000.0)


@pytest.mark.parametrize("policy", [CHEAPER, DEARER, OWN._replace(budget=400.0)])
def test_a_policy_of_other_posts_changes_nothing_before_it_starts(policy: Policing) -> None:
    """Posts that only a later policy can pay stand empty until then: no call may go to them, nor be lost to them."""
    with_policy, never = numbers_of(policy), numbers_of(OWN, NEVER)
    one = run_core(city_before(with_policy, 1), with_policy, 1, 0, START)
    other = branch(run_core(city_before(never, 1), never, 1, 0, START), with_policy)
    assert one.books.usd.sum() > 0.0
    assert differences(one, other) == []


@pytest.mark.parametrize("policy", [COPRODUCED, CHEAPER, OWN])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_branch_equals_the_run_never_cut(policy: Policing, seed: int) -> None:
    numbers, never = numbers_of(policy), numbers_of(OWN, NEVER)
    whole = run_core(branch(city_before(never, seed), numbers), numbers, seed, 0, END)
    origin = run_core(city_before(never, seed), never, seed, 0, START)
    kept = copied(origin)
    branched = run_core(branch(origin, numbers), numbers, seed, START, END)
    assert differences(branched, whole) == []
    assert differences(origin, kept) == [], "the branch shares memory with its origin"
