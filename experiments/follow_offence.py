"""The first half of a case's story: the attempt, its kind, its target, its guardians, its victim."""

from coproduction.experiments.follow_scene import Scene
from coproduction.experiments.follow_target import chosen, target
from coproduction.experiments.follow_words import Check, Step, chance, counted, drawn, moment, time_of_day
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import names_of
from coproduction.simulation.parameters.crimes import HOMES, HOUSEHOLD, PEOPLE
from coproduction.simulation.parameters.levers import HARDENING
from coproduction.simulation.phases.offend import (
    VICTIM_LOOKS,
    guardianship_against,
    home_of_another,
    type_of,
    victim_of,
)
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, watch_of_day
from coproduction.simulation.rules.guardianship import (
    remaining_patrol,
    stopped_probability,
)
from coproduction.simulation.rules.offending import attempt_probability, deterrence
from coproduction.simulation.rules.protection import LOCKS, TECHNOLOGY, does, home_holds_probability
from coproduction.simulation.rules.targets import (
    around,
    guardianship_terms,
    is_in,
    volunteers_in,
)
from coproduction.simulation.rules.temptation import (
    expected_certainty,
    rate_now,
    rhythm_now,
    speciality_probability,
)
from coproduction.simulation.state import NOBODY


def offence_steps(scene: Scene) -> list[Step]:
    """Return the steps from the attempt to the victim."""
    stopped = [step for tries in range(1, int(scene.case["tries"])) for step in _failed_try(scene, tries)]
    last = int(scene.case["tries"])
    return [attempt(scene), kind(scene), *stopped, *_try(scene, last), victim(scene)]


def _try(scene: Scene, tries: int) -> list[Step]:
    """Tell of one try: where, past whom, and against what home."""
    steps = [target(scene, tries), guardians(scene, tries)]
    by_guardians = scene.luck(Decision.STOPPED, tries) < stopped_probability(_guardianship(scene, tries))
    if int(scene.kind.exposure) != HOMES or by_guardians:
        return steps
    return [*steps, *home(scene, tries)]


def _guardianship(scene: Scene, tries: int) -> float:
    return guardianship_against(scene.before, scene.numbers, scene.crime, chosen(scene, tries), scene.watch)


def home(scene: Scene, tries: int) -> list[Step]:
    """Tell whether the home that was tried held; no step where nobody lives."""
    offender = int(scene.before.offenders.resident[scene.offender])
    tried = home_of_another(scene.before, chosen(scene, tries), offender, scene.luck(Decision.VICTIM))
    if tried == NOBODY:
        return []
    protection = int(scene.before.residents.protection[tried])
    hardening = float(
        scene.before.neighbourhoods.levers[scene.before.residents.neighbourhood[tried], HARDENING]
    )
    probability = home_holds_probability(protection, scene.parameters.protection, hardening)
    u = scene.luck(Decision.HOME_HOLDS, tries)
    what = [
        name
        for name, bit in (("good locks", LOCKS), ("alarm or camera", TECHNOLOGY))
        if does(protection, bit)
    ]
    told = (
        f"The home of resident {tried} was tried, which had {' and '.join(what) or 'neither good locks nor an alarm'}: "
        f"a chance of {chance(probability)} to hold. It {'held' if u < probability else 'did not hold'}."
    )
    return [Step("The home", told, (drawn(u, probability).capitalize(),))]


def attempt(scene: Scene) -> Step:
    """Tell why there was an attempt in this watch."""
    offenders, p = scene.before.offenders, scene.parameters.offending
    rate = rate_now(scene.before, scene.numbers, scene.watch, scene.offender)
    certainty = expected_certainty(scene.before, scene.offender)
    rhythm = rhythm_now(scene.before, scene.numbers, scene.watch, scene.offender)
    deterred = deterrence(certainty, p.certainty_weight)
    probability = attempt_probability(rate, rhythm, deterred)
    home = scene.neighbourhood_of(int(offenders.home[scene.offender]))
    told = (
        f"A resident of neighbourhood {home} who offends now and then (offender {scene.offender}) was free. In a "
        f"watch of eight hours {time_of_day(scene.watch)}, the chance that this person tries an offence was "
        f"{chance(probability)}. This time it was tried."
    )
    terms = (
        (
            f"1 − exp(−rate {rate:.5f} a watch × rhythm {rhythm:.3f} {time_of_day(scene.watch)} × deterrence "
            f"{deterred:.3f}) = {probability:.5f}"
        ),
        (
            f"deterrence = exp(−{p.certainty_weight:g} × perceived certainty of being caught {certainty:.3f}); "
            f"{drawn(scene.luck(Decision.ATTEMPT), probability)}"
        ),
    )
    checks = (
        Check("attempt_probability", scene.case["attempt_probability"], probability),
        Check("certainty", scene.case["certainty"], certainty),
        Check("rate", scene.case["rate"], rate),
    )
    return Step("The attempt", told, terms, checks)


def kind(scene: Scene) -> Step:
    """Tell which type of offence it was."""
    if scene.luck(Decision.SPECIALISES) < _own(scene):
        return _speciality(scene)
    u = scene.luck(Decision.CRIME_TYPE)
    upper = [float(x) for x in scene.before.rates.type_share[watch_of_day(scene.watch)]]
    shares = [high - low for low, high in zip([0.0, *upper[:-1]], upper, strict=True)]
    named = [name.replace("_", " ") for name in names_of(scene.parameters)]
    told = (
        f"{time_of_day(scene.watch).capitalize()}, {chance(shares[scene.crime])} of attempts are of this kind: "
        f"{scene.crime_name}. It happened in {moment(scene.watch, int(scene.case['second']))}."
    )
    listed = ", ".join(f"{name} {chance(share)}" for name, share in zip(named, shares, strict=True))
    terms = (f"{listed}; luck drew {u:.4f}, counted from the left",)
    second = int(scene.luck(Decision.MOMENT) * SECONDS_PER_WATCH)
    checks = (
        Check("crime", scene.crime, type_of(scene.before, u, scene.watch)),
        Check("second", scene.case["second"], second),
    )
    return Step("The kind", told, terms, checks)


