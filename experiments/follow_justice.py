"""What became of a cleared case: charge, conference or court, who came to testify, sentence."""

from coproduction.experiments.follow_scene import Scene
from coproduction.experiments.follow_words import Check, Step, chance, counted, drawn, lasting
from coproduction.simulation.case_files import AT_SCENE
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters import SANCTION_NAMES
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_WEEK
from coproduction.simulation.rules.courts import (
    charge_probability,
    conviction_probability,
    sanction_of,
    whole_weeks,
)
from coproduction.simulation.state import NOBODY, Fate


def justice_steps(scene: Scene) -> list[Step]:
    """Return the steps from the charge to the fate of a cleared case."""
    fate = Fate(int(scene.case["fate"]))
    if fate == Fate.AWAITING_CHARGE:
        return [Step("The charge", "When the run ended the prosecutor had not yet decided.")]
    steps = [prosecution(scene)]
    if fate == Fate.DIVERTED:
        steps.append(Step("The end", "It was a first arrest and ended with a caution, without a court."))
    elif fate == Fate.CONFERENCED:
        steps.append(conference(scene))
    elif fate != Fate.NOT_CHARGED:
        steps += [until_court(scene), *trial(scene)]
    return steps


def prosecution(scene: Scene) -> Step:
    """Tell whether the offender was charged."""
    j = scene.parameters.justice
    evidence = 1.0 if int(scene.case["cleared"]) == AT_SCENE else float(scene.case["information"])
    probability = charge_probability(j.charge, evidence, j.evidence_weight)
    u = scene.luck(Decision.CHARGED)
    told = (
        f"At the week's end the prosecutor had evidence of {evidence:g} from 0 to 1 beside the arrest; "
        f"{chance(probability)} of such cases are charged. This one was {'' if u < probability else 'not '}charged."
    )
    terms = (
        (
            f"{j.charge:g} without evidence, {j.evidence_weight:g} in log odds for full evidence: {probability:.4f}; "
            f"{drawn(u, probability)}"
        ),
    )
    checks = (
        Check("charge_probability", scene.case["charge_probability"], probability),
        Check("not charged", scene.case["fate"] == Fate.NOT_CHARGED, u >= probability),
    )
    return Step("The charge", told, terms, checks)


def conference(scene: Scene) -> Step:
    """Tell of a restorative conference."""
    j, u = scene.parameters.justice, scene.luck(Decision.CONFERENCE_SATISFIES)
    satisfied = u < j.conference_success
    paid = j.restitution * scene.kind.unit_cost
    told = (
        f"Victim and offender both agreed to a restorative conference in place of the court. The offender paid "
        f"{paid:,.0f} USD back, and the victim left it {'satisfied' if satisfied else 'unsatisfied'}."
    )
    checks = (
        Check("satisfied", scene.case["satisfied"], satisfied),
        Check("restitution", scene.case["restitution"], paid),
        Check("the victim agreed", scene.luck(Decision.VICTIM_AGREES) < j.victim_agrees, True),
        Check("the offender agreed", scene.luck(Decision.OFFENDER_AGREES) < j.offender_agrees, True),
    )
    return Step("The conference", told, (drawn(u, j.conference_success).capitalize(),), checks)


def until_court(scene: Scene) -> Step:
    """Tell of bail or remand, and of threats."""
    j, case = scene.parameters.justice, scene.case
    weeks = whole_weeks(scene.luck(Decision.COURT_DATE), j.court_weeks)
    u = scene.luck(Decision.REMANDED)
    chance_to_be_held = j.remand * scene.kind.custodial
    remanded = u < chance_to_be_held
    told = (
        f"The day in court was set {counted(weeks, 'week')} later, and until then the offender was "
        f"{'held' if remanded else 'on bail'}."
    )
    charged = int(case["court_watch"]) - weeks * WATCHES_PER_WEEK
    checks = [
        Check("court_watch falls at a week's end", (charged + 1) % WATCHES_PER_WEEK, 0),
        Check("remanded", case["remanded"], remanded),
    ]
    terms = [f"{drawn(u, chance_to_be_held)} to be held".capitalize()]
    if not remanded and int(case["witness"]) != NOBODY:
        probability = float(case["retaliation_probability"])
        v = scene.luck(Decision.RETALIATES)
        told += f" The witness was {'threatened' if v < probability else 'left alone'}."
        terms.append(
            f"{chance(probability)} for {weeks * WATCHES_PER_WEEK} watches at large: {j.retaliation:g} for each "
            f"offence that the offender would plan in that time; {drawn(v, probability)}"
        )
        checks.append(Check("retaliation", case["retaliation"], v < probability))
    return Step("Until the court sat", told, tuple(terms), tuple(checks))


