"""What a store is made of and how it came about, as an RO-Crate: metadata that repositories of data read.

One file, ``ro-crate-metadata.json``, by the specification 1.1 (w3id.org/ro/crate/1.1). The tables stand in it with
their columns and units, the sweeps as the actions that made them.
"""

import json
from datetime import UTC, datetime
from typing import Any

from coproduction.experiments.manifest import environment
from coproduction.experiments.sweeps.records import Record, read_record
from coproduction.experiments.sweeps.shards import write_whole
from coproduction.experiments.sweeps.store import DESIGN, OUTCOMES, RUNS, SWEEPS, Store
from coproduction.experiments.sweeps.tables import VOLATILE
from coproduction.simulation.outcomes import OUTCOMES as DECLARED

FILE_NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
TABLES = {
    RUNS: "How each run ended, and what it took.",
    OUTCOMES: "The outcomes of each run that came through.",
    DESIGN: "The runs that each sweep asks for: policy, point, future, seed and values.",
}


def write_crate(store: Store) -> None:
    """Write the description of a store; raises ``StoreError`` where it cannot be written."""
    text = json.dumps({"@context": CONTEXT, "@graph": _graph(store)}, indent=1, ensure_ascii=False)
    write_whole(store.folder / FILE_NAME, lambda stream: stream.write(text.encode()))


def _graph(store: Store) -> list[dict[str, Any]]:
    sweeps = [read_record(file) for file in sorted(store[SWEEPS].glob("*.json"))]
    here = environment()
    descriptor = {
        "@id": FILE_NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": "; ".join(sweep.title for sweep in sweeps),
        "description": "Results of simulation runs of the Coproduce laboratory; tables are joined by the column run.",
        "datePublished": datetime.now(UTC).date().isoformat(),
        "hasPart": [{"@id": f"{table}/"} for table in TABLES],
        "mentions": [{"@id": f"#{sweep.name}"} for sweep in sweeps],
    }
    software = {
        "@id": "#coproduction",
        "@type": "SoftwareApplication",
        "name": "coproduction",
        "version": str(here["version"]),
        "softwareRequirements": [f"{name} {found}" for name, found in here["dependencies"].items() if found],
    }
    return [descriptor, root, software, *_actions(sweeps), *_tables(), *_columns()]


def _actions(sweeps: list[Record]) -> list[dict[str, Any]]:
    """Return each sweep as what made the tables, with the file that says what it asks for."""
    actions = [
        {
            "@id": f"#{sweep.name}",
            "@type": "CreateAction",
            "name": sweep.title,
            "instrument": {"@id": "#coproduction"},
            "object": {"@id": f"{SWEEPS}/{sweep.file}"},
            "result": [{"@id": f"{table}/"} for table in TABLES],
            "description": f"Design {sweep.asks['design']}, engine {sweep.engine}, model {sweep.model}.",
        }
        for sweep in sweeps
    ]
    asked = [
        {"@id": f"{SWEEPS}/{sweep.file}", "@type": "File", "encodingFormat": "application/json"}
        for sweep in sweeps
    ]
    return [*actions, *asked]


def _tables() -> list[dict[str, Any]]:
    return [
        {
            "@id": f"{table}/",
            "@type": "Dataset",
            "name": table,
            "description": text,
            "encodingFormat": "application/vnd.apache.parquet",
            **(
                {"variableMeasured": [{"@id": f"#{outcome.name}"} for outcome in DECLARED]}
                if table == OUTCOMES
                else {}
            ),
            **({"abstract": f"Differ when run again: {', '.join(VOLATILE)}."} if table == RUNS else {}),
        }
        for table, text in TABLES.items()
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        {"@id": f"#{outcome.name}", "@type": "PropertyValue", "name": outcome.name, "unitText": outcome.unit}
        for outcome in DECLARED
    ]
