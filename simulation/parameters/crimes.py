"""Crime types as data: level, rhythm, visibility, reporting, clearance, harm.

Levels are recorded rates of US cities and the nation, never of the city under study: what a city's own crime
column says is for validation only.
"""

from typing import Annotated, NamedTuple

from coproduction.simulation.parameters.declaration import Declared

_UCR_1980 = (
    "FBI Uniform Crime Reports 1980, United States, offences known per 100,000 inhabitants{}; "
    "cited from memory, not re-checked"
)
_NCVS = (
    "Bureau of Justice Statistics, National Crime Victimization Survey, share of victimisations reported: {}"
)
_UCR_2019 = "FBI Uniform Crime Reports 2019, clearance of recorded offences: {}; net of arrests at the scene"
_COST = (
    "McCollister, French and Fang 2010, unit costs of 2008 raised by 20 % to 2020 USD; cited from memory. They include "
    "what police and courts spend, so that custody and policing beside them are partly counted twice"
)


class CrimeType(NamedTuple):
    """What distinguishes one type of crime from another."""

    recorded_rate: Annotated[
        float,
        Declared("recorded offences per 100,000 residents a year", 0, 5000, "", ("true_crime", 1)),
    ]
    reported_share: Annotated[
        float, Declared("share of offences reported by anybody", 0.1, 1, "", ("true_crime", -1))
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
    against_persons: Annotated[
        float,
        Declared("1 if those present are exposed, 0 if homes are", 0, 1, "definition of the offence", role="fixed",
                 fixed="a definition, not a quantity"),
    ]  # fmt: skip
    victim_reporting: Annotated[
        float,
        Declared("probability that the victim reports, at trust 0.5", 0.05, 0.95, "", ("reporting", 1)),
    ]
    visibility: Annotated[
        float,
        Declared("probability that a bystander in the cell sees the offence", 0, 1, "", ("reporting", 1)),
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


CRIME_TYPES: dict[str, CrimeType] = {
    "burglary": CrimeType(1128.0, 0.50, 0.25, 0.45, 0.0, 0.47, 0.10, 0.4, 60.0, 3.0, 0.11, 7750.0),
    "vehicle_theft": CrimeType(502.0, 0.80, 0.50, 0.20, 0.0, 0.78, 0.08, 0.3, 90.0, 2.0, 0.12, 12900.0),
    "robbery": CrimeType(251.0, 0.57, 0.35, 0.20, 1.0, 0.40, 0.45, 0.8, 5.65, 1.5, 0.22, 50800.0),
    "assault": CrimeType(298.5, 0.55, 0.35, 0.20, 1.0, 0.34, 0.55, 0.7, 5.65, 1.0, 0.42, 128000.0),
}  # fmt: skip

CRIME_SOURCES: dict[str, dict[str, str]] = {
    "burglary": {
        "recorded_rate": _UCR_1980.format(" (1,684), of which 67 % residential"),
        "reported_share": _NCVS.format("household burglary 42 to 57 %; cited from memory"),
        "night_share": "assumption: burglary of homes is highest when they are empty",
        "day_share": "assumption: burglary of homes is highest when they are empty",
        "victim_reporting": "derived: reported share less what witnesses add (about 3 points)",
        "visibility": "assumption: burglars choose not to be seen",
        "seriousness": "assumption: a home is entered, nobody is hurt",
        "reporting_delay": "assumption: crimes found out later take longer than the 20.3 minutes from discovery "
        "to report in Kansas City; Pontiac measured 5.5 hours from offence to arrival",
        "boost": "assumption: an order of magnitude after Short and others 2008; risk needs a boost to repeat as it "
        "does in Long Beach (Short and others 2009)",
        "clearance": _UCR_2019.format("burglary 14.1 %"),
        "unit_cost": _COST,
    },
    "vehicle_theft": {
        "recorded_rate": _UCR_1980.format(""),
        "reported_share": _NCVS.format("motor vehicle theft 72 to 83 %"),
        "night_share": "assumption: parked cars are taken at night",
        "day_share": "assumption: parked cars are taken at night",
        "victim_reporting": "derived: reported share less what witnesses add",
        "visibility": "assumption: taking a car looks like using it",
        "seriousness": "assumption: property, nobody is met",
        "reporting_delay": "assumption: found out later, as burglary",
        "boost": "assumption: repeats, less than burglary",
        "clearance": _UCR_2019.format("motor vehicle theft 13.8 %"),
        "unit_cost": _COST,
    },
    "robbery": {
        "recorded_rate": _UCR_1980.format(""),
        "reported_share": _NCVS.format("robbery 57 % (1992-2000), 42 to 64 % by year"),
        "night_share": "assumption: violence is high in the evening and at night",
        "day_share": "assumption: violence is high in the evening and at night",
        "victim_reporting": "derived: about half of reports of violence come from the victim (Hart and Rennison 2003)",
        "visibility": "assumption: with three bystanders at most, a third party at half of robberies (Planty 2002)",
        "seriousness": "assumption: violence against a person",
        "reporting_delay": "Kansas City Part II 1980: 5 min 39 s median for crimes of involvement",
        "boost": "assumption: about 28 % of robberies are repeats (International Crime Victims Survey)",
        "clearance": _UCR_2019.format("robbery 30.5 %"),
        "unit_cost": _COST,
    },
    "assault": {
        "recorded_rate": _UCR_1980.format(" (aggravated)"),
        "reported_share": _NCVS.format("aggravated assault 55 to 58 %"),
        "night_share": "assumption: violence is high in the evening and at night",
        "day_share": "assumption: violence is high in the evening and at night",
        "victim_reporting": "derived: about half of reports of violence come from the victim (Hart and Rennison 2003)",
        "visibility": "assumption: with three bystanders at most, a third party at 70 % of assaults (Planty 2002)",
        "seriousness": "assumption: violence against a person",
        "reporting_delay": "Kansas City Part II 1980: 5 min 39 s median for crimes of involvement",
        "boost": "assumption: repeats at places, less than burglary",
        "clearance": _UCR_2019.format("aggravated assault 52.3 %"),
        "unit_cost": _COST,
    },
}
_DEFINITION = "definition of the offence"
for _sources in CRIME_SOURCES.values():
    _sources["against_persons"] = _DEFINITION
