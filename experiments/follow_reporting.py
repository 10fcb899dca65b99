"""The middle of a case's story: whether victim, witnesses or volunteers told the police."""

from coproduction.experiments.follow_scene import Scene
from coproduction.experiments.follow_words import Check, Step, chance, counted, drawn, odds
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, uniform
from coproduction.simulation.parameters.channels import EMERGENCY
from coproduction.simulation.parameters.levers import WITNESS_REPORTING
from coproduction.simulation.phases.reporting import norm_of, prejudice_in, victims_prejudice_in
from coproduction.simulation.rules.logistic import shifted
from coproduction.simulation.rules.protection import WATCHING, does, sees_probability
from coproduction.simulation.rules.reporting import (
    NO_HELP_EXPECTED,
    NOT_WORTH_IT,
    REPRISAL_FEARED,
    anybody_probability,
    discovery_probability,
    reason_for_silence,
    reporting_probability,
    reporting_terms,
)
from coproduction.simulation.rules.targets import around, is_in, resident_around, stops_in, volunteers_in
from coproduction.simulation.state import NOBODY

CLOSE, LUCK = 0.5, "More such victims call than not: nothing in particular held this one back, it was luck."
REASONS = {
    NOT_WORTH_IT: "What weighed most was that it did not seem worth it.",
    REPRISAL_FEARED: "What weighed most was the norm against telling, and fear of reprisal.",
    NO_HELP_EXPECTED: "What weighed most was that the police would not help.",
}


def victim_decides(scene: Scene) -> Step:
    """Tell why the victim did or did not call the police."""
    if scene.victim == NOBODY:
        return Step("The victim's call", "There was no resident to call.")
    habit, weight = scene.kind.victim_reporting, scene.parameters.reporting.trust_weight
    trust = float(scene.before.residents.trust[scene.victim])
    norm = scene.parameters.reporting.victim_silence * norm_of(scene.before, scene.numbers, scene.victim)
    biased = victims_prejudice_in(scene.after, scene.numbers, scene.row)
    probability = shifted(reporting_probability(habit, trust, weight, norm, 0.0), biased)
    u = scene.luck(Decision.VICTIM_REPORTS)
    told = (
        f"At middling trust {chance(habit)} of victims of this kind of offence call. This victim's trust in the "
        f"police was {trust:.2f}, which makes it {chance(probability)}. "
        f"The victim {'called' if u < probability else 'did not call'}."
    )
    reason = 0 if u < probability else reason_for_silence(habit, trust, weight, norm)
    if reason:
        told += f" {REASONS[reason]}" if probability < CLOSE else f" {LUCK}"
    checks = (
        Check("reason", scene.case["reason"], reason),
        Check("victim_trust", scene.case["victim_trust"], trust),
        Check("report_probability", scene.case["report_probability"], probability),
        Check("victim_reported", scene.case["victim_reported"], u < probability),
    )
    line = _reporting_line(habit, trust, weight, (norm, 0.0))
    return Step("The victim's call", told, (f"{line}; {drawn(u, probability)}",), checks)


def _reporting_line(habit: float, trust: float, weight: float, others: tuple[float, float]) -> str:
    """Return the terms of a decision to report, in log odds and as a probability."""
    if not 0.0 < habit < 1.0:
        return f"probability {habit:g} whatever the trust"
    usual, confidence, norm, asked = reporting_terms(habit, trust, weight, *others)
    probability = reporting_probability(habit, trust, weight, *others)
    return (
        f"log odds {odds(usual)} (habit) {odds(confidence)} (trust {trust:.3f}, weight {weight:g} per unit from "
        f"0.5) {odds(norm)} (norm against telling) {odds(asked)} (programmes that ask) = "
        f"{odds(usual + confidence + norm + asked)}, probability {probability:.4f}"
    )


def witnesses(scene: Scene) -> Step:
    """Tell who among the people around was there, saw it, and called."""
    people, looks = _people_looked_at(scene)
    seen = [_bystander(scene, look, resident) for look, resident in looks]
    saw, called = sum(one[0] for one in seen), sum(one[1] for one in seen)
    told = (
        f"Of {counted(people, 'person', 'people')} who live or spend the day there, {len(looks)} "
        f"{'was' if len(looks) == 1 else 'were'} looked at as possible witnesses: {saw} saw it, {called} called."
    )
    checks = (
        Check("witnesses", scene.case["witnesses"], saw),
        Check("witness_reports", scene.case["witness_reports"], called),
    )
    return Step("Witnesses", told, tuple(one[2] for one in seen), checks)


def witnesses_who_saw(scene: Scene) -> list[tuple[int, int]]:
    """Return (look, resident) of each bystander who was there and saw the offence."""
    _, looks = _people_looked_at(scene)
    return [(look, resident) for look, resident in looks if _bystander(scene, look, resident)[0]]


