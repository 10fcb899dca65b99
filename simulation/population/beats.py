"""Beats: the city divided among officers, and how well those found there know it."""

import math

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters import conduct as declared
from coproduction.simulation.population.streams import Stream, stream
from coproduction.simulation.rules.beats import knowledge_at_start, learning_pace, mode_of, renew_guide
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import Beats, Officers, Residents

BITS = 16
"""Of a neighbourhood's middle, per axis, when neighbourhoods are put into a row."""


def on_their_beats(officers: Officers, posts: int, numbers: Numbers, seed: int) -> Officers:
    """Return officers who have been on their beats for a while, as long as turnover leaves them there.

    posts  of the arrangement at the start; those that only a later one can pay are vacant, and know nothing
    """
    luck, knowledge = stream(seed, Stream.KNOWLEDGE).random(posts), officers.knowledge.copy()
    knowledge[:posts] = [_known(numbers, post, u) for post, u in enumerate(luck)]
    return officers._replace(knowledge=knowledge)


def _known(numbers: Numbers, post: int, u: float) -> float:
    levers, b = numbers.before, numbers.parameters.beats
    pace = learning_pace(
        mode_of(post, levers.foot, levers.sub_stations), levers.beat_integrity, b.foot_learning
    )
    return knowledge_at_start(u, levers.turnover, b.weeks_to_know, pace)


def lay_out_beats(city: City, people: Residents, knowledge: FloatArray, p: declared.Beats) -> Beats:
    """Divide the city into beats of about equally many residents, each of neighbourhoods side by side.

    knowledge  of the officers of the arrangement at the start, one or more
    """
    row = in_a_row(city)
    size = np.bincount(people.neighbourhood, minlength=city.n_neighbourhoods)[row]
    n = beats_needed(len(knowledge), p.posts, int((size > 0).sum()))
    middle = np.cumsum(size) - size / 2.0
    of = np.empty(city.n_neighbourhoods, np.int32)
    of[row] = _without_gaps(np.minimum(middle * n / size.sum(), n - 1).astype(np.int32), n)
    inside = np.flatnonzero(city.neighbourhood >= 0)
    beat = of[city.neighbourhood[inside]]
    cell = inside[np.argsort(beat, kind="stable")].astype(np.int32)
    start = np.searchsorted(np.sort(beat), np.arange(n + 1)).astype(np.int32)
    mean = np.array([knowledge[post::n].mean() for post in range(n)])
    beats = Beats(of, start, cell, np.cumsum(np.full(len(cell), 1.0 / len(cell))), mean, np.zeros_like(cell))
    renew_guide(beats)
    return beats


def beats_needed(posts: int, posts_per_beat: float, neighbourhoods: int) -> int:
    """Return how many beats that many posts make, at most one a neighbourhood.

    No number that shares a factor with the 21 watches of a week: posts go round the beats and shifts round the week,
    and all posts of a beat would be on duty in the same watches.
    """
    n = max(min(round(posts / posts_per_beat), neighbourhoods), 1)
    while math.gcd(n, WATCHES_PER_WEEK) > 1:
        n -= 1
    return n


def in_a_row(city: City) -> NDArray[np.int64]:
    """Return neighbourhoods in an order that keeps those near each other together (Morton 1966), by their middles."""
    inside = city.neighbourhood >= 0
    where, size = (
        city.neighbourhood[inside],
        np.bincount(city.neighbourhood[inside], minlength=city.n_neighbourhoods),
    )
    axes = np.divmod(np.flatnonzero(inside), city.columns)
    middles = [np.bincount(where, axis, city.n_neighbourhoods) / np.maximum(size, 1) for axis in axes]
    rows, columns = (middle.astype(np.int64) for middle in middles)
    code = np.zeros(city.n_neighbourhoods, np.int64)
    for bit in range(BITS):
        code |= ((rows >> bit) & 1) << (2 * bit + 1) | ((columns >> bit) & 1) << (2 * bit)
    return np.argsort(code, kind="stable")


def _without_gaps(beat: NDArray[np.int32], n: int) -> NDArray[np.int32]:
    """Return ascending beats with none left out: where large neighbourhoods jump over one, later ones move up to it."""
    beat[0] = 0
    for place in range(1, len(beat)):
        beat[place] = min(beat[place], beat[place - 1] + 1)
    for place in range(len(beat) - 1, -1, -1):
        beat[place] = max(beat[place], n - (len(beat) - place))
    return beat
