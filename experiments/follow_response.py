"""The last part of a case's story: what the police did, and what was left behind."""

from coproduction.experiments.follow_channels import delay
from coproduction.experiments.follow_intervention import bystanders
from coproduction.experiments.follow_justice import justice_steps
from coproduction.experiments.follow_reporting import (
    discovery,
    unknown_to_police,
    victim_decides,
    volunteers,
    witnesses,
)
from coproduction.experiments.follow_scene import Scene
from coproduction.experiments.follow_words import Check, Step, article, chance, drawn, lasting, odds
from coproduction.simulation.case_files import AT_SCENE, BY_INVESTIGATION
from coproduction.simulation.decisions import Decision
from coproduction.simulation.phases.conduct import fair_chance
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.beats import MODES, mode_of
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH
from coproduction.simulation.rules.justice import (
    clearance_probability,
    clearance_terms,
    scene_arrest_probability,
)
from coproduction.simulation.rules.police import felt_fair, travel_seconds
from coproduction.simulation.state import NOBODY


def response_steps(scene: Scene) -> list[Step]:
    """Return the steps from the victim's decision to what is left behind."""
    steps = [bystanders(scene), victim_decides(scene), witnesses(scene), volunteers(scene)]
    if not scene.case["reported"]:
        steps.append(discovery(scene))
    if not scene.case["recorded"]:
        return [*steps, unknown_to_police(scene), afterwards(scene)]
    if scene.case["reported"]:
        steps.append(delay(scene))
    steps.append(response(scene))
    if int(scene.case["cleared"]) != AT_SCENE:
        steps.append(investigation(scene))
    if int(scene.case["cleared"]):
        steps += justice_steps(scene)
    return [*steps, afterwards(scene)]


def response(scene: Scene) -> Step:
    """Tell when a unit came, and whether there was an arrest at the scene."""
    taken = int(scene.case["response"])
    if taken == NOBODY:
        return Step("The response", "No unit came in this watch: none was sent, or none was free.")
    justice, travel = scene.parameters.justice, travelled(scene)
    minutes = (int(scene.case["delay"]) + taken) / 60.0
    probability = scene_arrest_probability(minutes, justice.scene_arrest, justice.scene_decay)
    u = scene.luck(Decision.SCENE_ARREST)
    waited = taken - travel
    told = (
        f"An officer {MODES[mode(scene)]} arrived {lasting(taken)} after the call"
        f"{f', {lasting(waited)} of them waiting for one to be free' if waited else ''}. "
        f"{lasting(60 * minutes).capitalize()} after the offence, an arrest at the scene had a chance of "
        f"{chance(probability)}. There was {'one' if u < probability else 'none'}."
    )
    terms = (
        (
            f"{justice.scene_arrest:g} × exp(−{minutes:.2f} minutes / {justice.scene_decay:g}) = {probability:.4f}; "
            f"{drawn(u, probability)}"
        ),
    )
    checks = (
        Check("scene_probability", scene.case["scene_probability"], probability),
        Check(
            "cleared at the scene",
            scene.case["cleared"] == AT_SCENE,
            u < probability and not _solved_before(scene),
        ),
    )
    return Step("The response", told, terms, checks)


def _solved_before(scene: Scene) -> bool:
    """Say whether an investigation had cleared the case when the unit was sent."""
    return int(scene.case["cleared"]) == BY_INVESTIGATION and sent_in(scene) > int(
        scene.case["cleared_watch"]
    )


def sent_in(scene: Scene) -> int:
    """Return the watch in which a unit was sent to a case that was answered."""
    return scene.watch + (_arrived(scene) - travelled(scene)) // SECONDS_PER_WATCH


def _arrived(scene: Scene) -> int:
    """Return the second, from the beginning of the offence's watch, at which the officer arrived."""
    return sum(int(scene.case[part]) for part in ("second", "delay", "response"))