def witnesses_who_called(scene: Scene) -> list[tuple[int, int]]:
    """Return (look, resident) of each witness who informed the police."""
    _, looks = _people_looked_at(scene)
    return [(look, resident) for look, resident in looks if _bystander(scene, look, resident)[1]]


def _people_looked_at(scene: Scene) -> tuple[int, list[tuple[int, int]]]:
    """Return how many are around, and (look, resident) of those considered who have no part in the offence."""
    cells = scene.before.cells
    people = int(around(cells, scene.cell))
    if people == 0:
        return 0, []
    first = pick(scene.luck(Decision.WITNESS), people)
    involved = {scene.victim, int(scene.before.offenders.resident[scene.offender])}
    found = [
        (look, int(resident_around(cells, scene.cell, (first + look) % people)))
        for look in range(min(int(scene.parameters.reporting.looks), people))
    ]
    return people, [(look, resident) for look, resident in found if resident not in involved]


def _bystander(scene: Scene, look: int, resident: int) -> tuple[int, int, str]:
    """Return whether a bystander saw the offence and called, 1 or 0 each, and the line that says why."""
    p, residents = scene.parameters, scene.before.residents
    away = uniform(scene.seed, Decision.AWAY, resident, scene.watch)
    if not is_in(scene.before, p.presence, resident, (scene.cell, scene.watch), away):
        return 0, 0, f"resident {resident}: elsewhere at the time (luck drew {away:.4f})"
    u, watches = scene.luck(Decision.SEES, look), does(int(residents.protection[resident]), WATCHING)
    seen = sees_probability(scene.kind.visibility, watches, p.protection.watching_effect)
    if u >= seen:
        return 0, 0, f"resident {resident}: there, did not see it; {drawn(u, seen)}"
    trust, habit = float(residents.trust[resident]), p.reporting.witness
    home = int(residents.neighbourhood[resident])
    others = (
        norm_of(scene.before, scene.numbers, resident),
        float(scene.before.neighbourhoods.levers[home, WITNESS_REPORTING]),
    )
    biased = prejudice_in(scene.after, scene.numbers, scene.row)
    probability = reporting_probability(habit, trust, p.reporting.trust_weight, *others)
    probability = shifted(probability, biased)
    v = scene.luck(Decision.WITNESS_REPORTS, look)
    line = _reporting_line(habit, trust, p.reporting.trust_weight, others)
    ending = "called" if v < probability else "did not call"
    return (
        1,
        int(v < probability),
        f"resident {resident}: saw it and {ending}; {line}; {drawn(v, probability)}",
    )


def volunteers(scene: Scene) -> Step:
    """Tell whether volunteers on patrol saw and reported it."""
    visits = volunteers_in(scene.before.cells, scene.cell, scene.watch)
    if visits == 0:
        check = Check("volunteer_report", scene.case["volunteer_report"], 0)
        return Step("Volunteers", "No volunteer was on patrol there in this watch.", (), (check,))
    probability = anybody_probability(scene.parameters.reporting.volunteer, visits)
    u = scene.luck(Decision.VOLUNTEER_SEES)
    told = (
        f"Volunteers came by ({counted(visits, 'visit')}): a chance of {chance(probability)} that one of them saw "
        f"and reported it. They {'did' if u < probability else 'did not'}."
    )
    check = Check("volunteer_report", scene.case["volunteer_report"], u < probability)
    return Step("Volunteers", told, (drawn(u, probability).capitalize(),), (check,))


def discovery(scene: Scene) -> Step:
    """Tell whether officers on patrol came upon an offence that nobody reported."""
    stops = stops_in(scene.before.cells, scene.cell, scene.watch)
    probability = discovery_probability(scene.parameters.patrol.discovery, scene.kind.visibility, stops)
    u = scene.luck(Decision.DISCOVERED)
    found = u < probability
    made = (
        f"Officers made {counted(stops, 'stop')} there in this watch" if stops else "No officer stopped there"
    )
    told = f"{made}: a chance of {chance(probability)} to come upon it. They {'did' if found else 'did not'}."
    checks = [Check("discovered", scene.case["discovered"], found)]
    if found:
        channel = scene.parameters.channels[EMERGENCY]
        told += " The police knew at once."
        checks += [
            Check("delay", scene.case["delay"], 0),
            Check("channel", scene.case["channel"], EMERGENCY),
            Check("information", scene.case["information"], channel.information),
        ]
    line = (
        f"1 − (1 − {scene.parameters.patrol.discovery:g} at a stop × visibility {scene.kind.visibility:g})^{stops} = "
        f"{probability:.5f}; {drawn(u, probability)}"
    )
    return Step("Patrol", told, (line,) if stops else (), tuple(checks))


def unknown_to_police(scene: Scene) -> Step:
    """Tell how a case ends that nobody reported."""
    told = (
        "Nobody called, and no officer came upon it. The offence is part of true crime and of no police record; nobody "
        "answered, investigated or was held for it."
    )
    return Step("The end, for the police", told, (), (Check("delay", scene.case["delay"], NOBODY),))
