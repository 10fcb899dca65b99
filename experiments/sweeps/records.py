"""What a store keeps of each sweep: all that workers need, and enough to say what has changed since."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.experiments.sweeps.dimensions import Dimension
from coproduction.experiments.sweeps.identity import model_of
from coproduction.experiments.sweeps.places import place_of
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.shards import StoreError, write_whole
from coproduction.experiments.sweeps.store import DESIGN, SWEEPS, Store
from coproduction.experiments.sweeps.tables import design_rows, design_schema

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

EARLIER = "earlier"
"""Folder for records and designs that a changed sweep has replaced."""
ROWS = 5_000
SHOWN = 3
CHOICE = (
    "What was finished stays in the store. To go on with the new one in it, add --accept-changes; or choose another "
    "store with --out."
)


@dataclass(frozen=True, slots=True)
class Record:
    """A sweep as its store keeps it.

    digest      of ``asks``
    asks        what decides which runs it asks for, see ``Plan.record``
    names       table.key of what is varied
    block_runs  runs of a block
    precision   share of the baseline's mean that differences are to be known to, and the ceiling of replications; none
                where a fixed number was asked for
    """

    name: str
    title: str
    digest: str
    model: str
    engine: str
    asks: Mapping[str, Any]
    names: tuple[str, ...]
    replications: int
    block_runs: int
    cases: bool
    left_out: int
    precision: Mapping[str, float] | None = None

    @property
    def version(self) -> str:
        """What is another for another design or another model."""
        return f"{self.digest}-{self.model}"

    @property
    def file(self) -> str:
        """Name of the file that it is kept in."""
        return f"{self.name}.json"

    def dimensions(self) -> tuple[Dimension, ...]:
        """Return what is varied, in the order of ``names``."""
        described = {**self.asks["levers"]["dimensions"], **self.asks["futures"]["dimensions"]}
        return tuple(_dimension(name, described[name]) for name in self.names)

    def unit_of(self, name: str) -> str:
        """Return the declared unit of something that is varied."""
        from coproduction.scenarios.scenario import from_dict

        first = next(iter(self.asks["policies"].values()))
        return place_of(self.name, from_dict(first, source=self.name), name).declared.unit

    def scenarios(self) -> "dict[str, Scenario]":
        """Return the policies by name.

        Raises
        ------
        StoreError
            A city has changed since.
        """
        from coproduction.scenarios.scenario import from_dict

        found = {name: from_dict(tables, source=name) for name, tables in self.asks["policies"].items()}
        for name, scenario in found.items():
            if scenario.city.digest not in self.asks["cities"]:
                raise StoreError(
                    f"{name}: the city {scenario.city_reference} has changed since the sweep was begun."
                )
        return found


def _dimension(name: str, described: Mapping[str, Any]) -> Dimension:
    shape = {key: described[key] for key in ("mode", "mean", "sd") if key in described}
    return Dimension(
        name=name,
        role=described["role"],
        low=described["low"],
        high=described["high"],
        distribution=described["distribution"],
        shape=shape,
        values=tuple(described.get("values", ())),
        group=described["group"],
    )


def record_of(plan: Plan, block_runs: int) -> Record:
    """Return the record of a plan."""
    return Record(
        name=plan.name,
        title=plan.title,
        digest=plan.digest,
        model=model_of(plan.engine),
        engine=plan.engine,
        asks=plan.record(),
        names=plan.names,
        replications=plan.replications,
        block_runs=block_runs,
        cases=plan.cases,
        left_out=plan.left_out,
        precision=None if plan.precision is None else {"share": plan.precision, "ceiling": plan.ceiling},
    )


def read_record(file: Path) -> Record:
    """Read a record; raises ``StoreError`` where it is none."""
    try:
        fields = json.loads(file.read_text("utf-8"))
        return Record(**{**fields, "names": tuple(fields["names"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"{file}: cannot be read as the record of a sweep ({error}). Choose another store."
        ) from error


def begin(store: Store, plan: Plan, block_runs: int, *, accept_changes: bool = False) -> Record:
    """Enter a sweep in the store, or find it there; return its record.

    The size of blocks stays as it was begun with, so that processes agree on them.

    Raises
    ------
    StoreError
        The sweep in the store differs, or the model does, and that is not accepted.
    """
    file = store[SWEEPS] / f"{plan.name}.json"
    new = record_of(plan, block_runs)
    if not accept_changes:
        require_same(store, plan)
    if file.exists():
        old = read_record(file)
        if _same(old, new):
            new = record_of(plan, old.block_runs)
            if new == old and (store[DESIGN] / f"{plan.name}.parquet").exists():
                return old
        else:
            _put_away(store, old)
    write_design(store, plan, range(len(plan)))
    text = json.dumps(_as_json(new), indent=1, ensure_ascii=False)
    write_whole(file, lambda stream: stream.write(text.encode()))
    return new


def require_same(store: Store, plan: Plan) -> None:
    """Refuse a plan that differs from the sweep of its name in the store, or a model that does.

    Raises
    ------
    StoreError
        Either does; it says what has changed.
    """
    file = store[SWEEPS] / f"{plan.name}.json"
    if file.exists():
        old = read_record(file)
        new = record_of(plan, old.block_runs)
        if not _same(old, new):
            raise StoreError(_what_changed(store, old, new))


def _same(old: Record, new: Record) -> bool:
    return (old.digest, old.model, old.cases) == (new.digest, new.model, new.cases)


def begun_with(store: Store, plan: Plan) -> int | None:
    """Return how many runs make a block of a sweep in the store; None where it is not there."""
    file = store[SWEEPS] / f"{plan.name}.json"
    return read_record(file).block_runs if file.exists() else None


def _as_json(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in Record.__dataclass_fields__}


def write_design(store: Store, plan: Plan, numbers: Sequence[int]) -> None:
    """Write a row for each run that is asked for, some thousands at a time."""
    import pyarrow.parquet as pq

    def write(stream: Any) -> None:
        with pq.ParquetWriter(stream, design_schema(plan.names), compression="zstd") as writer:
            for first in range(0, len(numbers), ROWS):
                some = [plan.run(number) for number in numbers[first : first + ROWS]]
                writer.write_table(design_rows(plan, some))

    write_whole(store[DESIGN] / f"{plan.name}.parquet", write)


def _put_away(store: Store, old: Record) -> None:
    """Keep the record and the design that are being replaced."""
    away = store[EARLIER]
    away.mkdir(exist_ok=True)
    for file in (store[SWEEPS] / old.file, store[DESIGN] / f"{old.name}.parquet"):
        if file.exists():
            file.replace(away / f"{file.stem}-{old.digest}-{old.model}{file.suffix}")


def _what_changed(store: Store, old: Record, new: Record) -> str:
    where = f"{store.folder}: the sweep {new.name}"
    if old.digest == new.digest and old.cases != new.cases:
        return f"{where} was begun with cases = {str(old.cases).lower()}. {CHOICE}"
    if old.digest == new.digest:
        return (
            f"{where} was begun with another version of the model, {old.model}; this is {new.model}, and results of "
            f"two models do not mix. {CHOICE}"
        )
    changes = list(_differences("", old.asks, new.asks))
    more = f" and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
    return f"{where} has changed since it was begun: {'; '.join(changes[:SHOWN])}{more}. {CHOICE}"


def _differences(path: str, old: Any, new: Any) -> Iterator[str]:
    """Say key by key what differs between plain data."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from _differences(f"{path} {key}".strip(), old.get(key), new.get(key))
    elif old != new:
        yield f"{path} was {old}, is {new}"
