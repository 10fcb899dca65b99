"""Perceived crime: what residents believe, as an index in which 1 is the city's usual level."""

import math

from coproduction.simulation._compiled import rule

ATTENTIVE_AGE = 80.0
"""Age in years of full attention to the news, which rises with age."""


@rule
def attention(age: int) -> float:
    """Return the attention that somebody of an age in years pays to news of crime, 0 to 1."""
    return min(age / ATTENTIVE_AGE, 1.0)


@rule
def media_signal(u: float, tone: float) -> float:
    """Return this month's excess of crime in the media, index points, around its mean ``tone``; u in [0, 1)."""
    return tone * (0.5 + u)


@rule
def local_level(usual: float, expected: float) -> float:
    """Return a neighbourhood's level of crime against the city's, index; both in offences a month.

    usual     what is usual there
    expected  what would be if it had the city's rate

    One offence is added to both: of places with few offences little can be told, and they are drawn towards 1.
    """
    return (usual + 1.0) / (expected + 1.0)


@rule
def believed_level(local: float, observation: float, media: float) -> float:
    """Return the level of crime that what is seen and heard speaks for, index.

    local        level of the neighbourhood
    observation  weight of it, 0 to 1; the rest is the usual level, 1
    media        weight of the media times attention times this month's excess, index points
    """
    return 1.0 + observation * (local - 1.0) + media


@rule
def fear_level(own: float, perceived: float, weight: float, disorder: float) -> float:
    """Return the level that fear settles at, 0 to 1: one's own, moved by perceived crime above or below 1.

    disorder  what the look of one's street adds, see ``rules.disorder.unsettling``
    """
    return min(max(own + weight * (perceived - 1.0) + disorder, 0.0), 1.0)


@rule
def discouragement(perceived: float, weight: float) -> float:
    """Return the factor, 0 to 1, that perceived crime above the usual level, 1, leaves of collective efficacy."""
    return math.exp(-weight * max(perceived - 1.0, 0.0))


@rule
def discouraged(efficacy: float, perceived: float, weight: float) -> float:
    """Return collective efficacy, 0 to 1, after what perceived crime above the usual level takes (Hipp 2016)."""
    return efficacy * discouragement(perceived, weight)
