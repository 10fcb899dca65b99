"""Maps of the city: neighbourhoods by colour, or the model's own grid cell by cell.

Whether lengths mean anything is the city's word: only where its distances are in metres does a map carry a
scale bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PatchCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.patches import PathPatch
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from coproduction.experiments.report import drawing, wording
from coproduction.experiments.report.drawing import Panel
from coproduction.scenarios.cities.picture import add_scale_bar, frame, line, outline_path

if TYPE_CHECKING:
    from coproduction.scenarios.cities.city_file import CityFile

FloatArray = NDArray[np.float64]

NO_VALUE = (0.89, 0.90, 0.92, 1.0)
BORDER = "#3b4654"
MAP_WIDTH_INCHES = 4.8
TALLEST_INCHES = 6.0
BELOW_INCHES = 0.72
SCALE_BAR_INCHES = 0.25
MOST_SIGNED = 150
MOST_OUTLINES = 400
FINEST_SHARE = 1000.0  # of the map's width: a third of a pixel

# Light to dark, and dark through light to dark, both told apart without red and green; the darkest ends are
# left out so that borders and signs stay visible.
COLOURS = {
    "income": ("#f7fcf0", "#7bccc4", "#084081"),
    "crime": ("#fff7e6", "#f0a35e", "#7f2704"),
    "patrol": ("#f4f6fb", "#8da6d3", "#1f3a7a"),
    "volunteers": ("#f8f4fa", "#b79acb", "#542788"),
    "difference": ("#0b5f56", "#7fc4ba", "#f6f6f4", "#dcbc7a", "#87500c"),
}


@dataclass(frozen=True, slots=True)
class MapLayer:
    """What one map shows.

    values       shape (n,) by neighbourhood, or (rows, columns) by cell; nan where there is nothing to show
    colours      a key of ``COLOURS``
    limits       values at the ends of the colours; values beyond are shown as the ends
    signed       shape (n,), by neighbourhood: where a + or a minus is written; None for maps of levels
    """

    title: str
    unit: str
    values: FloatArray
    colours: str
    limits: tuple[float, float]
    signed: NDArray[np.bool_] | None = None


def neighbourhood_title(name: str) -> str:
    """A neighbourhood's name for readers: a bare number says what it is the number of."""
    return f"neighbourhood {name}" if name.isdigit() else name


def level_limits(layers: Sequence[FloatArray]) -> tuple[float, float]:
    """From the smallest value to the 98th percentile, so that one cell does not set the scale."""
    known = np.concatenate([values[np.isfinite(values)] for values in layers])
    if known.size == 0:
        return 0.0, 1.0
    low, high = float(known.min()), float(np.quantile(known, 0.98))
    return (low, high) if high > low else (low, low + 1.0)


def symmetric_limits(layers: Sequence[FloatArray]) -> tuple[float, float]:
    """Limits symmetric about 0 that hold 95 % of all differences, the same for every policy."""
    known = np.concatenate([values[np.isfinite(values)] for values in layers])
    reach = float(np.quantile(np.abs(known), 0.95)) if known.size else 0.0
    reach = reach if reach > 0 else 1.0
    return -reach, reach


def draw(place: "CityFile", layer: MapLayer, key: str) -> Panel:
    """A map with its colour bar below."""
    left, right, bottom, top = place.extent
    below = BELOW_INCHES + (SCALE_BAR_INCHES if place.city.distances_in_metres else 0.0)
    height = min(MAP_WIDTH_INCHES * (top - bottom) / (right - left), TALLEST_INCHES) + below
    with drawing.panel_axes(height, (0.1, 0.1, below - 0.06, 0.06)) as axes:
        colours = LinearSegmentedColormap.from_list(layer.colours, COLOURS[layer.colours])
        shading = ScalarMappable(Normalize(*layer.limits, clip=True), colours)
        if layer.values.ndim == 1:
            _fill_neighbourhoods(axes, place, layer.values, shading)
        else:
            _fill_cells(axes, place, layer.values, shading)
        if layer.signed is not None and len(layer.signed) <= MOST_SIGNED:
            _write_signs(axes, place, layer, np.flatnonzero(layer.signed))
        frame(axes, place)
        if place.city.distances_in_metres:
            add_scale_bar(axes, place)
        _draw_colour_bar(axes, shading, layer, height)
        return Panel(layer.title, drawing.inline_svg(axes, key, _in_words(place, layer)))


