"""O:random. Draws are uniform and independent along each of the axes that they are keyed by.

A battery of SciPy's tests, each with its p-value; a stream that is too even fails as one that is too uneven does.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from coproduction.experiments.oracle_rows import Row
from coproduction.simulation._compiled import kernel
from coproduction.simulation.city import FloatArray
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import philox, uniform


class Key(NamedTuple):
    """What a draw is keyed by, or a step from one key to the next."""

    seed: int
    decision: int
    entity: int
    watch: int
    partner: int


AXES = Key._fields
ORIGIN = Key(seed=20_240_917, decision=int(Decision.ATTEMPT), entity=1234, watch=567, partner=3)
SIGNIFICANCE = 1e-3
"""Probability that a correct generator fails any of one set of tests (Bonferroni, both tails)."""

ZERO, ONES = 0, 0xFFFFFFFF
KNOWN_ANSWERS = (
    ((ZERO,) * 4, (ZERO,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)
"""Counter, key and words of Philox 4x32-10 as published with Random123 (``kat_vectors``); the last are digits of pi."""


@kernel
def draws_along(start: Key, step: Key, out: FloatArray) -> None:
    """Fill ``out`` with the model's draws of the key ``start``, ``start + step``, and so on."""
    for i in range(len(out)):
        out[i] = uniform(
            start.seed + i * step.seed, start.decision + i * step.decision, start.entity + i * step.entity,
            start.watch + i * step.watch, start.partner + i * step.partner,
        )  # fmt: skip


@kernel
def compiled_philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Do what ``philox`` does, compiled."""
    return philox(counter, key)


def unit(axis: str, size: int = 1) -> Key:
    """Return a step of that size along one axis."""
    return Key(0, 0, 0, 0, 0)._replace(**{axis: size})


def stream(axis: str, n: int, start: Key = ORIGIN) -> FloatArray:
    """Return n draws (n,) along one axis, all else fixed."""
    out = np.empty(n)
    draws_along(start, unit(axis), out)
    return out


def both_tails(z: float) -> float:
    """Return the p-value of a standard normal statistic."""
    return float(2.0 * stats.norm.sf(abs(z)))


def of_counts(counts: NDArray[np.int64]) -> float:
    """Return the p-value of equally likely counts, small where they are too uneven or too even."""
    upper = float(stats.chisquare(counts.ravel()).pvalue)
    return 2.0 * min(upper, 1.0 - upper)


def uniformity(u: FloatArray) -> dict[str, float]:
    """Return p-values of the distribution of draws in [0, 1): of their place and of their middle and lowest bits."""
    n = len(u)
    bits = (u * 2.0**53).astype(np.int64)
    return {
        "Kolmogorov and Smirnov": float(stats.kstest(u, "uniform").pvalue),
        "256 bins": of_counts(np.bincount((u * 256).astype(int), minlength=256)),
        "bits 27 to 34": of_counts(np.bincount((bits >> 19) & 255, minlength=256)),
        "lowest 8 bits": of_counts(np.bincount(bits & 255, minlength=256)),
        "mean": both_tails((float(u.mean()) - 0.5) * math.sqrt(12.0 * n)),
    }


def pairs(u: FloatArray, v: FloatArray, bins: int = 16) -> float:
    """Return the p-value of pairs falling evenly on a square of bins by bins."""
    return of_counts(
        np.bincount((u * bins).astype(int) * bins + (v * bins).astype(int), minlength=bins * bins)
    )


def correlation(u: FloatArray, v: FloatArray) -> float:
    """Return the p-value of two streams of the same length being uncorrelated."""
    return float(stats.pearsonr(u, v).pvalue)


def runs(u: FloatArray) -> float:
    """Return the p-value of the number of runs above and below one half (Wald and Wolfowitz)."""
    above = u >= 0.5
    high, n = int(above.sum()), len(u)
    low = n - high
    expected = 1.0 + 2.0 * high * low / n
    variance = (expected - 1.0) * (expected - 2.0) / (n - 1.0)
    return both_tails((1.0 + int((above[1:] != above[:-1]).sum()) - expected) / math.sqrt(variance))


def equal_bits(u: FloatArray, v: FloatArray) -> float:
    """Return the p-value of two streams agreeing in half of their 53 bits."""
    differing = (u * 2.0**53).astype(np.uint64) ^ (v * 2.0**53).astype(np.uint64)
    n = 53.0 * len(u)
    return both_tails((float(np.bitwise_count(differing).sum()) - n / 2.0) / math.sqrt(n / 4.0))


def independence(u: FloatArray) -> dict[str, float]:
    """Return p-values of each draw telling nothing about those after it."""
    found = {f"correlation at lag {lag}": correlation(u[:-lag], u[lag:]) for lag in (1, 2, 3, 7, 21)}
    n = len(u) // 2 * 2
    return {
        **found,
        "runs": runs(u),
        "pairs": pairs(u[0:n:2], u[1:n:2]),
        "bits of neighbours": equal_bits(u[0:n:2], u[1:n:2]),
        "triples": of_counts(_triples(u)),
    }


def _triples(u: FloatArray, bins: int = 6) -> NDArray[np.int64]:
    """Return counts of three draws in a row falling on a cube of bins."""
    n = len(u) // 3 * 3
    index = (u[:n] * bins).astype(int).reshape(-1, 3) @ np.array([bins * bins, bins, 1])
    return np.bincount(index, minlength=bins**3)


def battery(u: FloatArray) -> dict[str, float]:
    """Return all p-values of one stream."""
    return {**uniformity(u), **independence(u)}


def neighbours(along: str, across: str, n: int, size: int = 1) -> dict[str, float]:
    """Return p-values of a stream along one axis against the one beside it, ``size`` away on another axis."""
    here = stream(along, n)
    there = stream(along, n, Key(*(a + b for a, b in zip(ORIGIN, unit(across, size), strict=True))))
    return {
        "correlation": correlation(here, there),
        "pairs": pairs(here, there),
        "bits": equal_bits(here, there),
    }


def least(p_values: Mapping[str, float]) -> float:
    """Return the smallest p-value times the number of tests: below ``SIGNIFICANCE`` the stream fails."""
    return min(p_values.values()) * len(p_values)


def draw_rows(n: int = 100_000) -> list[Row]:
    """Return the rows of O:random: words of the published vectors, and the mean and lag-1 correlation of each axis."""
    rows = []
    for counter, key, words in KNOWN_ANSWERS:
        given = compiled_philox(counter, key)
        quantity = f"first word of counter {counter[0]:08x} under key {key[0]:08x}"
        wrong = sum(a != b for a, b in zip(given, words, strict=True))
        rows += [
            Row("O:random", quantity, float(words[0]), float(given[0]), 0.0),
            Row("O:random", "words of that block that differ", 0.0, float(wrong), 0.0),
        ]
    for axis in AXES:
        u = stream(axis, n)
        lag = float(np.corrcoef(u[:-1], u[1:])[0, 1])
        rows += [
            Row("O:random", f"mean along {axis}", 0.5, float(u.mean()), 4.0 / math.sqrt(12.0 * n)),
            Row("O:random", f"correlation of neighbours along {axis}", 0.0, lag, 4.0 / math.sqrt(n)),
        ]
    return rows
