"""The middle of a case's story: whether victim, witnesses or volunteers told the police."""

from coproduction.experiments.follow_scene import Scene
from coproduction.experiments.follow_words import Check, Step, chance, counted, drawn, odds
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, uniform
from coproduction.simulation.rules.protection import WATCHING, does, sees_probability
from coproduction.simulation.rules.reporting import (
    anybody_probability,
    reporting_probability,
    reporting_terms,
)
from coproduction.simulation.rules.targets import around, is_in, resident_around, volunteers_in
from coproduction.simulation.state import NOBODY


def victim_decides(scene: Scene) -> Step:
    """Tell why the victim did or did not call the police."""
    if scene.victim == NOBODY:
        return Step("The victim's call", "There was no resident to call.")
    habit, weight = scene.kind.victim_reporting, scene.parameters.reporting.trust_weight
    trust = float(scene.before.residents.trust[scene.victim])
    reporting = scene.parameters.reporting
    norm = (
        reporting.silence_weight
        * reporting.victim_silence
        * float(scene.before.residents.silence[scene.victim])
    )
    probability = reporting_probability(habit, trust, weight, norm)
    u = scene.luck(Decision.VICTIM_REPORTS)
    told = (
        f"At middling trust {chance(habit)} of victims of this kind of offence call. This victim's trust in the "
        f"police was {trust:.2f}, which makes it {chance(probability)}. "
        f"The victim {'called' if u < probability else 'did not call'}."
    )
    checks = (
        Check("victim_trust", scene.case["victim_trust"], trust),
        Check("report_probability", scene.case["report_probability"], probability),
        Check("victim_reported", scene.case["victim_reported"], u < probability),
    )
    line = _reporting_line(habit, trust, weight, norm)
    return Step("The victim's call", told, (f"{line}; {drawn(u, probability)}",), checks)


def _reporting_line(habit: float, trust: float, weight: float, silence: float) -> str:
    """Return the terms of a decision to report, in log odds and as a probability."""
    if not 0.0 < habit < 1.0:
        return f"probability {habit:g} whatever the trust"
    usual, confidence, norm = reporting_terms(habit, trust, weight, silence)
    probability = reporting_probability(habit, trust, weight, silence)
    return (
        f"log odds {odds(usual)} (habit) {odds(confidence)} (trust {trust:.3f}, weight {weight:g} per unit from "
        f"0.5) {odds(norm)} (norm against telling) = {odds(usual + confidence + norm)}, probability {probability:.4f}"
    )


def witnesses(scene: Scene) -> Step:
    """Tell who among the people around was there, saw it, and called."""
    lines: list[str] = []
    people, looks = _people_looked_at(scene)
    saw = called = 0
    for look, resident in looks:
        seen, calls, line = _bystander(scene, look, resident)
        saw, called = saw + seen, called + calls
        lines.append(line)
    told = (
        f"Of {counted(people, 'person', 'people')} who live or spend the day there, {len(looks)} "
        f"{'was' if len(looks) == 1 else 'were'} looked at as possible witnesses: {saw} saw it, {called} called."
    )
    checks = (
        Check("witnesses", scene.case["witnesses"], saw),
        Check("witness_reports", scene.case["witness_reports"], called),
    )
    return Step("Witnesses", told, tuple(lines), checks)


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
    if not is_in(residents, p.presence, resident, (scene.cell, scene.watch), away):
        return 0, 0, f"resident {resident}: elsewhere at the time (luck drew {away:.4f})"
    u, watches = scene.luck(Decision.SEES, look), does(int(residents.protection[resident]), WATCHING)
    seen = sees_probability(scene.kind.visibility, watches, p.protection.watching_effect)
    if u >= seen:
        return 0, 0, f"resident {resident}: there, did not see it; {drawn(u, seen)}"
    trust, habit = float(residents.trust[resident]), p.reporting.witness
    norm = p.reporting.silence_weight * float(residents.silence[resident])
    probability = reporting_probability(habit, trust, p.reporting.trust_weight, norm)
    v = scene.luck(Decision.WITNESS_REPORTS, look)
    line = _reporting_line(habit, trust, p.reporting.trust_weight, norm)
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


def unknown_to_police(scene: Scene) -> Step:
    """Tell how a case ends that nobody reported."""
    told = (
        "Nobody called. The offence is part of true crime and of no police record; nobody answered, investigated "
        "or was held for it."
    )
    return Step("The end, for the police", told, (), (Check("delay", scene.case["delay"], NOBODY),))
