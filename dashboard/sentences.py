"""What the page says of two cities in words: for everybody, and for those who cannot see the map."""

from collections.abc import Sequence

import numpy as np

from coproduction.dashboard.changes import Change
from coproduction.dashboard.city_session import CitySession
from coproduction.dashboard.city_view import CityView
from coproduction.dashboard.layers import WEEKS_SHOWN, Layer
from coproduction.dashboard.world import Week, World
from coproduction.experiments.follow_words import time_of_day
from coproduction.simulation.rules.calendar import WATCHES_PER_DAY, WATCHES_PER_WEEK


def moment(watch: int) -> str:
    """Return a watch in words: week 27, day 3, in the evening."""
    day = watch % WATCHES_PER_WEEK // WATCHES_PER_DAY + 1
    return f"week {watch // WATCHES_PER_WEEK + 1}, day {day}, {time_of_day(watch)}"


def clock(session: CitySession) -> str:
    """Return where the run stands, as a sentence."""
    if session.ended:
        return f"After week {session.watch // WATCHES_PER_WEEK}: the run has ended."
    return f"Before {moment(session.watch)}."


def changes_in_words(changes: Sequence[Change]) -> str:
    """Return what was changed on the way and from when on, in order."""
    return "; ".join(
        f"{change.key.replace('_', ' ')} {change.value:g} from week {change.week} on" for change in changes
    )


def difference(session: CitySession) -> str:
    """Return one sentence on what B has otherwise than A in the last weeks, and how far that can be trusted.

    Weeks before the two went their own ways would count as if they told something.
    """
    parted = session.parted
    if parted is None:
        return "A and B are the same city under the same policy: change one of them to see what that does."
    a, b = (_last_weeks(session.worlds[side].weeks, parted) for side in ("a", "b"))
    if not a or not b:
        return "No whole week has been run since A and B went their own ways. Press Play or Step."
    counts = [sum(week.offences for week in weeks) for weeks in (a, b)]
    known = [sum(week.recorded for week in weeks) for weeks in (a, b)]
    over = "the last week" if len(a) == 1 else f"the last {len(a)} weeks"
    trust = b[-1].trust - a[-1].trust
    return (
        f"Over {over}, A had {counts[0]:,} offences and B {counts[1]:,}: {_against(*counts)}. The police know "
        f"of {known[0]:,} in A and {known[1]:,} in B. Mean trust in the police is {_shift(trust)} in B. One run on "
        "shared luck, not a forecast: a comparison of many runs tells chance from effect."
    )


def map_label(side: str, policy: str, view: CityView, layer: Layer) -> str:
    """Return one sentence on what a map shows."""
    values = layer.values(view)
    inside = np.flatnonzero(view.inside)
    top = int(inside[int(np.argmax(values[inside]))])
    row, column = divmod(top, view.shape[1])
    return (
        f"Map {side.upper()}, policy {policy}, before {moment(view.watch)}: {layer.title}, {layer.unit}. Mean "
        f"{values[inside].mean():.2f}, highest {values[top]:.2f} in column {column + 1}, row {row + 1}. Arrow keys "
        "move, Enter looks into a cell, Space plays and pauses."
    )


def difference_label(a: CityView, b: CityView, layer: Layer) -> str:
    """Return one sentence on where B has more or less than A."""
    apart = (layer.values(b) - layer.values(a))[a.inside]
    return (
        f"Map of differences, B minus A: {layer.title}, {layer.unit}. B has more in {int((apart > 0).sum())} cells, "
        f"less in {int((apart < 0).sum())}, the same in {int((apart == 0).sum())}; on average {apart.mean():+.3f}."
    )


def tie_words(world: World, resident: int, *, bonding: bool) -> str:
    """Return who a tie leads to, in words."""
    people = world.state.residents
    row, column = divmod(int(people.home[resident]), world.view.shape[1])
    kind = "bonding" if bonding else "bridging"
    serves = ", volunteers" if people.volunteer[resident] else ""
    return f"resident {resident}, a {kind} tie, home in column {column + 1}, row {row + 1}{serves}"


def kept_label(name: str, layer: Layer, watch: int) -> str:
    """Return one sentence on a map that shows an earlier moment; name, of the side or of the difference."""
    which = f"Map {name.upper()}" if len(name) == 1 else "Map of differences, B minus A"
    return f"{which}, as it was before {moment(watch)}, kept from then: {layer.title}, {layer.unit}."


def _last_weeks(weeks: list[Week], parted: int) -> list[Week]:
    """Return the last weeks of those that ended after a watch."""
    return [week for week in weeks if week.week * WATCHES_PER_WEEK > parted][-WEEKS_SHOWN:]


def _against(a: int, b: int) -> str:
    if a == b:
        return "as many"
    share = f", {abs(b - a) / a:.1%} of A's" if a else ""
    return f"{abs(b - a):,} {'fewer' if b < a else 'more'} in B{share}"


def _shift(by: float) -> str:
    if abs(by) < 0.0005:
        return "the same to three decimals"
    return f"{abs(by):.3f} {'higher' if by > 0 else 'lower'}"
