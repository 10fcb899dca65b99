"""The city file as TOML: what it may say, checked once at the edge.

pydantic is imported here and nowhere else in the package, so import this module only when a file is read.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coproduction.scenarios.cities.messages import did_you_mean, refusal, shown
from coproduction.scenarios.cities.text_files import read_text
from coproduction.simulation.errors import CityError

NAME_PATTERN = r"^[a-z][a-z0-9_-]{0,63}$"

Text = Annotated[str, Field(min_length=1, description="a text that is not empty")]
Column = Annotated[str | None, Field(min_length=1, description="the name of a column")]
FileName = Annotated[
    str, Field(pattern=r"^[^/\\]+$", description="the name of a file in the same folder, without a path")
]
Money = Annotated[Literal["thousand USD", "USD"], Field(description='"thousand USD" or "USD"')]


class Section(BaseModel):
    """A table of the city file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class TableSection(Section):
    """The file with one row a neighbourhood."""

    file: FileName


class BoundariesSection(Section):
    """A GeoJSON file of outlines, joined to a table that has none."""

    file: FileName
    key: Text


class ColumnsSection(Section):
    """The column of the table for each role."""

    name: Column = None
    key: Column = None
    income: Column = None
    population: Column = None
    households: Column = None
    housing_value: Column = None
    observed: Column = None
    x: Column = None
    y: Column = None

    @property
    def roles(self) -> dict[str, str]:
        """The column of each role that has one."""
        return {role: column for role, column in self if column is not None}


class UnitsSection(Section):
    """Units of the money columns."""

    income: Money = "thousand USD"
    housing_value: Money = "thousand USD"


class GridSection(Section):
    """How to read the coordinates."""

    coordinates: Literal["degrees", "metres", "not to scale"] = Field(
        description='"degrees", "metres" or "not to scale"'
    )


class ObservedSection(Section):
    """What the observed column holds."""

    label: Text
    unit: Text


class ProvenanceSection(Section):
    """Where the table comes from."""

    source: Text
    licence: Text
    attribution: Text
    cautions: list[Text] = Field(default=[], description="a list of texts")


class AssumptionSection(Section):
    """A declared assumption, by the name of its margin."""

    value: float | str = Field(description="a number or a text")
    unit: Text
    reason: Text


class CityDocument(Section):
    """The whole city file."""

    name: str = Field(
        pattern=NAME_PATTERN,
        description="a short name of lower-case letters, digits, - and _, beginning with a letter",
    )
    title: Text
    year: int | None = Field(default=None, ge=1500, le=2200, description="a year, as a whole number")
    table: TableSection = Field(description="a table with file")
    boundaries: BoundariesSection | None = Field(default=None, description="a table with file and key")
    columns: ColumnsSection = Field(description="a table of roles and columns")
    units: UnitsSection = Field(default=UnitsSection(), description="a table of units")
    grid: GridSection = Field(description="a table with coordinates")
    observed: ObservedSection | None = Field(default=None, description="a table with label and unit")
    provenance: ProvenanceSection = Field(description="a table with source, licence and attribution")
    assumptions: dict[str, AssumptionSection] = Field(default={}, description="a table of assumptions")


SECTIONS: dict[str, type[Section]] = {
    "table": TableSection,
    "boundaries": BoundariesSection,
    "columns": ColumnsSection,
    "units": UnitsSection,
    "grid": GridSection,
    "observed": ObservedSection,
    "provenance": ProvenanceSection,
    "assumptions": AssumptionSection,
}


def read_document(path: Path) -> CityDocument:
    """Read a city file.

    Raises CityError when the file cannot be read, is not UTF-8, is not TOML or says something not allowed.
    """
    text = read_text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refusal(
            path.name, "", f"must be a TOML file; {lower_first(str(error))}. Mend that place."
        ) from None
    try:
        return CityDocument.model_validate(content)
    except ValidationError as error:
        raise explain(path.name, error) from None


def explain(file: str, error: ValidationError) -> CityError:
    """Return the first thing that pydantic found, in the shape of all errors."""
    found = error.errors()[0]
    place, key, section = locate(found["loc"])
    if found["type"] == "extra_forbidden":
        known = section.model_fields
        question = did_you_mean(key, known)
        return refusal(file, place, f"{key} is not known; known are: {', '.join(known)}.{question}")
    allowed = described(section, key)
    if found["type"] == "missing":
        return refusal(file, place, f"{key} must be given, as {allowed}; got nothing. Add it.")
    return refusal(file, place, f"{key} must be {allowed}; got {shown(found['input'])}. Correct it.")


def locate(path: tuple[int | str, ...]) -> tuple[str, str, type[Section]]:
    """Return the table, the key and the model of a place in the file."""
    steps = [str(step) for step in path]
    if len(steps) == 1:
        return "", steps[0], CityDocument
    if steps[0] == "assumptions" and len(steps) > 2:
        return f"assumptions.{steps[1]}", steps[2], AssumptionSection
    return steps[0], steps[1], SECTIONS[steps[0]]


def described(section: type[Section], key: str) -> str:
    """Return what a key may be, in words."""
    field = section.model_fields.get(key)
    return (field.description if field else None) or "a table with value, unit and reason"


def lower_first(sentence: str) -> str:
    """Return the sentence so that it can stand inside another one."""
    return sentence[:1].lower() + sentence[1:]
