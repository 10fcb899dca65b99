"""The files of a sweep: a table and, beside it, what it was made from."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.experiments.manifest import FORMAT, environment
from coproduction.experiments.store import write_json, write_table
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.scenarios.scenario import Scenario


def write_sweep(table: "pd.DataFrame", out: Path, scenario: "Scenario", design: dict[str, Any]) -> None:
    """Write the table and the manifest, each as a whole.

    design  values by parameter, seeds, engine

    Raises
    ------
    DesignError
        The files cannot be written.
    """
    record = {
        "format": FORMAT,
        "kind": "sweep",
        "environment": environment(),
        "scenario": scenario.to_dict(),
        "city_digest": scenario.city.digest,
        **design,
    }
    partial, beside = out.with_name(f".{out.name}.part"), out.with_suffix(".manifest.json")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_table(table, partial, index=False)
        write_json(record, beside)
        partial.replace(out)
    except OSError as error:
        raise DesignError(f"{out}: cannot be written ({error.strerror}). Choose another place.") from error
    finally:
        partial.unlink(missing_ok=True)
