"""Crime types as data: level, rhythm, exposure, visibility, reporting, clearance, harm.

Levels are recorded rates of US cities and the nation, never of the city under study: what a city's own crime
column says is for validation only. Sources by type stand in ``crime_sources``.
"""

from typing import Annotated, NamedTuple

from coproduction.simulation.errors import ParameterError
from coproduction.simulation.parameters.declaration import Declared

THE_TYPE = "{type}"
"""Stands in the name of an outcome for the name of the type."""


class CrimeType(NamedTuple):
    """What distinguishes one type of crime from another."""

    name: str
    recorded_rate: Annotated[
        float,
        Declared("recorded offences per 100,000 residents a year", 0, 5000, "", (THE_TYPE, 1)),
    ]
    reported_share: Annotated[
        float, Declared("share of offences reported by anybody", 0.1, 1, "", (THE_TYPE, -1))
    ]
    night_share: Annotated[
        float, Declared("share of offences from 0 to 8 h", 0, 1, "", ("crime_at_night", 1))
    ]
    day_share: Annotated[
        float,
        Declared(
            "share of offences from 8 to 16 h; the rest falls in the evening", 0, 1, "", ("crime_by_day", 1)
        ),
    ]
    exposure: Annotated[
        float,
        Declared("0 if homes are exposed, 1 if people present are, 2 if the offender's own household is", 0, 2,
                 "definition of the offence", role="fixed", fixed="a definition, not a quantity"),
    ]  # fmt: skip
    guardable: Annotated[
        float,
        Declared("share of a cell's guardianship that bears on it, 0 to 1", 0, 1, "", (THE_TYPE, -1)),
    ]
    priority: Annotated[
        float,
        Declared("class of its calls in the queue, 0 first", 0, 9, "definition of a queue's classes", role="fixed",
                 fixed="an order among kinds of calls, not a quantity"),
    ]  # fmt: skip
    victim_reporting: Annotated[
        float,
        Declared(
            "probability that the victim reports, at trust 0.5", 0.05, 0.95, "", (f"reporting_{THE_TYPE}", 1)
        ),
    ]
    visibility: Annotated[
        float,
        Declared(
            "probability that a bystander in the cell sees the offence",
            0,
            1,
            "",
            (f"reporting_{THE_TYPE}", 1),
        ),
    ]
    seriousness: Annotated[
        float, Declared("index 0 to 1, scales the fear that an offence leaves", 0, 1, "", ("fear", 1))
    ]
    reporting_delay: Annotated[
        float,
        Declared("minutes from offence to report, median", 1, 600, "", ("scene_arrests", -1)),
    ]
    boost: Annotated[
        float,
        Declared("rise of a cell's attractiveness per offence, multiples of its fixed part", 0, 200, "",
                 ("repeat_share", 1)),
    ]  # fmt: skip
    clearance: Annotated[
        float,
        Declared("probability of clearance by investigation, no witness, average local knowledge", 0.01, 0.9, "",
                 ("clearance", 1)),
    ]  # fmt: skip
    unit_cost: Annotated[float, Declared("USD of 2020 per offence", 0, 1e6, "", ("victim_cost", 1))]
    custodial: Annotated[
        float,
        Declared("share of charges serious enough in law for remand, jail or prison", 0, 1, "", role="fixed",
                 fixed="the line that the law draws between offences, which no city moves"),
    ]  # fmt: skip
    traces: Annotated[
        float,
        Declared("traces of disorder that an offence leaves to be seen, 1 as much as antisocial behaviour does", 0, 5,
                 "", ("traces", 1)),
    ]  # fmt: skip


HOMES, PEOPLE, HOUSEHOLD = 0, 1, 2
"""Who is exposed to a type of crime, as its ``exposure`` says."""

WHOLE = ("exposure", "priority")
"""Keys that take whole numbers only."""

_TYPES = (
    CrimeType(
        "burglary", 1128.0, 0.50, 0.25, 0.45, 0.0, 1.0, 2.0, 0.47, 0.10, 0.4, 60.0, 3.0, 0.11, 7750.0, 1.0, 0.2
    ),
    CrimeType(
        "vehicle_theft", 502.0, 0.80, 0.50, 0.20, 0.0, 1.0, 2.0, 0.78, 0.08, 0.3, 90.0, 2.0, 0.12, 12900.0, 0.6, 0.1
    ),
    CrimeType(
        "robbery", 251.0, 0.57, 0.35, 0.20, 1.0, 1.0, 0.0, 0.40, 0.45, 0.8, 5.65, 1.5, 0.22, 50800.0, 1.0, 0.0
    ),
    CrimeType(
        "assault", 298.5, 0.55, 0.35, 0.20, 1.0, 1.0, 0.0, 0.34, 0.55, 0.7, 5.65, 1.0, 0.42, 128000.0, 1.0, 0.0
    ),
    CrimeType(
        "theft", 3167.0, 0.28, 0.15, 0.45, 1.0, 0.6, 3.0, 0.26, 0.05, 0.15, 90.0, 1.5, 0.16, 4240.0, 0.1, 0.0
    ),
    CrimeType(
        "domestic_violence", 280.0, 0.55, 0.35, 0.20, 2.0, 0.1, 0.0, 0.52, 0.05, 0.6, 15.0, 0.0, 0.45, 25000.0, 0.3, 0.0
    ),
    CrimeType(
        "antisocial_behaviour", 1500.0, 0.25, 0.25, 0.25, 1.0, 1.0, 4.0, 0.14, 0.30, 0.1, 10.0, 1.0, 0.05, 400.0, 0.02,
        1.0
    ),
    CrimeType(
        "dangerous_driving", 300.0, 0.15, 0.25, 0.35, 1.0, 0.4, 2.0, 0.06, 0.30, 0.25, 5.65, 0.5, 0.15, 1500.0, 0.1, 0.1
    ),
)  # fmt: skip
CRIME_TYPES: dict[str, CrimeType] = {crime.name: crime for crime in _TYPES}
"""The types of crime that every city knows; a scenario file may add others under ``[crime.NAME]``."""


def check_crime(file: str, table: str, crime: CrimeType) -> None:
    """Refuse a type of crime whose values do not go together, with the sentence that a file's mistakes get.

    Raises
    ------
    ParameterError
        Nothing is left for the evening, or a key of classes holds no whole number.
    """
    if crime.night_share + crime.day_share > 1.0:
        raise ParameterError(
            f"{file}: [{table}] night_share plus day_share must be at most 1, as the evening takes the rest; got "
            f"{crime.night_share + crime.day_share:g}. Lower one of them."
        )
    for key in WHOLE:
        value = getattr(crime, key)
        if value != int(value):
            raise ParameterError(f"{file}: [{table}] {key} must be a whole number; got {value:g}. Round it.")
