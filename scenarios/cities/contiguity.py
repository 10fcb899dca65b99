"""Which neighbourhoods touch, and in how many pieces the city is."""

from typing import cast

import numpy as np
import shapely

from coproduction.scenarios.cities.outlines import Geometries
from coproduction.simulation.city import IntArray


def touching(outlines: Geometries) -> IntArray:
    """Return the pairs of neighbourhoods that share at least a point, shape (n_pairs, 2), lower index first."""
    first, second = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    pairs = np.column_stack([first, second])[first < second].astype(np.int64)
    return cast("IntArray", np.unique(pairs, axis=0).reshape(-1, 2))


def pieces(n_neighbourhoods: int, pairs: IntArray) -> IntArray:
    """Return the number of the connected piece that each neighbourhood is in, shape (n,), from 0."""
    piece = np.arange(n_neighbourhoods)
    while True:
        lowest = piece.copy()
        np.minimum.at(lowest, pairs[:, 0], piece[pairs[:, 1]])
        np.minimum.at(lowest, pairs[:, 1], piece[pairs[:, 0]])
        if np.array_equal(lowest, piece):
            return cast("IntArray", np.unique(piece, return_inverse=True)[1].astype(np.int64))
        piece = lowest
