"""The fingerprint of a city's input, blind to what the model is checked against."""

import hashlib
import json
from typing import Any

from coproduction.scenarios.cities.loading import Sources
from coproduction.scenarios.cities.tables import Table


def digest(sources: Sources, cells: int) -> str:
    """Return the SHA-256 of the city file and its tables without the observed column, and of ``cells``.

    It is taken of what the files say, so line endings, comments and the order of keys leave it as it is.
    """
    observed = sources.document.columns.observed
    document = sources.document.model_dump(mode="json", exclude={"observed": True, "columns": {"observed"}})
    content = {
        "cells": cells,
        "document": document,
        "table": without(sources.table, observed),
        "boundaries": None if sources.boundaries is None else without(sources.boundaries, None),
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def without(table: Table, column: str | None) -> dict[str, Any]:
    """Return a table as plain values, without the column."""
    columns = [name for name in table.columns if name != column]
    return {
        "columns": columns,
        "rows": [[row.get(name) for name in columns] for row in table.rows],
        "geometries": table.geometries,
    }
