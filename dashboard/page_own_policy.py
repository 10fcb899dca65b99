"""The part of Explore by which a visitor brings a policy of their own, as a scenario file."""

from collections.abc import Callable
from dataclasses import replace

import solara

from coproduction.dashboard.link import Shown
from coproduction.dashboard.own_policy import MOST_BYTES, keep_own, own_policy
from coproduction.dashboard.page_parts import folded, html, say
from coproduction.dashboard.page_upload import Upload
from coproduction.dashboard.served import served
from coproduction.dashboard.uploads import Incoming
from coproduction.simulation.errors import CoproductionError


@solara.component
def OwnPolicy(now: Shown, ask: Callable[[Shown], None]) -> None:
    """A file to send; where it holds a policy it is shown as B, and where it does not the cities stay as they are."""
    said = solara.use_reactive("")

    def take(incoming: Incoming) -> None:
        try:
            scenario = own_policy(incoming, served().policies)
        except CoproductionError as error:
            said.set(str(error))
            return
        finally:
            incoming.close()
        said.set("")
        keep_own(scenario)
        ask(replace(now, b=scenario.name, watch=None, changes_a=(), changes_b=()))

    with folded("Your own policy"):
        html("p", "A scenario file as coproduce run reads it. It is shown as B, to you only.")
        Upload("Scenario file", ".toml", take, said.set, MOST_BYTES)
        say([said.value] if said.value else [])
