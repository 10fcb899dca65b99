"""Whether the roles of a city file fit together and fit its table."""

from coproduction.scenarios.cities.loading import Sources
from coproduction.scenarios.cities.messages import refusal
from coproduction.scenarios.cities.tables import check_column, check_columns


def check_roles(sources: Sources) -> None:
    """Refuse roles that contradict each other, and columns that the table does not have."""
    file, roles = sources.path.name, sources.document.columns.roles
    check_columns(file, roles, sources.table)
    check_observed(sources)
    check_boundaries(sources)
    if ("x" in roles) != ("y" in roles):
        raise refusal(file, "columns", "x and y must be given together; got only one of them. Add the other.")
    if "x" in roles and sources.has_outlines:
        raise refusal(file, "columns", "x and y must not be given with outlines; got both. Remove x and y.")
    if not sources.is_located and sources.document.grid.coordinates != "not to scale":
        given = sources.document.grid.coordinates
        problem = f'coordinates must be "not to scale" without outlines or centroids; got "{given}".'
        raise refusal(file, "grid", f"{problem} Change it.")


def check_observed(sources: Sources) -> None:
    """Refuse an observed column that could reach the model, and one that nobody could read."""
    file, roles = sources.path.name, sources.document.columns.roles
    observed = roles.get("observed")
    for role, column in roles.items():
        if role != "observed" and column == observed:
            problem = f"observed must be for checking the model only; got {column!r}, which is also {role}."
            raise refusal(file, "columns", f"{problem} Remove one of them.")
    if (observed is None) != (sources.document.observed is None):
        problem = "the observed column and [observed] with label and unit must be given together;"
        raise refusal(file, "columns", f"{problem} got only one of them. Add the other.")


def check_boundaries(sources: Sources) -> None:
    """Refuse boundaries that cannot be joined to the table."""
    file, document = sources.path.name, sources.document
    if (document.columns.key is None) != (document.boundaries is None):
        problem = "key and [boundaries] with file and key must be given together; got only one of them."
        raise refusal(file, "columns", f"{problem} Add the other.")
    if document.boundaries is None or sources.boundaries is None:
        return
    check_column(file, "boundaries", "key", document.boundaries.key, sources.boundaries)
    if sources.boundaries.geometries is None:
        problem = f"file must be a GeoJSON file with outlines; got {sources.boundaries.file}."
        raise refusal(file, "boundaries", f"{problem} Name the GeoJSON file.")
