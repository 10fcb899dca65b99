"""What this server serves; set once before the first visitor comes, and read by every page."""

import threading
from dataclasses import dataclass, field, replace

from coproduction.dashboard.link import Shown
from coproduction.dashboard.openings import Openings
from coproduction.dashboard.policies import Policies
from coproduction.simulation.errors import CoproductionError


@dataclass(slots=True)
class Served:
    """Policies to choose from and the burnt-in cities that visitors share."""

    policies: Policies = field(default_factory=Policies)
    openings: Openings = field(default_factory=Openings)


_served: list[Served] = []


class _Ended(Exception):  # noqa: N818 - no error: the server was told to end
    """Nobody wants the cities any more."""


def serve_these(policies: Policies) -> Served:
    """Say what is served from now on, and return it."""
    _served[:] = [Served(policies)]
    return _served[0]


def open_first(served: Served, ended: threading.Event) -> threading.Thread:
    """Burn in, beside other work, the cities that somebody sees who comes without a link; given up once ``ended``."""

    def told(_done: int, _of: int) -> None:
        if ended.is_set():
            raise _Ended

    def work() -> None:
        try:
            for name in served.policies.first_two:
                served.openings.of(served.policies[name], Shown("", "").seed, told)
        except (CoproductionError, _Ended):
            return  # what is wrong with a policy is told to whoever opens the page

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def served() -> Served:
    """Return what is served to this visitor: the packaged policies where nobody said otherwise."""
    if not _served:
        _served.append(Served())
    # Solara reads its environment when it is imported, which the module of a visitor's own policy does.
    from coproduction.dashboard.own_policy import with_own

    return replace(_served[0], policies=with_own(_served[0].policies))
