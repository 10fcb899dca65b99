"""What a programme of co-production is: levers, dose, places, time, members, costs, and the pathways it works by."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from coproduction.simulation.errors import ScenarioFileError
from coproduction.simulation.parameters.declaration import PATHWAYS, Pathway, unknown
from coproduction.simulation.parameters.levers import lever_declarations
from coproduction.simulation.parameters.portfolio import PAYERS

PLACES = ("all", "poorest", "hottest")
FUNDED, ADOPTION = ("budget", "extra"), ("always", "city")
Funded = Literal["budget", "extra"]
_LEVERS = {row.key: row for row in lever_declarations()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One programme.

    name, title        short, and for people
    summary            one sentence: who does what
    levers             lever to what it adds at full strength, usual dose and full fidelity, in the lever's unit
    sources            where the amounts come from, one sentence each; starts with ``assumption:`` where nothing was
                       found
    provider           who runs it, in words
    targets            "all", "poorest" (neighbourhoods with the lowest income and a fifth of residents), "hottest"
                       (the fifth of neighbourhoods with most recorded crime a head when it starts), or names
    start_week         weeks after the start of the policy, at least 0
    end_week           weeks after the start of the policy, or None for good
    dose               multiple of the usual, 0 to 10; levers and costs grow with it
    fidelity           share of it that is carried out as meant, 0 to 1
    members_wanted     per 1,000 residents, who carry it at full strength; 0 where paid staff does
    members_supported  per 1,000 residents, whom its coordination can keep
    invitation         log odds of joining that its asking people adds
    cost               payer to USD a year per 1,000 residents of its neighbourhoods
    member_cost        payer to USD a year per member
    funded             "budget" where the city's part is taken from its budget for policing, or "extra"
    adoption           "always", or "city" where the city decides whether to adopt it, see ``adoption``
    """

    name: str
    title: str
    summary: str
    levers: Mapping[str, float]
    sources: tuple[str, ...]
    provider: str
    targets: str | tuple[str, ...] = "all"
    start_week: int = 0
    end_week: int | None = None
    dose: float = 1.0
    fidelity: float = 1.0
    members_wanted: float = 0.0
    members_supported: float = 0.0
    invitation: float = 0.0
    cost: Mapping[str, float] = field(default_factory=dict)
    member_cost: Mapping[str, float] = field(default_factory=dict)
    funded: Funded = "budget"
    adoption: Literal["always", "city"] = "always"

    def __post_init__(self) -> None:
        """Refuse a programme that no city could run."""
        check(f"programme {self.name}", self)

    @property
    def pathways(self) -> tuple[Pathway, ...]:
        """The pathways of its levers, and cost."""
        used = {_LEVERS[lever].pathway for lever, amount in self.levers.items() if amount != 0.0}
        used |= {"cost"} if {**self.cost, **self.member_cost} else set()
        return tuple(pathway for pathway in PATHWAYS if pathway in used)

    @property
    def is_voluntary(self) -> bool:
        """True when residents who join carry it."""
        return self.members_wanted > 0.0


OWN = ("name", "title", "summary", "sources", "provider")
CHANGEABLE = tuple(f.name for f in dataclasses.fields(Programme) if f.name not in OWN)
"""What a scenario file may say of a programme."""

RANGES = {
    "start_week": (0, 1040),
    "end_week": (1, 2080),
    "dose": (0, 10),
    "fidelity": (0, 1),
    "members_wanted": (0, 1000),
    "members_supported": (0, 1000),
    "invitation": (-10, 10),
}


def check(where: str, programme: Programme) -> None:
    """Refuse what is out of range or unknown; raises ``ScenarioFileError``."""
    for key, (low, high) in RANGES.items():
        value = getattr(programme, key)
        if value is None and key == "end_week":
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ScenarioFileError(
                f"{where} {key} must be a number from {low} to {high}; got {value!r}. Change it."
            )
        if key.endswith("week") and not isinstance(value, int):
            raise ScenarioFileError(f"{where} {key} must be whole weeks; got {value!r}. Change it.")
    if programme.end_week is not None and programme.end_week <= programme.start_week:
        raise ScenarioFileError(
            f"{where} end_week must be after start_week, {programme.start_week}; got {programme.end_week}. Change one."
        )
    if programme.funded not in FUNDED:
        raise ScenarioFileError(
            f"{where} funded must be budget or extra; got {programme.funded!r}. Change it."
        )
    if programme.adoption not in ADOPTION:
        raise ScenarioFileError(
            f"{where} adoption must be always or city; got {programme.adoption!r}. Change it."
        )
    check_targets(where, programme.targets)
    check_amounts(f"{where} levers", programme.levers, {k: (-r.high, r.high) for k, r in _LEVERS.items()})
    for table in ("cost", "member_cost"):
        check_amounts(f"{where} {table}", getattr(programme, table), dict.fromkeys(PAYERS, (0.0, 1e7)))


def check_targets(where: str, targets: object) -> None:
    """Refuse targets that are neither a kind of places nor a list of names."""
    named = isinstance(targets, tuple) and targets and all(isinstance(each, str) for each in targets)
    if not named and targets not in PLACES:
        raise ScenarioFileError(
            f"{where} targets must be all, poorest, hottest or a list of neighbourhoods; got {targets!r}. Change it."
        )


def check_amounts(where: str, given: object, ranges: Mapping[str, tuple[float, float]]) -> None:
    """Refuse a table with an unknown key, or with what is no number or out of range."""
    if not isinstance(given, Mapping):
        raise ScenarioFileError(f"{where} must be a table; got {given!r}. Write it as a table.")
    for key, value in given.items():
        if key not in ranges:
            raise ScenarioFileError(f"{where}: {unknown(key, list(ranges))}")
        low, high = ranges[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ScenarioFileError(
                f"{where} {key} must be a number from {low:g} to {high:g}; got {value!r}. Change it."
            )


def changed(source: str, programme: Programme, given: Mapping[str, Any]) -> Programme:
    """Return a programme with what a scenario file says of it in place; tables replace single entries.

    Raises
    ------
    ScenarioFileError
        A key is unknown, or a value is out of range.
    """
    where = f"{source}: [programmes.{programme.name}]"
    for key in given:
        if key not in CHANGEABLE:
            raise ScenarioFileError(f"{where} {unknown(key, list(CHANGEABLE))}")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    for table in ("levers", "cost", "member_cost"):
        if isinstance(values.get(table), Mapping):
            values[table] = {**getattr(programme, table), **values[table]}
    try:
        return dataclasses.replace(programme, **values)
    except ScenarioFileError as error:
        raise ScenarioFileError(str(error).replace(f"programme {programme.name}", where)) from error


def as_table(programme: Programme) -> dict[str, Any]:
    """Return what a scenario file would say to have exactly this, the inverse of :func:`changed`."""
    table = {key: getattr(programme, key) for key in CHANGEABLE}
    for key in ("levers", "cost", "member_cost"):
        table[key] = dict(table[key])
    if isinstance(table["targets"], tuple):
        table["targets"] = list(table["targets"])
    return {key: value for key, value in table.items() if value is not None}
