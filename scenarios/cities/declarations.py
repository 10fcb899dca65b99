"""The assumptions that a city file declares: each missing margin once, each value in its range."""

from coproduction.scenarios.cities.city_file import Assumption
from coproduction.scenarios.cities.margins import MARGINS, Margin, expected_choice, missing_margins
from coproduction.scenarios.cities.messages import did_you_mean, refusal, shown
from coproduction.scenarios.cities.schema import AssumptionSection, CityDocument


def declared_assumptions(file: str, document: CityDocument, *, outlines: bool) -> dict[str, Assumption]:
    """Return the assumptions of a city file by margin, in the order of ``MARGINS``.

    outlines  whether the table or the boundaries give polygons

    Raises CityError when a missing margin is not declared, or one that the table gives is.
    """
    roles = document.columns.roles.keys()
    needed = missing_margins(roles, outlines=outlines, coordinates=document.grid.coordinates)
    for name in document.assumptions:
        if name not in MARGINS:
            question = did_you_mean(name, MARGINS)
            raise refusal(
                file, "assumptions", f"{name} is not known; known are: {', '.join(MARGINS)}.{question}"
            )
        if name not in needed:
            problem = f"{name} must not be declared, as the table and the coordinates give it. Remove it."
            raise refusal(file, "assumptions", problem)
    for name in needed:
        if name not in document.assumptions:
            margin = MARGINS[name]
            problem = (
                f"{name} must be declared, as the table does not give it: {margin.allowed}; got nothing."
            )
            raise refusal(
                file, "assumptions", f"{problem} Add [assumptions.{name}] with value, unit and reason."
            )
        check(file, MARGINS[name], document.assumptions[name], expected_choice(name, roles))
    return {name: as_assumption(name, document.assumptions[name]) for name in needed}


def check(file: str, margin: Margin, declared: AssumptionSection, expected: str | None) -> None:
    """Refuse a value or a unit that the margin cannot have."""
    place = f"assumptions.{margin.name}"
    if not margin.allows(declared.value) or (expected is not None and declared.value != expected):
        allowed = margin.allowed if expected is None else f'"{expected}" for the columns given'
        raise refusal(file, place, f"value must be {allowed}; got {shown(declared.value)}. Correct it.")
    if margin.name == "cells" and not float(declared.value).is_integer():
        raise refusal(file, place, f"value must be a whole number; got {declared.value}. Round it.")
    if declared.unit != margin.unit:
        raise refusal(file, place, f'unit must be "{margin.unit}"; got "{declared.unit}". Convert the value.')


def as_assumption(name: str, declared: AssumptionSection) -> Assumption:
    """Return a declared assumption as the rest of the project sees it."""
    value = declared.value if isinstance(declared.value, str) else float(declared.value)
    return Assumption(name, value, declared.unit, " ".join(declared.reason.split()))
