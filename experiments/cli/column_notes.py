"""``columns.csv``: what stands in each column of the tables of a run or a comparison, in which unit."""

import csv
from pathlib import Path

from coproduction.simulation.outcomes import BY_NAME
from coproduction.simulation.parameters import CHANNEL_NAMES, CRIME_NAMES
from coproduction.simulation.state import Fate

FILE_NAME = "columns.csv"
PER_1000 = "per 1,000 residents a year"

Notes = dict[str, tuple[str, str]]
"""From column to unit and meaning."""

INDEX = "index 0 to 1"
BY_RESIDENTS: Notes = {
    "fear": (INDEX, "mean fear of crime of the residents"),
    "trust": (INDEX, "mean trust in the police of the residents"),
}
BY_PLACE_OR_GROUP: Notes = {
    "residents": ("persons", "residents"),
    **BY_RESIDENTS,
    "volunteer_hours": (f"hours {PER_1000}", "time given by volunteers"),
    "patrol_stops": (f"stops {PER_1000}", "stops of police patrols"),
}
CRIME: Notes = {
    "true_crime": (BY_NAME["true_crime"].unit, "offences, reported or not"),
    "recorded_crime": (BY_NAME["recorded_crime"].unit, "offences that the police know of"),
    "cleared": (f"offences {PER_1000}", "offences cleared by an arrest"),
}
QUANTITIES: dict[str, Notes] = {
    "series": {
        **CRIME,
        **{name: (unit, f"{meaning}, as of the last month's end") for name, (unit, meaning) in BY_RESIDENTS.items()},
        "volunteers_per_1000": ("per 1,000 residents", "volunteers, as of the last month's end"),
        "public_cost_per_head": ("USD per resident a year", "what the city spends on policing"),
    },
    "neighbourhoods": {
        **BY_PLACE_OR_GROUP,
        "households": ("households", "residents by the city's household size"),
        **{f"true_{name}": ("offences in the measured weeks", f"{name}, reported or not") for name in CRIME_NAMES},
        **{f"recorded_{name}": ("offences in the measured weeks", f"{name}, recorded") for name in CRIME_NAMES},
        **CRIME,
        "disorder": ("index 0 to 1, 0.5 usual", "how disordered their street looks to residents"),
        "collective_efficacy": (INDEX, "mutual trust of neighbours and their readiness to step in"),
        "stops_of_residents": (f"stops {PER_1000}", "those who live there stopped and questioned, wherever they were"),
        "income": ("thousand USD a year", "mean income of a household, in the year of the city's table"),
    },
    "quintiles": {
        **BY_PLACE_OR_GROUP,
        "victimisation": (f"offences {PER_1000}", "offences suffered"),
        "recorded": (f"offences {PER_1000}", "offences suffered that the police know of"),
        "reporting": ("share, 0 to 1", "of the offences suffered, those that the police know of"),
        "victim_cost": ("USD per resident a year", "cost of crime to victims and society"),
        "quality": (INDEX, "mean quality of life of residents, by the weights of table quality"),
    },
}  # fmt: skip
"""What is measured, by table."""

