"""What this server serves; set once before the first visitor comes, and read by every page."""

from dataclasses import dataclass, field, replace

from coproduction.dashboard.openings import Openings
from coproduction.dashboard.policies import Policies


@dataclass(slots=True)
class Served:
    """Policies to choose from and the burnt-in cities that visitors share."""

    policies: Policies = field(default_factory=Policies)
    openings: Openings = field(default_factory=Openings)


_served: list[Served] = []


def serve_these(policies: Policies) -> None:
    """Say what is served from now on."""
    _served[:] = [Served(policies)]


def served() -> Served:
    """Return what is served to this visitor: the packaged policies where nobody said otherwise."""
    if not _served:
        _served.append(Served())
    # Solara reads its environment when it is imported, which the module of a visitor's own policy does.
    from coproduction.dashboard.own_policy import with_own

    return replace(_served[0], policies=with_own(_served[0].policies))
