"""The middle of an offence's story: why the target was this cell, of all in reach."""

from coproduction.experiments.explanations.targets import weights_in_reach
from coproduction.experiments.follow_scene import Scene
from coproduction.experiments.follow_words import Check, Step, chance, counted
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters.crimes import HOUSEHOLD, PEOPLE
from coproduction.simulation.phases.offend import choose_anchor, place_for
from coproduction.simulation.rules.attractiveness import attractiveness
from coproduction.simulation.rules.calendar import watch_of_day
from coproduction.simulation.rules.careers import DAY_PLACE, HOME, LAST_TARGET, LEISURE
from coproduction.simulation.rules.offending import distance_pull

ANCHORS = {
    HOME: "offender's home",
    DAY_PLACE: "offender's day place",
    LEISURE: "place where the offender spends leisure",
    LAST_TARGET: "place of the offender's last offence",
}


def target(scene: Scene, tries: int) -> Step:
    """Tell why this cell, of all in reach of the offender's home."""
    u = scene.luck(Decision.TARGET, tries)
    anchor, home = started_from(scene)
    cell = chosen(scene, tries)
    exposure = int(scene.kind.exposure)
    if exposure == HOUSEHOLD:
        told = f"Such an offence happens at home, in neighbourhood {scene.neighbourhood_of(cell)}; no place is chosen."
        return Step("The place", told, (), (Check("cell", scene.cell, cell),))
    weights = weights_in_reach(scene.before, scene.numbers, (scene.crime, scene.watch), home)
    share = weights[cell] / sum(weights.values())
    told = (
        f"{counted(len(weights), 'cell')} with something to take or somebody to meet were in reach of the "
        f"{ANCHORS[anchor]}. The choice fell on one in neighbourhood {scene.neighbourhood_of(cell)}, "
        f"{scene.cells_apart(cell, home):.1f} cells away; its chance was {chance(share)}, against "
        f"{chance(1.0 / len(weights))} for an average one."
    )
    terms, found = _target_terms(scene, cell, home, exposure)
    checks = (
        (
            Check("cell", scene.cell, cell),
            Check("attraction", scene.case["attraction"], found),
            Check("anchor", scene.case["anchor"], anchor),
        )
        if tries == int(scene.case["tries"])
        else ()
    )
    return Step(
        "The target", told, (*terms, f"luck drew {u:.4f}, counted through the cells in reach"), checks
    )


def _target_terms(scene: Scene, cell: int, home: int, exposure: int) -> tuple[tuple[str, ...], float]:
    cells, decay = scene.before.cells, scene.parameters.offending.distance_decay
    fixed, boost = float(cells.fixed[scene.crime, cell]), float(cells.boost[scene.crime, cell])
    found = attractiveness(fixed, boost)
    pull = distance_pull(scene.squared_distance(cell, home), decay)
    exposed = float(
        cells.present[watch_of_day(scene.watch), cell] if exposure == PEOPLE else cells.homes[cell]
    )
    what = "persons expected there" if exposure == PEOPLE else "residents' homes"
    line = (
        f"weight = {exposed:.1f} {what} × attractiveness {found:.3f} (fixed {fixed:.3f} + {boost:.3f} left by "
        f"earlier offences nearby) × pull of distance {pull:.3f} = {exposed * found * pull:.2f}"
    )
    return (line,), found


def chosen(scene: Scene, tries: int) -> int:
    """Return the cell that a try went for."""
    offence = (scene.offender, scene.crime, tries)
    _, origin = started_from(scene)
    return int(place_for(scene.before, scene.numbers, (scene.seed, scene.watch), offence, origin))


def started_from(scene: Scene) -> tuple[int, int]:
    """Return the anchor of the offender's awareness space that the attempt started from, and its cell."""
    when = (scene.seed, scene.watch)
    return choose_anchor(scene.before, scene.numbers, when, scene.offender, scene.crime)
