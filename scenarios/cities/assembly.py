"""Putting a city together from its file and its tables."""

from dataclasses import replace

from coproduction.scenarios.cities.city_file import Assumption, CityFile, Provenance
from coproduction.scenarios.cities.city_margins import MarginReader, NeighbourhoodMargins
from coproduction.scenarios.cities.declarations import declared_assumptions
from coproduction.scenarios.cities.digest import digest
from coproduction.scenarios.cities.geography import Geography, lay_out
from coproduction.scenarios.cities.loading import Sources
from coproduction.scenarios.cities.margins import MARGINS, NOT_TO_SCALE
from coproduction.scenarios.cities.messages import refusal
from coproduction.scenarios.cities.roles import check_roles
from coproduction.scenarios.cities.tables import labels
from coproduction.simulation.city import City


def assemble(sources: Sources, cells: int | None) -> CityFile:
    """Return the city that the sources describe, on a grid with about ``cells`` cells inside the city."""
    file = sources.path.name
    check_roles(sources)
    assumptions = declared_assumptions(file, sources.document, outlines=sources.has_outlines)
    if cells is not None:
        assumptions["cells"] = asked_for(file, cells, assumptions["cells"])
    reader = MarginReader(file, sources.document, sources.table, assumptions)
    names = neighbourhood_names(sources)
    margins = reader.read(names)
    observed, observed_notes = reader.observed()
    n_cells = int(float(assumptions["cells"].value))
    geography = lay_out(sources, names, n_cells)
    label = sources.document.observed
    return CityFile(
        city=as_city(sources, names, margins, geography, assumptions),
        title=sources.document.title,
        year=sources.document.year,
        assumptions=tuple(assumptions.values()),
        provenance=provenance(sources),
        observed=observed,
        observed_label=label.label if label else "",
        observed_unit=label.unit if label else "",
        polygons=tuple(geography.outlines),
        extent=geography.raster.grid.extent,
        neighbours=geography.neighbours,
        source_files=sources.files,
        digest=digest(sources, n_cells),
        notes=margins.notes + geography.notes + observed_notes,
    )


def as_city(
    sources: Sources,
    names: tuple[str, ...],
    margins: NeighbourhoodMargins,
    geography: Geography,
    assumptions: dict[str, Assumption],
) -> City:
    """Return what the simulation is to see of the city; nothing observed is among it."""
    raster = geography.raster
    return City(
        name=sources.document.name,
        rows=raster.grid.rows,
        columns=raster.grid.columns,
        neighbourhood=raster.neighbourhood,
        names=names,
        population_share=margins.population_share,
        income=margins.income,
        housing_value=margins.housing_value,
        household_size=margins.household_size,
        cell_metres=cell_metres(geography, assumptions),
        distances_in_metres=sources.document.grid.coordinates != NOT_TO_SCALE,
    )


def asked_for(file: str, cells: int, declared: Assumption) -> Assumption:
    """Return the number of cells that the caller wants in place of the declared one."""
    if not MARGINS["cells"].allows(cells):
        problem = f"value must be {MARGINS['cells'].allowed}; got {cells}. Ask for another number."
        raise refusal(file, "assumptions.cells", problem)
    reason = f"Asked for in place of the {declared.value:,.0f} of the city file."
    return declared if cells == declared.value else replace(declared, value=float(cells), reason=reason)


def neighbourhood_names(sources: Sources) -> tuple[str, ...]:
    """Return the label of each row: its name, else its key, else its number from 1."""
    columns = sources.document.columns
    column = columns.name or columns.key
    if column is None:
        return tuple(str(row + 1) for row in range(len(sources.table.rows)))
    return labels(sources.table, column)


def cell_metres(geography: Geography, assumptions: dict[str, Assumption]) -> float:
    """Return the side of a cell, metres: measured when the source is to scale, else as assumed."""
    nominal = assumptions.get("cell_metres")
    return geography.raster.grid.side if nominal is None else float(nominal.value)


def provenance(sources: Sources) -> Provenance:
    """Return where the table comes from."""
    given = sources.document.provenance
    return Provenance(given.source, given.licence, given.attribution, tuple(given.cautions))
