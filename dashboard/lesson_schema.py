"""The tables of a lesson's file, `lesson.toml`, each checked by pydantic, and the first mistake as a sentence."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coproduction.scenarios.scenario_schema import first_mistake
from coproduction.simulation.errors import CoproductionError
from coproduction.simulation.parameters.declaration import unknown

STEPS = ("read", "predict", "run", "compare", "explain", "try")
"""The steps of every lesson, in their order."""

FIGURE = re.compile(r"\{([\w.]*)\}")
"""In a text after the run: a policy and an outcome, such as {volunteers.true_crime}, which the run fills in."""
QUINTILES = ("victimisation", "fear", "trust", "quality", "volunteer_hours", "patrol_stops", "victim_cost")
CURVES = {
    "true_crime": ("True crime", "offences per 1,000 residents a year"),
    "recorded_crime": ("Recorded crime", "recorded offences per 1,000 residents a year"),
    "fear": ("Fear of crime", "mean of residents, 0 to 1"),
    "trust": ("Trust in police", "mean of residents, 0 to 1"),
}
"""Weekly series that can be shown: label and unit."""

Text = Annotated[str, Field(min_length=1, max_length=20_000, description="text, 1 to 20,000 characters")]
Line = Annotated[str, Field(min_length=1, max_length=300, description="a line, 1 to 300 characters")]
Minutes = Annotated[int, Field(ge=0, le=240, description="whole minutes, 0 to 240")]


class LessonFileError(CoproductionError, ValueError):
    """A lesson's file cannot be read or does not describe a lesson."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Head(_Table):
    """The table [lesson]."""

    title: Line
    question: Annotated[
        str, Field(min_length=1, max_length=500, description="a question, 1 to 500 characters")
    ]
    level: Line


class Schedule(_Table):
    """The table [minutes]: how long each step takes; `try_` is written `try`."""

    read: Minutes
    predict: Minutes
    run: Minutes
    compare: Minutes
    explain: Minutes
    try_: Annotated[int, Field(alias="try", ge=0, le=240, description="whole minutes, 0 to 240")]


class Read(_Table):
    """The table [read]."""

    text: Text
    sources: Annotated[
        list[str], Field(max_length=30, description="a list of facts such as T3-01, or of publications")
    ] = Field(default_factory=list)


class Predict(_Table):
    """A table [[predict]]: a question whose answer the run computes.

    answer  "change": falls, stays about the same or rises against the first policy; "level": a number, low to high
    """

    question: Line
    outcome: Annotated[str, Field(description="the name of a declared outcome")]
    policy: Annotated[str, Field(description="the name of one of the policies that are run")]
    answer: Annotated[Literal["change", "level"], Field(description='"change" or "level"')] = "change"
    low: Annotated[float | None, Field(description="a number, where the answer is a level")] = None
    high: Annotated[float | None, Field(description="a number, where the answer is a level")] = None


class Run(_Table):
    """The table [run]."""

    policies: Annotated[
        list[str],
        Field(
            min_length=2,
            max_length=6,
            description="two to six presets or scenario files, the first compared with",
        ),
    ]
    runs: Annotated[int, Field(ge=3, le=200, description="paired runs, 3 to 200")] = 20
    seed: Annotated[int, Field(ge=0, le=2**53 - 1, description="a whole number, 0 or more")] = 1
    text: Annotated[str, Field(max_length=5000, description="text, up to 5,000 characters")] = ""
    own_luck: Annotated[
        bool, Field(description="true or false: whether each visitor first gets one pair alone")
    ] = True


class Compare(_Table):
    """The table [compare]: what is shown after the run, beside the predictions.

    same_within  share of the first policy's level within which a difference counts as about the same
    """

    text: Annotated[str, Field(max_length=20_000, description="text, up to 20,000 characters")] = ""
    outcomes: Annotated[
        list[str], Field(min_length=1, max_length=16, description="1 to 16 names of outcomes")
    ]
    same_within: Annotated[
        float, Field(ge=0.0, le=0.2, description="a share of the first policy's level, 0 to 0.2")
    ] = 0.01
    quintiles: Annotated[list[str], Field(max_length=4, description="up to 4 measures by income fifth")] = (
        Field(default_factory=list)
    )
    curves: Annotated[list[str], Field(max_length=4, description="up to 4 weekly series")] = Field(
        default_factory=list
    )


