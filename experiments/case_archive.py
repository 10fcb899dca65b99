"""Closed case files on disk: written as a run goes, read back for its result."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from coproduction.simulation.closing import put_together
from coproduction.simulation.errors import DesignError
from coproduction.simulation.population.empty import empty_cases
from coproduction.simulation.population.size import expected_cases
from coproduction.simulation.state import Cases

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

WORTHWHILE = 400_000
"""Offences expected in a run from which on ``coproduce run`` keeps closed case files on disk: 85 MB."""


class CaseArchive:
    """Closed case files of one run in a folder, a file of NumPy's columns each time that some are handed over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []

    def __call__(self, cases: Cases) -> None:
        """Write closed case files.

        Raises
        ------
        DesignError
            The folder cannot be written.
        """
        file = self.folder / f"closed-{len(self.files):05}.npz"
        columns = {name: getattr(cases, name) for name in Cases._fields[2:]}
        try:
            np.savez(file, **columns)
        except OSError as error:
            raise DesignError(
                f"{file}: closed case files cannot be written ({error.strerror or error}). Free some disk space or "
                f"choose another place for the result."
            ) from error
        self.files.append(file)

    def with_those_of(self, rest: Cases) -> Cases:
        """Return all case files of the run in their order: those written and those that the state still holds."""
        return put_together([*map(_read, self.files), rest])


def _read(file: Path) -> Cases:
    with np.load(file) as columns:
        read = empty_cases(0)._replace(**{name: columns[name] for name in Cases._fields[2:]})
    return read._replace(count=np.array([len(read.watch)], np.int64))


@contextmanager
def archive_beside(folder: Path, scenario: "Scenario", engine: str) -> Iterator[CaseArchive | None]:
    """Give an archive on the disk of a result's folder, removed in the end; None where memory will do.

    The agents engine, which is for small cities, keeps its case files.
    """
    cases = expected_cases(scenario.residents, scenario.numbers, scenario.watches)
    if engine != "core" or cases < WORTHWHILE:
        yield None
        return
    goal = folder.absolute().parent
    try:
        goal.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}.cases.", dir=goal) as place:
            yield CaseArchive(Path(place))
    except OSError as error:
        raise DesignError(
            f"{goal}: cannot be written ({error.strerror or error}). Choose another place for the result."
        ) from error
