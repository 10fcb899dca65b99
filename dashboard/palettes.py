"""Colours of the map as 256 times three bytes, the last one being that of cells outside the city."""

from functools import cache

import matplotlib as mpl
import numpy as np
from matplotlib.colors import Colormap, LinearSegmentedColormap

OUTSIDE_COLOUR = (236, 236, 236)
DIFFERENCE = "difference"
_BLUE_WHITE_ORANGE = LinearSegmentedColormap.from_list(DIFFERENCE, ["#0072B2", "#FFFFFF", "#D55E00"])


@cache
def palette(name: str) -> bytes:
    """Return a matplotlib colour map, or that of differences: blue where A has less, white where equal, orange."""
    colours: Colormap = _BLUE_WHITE_ORANGE if name == DIFFERENCE else mpl.colormaps[name]
    inside = (np.asarray(colours(np.linspace(0.0, 1.0, 255)))[:, :3] * 255.0).round().astype(np.uint8)
    return inside.tobytes() + bytes(OUTSIDE_COLOUR)