class Explain(_Table):
    """The table [explain]: questions answered freely, then the model's own account.

    answers  what a good answer to each says, for the teacher's key alone; the run fills in figures as in the account
    """

    questions: Annotated[list[str], Field(min_length=1, max_length=6, description="1 to 6 questions")]
    answers: Annotated[list[Text], Field(max_length=6, description="an answer to each question, or none")] = (
        Field(default_factory=list)
    )
    account: Text


class Try(_Table):
    """A table [[try]]: something to change in Explore."""

    text: Annotated[str, Field(min_length=1, max_length=1000, description="text, 1 to 1,000 characters")]
    a: Annotated[str | None, Field(description="the name of a policy that is run, or of a preset")] = None
    b: Annotated[str | None, Field(description="the name of a policy that is run, or of a preset")] = None
    layer: Annotated[str | None, Field(description="a layer of the maps")] = None
    changes_a: Annotated[list[str], Field(max_length=12, description="changes as in a link")] = Field(
        default_factory=list
    )
    changes_b: Annotated[list[str], Field(max_length=12, description="changes as in a link")] = Field(
        default_factory=list
    )


TABLES: Mapping[str, type[_Table]] = {
    "lesson": Head,
    "minutes": Schedule,
    "read": Read,
    "run": Run,
    "compare": Compare,
    "explain": Explain,
}
"""Tables that stand once."""
ARRAYS: Mapping[str, type[_Table]] = {"predict": Predict, "try": Try}
"""Tables that may stand several times, at least once."""
MOST_ROWS = 10


def read_tables(source: str, tables: Mapping[str, Any]) -> dict[str, Any]:
    """Return each table as its checked object, arrays as tuples of them.

    Raises
    ------
    LessonFileError
        With one sentence on the first mistake: file, table, key, what is allowed, what was given.
    """
    known = [*TABLES, *ARRAYS]
    for name in tables:
        if name not in known:
            raise LessonFileError(f"{source}: [{name}] {unknown(name, known)}")
    found: dict[str, Any] = {
        name: _one(source, name, tables.get(name), model) for name, model in TABLES.items()
    }
    for name, model in ARRAYS.items():
        rows = tables.get(name)
        if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ROWS:
            given = len(rows) if isinstance(rows, list) else repr(rows)
            raise LessonFileError(
                f"{source}: [[{name}]] must stand 1 to {MOST_ROWS} times; got {given}. Write [[{name}]] on a line."
            )
        found[name] = tuple(
            _one(source, f"{name} {number}", row, model) for number, row in enumerate(rows, start=1)
        )
    return found


def _one(source: str, name: str, table: object, model: type[_Table]) -> _Table:
    if not isinstance(table, Mapping):
        missing = "it is missing" if table is None else f"got {table!r}"
        raise LessonFileError(f"{source}: [{name}] must be a table; {missing}. Write [{name}] on a line.")
    try:
        return model(**table)
    except ValidationError as error:
        raise LessonFileError(_first(source, name, model, error)) from error


def _first(source: str, name: str, model: type[_Table], error: ValidationError) -> str:
    """Say the first mistake; a key with an alias is declared under another name than the file's."""
    key = str(error.errors()[0]["loc"][0])
    if key in model.model_fields or error.errors()[0]["type"] == "extra_forbidden":
        return first_mistake(source, name, model, error)
    aliased = next(field for field in model.model_fields.values() if field.alias == key)
    given = error.errors()[0]
    got = "it is missing" if given["type"] == "missing" else f"got {given['input']!r}"
    return f"{source}: [{name}] {key} must be {aliased.description}; {got}. Change it."
