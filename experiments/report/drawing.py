"""From a matplotlib figure to an inline SVG that is the same in every bit each time it is drawn.

Figures are drawn about as wide as a phone's screen, so that their text stays readable there; a desk shows
several side by side. Text stays text: it can be searched, read aloud and printed sharp.
"""

import io
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from numpy.typing import NDArray

WIDTH_INCHES = 5.0  # 360 points, which a page shows as about 360 pixels
INK = "#1d2530"
QUIET = "#5f6b7a"
HAIRLINE = "#d5dae1"
BASELINE_COLOUR = "#5f6b7a"
# At least 3:1 on white, and neither colour nor sign of "better" (green triangle) or "worse" (brown triangle);
# every use also differs in marker or in place.
POLICY_COLOURS = ("#0072b2", "#b0408a", "#333333", "#5b3fa0", "#b02a37", "#2f7fb5")
POLICY_MARKERS = ("o", "s", "P", "X", "p", "h")

TICK_STEPS = [1, 2, 5, 10]

_STYLE: dict[Any, object] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "coproduce",
    "font.family": ["DejaVu Sans"],
    "font.size": 11.5,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.unicode_minus": True,
    "text.parse_math": False,  # a dollar sign in a policy's name is a dollar sign
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "image.composite_image": False,
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of a figure: its title and the SVG element."""

    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of the page: panels that belong together, and a caption that says what to see."""

    caption: str
    panels: tuple[Panel, ...]


def tick_decimals(ticks: Sequence[float] | NDArray[np.float64]) -> int:
    """Decimals that tell the ticks of an axis apart, whose step is 1, 2 or 5 times a power of ten."""
    if len(ticks) < 2:
        return 1
    return max(-math.floor(math.log10(abs(float(ticks[1]) - float(ticks[0])) * 1.0001)), 0)


@contextmanager
def panel_axes(height: float, margins: tuple[float, float, float, float]) -> Iterator[Axes]:
    """An axes in a new figure of a phone's width, under this report's style.

    height   inches
    margins  left, right, bottom, top; inches from the figure's edges to the axes
    """
    left, right, bottom, top = margins
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, height))
        FigureCanvasSVG(figure)
        box = (
            left / WIDTH_INCHES,
            bottom / height,
            1.0 - (left + right) / WIDTH_INCHES,
            1.0 - (bottom + top) / height,
        )
        axes = figure.add_axes(box)
        axes.spines[["top", "right"]].set_visible(False)
        yield axes


def inline_svg(axes: Axes, key: str, description: str) -> str:
    """The figure of an axes as an SVG element to stand inside a page; call it inside ``panel_axes``.

    The style sheet that matplotlib puts into each picture would hold for the whole page: the page has its own.


    key          unique on the page; put before every id, so that figures do not share definitions
    description  read aloud in place of the picture
    """
    figure = axes.figure
    target = io.StringIO()
    blank = {"Creator": None, "Date": None, "Format": None, "Type": None}
    with warnings.catch_warnings():
        # The text stays text, so the reader's fonts draw it, not the one that is measured with here.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        figure.savefig(target, format="svg", transparent=True, metadata=blank)  # type: ignore[union-attr]
    text = target.getvalue()
    text = text[text.index("<svg") :].strip()
    text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", text, count=1, flags=re.DOTALL)
    return _label(_private_ids(_rounded(text), key), description)


def standalone_svg(inline: str) -> str:
    """Return an SVG element of ``inline_svg`` as a file of its own, which other programs open."""
    box = re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"', inline)
    size = f'width="{box[1]}pt" height="{box[2]}pt" ' if box else ""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    fonts = "font-family: 'DejaVu Sans', Verdana, sans-serif; background: #fff"
    return inline.replace("<svg ", f'<svg {names} {size}style="{fonts}" ', 1)


def _rounded(text: str) -> str:
    """The SVG with the points of its paths to a hundredth of a pixel: half the size, the same picture."""
    return re.sub(
        r' d="[^"]+"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path.group(0)).replace(" \n", "\n"), text
    )


def _private_ids(text: str, key: str) -> str:
    """The SVG with every id and every reference to one prefixed by the key."""
    text = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', text)
    text = re.sub(r'href="#([^"]+)"', rf'href="#{key}-\1"', text)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", text)


def _label(text: str, description: str) -> str:
    """The SVG without a fixed size (the page decides) and with its description for screen readers."""
    opening, rest = text.split(">", 1)
    view = re.search(r'viewBox="[^"]+"', opening)
    box = view.group(0) if view else ""
    return f'<svg {box} role="img" aria-label="{_attribute(description)}">{rest}'


def _attribute(text: str) -> str:
    """Text made safe inside a double-quoted attribute."""
    for plain, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(plain, escaped)
    return text
