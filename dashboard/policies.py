"""The policies that visitors may choose from: those packaged, and files that were named when the server was started.

A link names a policy; it can never make the server read a file.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coproduction.scenarios.scenario import load, presets, replace
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

BASELINE = "own_department"


@dataclass(slots=True)
class Policies:
    """Scenarios by name, each loaded once.

    files       scenario files or presets named by whoever started the server, the first two shown first
    residents   instead of the number in the scenarios, None to leave it
    further     files that can be chosen as well, such as those of lessons
    """

    files: Sequence[str] = ()
    residents: int | None = None
    further: Sequence[str] = ()
    _found: "dict[str, Scenario]" = field(default_factory=dict)
    _references: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Load them; raises ``CoproductionError`` where one cannot be read or two share a name."""
        for reference in (*self.files, *presets(), *self.further):
            scenario = load(reference)
            known = self._found.get(scenario.name)
            if known is not None and known.source != scenario.source:
                if reference in self.files:
                    raise DesignError(
                        f"{scenario.source}: name must not be that of {known.source}; got {scenario.name}. "
                        "Change it in one file."
                    )
                continue
            if known is None:
                sized = scenario if self.residents is None else replace(scenario, residents=self.residents)
                self._found[scenario.name] = sized
                self._references[scenario.name] = reference

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, those named by whoever started the server first."""
        return tuple(self._found)

    @property
    def first_two(self) -> tuple[str, str]:
        """What is shown to somebody who comes without a link."""
        first = self.names[0] if self.files else BASELINE
        second = self.names[1] if len(self.files) > 1 else "coproduced"
        return first, second

    def reference(self, name: str) -> str:
        """Return what a policy is called by on the command line: a preset, or the file as it was named."""
        return self._references[name]

    def joined_by(self, own: "Scenario") -> "Policies":
        """Return these policies and one more, called by its file; these themselves stay as they are."""
        joined = copy(self)
        joined._found = {**self._found, own.name: own}  # noqa: SLF001 - of the same class
        joined._references = {**self._references, own.name: own.source}  # noqa: SLF001
        return joined

    def __getitem__(self, name: str) -> "Scenario":
        """Return the scenario of that name; it must be one of ``names``."""
        return self._found[name]
