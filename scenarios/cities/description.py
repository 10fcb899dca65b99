"""The text of ``coproduce city show``: what is known of a city, and everything that is assumed."""

import textwrap

import numpy as np

from coproduction.scenarios.cities.city_file import Assumption, CityFile
from coproduction.simulation.city import City

WIDTH = 100
ROWS_SHOWN = 100
LABELS = {"cell_metres": "nominal cell size", "cells": "number of cells", "layout": "outlines"}
"""Margins whose name alone does not say what is meant."""
NAME_WIDTH = 32


def describe_city(city_file: CityFile) -> str:
    """Return the description of a city as plain text, 100 characters wide, ending in a line break."""
    parts = [
        heading(city_file),
        neighbourhood_table(city_file),
        observed_text(city_file),
        assumptions_text(city_file.assumptions),
        bullets("Notes", city_file.notes),
        provenance_text(city_file),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def heading(city_file: CityFile) -> str:
    """Return title, size, grid and scale."""
    city = city_file.city
    year = "year not stated" if city_file.year is None else str(city_file.year)
    title = city_file.title if year in city_file.title else f"{city_file.title} ({year})"
    residential = int((city.population_share > 0).sum())
    made_up = any(assumption.margin == "layout" for assumption in city_file.assumptions)
    neighbours = f"{len(city_file.neighbours):,} pairs of neighbours{' (made up)' if made_up else ''}"
    people = f"{city.n_neighbourhoods:,} neighbourhoods, {residential:,} with residents"
    grid = f"{city_file.n_cells:,} cells in the city, on a grid of {city.rows} rows by {city.columns} columns"
    lines = (
        f"{people}; {neighbours}.",
        f"{grid}; a cell is {cell_size(city)}.",
        f"Household size {city.household_size:.2f} persons.  Digest {city_file.digest[:16]}.",
    )
    return "\n".join([title, "=" * len(title), *(textwrap.fill(line, WIDTH) for line in lines)])


def cell_size(city: City) -> str:
    """Return words for the size of a cell and how far it can be trusted."""
    metres = f"{city.cell_metres:,.0f} m wide"
    if city.distances_in_metres:
        return f"{metres} (measured)"
    return f"nominally {metres} (not to scale: no distance may be quoted in metres)"


def neighbourhood_table(city_file: CityFile) -> str:
    """Return one line a neighbourhood with its margins and their units."""
    city = city_file.city
    cells = np.bincount(city.neighbourhood[city.neighbourhood >= 0], minlength=city.n_neighbourhoods)
    year = f" of {city_file.year}" if city_file.year else ""
    width = min(NAME_WIDTH, max(13, *(len(name) for name in city.names)))
    lines = [
        f"{'Neighbourhood':<{width}}  {'residents':>12}  {'income':>12}  {'housing value':>13}  {'cells':>6}",
        f"{'':<{width}}  {'% of city':>12}  {'1,000 USD/yr':>12}  {'1,000 USD':>13}  {'':>6}",
    ]
    for row in range(min(city.n_neighbourhoods, ROWS_SHOWN)):
        name = textwrap.shorten(city.names[row], width, placeholder="...")
        lines.append(
            f"{name:<{width}}  {100 * city.population_share[row]:>12.2f}  {city.income[row]:>12.1f}  "
            f"{city.housing_value[row]:>13.1f}  {cells[row]:>6,}"
        )
    if city.n_neighbourhoods > ROWS_SHOWN:
        lines.append(
            f"... and {city.n_neighbourhoods - ROWS_SHOWN:,} more in {city_file.source_files[1].name}"
        )
    return "\n".join(
        [f"What the city consists of (dollars{year})" if year else "What the city consists of", *lines]
    )


def observed_text(city_file: CityFile) -> str:
    """Return what was observed and may only be used for checking, nothing when there is no such column."""
    if city_file.observed is None:
        return ""
    known = city_file.observed[~np.isnan(city_file.observed)]
    spread = (
        f"{known.min():.1f} to {known.max():.1f} over {len(known)} neighbourhoods"
        if len(known)
        else "no value"
    )
    text = f"{city_file.observed_label}, {city_file.observed_unit}: {spread}."
    return bullets("Observed, for checking the model only; no part of the city or of its digest", (text,))


def assumptions_text(assumptions: tuple[Assumption, ...]) -> str:
    """Return every margin that the table does not have, with what stands in for it and why."""
    lines = tuple(f"{labelled(each.margin)}: {valued(each)}. {each.reason}" for each in assumptions)
    return bullets(f"Assumed, because the table does not have it ({len(assumptions)})", lines)


def labelled(margin: str) -> str:
    """Return the name of a margin in words."""
    return LABELS.get(margin, margin.replace("_", " "))


def valued(assumption: Assumption) -> str:
    """Return the value with its unit."""
    if isinstance(assumption.value, str):
        return f"{assumption.value} ({assumption.unit})"
    return f"{assumption.value:,.10g} {assumption.unit}"


def provenance_text(city_file: CityFile) -> str:
    """Return where the table comes from, on what terms, and with what care it is to be used."""
    given = city_file.provenance
    lines = (f"Source: {given.source}", f"Licence: {given.licence}", f"Attribution: {given.attribution}")
    return bullets("Where it comes from", (*lines, *(f"Caution: {caution}" for caution in given.cautions)))


def bullets(title: str, lines: tuple[str, ...]) -> str:
    """Return a title and one wrapped paragraph a line, nothing when there are no lines."""
    if not lines:
        return ""
    wrapped = (textwrap.fill(line, WIDTH, initial_indent="  - ", subsequent_indent="    ") for line in lines)
    return "\n".join([title, *wrapped])
