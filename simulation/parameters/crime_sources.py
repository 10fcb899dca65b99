"""Where the figures of each type of crime come from, and which of them are not varied for it."""

from coproduction.simulation.evidence import derived, fact

_COST = fact(
    "T7-08",
    "raised by 20 % to 2020 USD; what police and courts spend is in it, so that custody and policing beside it are "
    "partly counted twice",
)

CRIME_SOURCES: dict[str, dict[str, str]] = {
    "burglary": {
        "recorded_rate": derived(("T10-01",), "of which 67 % of homes"),
        "reported_share": fact("T3-07"),
        "night_share": "assumption: burglary of homes is highest when they are empty",
        "day_share": "assumption: burglary of homes is highest when they are empty",
        "victim_reporting": derived(("T3-07",), "less what witnesses add, about 3 points"),
        "visibility": "assumption: burglars choose not to be seen",
        "seriousness": "assumption: a home is entered, nobody is hurt",
        "reporting_delay": "assumption: crimes found out later take longer than the 20.3 minutes from discovery "
        "to report in Kansas City; Pontiac measured 5.5 hours from offence to arrival",
        "boost": "assumption: an order of magnitude after Short and others 2008; risk needs a boost to repeat as it "
        "does in Long Beach (Short and others 2009)",
        "clearance": fact("T3-15", "burglary 14.1 %, net of arrests at the scene"),
        "unit_cost": _COST,
    },
    "vehicle_theft": {
        "recorded_rate": fact("T10-02"),
        "reported_share": fact("T3-03"),
        "night_share": "assumption: parked cars are taken at night",
        "day_share": "assumption: parked cars are taken at night",
        "victim_reporting": derived(("T3-03",), "less what witnesses add"),
        "visibility": "assumption: taking a car looks like using it",
        "seriousness": "assumption: property, nobody is met",
        "reporting_delay": "assumption: found out later, as burglary",
        "boost": "assumption: repeats, less than burglary",
        "clearance": fact("T3-15", "vehicle theft 13.8 %, net of arrests at the scene"),
        "unit_cost": _COST,
    },
    "robbery": {
        "recorded_rate": fact("T10-03"),
        "reported_share": fact("T3-04"),
        "night_share": "assumption: violence is high in the evening and at night",
        "day_share": "assumption: violence is high in the evening and at night",
        "victim_reporting": derived(("T3-12",), "about half of reports of violence come from the victim"),
        "visibility": "assumption: with three bystanders at most, a third party at half of robberies (Planty 2002)",
        "seriousness": "assumption: violence against a person",
        "reporting_delay": fact("T3-19"),
        "boost": "assumption: about 28 % of robberies are repeats (International Crime Victims Survey)",
        "clearance": fact("T3-14", "robbery 30.5 %, net of arrests at the scene"),
        "unit_cost": _COST,
    },
    "assault": {
        "recorded_rate": fact("T10-04"),
        "reported_share": fact("T3-05"),
        "night_share": "assumption: violence is high in the evening and at night",
        "day_share": "assumption: violence is high in the evening and at night",
        "victim_reporting": derived(("T3-12",), "about half of reports of violence come from the victim"),
        "visibility": "assumption: with three bystanders at most, a third party at 70 % of assaults (Planty 2002)",
        "seriousness": "assumption: violence against a person",
        "reporting_delay": fact("T3-19"),
        "boost": "assumption: repeats at places, less than burglary",
        "clearance": fact("T3-14", "assault 52.3 %, net of arrests at the scene"),
        "unit_cost": _COST,
    },
    "theft": {
        "recorded_rate": fact("T10-05"),
        "reported_share": fact("T3-06"),
        "night_share": "assumption: theft follows the hours in which people and shops are about",
        "day_share": "assumption: reports of theft are high from midday to early evening",
        "guardable": "assumption: much of it is done unseen, in shops and crowds",
        "victim_reporting": derived(("T3-06",), "less what witnesses add, about 2 points"),
        "visibility": "assumption: done so as not to be noticed",
        "seriousness": "assumption: property of little value, nobody is met",
        "reporting_delay": "assumption: found out later, as vehicle theft; Pontiac measured 8 hours from larceny to "
        "arrival",
        "boost": "assumption: repeats at places, less than burglary",
        "clearance": fact("T3-15", "larceny 18.4 %, net of arrests at the scene"),
        "unit_cost": _COST,
    },
    "domestic_violence": {
        "recorded_rate": "assumption: about five victimisations per 1,000 residents a year, half of them reported; "
        "crime statistics of 1980 have no such type",
        "reported_share": "assumption: as aggravated assault",
        "night_share": "assumption: as other violence, high in the evening and at night",
        "day_share": "assumption: as other violence, high in the evening and at night",
        "guardable": "assumption: it happens behind closed doors, out of reach of eyes and patrol",
        "victim_reporting": "assumption: the reported share less what neighbours who hear it add",
        "visibility": "assumption: neighbours hear some of it",
        "seriousness": "assumption: violence against a person",
        "reporting_delay": "assumption: later than violence in the street, since the offender is there",
        "boost": "definition: none, since the place is given",
        "clearance": "assumption: the offender is known",
        "unit_cost": "assumption: a fifth of an aggravated assault, as most of it leaves lesser injuries",
    },
    "antisocial_behaviour": {
        "recorded_rate": "assumption: as many calls as for all burglary and a third more; no crime statistics of 1980",
        "reported_share": "assumption: most people let it pass",
        "night_share": "assumption: highest in the evening",
        "day_share": "assumption: highest in the evening",
        "guardable": "assumption: done in the open, as street crime",
        "victim_reporting": "assumption: the reported share less what witnesses add, about 11 points",
        "visibility": "assumption: seen and heard by those around",
        "seriousness": "assumption: a nuisance",
        "reporting_delay": "assumption: people wait whether it stops",
        "boost": "assumption: the same places attract it",
        "clearance": "assumption: few are followed up",
        "unit_cost": "assumption: some damage and lost sleep; not found for the United States",
    },
    "dangerous_driving": {
        "recorded_rate": "assumption: reckless driving told by the public; what traffic patrols find is not in it",
        "reported_share": "assumption: seldom told",
        "night_share": "assumption: about as traffic, faster at night",
        "day_share": "assumption: about as traffic, faster at night",
        "guardable": "assumption: the car is gone before bystanders can act; patrol still slows it",
        "victim_reporting": "assumption: the reported share less what witnesses add, about 9 points",
        "visibility": "assumption: seen by those around",
        "seriousness": "assumption: a threat to life that seldom comes true",
        "reporting_delay": "assumption: told at once or never",
        "boost": "assumption: the same roads attract it a little",
        "clearance": "assumption: where somebody has noted the plate",
        "unit_cost": "assumption: a small share ends in a crash; not found per act of driving",
    },
}