def mode(scene: Scene) -> int:
    """Return how the officer who came works, see ``rules.beats``."""
    levers = policing_at(scene.after, scene.numbers, scene.watch + _arrived(scene) // SECONDS_PER_WATCH)
    return mode_of(int(scene.case["officer"]), levers.foot, levers.sub_stations)


def travelled(scene: Scene) -> int:
    """Return the seconds that the officer was on the way."""
    p = scene.parameters
    return travel_seconds(scene.luck(Decision.TRAVEL), p.patrol, p.beats, mode(scene))


def investigation(scene: Scene) -> Step:
    """Tell whether the investigation at the end of the week cleared the case."""
    p, knowledge = scene.parameters.justice, float(scene.case["knowledge"])
    informed = float(scene.case["information"])
    load = float(scene.case["caseload"])
    inputs = (
        scene.kind.clearance,
        (informed, p.witness_weight),
        (knowledge, p.knowledge_weight),
        (load, p.caseload_weight),
    )
    kind, witness, known, busy = clearance_terms(*inputs)
    probability = clearance_probability(*inputs)
    u = scene.luck(Decision.CLEARED)
    told = (
        f"At the end of the week detectives looked at it: {article(scene.crime_name)} {scene.crime_name} "
        f"{'with' if informed > 0.0 else 'without'} information from somebody who saw it, on a beat that its "
        f"officers know by {knowledge:.2f} of 1. The chance to clear it was {chance(probability)}. It was "
        f"{'cleared' if u < probability else 'not cleared'}."
    )
    terms = (
        (
            f"log odds {odds(kind)} (kind of offence) {odds(witness)} (witness) {odds(known)} (local knowledge) "
            f"{odds(busy)} ({load:.2f} cases a post) = {odds(kind + witness + known + busy)}, "
            f"probability {probability:.4f}; {drawn(u, probability)}"
        ),
    )
    checks = (
        Check("clearance_probability", scene.case["clearance_probability"], probability),
        Check("cleared by investigation", scene.case["cleared"] == BY_INVESTIGATION, u < probability),
    )
    return Step("The investigation", told, terms, checks)


def afterwards(scene: Scene) -> Step:
    """Tell what the offence left behind: in the victim, in the offender, in the place, in money."""
    told = [] if scene.victim == NOBODY else [_left_in_victim(scene)]
    certainty = [float(each.offenders.certainty[scene.offender]) for each in (scene.before, scene.after)]
    learnt = ", and rose when the case was cleared" if scene.case["cleared"] == BY_INVESTIGATION else ""
    told.append(
        f"The offender's perceived risk of being caught went from {certainty[0]:.3f} to {certainty[1]:.3f} in this "
        f"watch{learnt}. For some weeks the place draws more of the same: its attractiveness rises by "
        f"{scene.kind.boost:g} times its fixed part, which fades and spreads to the cells beside it. Such an offence "
        f"costs victims and society {scene.kind.unit_cost:,.0f} USD."
    )
    return Step("What it left behind", " ".join(told))


def _fairness(scene: Scene) -> float:
    """Return the probability that the victim felt treated fairly, had nobody had to wait."""
    place = int(scene.before.residents.neighbourhood[scene.victim])
    who = (int(scene.case["officer"]), scene.victim)
    return fair_chance(scene.before, scene.numbers, scene.seed, who, (place, scene.watch, 0.0))


def _left_in_victim(scene: Scene) -> str:
    """Tell what the watch did to the victim's fear and trust."""
    fear, trust = (
        [float(getattr(state.residents, trait)[scene.victim]) for state in (scene.before, scene.after)]
        for trait in ("fear", "trust")
    )
    told = f"The victim's fear went from {fear[0]:.3f} to {fear[1]:.3f}"
    if (
        not scene.case["victim_reported"]
        or int(scene.case["response"]) == NOBODY
        or sent_in(scene) > scene.watch
    ):
        return f"{told}."
    minutes = int(scene.case["response"]) / 60.0
    u = scene.luck(Decision.VICTIM_TREATED)
    fair = felt_fair(u, _fairness(scene), minutes, scene.parameters.contact.patience)
    return (
        f"{told}. The victim felt treated {'fairly' if fair else 'unfairly'} by the officers who came: trust in the "
        f"police went from {trust[0]:.3f} to {trust[1]:.3f}."
    )
