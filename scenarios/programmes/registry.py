"""The library of programmes: ours, those that other packages announce, and those registered at run time."""

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from coproduction.scenarios.programmes.programme import Programme
from coproduction.simulation.errors import ScenarioFileError

ENTRY_POINTS = "coproduction.programmes"
"""Group under which another distribution names its programmes, each entry a :class:`Programme`."""

OURS = (
    "neighbourhood_watch",
    "foot_patrol",
    "message_network",
    "restorative_conference",
    "district_security",
    "conduct_training",
    "nonprofits",
    "lot_greening",
)
_registered: dict[str, Programme] = {}


@cache
def _found() -> dict[str, Programme]:
    modules = [import_module(f"coproduction.scenarios.programmes.{name}") for name in OURS]
    ours: list[Programme] = [module.PROGRAMME for module in modules]
    announced: list[Programme] = [entry.load() for entry in entry_points(group=ENTRY_POINTS)]
    return {programme.name: programme for programme in [*ours, *announced]}


def library() -> dict[str, Programme]:
    """Return every known programme by its name."""
    return {**_found(), **_registered}


def register(programme: Programme) -> None:
    """Add a programme to the library, under a name that is not taken; raises ``ScenarioFileError``."""
    if programme.name in library():
        raise ScenarioFileError(
            f"programme {programme.name}: the library has one of that name already. Choose another name."
        )
    _registered[programme.name] = programme


def unregister(name: str) -> None:
    """Take a registered programme out of the library again."""
    del _registered[name]
