"""The binary logit, in which every yes-or-no decision of a person is written (McFadden 1974)."""

import math

from coproduction.simulation._compiled import rule


@rule
def log_odds(probability: float) -> float:
    """Return the log odds of a probability in (0, 1)."""
    return math.log(probability / (1.0 - probability))


@rule
def from_log_odds(x: float) -> float:
    """Return the probability, 0 to 1, of log odds ``x``."""
    # Beyond 700 Python's exp would refuse what compiled code takes for infinity.
    return 1.0 / (1.0 + math.exp(min(-x, 700.0)))
