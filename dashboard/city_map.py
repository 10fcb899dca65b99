"""The map as a widget: one canvas, fed one binary message a frame, which answers when it has drawn it."""

from typing import Any

import anywidget
import numpy as np
import traitlets

from coproduction.dashboard.elements import FOLDER, with_elements
from coproduction.dashboard.layers import Levels
from coproduction.dashboard.marks import Marks


def packed(number: int, watch: int, levels: Levels, marks: Marks | None) -> bytes:
    """Return a frame as ``city_map.js`` reads it: number, watch, marks as u32; levels as u8; cells u32; kinds u8."""
    cells = np.zeros(0, np.int64) if marks is None else marks.cell
    kinds = np.zeros(0, np.uint8) if marks is None else marks.kind
    head = np.array([number, watch, len(cells)], "<u4")
    return b"".join((head.tobytes(), levels.tobytes(), cells.astype("<u4").tobytes(), kinds.tobytes()))


class CityMap(anywidget.AnyWidget):
    """One map.

    rows, columns  of the grid
    areas          neighbourhood of each cell, little-endian int16, for the borders
    frame          what :func:`packed` gives
    ack            number of the frame that was drawn last, told by the browser
    palette        256 colours, three bytes each; the last is that of cells outside
    kinds, shown   marks, and which of them are drawn
    scale, range   the legend's words, and the values of the lowest and highest level
    border         colour of neighbourhoods' borders
    label          a sentence that says what the map shows
    picked         cell that was chosen, -1 for none
    ringed         cell of whom is followed, -1 for none
    tied           cells that a line leads to from there
    """

    _esm = with_elements("city_map.js")
    _css = FOLDER / "city_map.css"
    rows = traitlets.Int(1).tag(sync=True)
    columns = traitlets.Int(1).tag(sync=True)
    areas = traitlets.Bytes(b"").tag(sync=True)
    frame = traitlets.Bytes(b"").tag(sync=True)
    ack = traitlets.Int(-1).tag(sync=True)
    palette = traitlets.Bytes(bytes(768)).tag(sync=True)
    kinds: Any = traitlets.List([]).tag(sync=True)
    shown: Any = traitlets.List([]).tag(sync=True)
    scale: Any = traitlets.Dict({"low": "0", "high": "1", "unit": ""}).tag(sync=True)
    range: Any = traitlets.Dict({"bottom": 0.0, "top": 1.0, "unit": ""}).tag(sync=True)
    label = traitlets.Unicode("Map of the city").tag(sync=True)
    border = traitlets.Unicode("rgba(255,255,255,0.55)").tag(sync=True)
    picked = traitlets.Int(-1).tag(sync=True)
    ringed = traitlets.Int(-1).tag(sync=True)
    tied: Any = traitlets.List([]).tag(sync=True)
