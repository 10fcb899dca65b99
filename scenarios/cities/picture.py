"""A picture of a city: its income map beside the cells that the model runs on."""

import io
import math
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coproduction.scenarios.cities.city_file import CityFile
from coproduction.scenarios.cities.messages import refusal
from coproduction.simulation.city import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable
    from matplotlib.figure import Figure
    from matplotlib.path import Path as MatplotlibPath
    from shapely import MultiPolygon, Polygon

FORMATS = (".svg", ".png")
COLOURS = "YlGnBu"
EMPTY = "#e6e6e6"
LINE = "#3b3b3b"
SMALL_PRINT = "#555555"
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
MOST_NAMES = 60
MANY = 500
LONGEST_NAME = 4
LONGEST_TITLE = 85
MOST_COLUMNS_WITH_LINES = 120
WIDTH, GAP, ABOVE, BELOW = 11.0, 0.15, 0.75, 1.35
"""Inches: the whole picture, beside a map, above and below the maps."""


def draw_city(city_file: CityFile, path: Path) -> None:
    """Draw a city to an SVG or PNG file: outlines by income, and the same on the cells of the grid.

    The same city gives the same file, byte for byte, on one machine.  Raises CityError for another format and for
    a folder that cannot be written to.
    """
    from coproduction.scenarios.cities.text_files import write_whole

    if path.suffix.lower() not in FORMATS:
        raise refusal(path.name, "", f"must end in {' or '.join(FORMATS)}; got {path.suffix!r}. Rename it.")
    content = picture(city_file, path.suffix.lower().lstrip("."))
    write_whole(path, content)


def picture(city_file: CityFile, kind: str) -> bytes:
    """Return the content of the picture file."""
    import matplotlib as mpl

    with mpl.rc_context(
        {"svg.hashsalt": "coproduction", "svg.fonttype": "path", "font.size": 9.0, "text.parse_math": False}
    ):
        figure = compose(city_file)
        content = io.BytesIO()
        metadata = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(content, format=kind, dpi=160, metadata=metadata)
    return content.getvalue()


def compose(city_file: CityFile) -> "Figure":
    """Return the figure: title, both maps, the scale of incomes and the small print, from top to bottom."""
    from matplotlib.figure import Figure

    left, right, bottom, top = city_file.extent
    map_width = (WIDTH - 3 * GAP) / 2
    map_height = min(8.0, max(2.0, map_width * (top - bottom) / (right - left)))
    height = map_height + ABOVE + BELOW
    figure = Figure(figsize=(WIDTH, height), facecolor="white")
    maps = [
        figure.add_axes(
            (from_left / WIDTH, BELOW / height, map_width / WIDTH, map_height / height), anchor="NW"
        )
        for from_left in (GAP, 2 * GAP + map_width)
    ]
    scale = income_scale(city_file)
    colours = neighbourhood_colours(city_file, scale)
    draw_outlines(maps[0], city_file, colours)
    draw_cells(maps[1], city_file, colours)
    bar = figure.add_axes((0.25, 0.8 / height, 0.5, 0.13 / height))
    draw_income_scale(bar, city_file, scale)
    left_edge = GAP / WIDTH
    title = textwrap.shorten(city_file.title, LONGEST_TITLE, placeholder="...")
    figure.text(left_edge, 1 - 0.12 / height, title, fontsize=15, fontweight="bold", va="top")
    figure.text(left_edge, 0.08 / height, small_print(city_file), fontsize=7, color=SMALL_PRINT, va="bottom")
    return figure


