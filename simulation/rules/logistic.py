"""The binary logit, in which every yes-or-no decision of a person is written (McFadden 1974)."""

import math

from coproduction.simulation._compiled import rule


@rule
def log_odds(probability: float) -> float:
    """Return the log odds of a probability in (0, 1)."""
    return math.log(probability / (1.0 - probability))


@rule
def from_log_odds(x: float) -> float:
    """Return the probability, 0 to 1, of log odds ``x``; 0 where it is too small for a number."""
    # Beyond 709 Python's exp refuses what compiled code takes for infinity.
    return 1.0 / (1.0 + math.exp(-x)) if x > -709.0 else 0.0


@rule
def shifted(probability: float, added: float) -> float:
    """Return a probability moved by log odds; nothing added, 0 and 1 stay as they are."""
    if added == 0.0 or probability <= 0.0 or probability >= 1.0:
        return probability
    return from_log_odds(log_odds(probability) + added)
