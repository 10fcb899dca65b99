"""The streams of the stateful generator: one a purpose, so that drawing more for one changes nothing for another."""

from enum import IntEnum, unique

import numpy as np


@unique
class Stream(IntEnum):
    """What a stream is for; the numbers are part of every result and never reused."""

    DEMOGRAPHY = 60
    TIES = 61
    PROTECTION = 62
    SILENCE = 80
    KNOWLEDGE = 140
    STANDING = 158
    ORGANISATIONS = 159
    VOLUNTEERS = 160


def stream(seed: int, purpose: Stream) -> np.random.Generator:
    """Return the generator of a purpose in a run of that seed."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(int(purpose),)))