def trial(scene: Scene) -> list[Step]:
    """Tell who came to testify, and the verdict; or that the run ended before."""
    fate = Fate(int(scene.case["fate"]))
    if fate == Fate.AWAITING_COURT:
        return [Step("The trial", "When the run ended the court had not yet sat.")]
    came, told, checks = _who_came(scene)
    if fate == Fate.WITHDRAWN:
        checks.append(Check("nobody came", came, 0))
        return [Step("The trial", f"{told} Without anybody to testify the case was lost.", (), tuple(checks))]
    j = scene.parameters.justice
    probability = conviction_probability(j.conviction, came, j.testimony_weight)
    u = scene.luck(Decision.CONVICTED)
    told += (
        f" With {counted(came, 'person', 'persons')} to testify, {chance(probability)} of trials end in a conviction. "
        f"The offender was {'convicted' if u < probability else 'acquitted'}."
    )
    term = (
        f"{j.conviction:g} without testimony, {j.testimony_weight:g} in log odds a person: {probability:.4f}; "
        f"{drawn(u, probability)}"
    )
    checks.append(Check("conviction_probability", scene.case["conviction_probability"], probability))
    checks.append(Check("acquitted", fate == Fate.ACQUITTED, u >= probability))
    verdict = Step("The trial", told, (term,), tuple(checks))
    return [verdict] if fate == Fate.ACQUITTED else [verdict, sentence(scene)]


def _who_came(scene: Scene) -> tuple[int, str, list[Check]]:
    """Return how many came to testify, that in words, and the checks."""
    case, came = scene.case, 0
    told, checks = [], []
    for who, decision in (("victim", Decision.VICTIM_ATTENDS), ("witness", Decision.WITNESS_ATTENDS)):
        if int(case[who]) != NOBODY:
            probability = float(case[f"{who}_attendance"])
            attends = scene.luck(decision) < probability
            came += attends
            told.append(
                f"The {who}, who would come in {chance(probability)} of such trials, "
                f"{'came' if attends else 'stayed away'}."
            )
            checks.append(Check(f"{who}_attended", case[f"{who}_attended"], attends))
    return came, " ".join(told or ["There was nobody to call but officers."]), checks


def sentence(scene: Scene) -> Step:
    """Tell the sanction and its length."""
    p, case = scene.parameters, scene.case
    kind = sanction_of(p, scene.kind.custodial, scene.luck(Decision.SANCTION))
    sanction, u = p.sanctions[kind], scene.luck(Decision.CUSTODY_LENGTH)
    weeks = whole_weeks(u, sanction.weeks)
    seconds = weeks * WATCHES_PER_WEEK * SECONDS_PER_WATCH
    cost = 7 * weeks * sanction.day_cost
    held = sanction.held > 0.0
    remand = int(case["custody"]) - (weeks * WATCHES_PER_WEEK if held else 0)
    told = (
        f"The sentence was {'to be held in ' if held else 'a sentence in the '}{SANCTION_NAMES[kind]} for "
        f"{lasting(seconds)}, at {cost:,.0f} USD to county and state."
    )
    term = (
        f"luck drew {scene.luck(Decision.SANCTION):.4f} for the kind and {u:.4f} for the length, mean "
        f"{sanction.weeks:g} weeks"
    )
    checks = (
        Check("fate", case["fate"], Fate.COMMUNITY + kind),
        Check("sentence", case["sentence"], weeks),
        Check("time on remand", remand > 0, bool(case["remanded"])),
    )
    return Step("The sentence", told, (term.capitalize(),), checks)
