"""Form controls as widgets: native elements, which keyboards, screen readers and phones know how to work."""

from typing import Any

import anywidget
import traitlets

from coproduction.dashboard.elements import FOLDER, with_elements


class _Native(anywidget.AnyWidget):
    _esm = with_elements("native_controls.js")
    _css = FOLDER / "native_controls.css"


class Choice(_Native):
    """One of some options, pairs of value and text."""

    control = traitlets.Unicode("choice").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    options: Any = traitlets.List([]).tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)


class WholeNumber(_Native):
    """A whole number from ``low`` to ``high``, at most 2**53 - 1, which a browser still tells apart."""

    control = traitlets.Unicode("number").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    low = traitlets.Int(0).tag(sync=True)
    high = traitlets.Int(100).tag(sync=True)
    value = traitlets.Int(0).tag(sync=True)


class Levers(_Native):
    """Rows of levers and switches; tells by a message which was turned, and to what."""

    control = traitlets.Unicode("levers").tag(sync=True)
    rows: Any = traitlets.List([]).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)


class Address(_Native):
    """The page's address, which follows ``query``; also saves pictures and tables when told to."""

    control = traitlets.Unicode("address").tag(sync=True)
    query = traitlets.Unicode("").tag(sync=True)