KEYS: dict[str, tuple[str, str, str]] = {
    "series": ("week", "week", "from 0, of the whole run"),
    "neighbourhoods": ("neighbourhood", "label", "as the city's table has it"),
    "quintiles": ("quintile", "number", "of income, from 1, poorest, to 5, richest"),
}
CELLS: Notes = {
    "name": ("", "offences, patrol (stops) or volunteers (visits)"),
    "row": ("number", "of the cell on the grid, from 0 in the north"),
    "column": ("number", "of the cell on the grid, from 0 in the west"),
    "value": ("count in the measured weeks", "in this cell; a mean over replications after compare"),
}
LEDGER: Notes = {
    "payer": ("", "who bears it"),
    "item": ("", "what for"),
    "usd": ("USD in the measured weeks", "spent, or what it was worth; a mean over replications after compare"),
    "hours": ("hours in the measured weeks", "time worked or given, where it is counted"),
}  # fmt: skip
COMPARED: Notes = {
    "column": ("", "which quantity the row is about: one of those listed here as column=..."),
    "mean": ("as the quantity", "mean over replications"),
    "low": ("as the quantity", "lower end of the interval of the mean"),
    "high": ("as the quantity", "upper end of the interval of the mean"),
    "n": ("replications", "how many the mean is of"),
    "difference": ("as the quantity", "mean of policy less baseline on the same luck"),
    "difference_low": ("as the quantity", "lower end of the interval of the difference"),
    "difference_high": ("as the quantity", "upper end of the interval of the difference"),
}
OUTCOME_NOTES: Notes = {
    "outcome": ("", "its name; coproduce schema outcomes says what it is"),
    "value": ("as that of the outcome", "measured over the measured weeks"),
}
CODES = {
    "fate": ": " + ", ".join(f"{fate.value} {fate.name.lower().replace('_', ' ')}" for fate in Fate),
    "reason": ": 1 not worth it, 2 fear of reprisal, 3 no help expected",
    "crime": ": in the order " + ", ".join(CRIME_NAMES) + ", then those that the scenario adds",
    "intervention": ": 1 helped, 2 made it worse, 3 neither",
    "channel": ": in the order " + ", ".join(CHANNEL_NAMES),
}
"""What whole numbers in the case files stand for."""
DERIVED: Notes = {
    "type": ("", "type of crime in words"),
    "recorded": ("flag", "the police know of it"),
    "reported": ("flag", "somebody reported it"),
    "neighbourhood": ("index", "where, in the order of the city's table, from 0"),
    "quintile": ("fifth", "income of the victim, 1 poorest to 5 richest, 0 for nobody"),
}
RECORDED_PROPERTY: Notes = {
    "seed": ("number", "of the replication"),
    "name": ("label", "the neighbourhood, as the city's table has it"),
    "per_1000_households": (
        "per 1,000 households a year", "recorded burglary and vehicle theft under the first policy",
    ),
}  # fmt: skip
POLICY: Notes = {"policy": ("", "name of the scenario")}


def of_run() -> dict[str, Notes]:
    """Return the columns of each table that ``coproduce run`` writes."""
    wide = {
        table: {key: (unit, meaning), **QUANTITIES[table]} for table, (key, unit, meaning) in KEYS.items()
    }
    return {**wide, "cells": CELLS, "ledger": LEDGER, "cases": _of_cases(), "outcomes": OUTCOME_NOTES}


def _of_cases() -> Notes:
    """Return the columns of the case files as the state declares them; codes with their meanings."""
    from coproduction.experiments.odd.state_columns import groups

    columns = next(group.columns for group in groups() if group.name == "cases")
    declared = {each.name: (each.unit, each.meaning + CODES.get(each.name, "")) for each in columns[2:]}
    return {**declared, **DERIVED}


def of_comparison() -> dict[str, Notes]:
    """Return the columns of each table after ``compare``, where a row is one quantity of one policy."""
    notes: dict[str, Notes] = {}
    for table, (key, unit, meaning) in KEYS.items():
        is_place = key == "neighbourhood"
        keyed = {"name": (unit, f"the neighbourhood, {meaning}; called neighbourhood after run")}
        listed = {f"column={name}": note for name, note in QUANTITIES[table].items()}
        notes[table] = {**POLICY, **(keyed if is_place else {key: (unit, meaning)}), **COMPARED, **listed}
    return {
        **notes, "cells": {**POLICY, **CELLS}, "ledger": {**POLICY, **LEDGER}, "recorded_property": RECORDED_PROPERTY,
    }  # fmt: skip


def write_column_notes(notes: dict[str, Notes], folder: Path) -> None:
    """Write ``columns.csv`` into a folder: table, column, unit, meaning."""
    with (folder / FILE_NAME).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("table", "column", "unit", "meaning"))
        for table, columns in notes.items():
            writer.writerows((f"{table}.csv", column, *note) for column, note in columns.items())
