"""Maps and charts as SVG files: cells as rectangles, marks as shapes, legend and words as text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from coproduction.dashboard.layers import HIGHEST, Levels
from coproduction.dashboard.marks import KINDS, Marks
from coproduction.dashboard.palettes import palette

CELL, WIDTH, GAP, TOP, FOOT = 8, 480, 24, 34, 54
"""Of the sheet: a cell's least side, a map's least width, and the room between, above and below maps."""


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map to be drawn.

    title    above it
    levels   of each cell, shape (rows, columns)
    palette  name of the colours
    ends     words at both ends of the legend, and the unit between
    marks    None for a map without
    """

    title: str
    levels: Levels
    palette: str
    ends: tuple[str, str, str]
    marks: Marks | None

    @property
    def cell(self) -> int:
        """A cell's side on the sheet."""
        return max(CELL, -(-WIDTH // int(self.levels.shape[1])))


def maps_svg(pictures: Sequence[MapPicture], told: str) -> str:
    """Return maps side by side as an SVG file; told, a sentence for those who cannot see it."""
    rows, columns = pictures[0].levels.shape
    cell = pictures[0].cell
    step = columns * cell + GAP
    width, height = len(pictures) * step + GAP, rows * cell + TOP + FOOT
    drawn = "".join(_map(picture, GAP + i * step, i) for i, picture in enumerate(pictures))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="sans-serif"><title>{escape(told)}</title>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{drawn}</svg>\n'
    )


def charts_svg(drawn: Sequence[tuple[str, str]]) -> str:
    """Return charts one below the other as an SVG file; drawn, of each its title and the SVG of the page."""
    width, each = 320, 160
    parts = []
    for i, (title, chart) in enumerate(drawn):
        inner = re.search(r"<svg[^>]*>(.*)</svg>", chart, re.DOTALL)
        body = inner[1] if inner else '<text x="8" y="16" font-size="13">after the first whole week</text>'
        parts.append(
            f'<g transform="translate(0 {i * each})"><text x="8" y="16" font-size="13" font-weight="600">'
            f'{escape(title)}</text><g transform="translate(0 22)">{body}</g></g>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {each * len(drawn)}" width="{2 * width}" '
        f'font-family="sans-serif"><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _map(picture: MapPicture, x: int, number: int) -> str:
    rows = len(picture.levels)
    colours = np.frombuffer(palette(picture.palette), np.uint8).reshape(256, 3)
    cells = "".join(_row(row, (r, picture.cell), colours) for r, row in enumerate(picture.levels))
    return (
        f'<g transform="translate({x} {TOP})"><text y="-12" font-size="16" font-weight="700">'
        f'{escape(picture.title)}</text><g shape-rendering="crispEdges">{cells}</g>'
        f"{_marks(picture)}{_legend(picture, rows * picture.cell + 10, colours, number)}</g>"
    )


def _row(row: Levels, place: tuple[int, int], colours: Levels) -> str:
    """Return a row of cells, those side by side at the same level as one rectangle; place, its number and a side."""
    r, cell = place
    starts = np.flatnonzero(np.diff(row.astype(np.int16), prepend=-1))
    ends = [*starts[1:].tolist(), len(row)]
    return "".join(
        f'<rect x="{start * cell}" y="{r * cell}" width="{(end - start) * cell}" height="{cell}" '
        f'fill="{_hex(colours[row[start]])}"/>'
        for start, end in zip(starts.tolist(), ends, strict=True)
    )


def _marks(picture: MapPicture) -> str:
    if picture.marks is None:
        return ""
    columns = picture.levels.shape[1]
    drawn = []
    for cell, kind in zip(picture.marks.cell.tolist(), picture.marks.kind.tolist(), strict=True):
        at = (cell % columns + 0.5) * picture.cell, (cell // columns + 0.5) * picture.cell
        drawn.append(f'<path d="{_shape(KINDS[kind].shape, at, picture.cell)}" fill="{KINDS[kind].colour}"/>')
    return f'<g stroke="#000" stroke-width="0.6">{"".join(drawn)}</g>'


def _shape(shape: str, at: tuple[float, float], cell: int) -> str:
    """Return the outline of a mark in a cell around a point; each kind has the place there that the page gives it."""
    q = cell / 4.5
    dx, dy = {"square": (-1, -1), "triangle": (1, 1), "circle": (1, -1)}.get(shape, (0, 0))
    x, y = at[0] + dx * 0.22 * cell, at[1] + dy * 0.22 * cell
    if shape == "square":
        return f"M{x - q:.1f} {y - q:.1f}h{2 * q:.1f}v{2 * q:.1f}h{-2 * q:.1f}z"
    if shape == "triangle":
        return f"M{x:.1f} {y - 1.3 * q:.1f}l{1.2 * q:.1f} {2.3 * q:.1f}h{-2.4 * q:.1f}z"
    if shape == "circle":
        return (
            f"M{x - q:.1f} {y:.1f}a{q:.1f} {q:.1f} 0 1 0 {2 * q:.1f} 0a{q:.1f} {q:.1f} 0 1 0 {-2 * q:.1f} 0z"
        )
    d = 1.5 * q
    return f"M{x:.1f} {y - d:.1f}l{d:.1f} {d:.1f}l{-d:.1f} {d:.1f}l{-d:.1f} {-d:.1f}z"


def _legend(picture: MapPicture, y: int, colours: Levels, number: int) -> str:
    width = picture.levels.shape[1] * picture.cell
    low, high, unit = picture.ends
    stops = "".join(
        f'<stop offset="{i / 16:.4f}" stop-color="{_hex(colours[round(i * HIGHEST / 16)])}"/>'
        for i in range(17)
    )
    return (
        f'<defs><linearGradient id="scale-{number}">{stops}</linearGradient></defs>'
        f'<rect y="{y}" width="{width}" height="10" fill="url(#scale-{number})" stroke="#767676" stroke-width="0.5"/>'
        f'<g font-size="12" fill="#222"><text y="{y + 26}">{escape(low)}</text><text x="{width / 2:g}" y="{y + 26}" '
        f'text-anchor="middle">{escape(unit)}</text><text x="{width}" y="{y + 26}" text-anchor="end">'
        f"{escape(high)}</text></g>"
    )


def _hex(colour: Levels) -> str:
    return "#" + bytes(colour).hex()
