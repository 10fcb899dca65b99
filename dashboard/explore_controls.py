"""Native controls of Explore alone, as widgets: a grouped list, a slider over kept frames, a table that sorts."""

from collections.abc import Callable
from typing import Any

import anywidget
import solara
import traitlets

from coproduction.dashboard.elements import FOLDER, with_elements


class _Native(anywidget.AnyWidget):
    _esm = with_elements("explore_controls.js")
    _css = FOLDER / "explore_controls.css"


class GroupedChoice(_Native):
    """One of some options in groups, each a pair of its title and of pairs of value and text; tells what is chosen."""

    control = traitlets.Unicode("grouped").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    groups: Any = traitlets.List([]).tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)


class Scrub(_Native):
    """A slider over ``count`` kept frames, the last of which is the present; tells where it was moved to.

    It asks for one frame at a time: whoever answers a move sends any message back.
    """

    control = traitlets.Unicode("scrub").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    moment = traitlets.Unicode("").tag(sync=True)
    count = traitlets.Int(0).tag(sync=True)
    value = traitlets.Int(0).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)


class SortedTable(_Native):
    """A table whose headings sort it and whose rows can be chosen; tells which, and sorts nothing by itself.

    columns  pairs of key and words
    rows     each what it stands for, then a text for each column
    sorted   key of the column that it is sorted by, and whether the highest stand first
    chosen   what the chosen row stands for
    """

    control = traitlets.Unicode("table").tag(sync=True)
    caption = traitlets.Unicode("").tag(sync=True)
    columns: Any = traitlets.List([]).tag(sync=True)
    rows: Any = traitlets.List([]).tag(sync=True)
    sorted: Any = traitlets.List(["", False]).tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)


class Motion(_Native):
    """Whether the visitor's system asks for little motion, told by the browser."""

    control = traitlets.Unicode("motion").tag(sync=True)
    reduced = traitlets.Bool(False).tag(sync=True)


def use_messages(element: solara.Element, heard: Callable[[Any, dict[str, Any]], None]) -> None:
    """Hear what a widget of the page tells; ``heard`` is given the widget and the message."""
    latest = solara.use_ref(heard)
    latest.current = heard

    def connect() -> Callable[[], None]:
        widget = solara.get_widget(element)

        def on(_widget: object, content: dict[str, Any], _buffers: object) -> None:
            latest.current(widget, content)

        widget.on_msg(on)
        return lambda: widget.on_msg(on, remove=True)

    solara.use_effect(connect, [])
