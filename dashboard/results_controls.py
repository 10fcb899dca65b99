"""Controls of Results as widgets: native elements, which keyboards, screen readers and phones know how to work."""

import anywidget
import traitlets

from coproduction.dashboard.elements import FOLDER, with_elements

PIECE = 1 << 20
"""Bytes that the browser sends at once."""


class _Native(anywidget.AnyWidget):
    _esm = with_elements("results_controls.js")
    _css = FOLDER / "native_controls.css"


class FileInput(_Native):
    """A file from the visitor's disk, offered by name and size, then sent piece by piece as it is asked for."""

    control = traitlets.Unicode("file").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    accept = traitlets.Unicode("").tag(sync=True)
    piece = traitlets.Int(PIECE).tag(sync=True)


class TextInput(_Native):
    """A short text to look for; tells when typing has stopped."""

    control = traitlets.Unicode("text").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)


class Check(_Native):
    """On or off."""

    control = traitlets.Unicode("check").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    on = traitlets.Bool(False).tag(sync=True)


class Saver(_Native):
    """Has the browser save what it is sent: messages with kind (csv, svg, png, txt), name, text."""

    control = traitlets.Unicode("saver").tag(sync=True)
