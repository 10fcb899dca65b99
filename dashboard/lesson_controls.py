"""Controls of lessons as widgets: questions that are handed in together, what the browser keeps, a word to enter."""

from typing import Any

import anywidget
import traitlets

from coproduction.dashboard.elements import FOLDER, with_elements


class _LessonControl(anywidget.AnyWidget):
    _esm = with_elements("lesson_controls.js")
    _css = FOLDER / "lesson_controls.css"


class Answers(_LessonControl):
    """Questions and a button that hands all of them in.

    Until then nothing is sent: drafts stay in the visitor's own tab, under ``shelf``, and outlive a reload. What is
    missing is said below by the field's ``short`` name.

    fields     each a dict: name, kind ("choice", "amount", "text"), label, short, and options; or low, high, unit,
               whole; or most, the characters that are allowed
    values     answers by name, as text, that were handed in before
    disabled   the answers stand, and are only shown
    handed_in  count of presses, and the answers by name as text; the browser's word, to be checked
    """

    control = traitlets.Unicode("answers").tag(sync=True)
    fields: Any = traitlets.List([]).tag(sync=True)
    values: Any = traitlets.Dict({}).tag(sync=True)
    button = traitlets.Unicode("Hand in").tag(sync=True)
    below = traitlets.Unicode("").tag(sync=True)
    busy = traitlets.Bool(False).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)
    shelf = traitlets.Unicode("").tag(sync=True)
    handed_in: Any = traitlets.List([0, {}]).tag(sync=True)


class Notebook(_LessonControl):
    """What the visitor's tab remembers of a lesson: read once, then kept as the page says. Saves files on a message.

    shelf   what the keys in the browser begin with; what was kept under others of ours is forgotten
    lesson  its name, "" where there is none to remember
    memory  empty before it is read; then ``read`` is True beside what is remembered: the browser's word, to be checked
    step    the top of the page is shown when it changes
    """

    control = traitlets.Unicode("notebook").tag(sync=True)
    shelf = traitlets.Unicode("coproduce ").tag(sync=True)
    lesson = traitlets.Unicode("").tag(sync=True)
    memory: Any = traitlets.Dict({}).tag(sync=True)
    step = traitlets.Unicode("").tag(sync=True)


class Entry(_LessonControl):
    """A word and a button; ``entered`` is the count of presses and the word, at most 100 characters.

    secret  what is typed is not shown
    """

    control = traitlets.Unicode("entry").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    button = traitlets.Unicode("OK").tag(sync=True)
    secret = traitlets.Bool(False).tag(sync=True)
    entered: Any = traitlets.List([0, ""]).tag(sync=True)
