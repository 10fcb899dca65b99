"""The same result again, bit for bit, from nothing but its manifest; or a plain word on what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.experiments.manifest import environment_differences, read_manifest
from coproduction.simulation.errors import ManifestError

if TYPE_CHECKING:
    from coproduction.experiments.progress import Progress
    from coproduction.experiments.replication import Model
    from coproduction.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True)
class ReplayOutcome:
    """What came of a replay.

    same            every bit of the result is as recorded
    kind            "run" or "comparison"
    runs            runs made again
    differences     parts of the result that differ, as "policy, seed 3: series"
    environment     in what this installation differs from the one that wrote the manifest
    """

    same: bool
    kind: str
    runs: int
    differences: tuple[str, ...]
    environment: tuple[str, ...]

    def sentences(self) -> list[str]:
        """Say it in words, the versions first, since they are the usual cause."""
        lines = [
            f"Differs from the installation that wrote the manifest: {text}." for text in self.environment
        ]
        if self.same:
            return [
                *lines,
                f"The same result again, bit for bit ({self.runs} {'run' if self.runs == 1 else 'runs'}).",
            ]
        shown = "; ".join(self.differences[:5])
        more = f"; and {len(self.differences) - 5} more" if len(self.differences) > 5 else ""
        return [*lines, f"NOT the same result; what differs: {shown}{more}."]


def replay(
    manifest_path: str | Path,
    *,
    workers: int | None = None,
    progress: "Progress | None" = None,
    model: "Model | None" = None,
) -> ReplayOutcome:
    """Make the result of a manifest again and compare the digests of every part.

    manifest_path   the manifest, or the folder that it is in
    model           what to run; the model itself if not given

    Raises
    ------
    ManifestError
        It cannot be read, or its city is no longer the one that was used.
    """
    manifest = read_manifest(manifest_path)
    recorded, again = _digests(manifest), _run_again(manifest, str(manifest_path), workers, progress, model)
    differences = tuple(
        f"{key}: not in the {'replay' if key in recorded else 'manifest'}"
        if key not in again or key not in recorded
        else key
        for key in recorded | again
        if recorded.get(key) != again.get(key)
    )
    return ReplayOutcome(
        same=not differences,
        kind=manifest["kind"],
        runs=len(manifest["seeds"]) * len(_scenario_tables(manifest)),
        differences=differences,
        environment=tuple(environment_differences(manifest)),
    )


def scenarios_of(manifest: Mapping[str, Any], source: str) -> "list[Scenario]":
    """Rebuild the scenarios that a manifest holds in full; ``source`` is named in errors."""
    from coproduction.scenarios.scenario import from_dict

    scenarios = [from_dict(table, source=source) for table in _scenario_tables(manifest)]
    for scenario in scenarios:
        if scenario.city.digest != manifest["city_digest"]:
            raise ManifestError(
                f"{source}: city_digest must be that of {scenario.city_reference}, {scenario.city.digest}; got "
                f"{manifest['city_digest']}. The city's file or table has changed since; bring the old one back."
            )
    return scenarios


def _run_again(
    manifest: Mapping[str, Any],
    source: str,
    workers: int | None,
    progress: "Progress | None",
    model: "Model | None",
) -> dict[str, str]:
    from coproduction.experiments.compare import compare_with
    from coproduction.experiments.digest import digest_of_parts
    from coproduction.experiments.precision import StoppingRule
    from coproduction.experiments.replication import the_model

    scenarios = scenarios_of(manifest, source)
    used = the_model(manifest["engine"]) if model is None else model
    if manifest["kind"] == "run":
        (seed,) = manifest["seeds"]
        result = used.simulate(scenarios[0], seed, engine=used.engine, snapshot=None)
        return _flat({"": {seed: digest_of_parts(result)}})
    comparison = compare_with(
        scenarios,
        used,
        StoppingRule(**manifest["rule"]),
        seed=manifest["seeds"][0],
        workers=workers,
        progress=progress,
    )
    return _digests(comparison.manifest)


def _scenario_tables(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [manifest["scenario"]] if manifest["kind"] == "run" else list(manifest["scenarios"])


def _digests(manifest: Mapping[str, Any]) -> dict[str, str]:
    if manifest["kind"] == "run":
        return _flat({"": {manifest["seeds"][0]: manifest["digests"]}})
    return _flat(manifest["digests"])


def _flat(digests: Mapping[str, Mapping[Any, Mapping[str, str]]]) -> dict[str, str]:
    """Name every digest as "policy, seed 3: series"."""
    return {
        f"{policy}{', ' if policy else ''}seed {seed}: {part}": digest
        for policy, seeds in digests.items()
        for seed, parts in seeds.items()
        for part, digest in parts.items()
    }
