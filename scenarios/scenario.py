"""A scenario: a city, its parameters, and a policing arrangement before and from the start of a policy.

TOML in, a checked object out. The object can be written out in full and read back, so that a manifest can hold it.
"""

import dataclasses
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coproduction.scenarios.cities import CityFile, load_city, packaged_cities
from coproduction.scenarios.portfolio_tables import (
    read_government,
    read_pathways,
    read_programmes,
    with_pathways_cut,
)
from coproduction.scenarios.programmes import Programme
from coproduction.scenarios.programmes.adoption import contracting_probability
from coproduction.scenarios.programmes.numbers import check_names, city_cost, portfolio
from coproduction.scenarios.programmes.programme import as_table
from coproduction.scenarios.scenario_schema import Head, check_tables, read_head
from coproduction.scenarios.toml_file import read_toml
from coproduction.simulation import parameters as declared
from coproduction.simulation.errors import ScenarioFileError
from coproduction.simulation.parameters import Numbers, Parameters, Policing
from coproduction.simulation.parameters.added_crimes import ADDED
from coproduction.simulation.parameters.declaration import PATHWAYS, Pathway
from coproduction.simulation.parameters.government import CityGovernment, Contracting
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK

PRESETS = Path(__file__).parent / "presets"


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """One policy for one city.

    name                short, tells it from others in tables
    title               for people
    city_reference      packaged name, or path of a city file
    residents           persons, at least 20
    residents_per_cell  persons, sets the number of cells
    burn_in_weeks       weeks before the measured period
    measured_weeks      weeks that outcomes are taken over
    policing            levers until the policy starts
    policy              levers from its start
    policy_start_watch  watch of 8 hours since the start of the run
    programmes          run from the policy's start on, or later
    cut                 pathways that are switched off
    government          what the city government is like, where it decides on programmes
    source              file that it was read from
    """

    name: str
    title: str
    city: CityFile
    city_reference: str
    residents: int
    residents_per_cell: int
    burn_in_weeks: int
    measured_weeks: int
    parameters: Parameters
    policing: Policing
    policy: Policing
    policy_start_watch: int
    programmes: tuple[Programme, ...] = ()
    cut: tuple[Pathway, ...] = ()
    government: CityGovernment = field(default_factory=CityGovernment)
    source: str = field(default="", compare=False)

    @property
    def burn_in_watches(self) -> int:
        """Watches before the measured period."""
        return self.burn_in_weeks * WATCHES_PER_WEEK

    @property
    def watches(self) -> int:
        """Watches of the whole run."""
        return (self.burn_in_weeks + self.measured_weeks) * WATCHES_PER_WEEK

    @property
    def numbers(self) -> Numbers:
        """What kernels read."""
        return Numbers(
            self.parameters,
            self.policing,
            with_pathways_cut(self.policing, self.policy, self.cut),
            self.policy_start_watch,
            self.burn_in_watches,
            portfolio(self.programmes, self.city.city, self.policy_start_watch, self.cut, self.government),
            contracting_probability(self.government, Contracting()),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario in full as plain tables; :func:`from_dict` reads it back."""
        head = {name: getattr(self, name) for name in Head.model_fields if name != "city"}
        return {
            "scenario": {**head, "city": self.city_reference},
            "policing": self.policing._asdict(),
            "policy": self.policy._asdict(),
            "programmes": {programme.name: as_table(programme) for programme in self.programmes},
            "government": self.government._asdict(),
            "pathways": {pathway: pathway not in self.cut for pathway in PATHWAYS},
            "parameters": declared.as_tables(self.parameters),
        }


def presets() -> tuple[str, ...]:
    """Return the names of the packaged scenarios."""
    return tuple(sorted(file.stem for file in PRESETS.glob("*.toml")))


def load(path_or_preset: str | Path) -> Scenario:
    """Read a scenario file, or a packaged scenario by its name.

    Raises
    ------
    ScenarioFileError
        The file is missing, not UTF-8, no TOML, or has an unknown table or key.
    ParameterError
        A parameter is unknown, of the wrong type or out of range.
    CityError
        The city cannot be read.
    """
    path = _find(path_or_preset)
    tables = read_toml(path, path.name, ScenarioFileError, "a file")
    head = {"scenario", "policing", "policy", "programmes", "pathways", "government"}
    parameters = {name: table for name, table in tables.items() if name not in head}
    kept = {name: table for name, table in tables.items() if name in head}
    return from_dict({**kept, "parameters": parameters}, source=path.name, folder=path.parent)


def _find(path_or_preset: str | Path) -> Path:
    if str(path_or_preset) in presets():
        return PRESETS / f"{path_or_preset}.toml"
    path = Path(path_or_preset)
    if path.is_file():
        return path
    if path.suffix == ".toml" or path.exists():
        raise ScenarioFileError(f"{path}: there is no such file. Give a scenario file or one of {_listed()}.")
    near = difflib.get_close_matches(str(path_or_preset), presets(), n=1)
    advice = f"Did you mean {near[0]}?" if near else f"Give one of {_listed()}, or a file that ends in .toml."
    raise ScenarioFileError(f"{path_or_preset}: there is no packaged scenario of that name. {advice}")


def _listed() -> str:
    return ", ".join(presets())


def from_dict(tables: Mapping[str, Any], *, source: str, folder: Path | None = None) -> Scenario:
    """Return the scenario that plain tables describe: scenario, policing, policy, parameters (tables by name).

    folder  where a relative city path is looked for first
    """
    check_tables(source, tables)
    head = read_head(source, tables.get("scenario", {}))
    policing = declared.policing(source, "policing", Policing(), tables.get("policing", {}))
    reference = _city_path(head.city, folder)
    scenario = Scenario(
        name=head.name,
        title=head.title or head.name.replace("_", " "),
        city=laid_out(reference, cells_for(head.residents, head.residents_per_cell)),
        city_reference=reference,
        residents=head.residents,
        residents_per_cell=head.residents_per_cell,
        burn_in_weeks=head.burn_in_weeks,
        measured_weeks=head.measured_weeks,
        parameters=declared.build(source, tables.get("parameters", {})),
        policing=policing,
        policy=declared.policing(source, "policy", policing, tables.get("policy", {})),
        policy_start_watch=head.start_watch,
        programmes=read_programmes(source, tables.get("programmes", {})),
        government=read_government(source, tables.get("government", {})),
        cut=read_pathways(source, tables.get("pathways", {})),
        source=source,
    )
    check_names(source, scenario.programmes, scenario.city.city)
    check_budgets(source, scenario)
    return scenario


def _city_path(reference: str, folder: Path | None) -> str:
    """Return a packaged city's name as it is, and a file's path in full, so that a manifest finds it from anywhere."""
    if reference in packaged_cities():
        return reference
    places = [Path(reference)] if folder is None else [folder / reference, Path(reference)]
    return next((str(place.resolve()) for place in places if place.exists()), reference)


def cells_for(residents: int, residents_per_cell: int) -> int:
    """Return how many cells the city is to have, at least one."""
    return max(round(residents / residents_per_cell), 1)


def laid_out(reference: str, cells: int) -> CityFile:
    """Return a city on about that many cells, and at least one for each neighbourhood."""
    neighbourhoods = load_city(reference).city.n_neighbourhoods
    return load_city(reference, cells=max(cells, neighbourhoods))


def check_budgets(source: str, scenario: Scenario) -> None:
    """Refuse an arrangement whose programmes cost more than its budget.

    Raises
    ------
    ScenarioFileError
        Nothing would be left for officers.
    """
    beside = {"policing": 0.0, "policy": city_cost(scenario.programmes, scenario.city.city)}
    for table, levers in (("policing", scenario.policing), ("policy", scenario.policy)):
        programmes = (
            levers.coordinators * levers.coordinator_cost + levers.meetings * levers.meeting_cost
        ) / 10_000.0 + beside[table]
        if programmes >= levers.budget:
            raise ScenarioFileError(
                f"{source}: [{table}] coordinators, meetings and programmes must cost less than budget, "
                f"{levers.budget:g} USD per resident a year; got {programmes:g}. "
                "Lower their number or raise the budget."
            )


def changed_parameters(
    source: str, parameters: Parameters, given: Mapping[str, Mapping[str, object]]
) -> Parameters:
    """Return the parameters with the given tables in place, checked as those of a file are.

    source  named in errors; ``given`` maps a table to its keys and values; an added type of crime goes by its name

    Raises
    ------
    ParameterError
        A table or key is unknown, or a value is out of range.
    """
    complete = declared.as_tables(parameters)
    added = set(complete.get(ADDED, {}))
    declared.build(source, {table: keys for table, keys in given.items() if table not in added})
    for table, keys in given.items():
        place = complete[ADDED] if table in added else complete
        place[table] = {**place.get(table, {}), **keys}
    return declared.build(source, complete)


def replace(scenario: Scenario, **changes: Any) -> Scenario:
    """Return the scenario with some fields changed; the city is laid out anew when the number of cells changes."""
    changed = dataclasses.replace(scenario, **changes)
    before = cells_for(scenario.residents, scenario.residents_per_cell)
    cells = cells_for(changed.residents, changed.residents_per_cell)
    if cells != before and "city" not in changes:
        changed = dataclasses.replace(changed, city=laid_out(changed.city_reference, cells))
    if "policy_start_watch" not in changes and scenario.policy_start_watch == scenario.burn_in_watches:
        changed = dataclasses.replace(changed, policy_start_watch=changed.burn_in_watches)
    return changed
