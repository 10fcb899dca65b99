"""Where the figures of each type of crime come from, and which of them are not varied for it."""

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
    "theft": {
        "recorded_rate": _UCR_1980.format(" (larceny-theft)"),
        "reported_share": _NCVS.format("household theft 24 to 33 %"),
        "night_share": "assumption: theft follows the hours in which people and shops are about",
        "day_share": "assumption: reports of theft are high from midday to early evening",
        "guardable": "assumption: much of it is done unseen, in shops and crowds",
        "victim_reporting": "derived: reported share less what witnesses add (about 2 points)",
        "visibility": "assumption: done so as not to be noticed",
        "seriousness": "assumption: property of little value, nobody is met",
        "reporting_delay": "assumption: found out later, as vehicle theft; Pontiac measured 8 hours from larceny to "
        "arrival",
        "boost": "assumption: repeats at places, less than burglary",
        "clearance": _UCR_2019.format("larceny 18.4 %"),
        "unit_cost": _COST,
    },
    "domestic_violence": {
        "recorded_rate": "assumption: about five victimisations per 1,000 residents a year, half of them reported; "
        "crime statistics of 1980 have no such type",
        "reported_share": "assumption: as aggravated assault",
        "night_share": "assumption: as other violence, high in the evening and at night",
        "day_share": "assumption: as other violence, high in the evening and at night",
        "guardable": "assumption: it happens behind closed doors, out of reach of eyes and patrol",
        "victim_reporting": "derived: reported share less what neighbours who hear it add",
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
        "victim_reporting": "derived: reported share less what witnesses add (about 11 points)",
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
        "victim_reporting": "derived: reported share less what witnesses add (about 9 points)",
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
