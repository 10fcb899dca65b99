"""By which channels the police heard of a case, and which report was the quickest."""

from coproduction.experiments.follow_reporting import witnesses_who_called
from coproduction.experiments.follow_scene import Scene
from coproduction.experiments.follow_words import Check, Step, counted, lasting
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters import CHANNEL_NAMES
from coproduction.simulation.parameters.channels import EMERGENCY
from coproduction.simulation.parameters.levers import MEETINGS, MESSAGES
from coproduction.simulation.phases.reporting import FIRST_WITNESS, PATROLLING, VICTIM
from coproduction.simulation.rules.reporting import channel_of, report_seconds


def delay(scene: Scene) -> Step:
    """Tell by which channels the police heard, and how long it took until they knew."""
    reports = _reports(scene)
    seconds, channel, _ = min(reports, key=lambda report: report[0])
    urgent = scene.parameters.channels[channel].urgent > 0.0
    told = (
        f"The police knew after {lasting(seconds)}, by {CHANNEL_NAMES[channel].replace('_', ' ')}, "
        f"{'to which a unit is sent at once' if urgent else 'to which no unit is sent'}; there "
        f"{'was' if len(reports) == 1 else 'were'} {counted(len(reports), 'report')}."
    )
    checks = (
        Check("delay", scene.case["delay"], seconds),
        Check("channel", scene.case["channel"], channel),
        Check("information", scene.case["information"], _information(scene, reports)),
    )
    return Step("The report", told, tuple(line for _, _, line in reports), checks)


def _reports(scene: Scene) -> list[tuple[int, int, str]]:
    """Return seconds, channel and a line for each report, in the order in which they were decided."""
    reporting = scene.parameters.reporting
    found = []
    if scene.case["victim_reported"]:
        channel = _channel(scene, scene.victim, VICTIM)
        found.append(_report(scene, "victim", channel, VICTIM, scene.kind.reporting_delay))
    for look, resident in witnesses_who_called(scene):
        channel = _channel(scene, resident, FIRST_WITNESS + look)
        who = f"resident {resident}"
        found.append(_report(scene, who, channel, FIRST_WITNESS + look, reporting.witness_delay))
    if scene.case["volunteer_report"]:
        found.append(_report(scene, "volunteer", EMERGENCY, PATROLLING, reporting.witness_delay))
    return found


def _channel(scene: Scene, resident: int, teller: int) -> int:
    """Return the channel that a resident chose."""
    places, n = scene.after.neighbourhoods, int(scene.before.residents.neighbourhood[resident])
    levers = places.levers[n]
    meetings = scene.levers.meetings + float(levers[MEETINGS]) > 0.0
    u = scene.luck(Decision.CHANNEL, teller)
    members = scene.parameters.reporting.message_members + float(levers[MESSAGES])
    return channel_of(scene.parameters.channels, u, members, meetings, bool(places.shifts[n] > 0))


def _report(scene: Scene, who: str, channel: int, teller: int, minutes: float) -> tuple[int, int, str]:
    """Return seconds, channel and the line of one report."""
    u, spread = scene.luck(Decision.REPORT_DELAY, teller), scene.parameters.reporting.delay_spread
    adds = scene.parameters.channels[channel].delay
    seconds = report_seconds(u, minutes, adds, spread)
    line = (
        f"{who}, by {CHANNEL_NAMES[channel].replace('_', ' ')}: ({minutes:g} + {adds:g}) minutes × "
        f"(u / (1 − u))^{spread:g} with luck u = {u:.4f} = {seconds:,} seconds"
    )
    return seconds, channel, line


def _information(scene: Scene, reports: list[tuple[int, int, str]]) -> float:
    """Return the value of the best information from somebody who saw it; the victim's own report does not count."""
    seen = reports[int(bool(scene.case["victim_reported"])) :]
    return max((scene.parameters.channels[channel].information for _, channel, _ in seen), default=0.0)
