"""What this server serves; set once before the first visitor comes, and read by every page."""

from dataclasses import dataclass, field

from coproduction.dashboard.openings import Openings
from coproduction.dashboard.policies import Policies
from coproduction.dashboard.result_stores import ResultStores


@dataclass(slots=True)
class Served:
    """Policies and results to choose from, and the burnt-in cities that visitors share."""

    policies: Policies = field(default_factory=Policies)
    openings: Openings = field(default_factory=Openings)
    results: ResultStores = field(default_factory=ResultStores)


_served: list[Served] = []


def serve_these(policies: Policies, results: ResultStores | None = None) -> None:
    """Say what is served from now on."""
    _served[:] = [Served(policies, results=results or ResultStores())]


def served() -> Served:
    """Return what is served: the packaged policies where nobody said otherwise."""
    if not _served:
        _served.append(Served())
    return _served[0]
