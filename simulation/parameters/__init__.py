"""Every parameter, declared once with unit, range, role and source."""

if __name__ != "coproduction.simulation.parameters":
    raise ImportError(f"import this package as coproduction.simulation.parameters, not as {__name__}")

from collections.abc import Mapping
from typing import Any, NamedTuple

from coproduction.simulation.errors import ParameterError
from coproduction.simulation.parameters.added_crimes import ADDED, added_types, as_table
from coproduction.simulation.parameters.careers import Careers
from coproduction.simulation.parameters.channels import (
    CHANNEL_MOVES,
    CHANNEL_SOURCES,
    CHANNELS,
    Channel,
)
from coproduction.simulation.parameters.conduct import Beats, Conduct
from coproduction.simulation.parameters.crime_sources import CRIME_SOURCES, FIXED
from coproduction.simulation.parameters.crimes import CRIME_TYPES, CrimeType, check_crime
from coproduction.simulation.parameters.declaration import Declaration, checked, declarations, unknown
from coproduction.simulation.parameters.disorder import Disorder
from coproduction.simulation.parameters.dysfunctions import Dysfunctions
from coproduction.simulation.parameters.experience import Change, Contact, Recovery
from coproduction.simulation.parameters.intervention import Intervention
from coproduction.simulation.parameters.justice import (
    SANCTION_MOVES,
    SANCTION_SOURCES,
    SANCTIONS,
    Justice,
    Sanction,
)
from coproduction.simulation.parameters.people import Demography, Ties
from coproduction.simulation.parameters.perception import Perception
from coproduction.simulation.parameters.police import (
    CALL_SOURCES,
    FAMILY,
    GENERAL,
    MENTAL_HEALTH,
    NUISANCE,
    SUSPICION,
    CallType,
    Patrol,
)
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.parameters.portfolio import NO_PROGRAMMES, Portfolio
from coproduction.simulation.parameters.protection import Protection
from coproduction.simulation.parameters.quality import Quality
from coproduction.simulation.parameters.residents import Population, Presence
from coproduction.simulation.parameters.safety import (
    Guardianship,
    Offending,
    Reporting,
    Setting,
)
from coproduction.simulation.parameters.volunteering import Volunteering

CRIME_NAMES = tuple(CRIME_TYPES)
"""The types of crime that every city knows; ``names_of`` gives those of a scenario, which may have more."""
CHANNEL_NAMES = tuple(CHANNELS)
SANCTION_NAMES = tuple(SANCTIONS)


class Parameters(NamedTuple):
    """All parameters of the model but the policing arrangement; one attribute a table of the scenario file."""

    population: Population = Population()
    demography: Demography = Demography()
    ties: Ties = Ties()
    presence: Presence = Presence()
    guardianship: Guardianship = Guardianship()
    offending: Offending = Offending()
    careers: Careers = Careers()
    reporting: Reporting = Reporting()
    patrol: Patrol = Patrol()
    general_calls: CallType = GENERAL
    mental_health_calls: CallType = MENTAL_HEALTH
    family_calls: CallType = FAMILY
    nuisance_calls: CallType = NUISANCE
    suspicion_calls: CallType = SUSPICION
    beats: Beats = Beats()
    conduct: Conduct = Conduct()
    justice: Justice = Justice()
    contact: Contact = Contact()
    change: Change = Change()
    perception: Perception = Perception()
    disorder: Disorder = Disorder()
    protection: Protection = Protection()
    volunteering: Volunteering = Volunteering()
    intervention: Intervention = Intervention()
    recovery: Recovery = Recovery()
    dysfunctions: Dysfunctions = Dysfunctions()
    setting: Setting = Setting()
    quality: Quality = Quality()
    crimes: tuple[CrimeType, ...] = tuple(CRIME_TYPES.values())
    sanctions: tuple[Sanction, ...] = tuple(SANCTIONS.values())
    channels: tuple[Channel, ...] = tuple(CHANNELS.values())


class Numbers(NamedTuple):
    """What kernels read: parameters, the arrangement before and from the start of the policy, its watch, programmes.

    contracting  probability that the city takes up the policy's arrangement; 1 where the policy is not left to it
    """

    parameters: Parameters
    before: Policing
    after: Policing
    policy_start: int
    measured_from: int
    programmes: Portfolio = NO_PROGRAMMES
    contracting: float = 1.0