def _fill_neighbourhoods(axes: Axes, place: "CityFile", values: FloatArray, shading: ScalarMappable) -> None:
    """Colour each neighbourhood whole; grey where it has no value."""
    faces = np.asarray(shading.to_rgba(np.nan_to_num(values)), dtype=np.float64)
    faces[~np.isfinite(values)] = NO_VALUE
    _draw_outlines(axes, place, faces)


def _draw_outlines(axes: Axes, place: "CityFile", faces: "FloatArray | str") -> None:
    """Draw every outline, less whatever is too fine to be seen; as an image where there are very many."""
    left, right, _, _ = place.extent
    finest = (right - left) / FINEST_SHARE
    patches = [PathPatch(outline_path(shape.simplify(finest))) for shape in place.polygons]
    collection = PatchCollection(patches, facecolors=faces, edgecolors=BORDER, linewidths=line(place))
    collection.set_rasterized(len(patches) > MOST_OUTLINES)
    axes.add_collection(collection)


def _fill_cells(axes: Axes, place: "CityFile", values: FloatArray, shading: ScalarMappable) -> None:
    """Colour each cell, one pixel of an image, and draw the neighbourhoods over it."""
    inside = (place.city.neighbourhood >= 0).reshape(values.shape)
    pixels = np.asarray(shading.to_rgba(np.nan_to_num(values)), dtype=np.float64)
    pixels[~np.isfinite(values)] = NO_VALUE
    pixels[~inside] = 0.0
    axes.imshow(pixels, extent=place.extent, interpolation="none")
    _draw_outlines(axes, place, "none")


def _write_signs(axes: Axes, place: "CityFile", layer: MapLayer, signed: NDArray[np.intp]) -> None:
    """Write + or a minus into the neighbourhoods of these numbers: colour does not speak alone."""
    for index in signed:
        value = layer.values[index]
        point = place.polygons[index].representative_point()
        is_dark = abs(value) > 0.7 * layer.limits[1]
        axes.text(
            point.x,
            point.y,
            "+" if value > 0 else wording.MINUS,
            horizontalalignment="center",
            verticalalignment="center_baseline",
            fontsize=13,
            fontweight="bold",
            color="#ffffff" if is_dark else drawing.INK,
        )


def _draw_colour_bar(axes: Axes, shading: ScalarMappable, layer: MapLayer, height: float) -> None:
    """Draw the scale of colours under the map, with its unit."""
    figure = axes.get_figure()
    assert figure is not None  # noqa: S101 - for the type checker
    bar = figure.add_axes((0.14, 0.46 / height, 0.72, 0.11 / height))
    scale = figure.colorbar(shading, cax=bar, orientation="horizontal", extend=_beyond(layer))
    scale.outline.set_visible(False)
    scale.set_label(layer.unit, fontsize=10.5)
    scale.ax.tick_params(labelsize=10.5, length=3)
    scale.locator = MaxNLocator(4, steps=drawing.TICK_STEPS)
    if layer.signed is not None:
        decimals = drawing.tick_decimals(scale.locator.tick_values(*layer.limits))
        scale.formatter = FuncFormatter(lambda value, _: wording.signed(value, decimals))
    scale.update_ticks()


def _beyond(layer: MapLayer) -> str:
    """Which ends of the colour bar get an arrow because values lie beyond them."""
    known = layer.values[np.isfinite(layer.values)]
    if known.size == 0:
        return "neither"
    below, above = bool(known.min() < layer.limits[0]), bool(known.max() > layer.limits[1])
    return {(True, True): "both", (True, False): "min", (False, True): "max"}.get((below, above), "neither")


def _in_words(place: "CityFile", layer: MapLayer) -> str:
    """Range of the map and where it is highest, for those who hear the page."""
    known = np.isfinite(layer.values)
    if not known.any():
        return f"Map of {wording.within_sentence(layer.title)}: no values."
    highest = int(np.argmax(np.where(known, layer.values, -np.inf)))
    if layer.values.ndim == 2:
        highest = int(place.city.neighbourhood[highest])
    low, high = float(layer.values[known].min()), float(layer.values[known].max())
    return (
        f"Map of {wording.within_sentence(layer.title)}, {layer.unit}: from {wording.significant(low)} to "
        f"{wording.significant(high)}, highest in {neighbourhood_title(place.city.names[highest])}."
    )
