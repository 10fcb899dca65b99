"""The middle of a case's story: whether a bystander stepped in, and how that ended."""

from coproduction.experiments.follow_reporting import witnesses_who_saw
from coproduction.experiments.follow_scene import Scene
from coproduction.experiments.follow_words import Check, Step, chance, drawn, odds
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters.crimes import HOMES
from coproduction.simulation.phases.intervention import bystander_traits, stepping_in_chance
from coproduction.simulation.rules.intervention import (
    HELPED,
    NEITHER,
    WORSENED,
    ending_of,
    intervention_terms,
)
from coproduction.simulation.state import NOBODY

ENDINGS = {
    HELPED: "It helped: the victim took less harm.",
    WORSENED: "It made things worse: the victim took more harm.",
    NEITHER: "It made no difference to the victim.",
}


def bystanders(scene: Scene) -> Step:
    """Tell who of those who saw the offence stepped in, the first to do so."""
    if scene.kind.exposure == HOMES:
        return _nobody(scene, "Nobody was met at the home, so there was nothing to step into.", ())
    lines = []
    for look, resident in witnesses_who_saw(scene):
        probability = float(stepping_in_chance(scene.before, scene.numbers, resident, scene.kind.guardable))
        u = scene.luck(Decision.STEPS_IN, look)
        does = u < probability
        ending = "stepped in" if does else "kept out of it"
        lines.append(
            f"resident {resident}: {ending}; {_line(scene, resident, probability)}; {drawn(u, probability)}"
        )
        if does:
            return _stepped_in(scene, resident, tuple(lines))
    told = "Nobody who saw it stepped in." if lines else "Nobody saw it who could have stepped in."
    return _nobody(scene, told, tuple(lines))


def _nobody(scene: Scene, told: str, lines: tuple[str, ...]) -> Step:
    checks = (
        Check("intervener", scene.case["intervener"], NOBODY),
        Check("intervention", scene.case["intervention"], 0),
    )
    return Step("Bystanders", told, lines, checks)


def _stepped_in(scene: Scene, resident: int, lines: tuple[str, ...]) -> Step:
    p, u = scene.parameters.intervention, scene.luck(Decision.STEPPING_IN_ENDS)
    ending = ending_of(u, p)
    told = f"Resident {resident} stepped in. {ENDINGS[ending]}"
    how = f"{chance(p.helps)} of interventions help, {chance(p.worsens)} harm; luck drew {u:.4f}"
    checks = (
        Check("intervener", scene.case["intervener"], resident),
        Check("intervention", scene.case["intervention"], ending),
    )
    return Step("Bystanders", told, (*lines, how), checks)


def _line(scene: Scene, resident: int, probability: float) -> str:
    """Return the terms of stepping in, in log odds and as a probability."""
    p = scene.parameters.intervention
    if p.usual <= 0.0:
        return "nobody ever steps in"
    traits = (float(trait) for trait in bystander_traits(scene.before, resident))
    usual, able, together, bold = intervention_terms(p, *traits)
    return (
        f"log odds {odds(usual)} (usual) {odds(able)} (self-efficacy) {odds(together)} (collective efficacy) "
        f"{odds(bold)} (fear), {chance(scene.kind.guardable)} within reach, probability {probability:.4f}"
    )