def _own(scene: Scene) -> float:
    return speciality_probability(scene.before, scene.numbers, scene.watch, scene.offender)


def _speciality(scene: Scene) -> Step:
    share, u = _own(scene), scene.luck(Decision.SPECIALISES)
    told = (
        f"This offender's speciality is {scene.crime_name}, and {chance(share)} of attempts at this time of day are of "
        f"it by choice. It happened in "
        f"{moment(scene.watch, int(scene.case['second']))}."
    )
    checks = (
        Check("crime", scene.crime, int(scene.before.offenders.speciality[scene.offender])),
        Check("second", scene.case["second"], int(scene.luck(Decision.MOMENT) * SECONDS_PER_WATCH)),
    )
    return Step("The kind", told, (drawn(u, share).capitalize(),), checks)


def guardians(scene: Scene, tries: int) -> Step:
    """Tell what stood between the offender and the target."""
    cell = chosen(scene, tries)
    parts = guardianship_parts(scene, cell)
    total = _guardianship(scene, tries)
    probability, u = stopped_probability(total), scene.luck(Decision.STOPPED, tries)
    was_stopped = u < probability
    told = (
        f"People about, patrol still felt and volunteers on their round would have prevented it in "
        f"{chance(probability)} of such cases. This time they {'did' if was_stopped else 'did not'}."
    )
    terms = (
        f"guardianship = {scene.kind.guardable:g} that bears on such an offence × ({parts}) = {total:.4f}",
        f"prevented with 1 − exp(−{total:.4f}) = {probability:.4f}; {drawn(u, probability)}",
    )
    decisive = tries == int(scene.case["tries"])
    stored = (Check("guardianship", scene.case["guardianship"], total),) if decisive else ()
    return Step("Guardians", told, terms, stored)


def guardianship_parts(scene: Scene, cell: int) -> str:
    """Return the three parts of guardianship in a cell in words and numbers."""
    cells, g, places = scene.before.cells, scene.parameters.guardianship, scene.before.neighbourhoods
    eyes, patrol, by_volunteers, _ = guardianship_terms(cells, places, g, cell, scene.watch)
    present = float(cells.present[watch_of_day(scene.watch), cell])
    efficacy = float(scene.before.neighbourhoods.efficacy[cells.neighbourhood[cell]])
    waited = scene.watch - int(cells.patrol_seen[cell])
    stops = remaining_patrol(float(cells.patrol[cell]), waited, g.patrol_memory)
    visits = volunteers_in(cells, cell, scene.watch)
    return (
        f"{eyes:.4f} from eyes on the street ({present:.1f} present, collective efficacy {efficacy:.3f}) + "
        f"{patrol:.4f} from patrol ({stops:.3f} stops still felt) + {by_volunteers:.4f} from "
        f"volunteers ({counted(visits, 'visit')} in this watch)"
    )


def _failed_try(scene: Scene, tries: int) -> list[Step]:
    """Tell of a try that guardians or the home prevented, after which the offender went elsewhere."""
    again = scene.parameters.offending.second_try
    u = scene.luck(Decision.TRY_AGAIN)
    told = f"After being stopped, {chance(again)} of offenders go elsewhere in the same watch; this one did."
    return [
        *_try(scene, tries),
        Step("A second try", told, (drawn(u, again).capitalize(),)),
    ]


def victim(scene: Scene) -> Step:
    """Tell who was hit."""
    check = Check(
        "victim",
        scene.victim,
        victim_of(scene.after, scene.numbers, scene.seed, scene.watch, scene.row),
    )
    u = scene.luck(Decision.VICTIM)
    if scene.victim == NOBODY:
        told = "Nobody lives or was around there: the offence hit no resident."
        return Step("The victim", told, (), (check,))
    residents, hit = scene.before.residents, scene.victim
    told = (
        f"Resident {hit} was hit: {_how_picked(scene)}. This resident lives in neighbourhood "
        f"{scene.neighbourhood_of(int(residents.home[hit]))}, in income quintile {int(residents.quintile[hit]) + 1} of "
        f"5 (1 is poorest), with trust in the police of {float(residents.trust[hit]):.2f} and fear of "
        f"{float(residents.fear[hit]):.2f}, both from 0 to 1."
    )
    return Step("The victim", told, (f"luck drew {u:.4f}, counted through those who could be hit",), (check,))


def _how_picked(scene: Scene) -> str:
    cells = scene.before.cells
    if int(scene.kind.exposure) == HOUSEHOLD:
        return "the one of the household whom this offender hits, always the same"
    if int(scene.kind.exposure) == PEOPLE:
        people = int(around(cells, scene.cell))
        looked = min(VICTIM_LOOKS, people)
        tried = (
            f"of the {people} people who live there or spend the day there, up to {looked} were looked for, one after "
            f"the other from a random start"
        )
        away = uniform(scene.seed, Decision.AWAY, scene.victim, scene.watch)
        place, presence = (scene.cell, scene.watch), scene.parameters.presence
        there = is_in(scene.before, presence, scene.victim, place, away)
        return (
            f"{tried}; this one was the first who was there and was not passed over"
            if there
            else f"{tried}; none of them was there and exposed, so the first was taken"
        )
    living = int(cells.living_start[scene.cell + 1] - cells.living_start[scene.cell])
    return f"one of {counted(living, 'resident')} of the cell"