FIXED: dict[str, dict[str, str]] = {
    "domestic_violence": {"boost": "a definition: the place is the own home, so that nothing attracts to it"},
}
"""Keys that are not varied for a type, with the reason."""

_IN_THE_OPEN = (
    "definition: all of the guardianship of a cell bears on offences against its homes and in its streets"
)
for _name in ("burglary", "vehicle_theft", "robbery", "assault"):
    CRIME_SOURCES[_name]["guardable"] = _IN_THE_OPEN

_CUSTODIAL = {
    "burglary": "definition: a felony in the law of every state",
    "vehicle_theft": "assumption: most of it is charged as a felony, joyriding is not",
    "robbery": "definition: a felony in the law of every state",
    "assault": "definition: aggravated assault is a felony",
    "theft": "assumption: one in ten, the grand larcenies; what is cited of sentences is of felonies",
    "domestic_violence": "assumption: most of it is charged as simple assault",
    "antisocial_behaviour": "assumption: hardly ever more than a fine",
    "dangerous_driving": "assumption: where somebody came to harm",
}
for _name, _source in _CUSTODIAL.items():
    CRIME_SOURCES[_name]["custodial"] = _source

_NO_TRACES = "definition: nothing is left to be seen on the street"
_TRACES = {
    "burglary": "assumption: one in five leaves a broken door or pane to be seen from the street",
    "vehicle_theft": "assumption: one in ten leaves glass, or a wreck elsewhere",
    "robbery": _NO_TRACES,
    "assault": _NO_TRACES,
    "theft": _NO_TRACES,
    "domestic_violence": _NO_TRACES,
    "antisocial_behaviour": "definition: the unit; graffiti, litter, things broken",
    "dangerous_driving": "assumption: one in ten leaves glass or a bent sign",
}
for _name, _source in _TRACES.items():
    CRIME_SOURCES[_name]["traces"] = _source
    if _source is _NO_TRACES:
        FIXED.setdefault(_name, {})["traces"] = "a definition: the offence leaves nothing on the street"
