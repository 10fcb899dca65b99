"""Design files: TOML in, a checked plan out. Everything is checked before anything is run."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.experiments.sweeps.constraints import read_constraint
from coproduction.experiments.sweeps.design_head import DesignHead, read_head
from coproduction.experiments.sweeps.dimensions import Dimension, Role, read_dimension
from coproduction.experiments.sweeps.feasible import check_points
from coproduction.experiments.sweeps.listed import listed_points
from coproduction.experiments.sweeps.places import place_of
from coproduction.experiments.sweeps.plan import Plan, Points
from coproduction.experiments.sweeps.sampling import SAMPLED, Design, sampled
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters.declaration import unknown

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

TABLES = ("sweep", "levers", "uncertainties", "points")


def is_design_file(path: str | Path) -> bool:
    """Say whether a path is a TOML file with a table [sweep]; False where it cannot be read."""
    try:
        return "sweep" in tomllib.loads(Path(path).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False


def read_design(path: str | Path) -> Plan:
    """Read a design file.

    Raises
    ------
    DesignError
        It cannot be read, has an unknown table or key, or asks for what cannot be.
    CoproductionError
        A scenario that it names cannot be read, or a parameter is unknown.
    """
    file = Path(path)
    try:
        tables = tomllib.loads(file.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DesignError(f"{file.name}: cannot be read as TOML ({error}). Mend the file.") from error
    return plan_of(tables, source=file.name, folder=file.parent)


def plan_of(tables: Mapping[str, Any], *, source: str, folder: Path | None = None) -> Plan:
    """Return the plan that plain tables describe; raises as ``read_design`` does.

    folder  where scenario files and a file of points are looked for first
    """
    for name in tables:
        if name not in TABLES:
            raise DesignError(f"{source}: [{name}] {unknown(name, list(TABLES))}")
    head = read_head(source, tables.get("sweep", {}))
    policies = _policies(source, head, folder)
    if head.design == "list":
        levers, futures, left_out = listed_points(source, head, policies[0], tables, folder)
    else:
        levers, futures, left_out = _sampled_points(source, head, policies[0], tables)
    if head.precision is not None and len(policies) * len(levers) == 1:
        raise DesignError(
            f"{source}: [sweep] precision needs something to compare: two policies, or a lever. Add one, or remove it."
        )
    plan = Plan(
        name=head.name or Path(source).stem,
        title=head.title or (head.name or Path(source).stem).replace("_", " "),
        source=source,
        policies=policies,
        levers=levers,
        futures=futures,
        design=head.design,
        samples=head.samples,
        seed=head.seed,
        replications=head.replications,
        engine=head.engine,
        cases=head.cases,
        left_out=left_out,
        precision=head.precision,
        ceiling=head.ceiling if head.precision is not None else head.replications,
        constraints=tuple(head.constraints),
    )
    check_points(plan)
    return plan


def _policies(source: str, head: DesignHead, folder: Path | None) -> "tuple[Scenario, ...]":
    from coproduction.experiments.comparability import check_comparable
    from coproduction.scenarios.scenario import load, presets, replace

    frame = ("residents", "burn_in_weeks", "measured_weeks")
    changes = {key: getattr(head, key) for key in frame if getattr(head, key) is not None}
    loaded = []
    for reference in head.policies:
        near = None if folder is None or reference in presets() else folder / reference
        loaded.append(replace(load(near if near is not None and near.exists() else reference), **changes))
    if len(loaded) > 1:
        check_comparable(loaded)
    return tuple(loaded)


def dimensions_of(
    source: str, scenario: "Scenario", role: Role, tables: Mapping[str, Any]
) -> tuple[Dimension, ...]:
    """Return the dimensions of a table [levers] or [uncertainties], whose entries stand under table and key."""
    found = []
    for table, keys in tables.items():
        if not isinstance(keys, Mapping):
            raise DesignError(f"{source}: names must be of the form table.key; got {table}.")
        for key, entry in keys.items():
            name = f"{table}.{key}"
            found.append(read_dimension(source, role, name, place_of(source, scenario, name), entry))
    return tuple(found)


def _sampled_points(
    source: str, head: DesignHead, scenario: "Scenario", tables: Mapping[str, Any]
) -> tuple[Points, Points, int]:
    if "points" in tables:
        raise DesignError(
            f"{source}: [[points]] are for the design list; got {head.design}. Change one of them."
        )
    levers = dimensions_of(source, scenario, "lever", tables.get("levers", {}))
    uncertainties = dimensions_of(source, scenario, "uncertainty", tables.get("uncertainties", {}))
    _check_once(source, [*levers, *uncertainties])
    if head.is_joint:
        levers, uncertainties = (), (*levers, *uncertainties)
    samples = _lever_samples(source, head, bool(levers), bool(uncertainties))
    design: Design = head.design  # type: ignore[assignment]
    # Another seed, so that the points of levers do not line up with those of futures.
    chosen = Points(levers, sampled(source, design, levers, samples, head.seed + 1))
    futures = Points(uncertainties, sampled(source, design, uncertainties, head.samples, head.seed))
    kept_levers, kept_futures = _constrained(source, head.constraints, chosen, futures)
    left_out = len(chosen) - len(kept_levers) + len(futures) - len(kept_futures)
    return kept_levers, kept_futures, left_out


def _check_once(source: str, dimensions: Sequence[Dimension]) -> None:
    names = [dimension.name for dimension in dimensions]
    for name in names:
        if names.count(name) > 1:
            raise DesignError(f"{source}: {name} must be a lever or an uncertainty; got both. Remove one.")


def _lever_samples(source: str, head: DesignHead, has_levers: bool, has_uncertainties: bool) -> int:
    """Return how many lever points a sampled design has; asked for where it would multiply with the futures."""
    if head.lever_samples is not None or head.design not in SAMPLED or not has_levers:
        return head.lever_samples or head.samples
    if has_uncertainties:
        raise DesignError(
            f"{source}: [sweep] lever_samples is missing: every lever point meets every future, so both are counted. "
            f"Add it, or joint = true for one design over all parameters."
        )
    return head.samples


def _constrained(source: str, texts: Sequence[str], levers: Points, futures: Points) -> tuple[Points, Points]:
    """Leave out the points that do not meet the constraints."""
    kept = [levers, futures]
    for text in texts:
        constraint = read_constraint(source, text, [*levers.names, *futures.names])
        if set(constraint.names) & set(levers.names) and set(constraint.names) & set(futures.names):
            raise DesignError(
                f"{source}: [sweep] constraints must speak of levers or of uncertainties; got {text!r}. "
                "Add joint = true for one design over all parameters."
            )
        for side, points in enumerate(kept):
            if constraint.names and set(constraint.names) <= set(points.names):
                columns = dict(zip(points.names, points.values.T, strict=True))
                kept[side] = Points(points.dimensions, points.values[constraint.holds(columns)])
    if not all(len(points) for points in kept):
        raise DesignError(f"{source}: [sweep] constraints must leave some points; got none. Loosen them.")
    return kept[0], kept[1]
