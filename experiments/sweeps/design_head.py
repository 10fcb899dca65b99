"""The table [sweep] of a design file, checked by pydantic."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coproduction.experiments.sweeps.sampling import DESIGNS, PAIRED
from coproduction.scenarios.scenario_schema import first_mistake
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters.declaration import unknown

MOST = 10_000_000
COUNTED_OTHERWISE = {"grid": "every combination of its values", "list": "the points that it lists"}
"""Designs whose points are not counted by samples, and what they have."""
Count = Annotated[int, Field(ge=1, le=MOST, description="a whole number, 1 or more")]


class DesignHead(BaseModel):
    """The table [sweep]."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    name: Annotated[
        str, Field(pattern=r"^[\w.-]{1,60}$", description="a short name of letters, digits, _ . -")
    ] = ""
    title: Annotated[str, Field(max_length=200, description="a title for people, up to 200 characters")] = ""
    policies: Annotated[
        list[str], Field(min_length=1, max_length=100, description="a list of scenario files or presets")
    ]
    design: Annotated[str, Field(description=f"one of {', '.join(DESIGNS)}")] = "grid"
    samples: Count = 64
    lever_samples: Annotated[int | None, Field(ge=1, le=MOST, description="a whole number, 1 or more")] = None
    joint: Annotated[bool | None, Field(description="true or false")] = None
    points: Annotated[str, Field(description="the path of a CSV file")] = ""
    constraints: Annotated[list[str], Field(description="a list of comparisons in quotes")] = []
    seed: Annotated[int, Field(ge=0, le=2**63 - 1, description="a whole number, 0 or more")] = 1
    replications: Annotated[int, Field(ge=1, le=100_000, description="a whole number, 1 or more")] = 1
    precision: Annotated[float | None, Field(gt=0, le=1, description="a share above 0, up to 1")] = None
    ceiling: Annotated[int, Field(ge=2, le=100_000, description="a whole number, 2 or more")] = 20
    engine: Annotated[str, Field(pattern="^(core|agents)$", description='"core" or "agents"')] = "core"
    cases: Annotated[bool, Field(description="true or false")] = False
    residents: Annotated[
        int | None, Field(ge=20, le=10_000_000, description="a whole number of residents, 20 to 10,000,000")
    ] = None
    burn_in_weeks: Annotated[int | None, Field(ge=0, le=1040, description="whole weeks, 0 to 1,040")] = None
    measured_weeks: Annotated[int | None, Field(ge=4, le=1040, description="whole weeks, 4 to 1,040")] = None

    @property
    def is_joint(self) -> bool:
        """True when levers and uncertainties are one design."""
        return self.design in {*PAIRED, "list"} if self.joint is None else self.joint

    def checked(self, source: str) -> Self:
        """Return this table, or raise ``DesignError`` where keys do not go together."""
        where = f"{source}: [sweep]"
        if self.design not in DESIGNS:
            raise DesignError(f"{where} design: {unknown(self.design, list(DESIGNS))}")
        if self.design in COUNTED_OTHERWISE and self.model_fields_set & {"samples", "lever_samples"}:
            given = ", ".join(sorted(self.model_fields_set & {"samples", "lever_samples"}))
            raise DesignError(
                f"{where} {given} must be left out for {self.design}, which has {COUNTED_OTHERWISE[self.design]}. "
                'Remove it, or say design = "sobol".'
            )
        if self.joint is False and self.design in {*PAIRED, "list"}:
            raise DesignError(
                f"{where} joint must be true for {self.design}, whose points belong together; got false. Remove it."
            )
        if self.constraints and self.design in PAIRED:
            raise DesignError(
                f"{where} constraints must be empty for {self.design}, since no point of it may be left out; "
                f"got {len(self.constraints)}. Narrow the ranges, or use sobol."
            )
        if self.points and self.design != "list":
            raise DesignError(
                f"{where} points are for the design list; got {self.design}. Change one of them."
            )
        if self.precision is not None and self.replications < 2:
            raise DesignError(
                f"{where} replications must be 2 or more with a precision; got {self.replications}. Begin with 10."
            )
        if self.precision is not None and self.ceiling < self.replications:
            raise DesignError(
                f"{where} ceiling must be at least replications, {self.replications}; got {self.ceiling}. Raise it."
            )
        return self


def read_head(source: str, table: object) -> DesignHead:
    """Return the checked table [sweep]; raises ``DesignError`` with one sentence on the first mistake."""
    if not isinstance(table, Mapping):
        raise DesignError(f"{source}: [sweep] must be a table; got {table!r}. Write [sweep] on a line.")
    try:
        return DesignHead(**table).checked(source)
    except ValidationError as error:
        raise DesignError(first_mistake(source, "sweep", DesignHead, error)) from error
