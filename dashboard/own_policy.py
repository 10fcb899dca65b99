"""A policy that a visitor has sent as a scenario file: checked as any other, and seen by that visitor only."""

import tomllib

import solara

from coproduction.dashboard.policies import Policies
from coproduction.dashboard.uploads import Incoming, UploadError, head_of, require_packaged
from coproduction.scenarios.scenario import Scenario, load, presets, replace

MOST_BYTES = 100_000
"""Largest scenario file; those that come with the program have under 5,000."""
MOST_RESIDENTS = 50_000
"""Largest city that a visitor may start, unless the server has larger ones itself."""
MOST_WEEKS = 520


def own_policy(incoming: Incoming, policies: Policies) -> Scenario:
    """Return the scenario in a file that a visitor has sent, with as many residents as the server's policies.

    Raises
    ------
    CoproductionError
        It is no scenario, names a city that is not packaged, bears the name of another policy, or is too large.
    """
    _check_city(incoming)
    place = incoming.folder / incoming.name
    incoming.file.rename(place)
    scenario = load(place)
    if policies.residents is not None:
        scenario = replace(scenario, residents=policies.residents)
    _check_name(scenario, policies)
    _check_size(scenario, policies)
    return scenario


def _check_city(incoming: Incoming) -> None:
    """Refuse a city of another file before anything is read for it; what else is wrong is said by ``load``."""
    try:
        tables = tomllib.loads(incoming.file.read_bytes().decode("utf-8"))
    except RecursionError as error:
        raise UploadError(f"{incoming.name}: must be a scenario; it is nested too deeply for one.") from error
    except ValueError:
        return
    head = head_of(tables)
    if "city" in head:
        require_packaged(incoming.name, head["city"])


def _check_name(scenario: Scenario, policies: Policies) -> None:
    if scenario.name in policies.names or scenario.name in presets():
        raise UploadError(
            f"{scenario.source}: [scenario] name must not be that of another policy here; got {scenario.name}. "
            "Give it another name."
        )


def _check_size(scenario: Scenario, policies: Policies) -> None:
    most = max(MOST_RESIDENTS, *(policies[name].residents for name in policies.names))
    if scenario.residents > most:
        raise UploadError(
            f"{scenario.source}: [scenario] residents must be at most {most:,} on this server; got "
            f"{scenario.residents:,}. Start coproduce dashboard on your own machine for a larger city."
        )
    weeks = scenario.burn_in_weeks + scenario.measured_weeks
    if weeks > MOST_WEEKS:
        raise UploadError(
            f"{scenario.source}: [scenario] burn_in_weeks and measured_weeks must be at most {MOST_WEEKS} together on "
            f"this server; got {weeks}. Lower one of them."
        )


_own: solara.Reactive[Scenario | None] = solara.reactive(None)
"""Solara keeps one value for each visitor, and drops it when the visitor has left."""


def keep_own(scenario: Scenario) -> None:
    """Keep a policy for this visitor, in place of an earlier one."""
    _own.set(scenario)


def with_own(policies: Policies) -> Policies:
    """Return the policies that this visitor may choose from."""
    own = _own.peek()
    return policies if own is None else policies.joined_by(own)