KINDS: dict[str, dict[str, Any]] = {
    "crimes": dict(CRIME_TYPES),
    "sanctions": dict(SANCTIONS),
    "channels": dict(CHANNELS),
}
"""Parameters that are a row of tables, one a kind of thing."""

GROUPS: dict[str, Any] = {
    name: default for name, default in zip(Parameters._fields, Parameters(), strict=True) if name not in KINDS
}


def build(file: str, tables: Mapping[str, Mapping[str, object]]) -> Parameters:
    """Return the default parameters with the given tables in place.

    ``tables`` maps a table name (a group, or a crime type) to its keys and values; ``crime`` maps the names of added
    types of crime to such tables.

    Raises
    ------
    ParameterError
        A table or key is unknown, or a value is no number or out of range.
    """
    known = [*GROUPS, *(name for kinds in KINDS.values() for name in kinds), ADDED]
    for table in tables:
        if table not in known:
            raise ParameterError(f"{file}: [{table}] {unknown(table, known)}")
    groups = {t: checked(file, t, default, tables.get(t, {})) for t, default in GROUPS.items()}
    rows: dict[str, Any] = {
        field: tuple(checked(file, t, default, tables.get(t, {})) for t, default in kinds.items())
        for field, kinds in KINDS.items()
    }
    for crime in rows["crimes"]:
        check_crime(file, crime.name, crime)
    rows["crimes"] += added_types(file, known, tables.get(ADDED, {}))
    if sum(sanction.share for sanction in rows["sanctions"]) <= 0.0:
        raise ParameterError(
            f"{file}: the share of at least one sanction ({', '.join(SANCTION_NAMES)}) must be above 0; got 0 for "
            "all. Raise one of them."
        )
    return Parameters(**groups, **rows)


def names_of(parameters: Parameters) -> tuple[str, ...]:
    """Return the names of all types of crime, those that a scenario adds last."""
    return tuple(crime.name for crime in parameters.crimes)


def policing(file: str, table: str, defaults: Policing, given: Mapping[str, object]) -> Policing:
    """Return a policing arrangement with the given levers in place; raises ``ParameterError`` as ``build`` does."""
    return checked(file, table, defaults, given)


def describe() -> list[Declaration]:
    """Return every declared parameter, table by table, the crime types and the levers included."""
    sources: dict[str, dict[str, str]] = {table: CALL_SOURCES.get(table, {}) for table in GROUPS}
    rows = [row for table, default in GROUPS.items() for row in declarations(table, default, sources[table])]
    for name, crime in CRIME_TYPES.items():
        rows += declarations(name, crime, CRIME_SOURCES[name], fixed=FIXED.get(name, {}))
    for name, channel in CHANNELS.items():
        rows += declarations(name, channel, CHANNEL_SOURCES[name], {"reach": CHANNEL_MOVES[name]})
    for name, sanction in SANCTIONS.items():
        rows += declarations(name, sanction, SANCTION_SOURCES[name], {"share": SANCTION_MOVES[name]})
    return rows + declarations("policing", Policing(), {})


def as_tables(parameters: Parameters) -> dict[str, dict[str, Any]]:
    """Return the parameters as plain tables, the inverse of :func:`build`."""
    tables = {name: getattr(parameters, name)._asdict() for name in GROUPS}
    sanctions = {n: row._asdict() for n, row in zip(SANCTION_NAMES, parameters.sanctions, strict=True)}
    channels = {n: row._asdict() for n, row in zip(CHANNEL_NAMES, parameters.channels, strict=True)}
    crimes = {c.name: as_table(c) for c in parameters.crimes}
    added = {name: crimes.pop(name) for name in names_of(parameters)[len(CRIME_NAMES) :]}
    return {**tables, **crimes, **sanctions, **channels, **({ADDED: added} if added else {})}


__all__ = [
    "CHANNEL_NAMES",
    "CRIME_NAMES",
    "GROUPS",
    "SANCTION_NAMES",
    "Beats",
    "CallType",
    "Channel",
    "CrimeType",
    "Declaration",
    "Numbers",
    "Parameters",
    "Patrol",
    "Policing",
    "Portfolio",
    "Sanction",
    "as_tables",
    "build",
    "describe",
    "names_of",
    "policing",
]
