"""Form controls of lessons as widgets: questions, numbers, free text, and a word to enter."""

from typing import Any

import anywidget
import traitlets

from coproduction.dashboard.elements import FOLDER, with_elements


class _LessonControl(anywidget.AnyWidget):
    _esm = with_elements("lesson_controls.js")
    _css = FOLDER / "lesson_controls.css"

    label = traitlets.Unicode("").tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)


class Question(_LessonControl):
    """A question with a few answers, pairs of value and text, of which one is chosen; "" before."""

    control = traitlets.Unicode("question").tag(sync=True)
    options: Any = traitlets.List([]).tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)


class Amount(_LessonControl):
    """A number from ``low`` to ``high`` with its unit; None before, and while it is outside of them."""

    control = traitlets.Unicode("amount").tag(sync=True)
    unit = traitlets.Unicode("").tag(sync=True)
    low = traitlets.Float(0.0).tag(sync=True)
    high = traitlets.Float(1.0).tag(sync=True)
    value = traitlets.Float(None, allow_none=True).tag(sync=True)


class FreeText(_LessonControl):
    """A free answer of at most ``most`` characters, which the browser does not let anybody exceed."""

    control = traitlets.Unicode("text").tag(sync=True)
    most = traitlets.Int(2000).tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)


class Entry(_LessonControl):
    """A word and a button; ``entered`` is the count of presses and the word, at most 100 characters.

    secret  what is typed is not shown
    """

    control = traitlets.Unicode("entry").tag(sync=True)
    button = traitlets.Unicode("OK").tag(sync=True)
    secret = traitlets.Bool(False).tag(sync=True)
    entered: Any = traitlets.List([0, ""]).tag(sync=True)