def income_scale(city_file: CityFile) -> "ScalarMappable":
    """Return the colours from the poorest to the richest neighbourhood; the middle one if all are alike."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    lived_in = city_file.city.income[city_file.city.population_share > 0]
    lowest, highest = float(lived_in.min()), float(lived_in.max())
    if lowest == highest:
        lowest, highest = 0.0, 2 * highest
    return ScalarMappable(Normalize(lowest, highest), COLOURS)


def neighbourhood_colours(city_file: CityFile, scale: "ScalarMappable") -> FloatArray:
    """Return the colour of each neighbourhood, shape (n, 4): its income, or grey where nobody lives."""
    from matplotlib.colors import to_rgba

    colours = np.asarray(scale.to_rgba(city_file.city.income), dtype=np.float64)
    colours[city_file.city.population_share == 0] = to_rgba(EMPTY)
    return colours


def draw_outlines(axes: "Axes", city_file: CityFile, colours: FloatArray) -> None:
    """Draw every neighbourhood as the table has it, with its name when the names are few and short."""
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import PathPatch

    patches = [PathPatch(outline_path(outline)) for outline in city_file.polygons]
    axes.add_collection(
        PatchCollection(patches, facecolors=colours, edgecolors=LINE, linewidths=line(city_file))
    )
    made_up = ", outlines made up" if is_assumed(city_file, "layout") else ""
    axes.set_title(f"{len(patches):,} neighbourhoods{made_up}", loc="left", fontsize=10)
    frame(axes, city_file)
    names = city_file.city.names
    if len(names) <= MOST_NAMES and max(map(len, names)) <= LONGEST_NAME:
        add_names(axes, city_file, colours)
    if city_file.city.distances_in_metres:
        add_scale_bar(axes, city_file)


def outline_path(outline: "Polygon | MultiPolygon") -> "MatplotlibPath":
    """Return an outline as one path; holes run the other way round, so that they stay empty."""
    import shapely
    from matplotlib.path import Path as MatplotlibPath

    rings = []
    for polygon in shapely.get_parts(outline):
        oriented = shapely.geometry.polygon.orient(polygon)
        rings += [oriented.exterior, *oriented.interiors]
    return MatplotlibPath.make_compound_path(*(MatplotlibPath(ring.coords, closed=True) for ring in rings))


def add_names(axes: "Axes", city_file: CityFile, colours: FloatArray) -> None:
    """Write the name into each outline, light on dark colours."""
    for name, outline, colour in zip(city_file.city.names, city_file.polygons, colours, strict=True):
        point = outline.representative_point()
        is_dark = float(colour[:3] @ LUMINANCE) < 0.5
        ink = "white" if is_dark else "#222222"
        axes.text(point.x, point.y, name, ha="center", va="center", fontsize=6, color=ink)


def draw_cells(axes: "Axes", city_file: CityFile, colours: FloatArray) -> None:
    """Draw the cells of the grid with the borders between neighbourhoods."""
    from matplotlib.collections import LineCollection

    city = city_file.city
    owner = city.neighbourhood.reshape(city.rows, city.columns)
    image = np.where((owner >= 0)[:, :, np.newaxis], colours[owner], 0.0)
    axes.imshow(image, extent=city_file.extent, interpolation="nearest", origin="upper")
    if city.columns <= MOST_COLUMNS_WITH_LINES:
        between = list(borders(city_file, each_cell=True))
        axes.add_collection(LineCollection(between, colors="white", linewidths=0.25))
    axes.add_collection(
        LineCollection(list(borders(city_file)), colors=LINE, linewidths=1.5 * line(city_file))
    )
    width = f"{city.cell_metres:,.0f} m wide" if city.distances_in_metres else "not to scale"
    axes.set_title(f"{city_file.n_cells:,} cells, as the model sees them, {width}", loc="left", fontsize=10)
    frame(axes, city_file)


def borders(city_file: CityFile, *, each_cell: bool = False) -> FloatArray:
    """Return the edges between cells of different neighbourhoods, shape (n_edges, 2, 2), in map coordinates.

    each_cell  whether to return the edges between any two cells of the city instead
    """
    city = city_file.city
    left, right, bottom, top = city_file.extent
    owner = np.pad(city.neighbourhood.reshape(city.rows, city.columns), 1, constant_values=-1)
    if each_cell:
        owner = np.where(owner >= 0, np.arange(owner.size).reshape(owner.shape), -1)
    row, column = np.nonzero(owner[1:-1, :-1] != owner[1:-1, 1:])
    upright = np.stack([np.column_stack([column, row]), np.column_stack([column, row + 1])], axis=1)
    row, column = np.nonzero(owner[:-1, 1:-1] != owner[1:, 1:-1])
    level = np.stack([np.column_stack([column, row]), np.column_stack([column + 1, row])], axis=1)
    cell = np.array([(right - left) / city.columns, (bottom - top) / city.rows])
    edges: FloatArray = np.concatenate([upright, level]) * cell + np.array([left, top])
    return edges


def line(city_file: CityFile) -> float:
    """Return the width of a border, points; thinner where there are many."""
    return 0.4 if city_file.city.n_neighbourhoods < MANY else 0.15


def frame(axes: "Axes", city_file: CityFile) -> None:
    """Show the same part of the plane in both maps, without axes."""
    left, right, bottom, top = city_file.extent
    margin = 0.01 * (right - left)  # so that lines on the edge keep their full width
    axes.set_xlim(left - margin, right + margin)
    axes.set_ylim(bottom - margin, top + margin)
    axes.set_aspect("equal")
    axes.set_axis_off()


def add_scale_bar(axes: "Axes", city_file: CityFile) -> None:
    """Draw a bar of a round number of metres under the map."""
    left, right, bottom, top = city_file.extent
    longest = (right - left) / 4
    power = 10.0 ** math.floor(math.log10(longest))
    length = power * max(step for step in (1, 2, 5) if step * power <= longest)
    label = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    below = bottom - (top - bottom) * 0.02
    axes.plot([left, left + length], [below, below], color=LINE, linewidth=2, clip_on=False)
    axes.text(left + length, below, f"  {label}", va="center", fontsize=8, color=LINE)


def draw_income_scale(axes: "Axes", city_file: CityFile, scale: "ScalarMappable") -> None:
    """Draw what the colours mean."""
    from matplotlib.colorbar import Colorbar

    bar = Colorbar(axes, scale, orientation="horizontal")
    dollars = f", dollars of {city_file.year}" if city_file.year else ""
    assumed = " (assumed, the same everywhere)" if is_assumed(city_file, "income") else ""
    bar.set_label(f"Household income, thousand USD a year{dollars}{assumed}")
    bar.outline.set_visible(False)


def is_assumed(city_file: CityFile, margin: str) -> bool:
    """Return whether the table does not have this margin."""
    return any(assumption.margin == margin for assumption in city_file.assumptions)


def small_print(city_file: CityFile) -> str:
    """Return source, licence and what the picture must not be used for."""
    given = city_file.provenance
    texts = [f"{given.attribution.rstrip('.')}. Licence: {given.licence.rstrip('.')}."]
    if not city_file.city.distances_in_metres:
        texts.append("Not to scale: no distance may be read off this picture.")
    if (city_file.city.population_share == 0).any():
        texts.append("Grey: nobody lives there.")
    return "\n".join(line for text in texts for line in textwrap.wrap(text, 215))
