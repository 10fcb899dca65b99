"""Numbers as readers expect them."""

import math

import pytest

from coproduction.experiments.report import wording


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1,234.5"),
        (-0.5, 1, "−0.5"),
        (-0.04, 1, "0.0"),
        (0.0, 0, "0"),
        (math.nan, 1, "not measured"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert wording.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "+2.0"), (-2.0, "−2.0"), (0.01, "0.0"), (math.inf, "not measured")]
)
def test_signed(value: float, text: str) -> None:
    assert wording.signed(value, 1) == text


@pytest.mark.parametrize(
    ("low", "high", "sign", "text"),
    [
        (1.0, 2.0, False, "1.0–2.0"),
        (-1.0, 2.0, False, "−1.0 to 2.0"),
        (1.0, 2.0, True, "+1.0 to +2.0"),
        (math.nan, 2.0, True, "no interval"),
    ],
)
def test_interval(low: float, high: float, sign: bool, text: str) -> None:
    assert wording.interval(low, high, 1, sign=sign) == text


@pytest.mark.parametrize(
    ("spread", "decimals"),
    [
        (31.0, 0),
        (12.0, 0),
        (3.1, 0),
        (2.9, 1),
        (1.0, 1),
        (0.9, 1),
        (0.26, 2),
        (0.003, 3),
        (1e-9, 5),
        (0.0, 1),
    ],
)
def test_decimals_follow_the_spread(spread: float, decimals: int) -> None:
    assert wording.decimals_for(spread) == decimals


@pytest.mark.parametrize(
    ("low", "high", "decimals"), [(-1.36, -0.04, 2), (-1.36, 0.04, 1), (0.0004, 0.9, 4), (1.0, 9.0, 0)]
)
def test_an_end_that_leaves_out_zero_is_not_rounded_to_it(low: float, high: float, decimals: int) -> None:
    assert wording.decimals_for_interval(low, high) == decimals


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.30, "0.3"),
        (1.96, "1.96"),
        (169000.0, "169,000"),
        (2e-5, "2.00e−05"),
        (math.nan, "not measured"),
    ],
)
def test_significant(value: float, text: str) -> None:
    assert wording.significant(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(15877.0, "16,000"), (830.0, "830"), (63.0, "63"), (4.83, "4.8")]
)
def test_rounded(value: float, text: str) -> None:
    assert wording.rounded(value) == text


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "no ways"), (1, "one way"), (4, "four ways"), (1200, "1,200 ways")]
)
def test_count(amount: int, text: str) -> None:
    assert wording.count(amount, "way") == text


@pytest.mark.parametrize(
    ("parts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listing(parts: list[str], text: str) -> None:
    assert wording.listing(parts) == text


def test_sentences_end_once() -> None:
    assert wording.sentences(["One.", "Two"]) == "One. Two."


@pytest.mark.parametrize(("label", "text"), [("True crime", "true crime"), ("USD spent", "USD spent")])
def test_label_within_a_sentence(label: str, text: str) -> None:
    assert wording.within_sentence(label) == text
