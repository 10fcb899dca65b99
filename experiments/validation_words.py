"""What a validation says, in plain words made from its numbers."""

from collections.abc import Sequence

from coproduction.experiments.report.wording import count, listing, number, percent, within_sentence
from coproduction.experiments.spatial_statistics import Correlation
from coproduction.experiments.validation import Fit, Range, Validation, within_factor

WANTED_FACTOR = 1.5
SAME_UNIT = "per 1,000 households a year"
NOTICEABLE = 0.05
"""Change of a correlation, or of Moran's I, that is worth a word."""


def figure(of: Correlation | Range, decimals: int = 2) -> str:
    """Return a value with its interval: "0.64 (0.04 to 0.90)"."""
    return f"{number(of.value, decimals)} ({number(of.low, decimals)} to {number(of.high, decimals)})"


def findings(v: Validation) -> tuple[str, ...]:
    """Return one paragraph a finding, the level first."""
    paragraphs = (
        level(v),
        order(v),
        beyond_income(v),
        where_the_order_comes_from(v),
        other_cuts(v),
        luck(v),
        clustering(v),
        limits(v),
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def level(v: Validation) -> str:
    """Say how the level stands to the observed one."""
    if v.city.observed_unit != SAME_UNIT:
        return (
            f"The observed column ({within_sentence(v.city.observed_label)}) is {v.city.observed_unit} and not "
            f"{SAME_UNIT}: levels are not compared, only which neighbourhoods have more."
        )
    verdict = "within" if within_factor(v.ratio, WANTED_FACTOR) else "outside"
    return (
        f"The model records {figure(v.model.level, 1)} burglaries and vehicle thefts {SAME_UNIT}; observed were "
        f"{number(v.observed_mean)} as the mean of neighbourhoods and {number(v.household_mean)} weighted by "
        f"households. The ratio is {number(v.ratio, 2)}, {verdict} the factor of {WANTED_FACTOR:g} that was wanted. "
        "The observed column sets nothing: base rates are those of the United States."
    )


def order(v: Validation) -> str:
    """Say how well the model orders neighbourhoods, beside income and housing value."""
    found, income = v.model.correlation, v.benchmarks["income"].correlation
    housing = v.benchmarks["housing_value"].correlation
    better = "better than" if abs(found.value) > abs(income.value) else "no better than"
    return (
        f"The model puts neighbourhoods in an order whose rank correlation with the observed one is {figure(found)}, "
        f"{_certainty(found)}. "
        f"Neighbours are alike, so that {count(v.compared, 'neighbourhood')} are worth about "
        f"{number(found.effective_size, 0)} independent ones here, and the interval is as wide as that. Income alone, "
        f"without any model, reaches {number(abs(income.value), 2)} in size, housing value "
        f"{number(abs(housing.value), 2)}: the model orders neighbourhoods {better} income alone does."
    )


def _certainty(found: Correlation) -> str:
    if found.low <= 0.0:
        return "an interval that holds 0"
    return "more than chance" if found.low > NOTICEABLE else "an interval that barely leaves out 0"


def beyond_income(v: Validation) -> str:
    """Say what the model adds to income, if anything, and what it loses."""
    added, around, lost = v.model.beyond, v.benchmarks["income_around"].beyond, v.income_beyond_model
    parts = [
        f"Given income, the model's rank correlation with observed crime is {figure(added)}: {_verdict(added)}"
    ]
    if around is not None:
        more = "at least as much" if abs(around.value) >= abs(added.value) else "less"
        parts.append(
            "Averaging each neighbourhood's income with that of the neighbourhoods it touches, without any model, adds "
            f"{more} in size: {figure(around)}."
        )
    if lost.low > 0.0 or lost.high < 0.0:
        parts.append(
            f"The other way round, given the model's map, income still has {figure(lost)}: the map has lost part of "
            "what income says."
        )
    return " ".join(parts)


def _verdict(added: Correlation) -> str:
    if added.low > 0.0:
        return "it adds something to what income says."
    if added.high < 0.0:
        return "where it departs from income it departs from what was observed, too."
    return "the interval holds 0, so what the model adds to income cannot be told from nothing."


def where_the_order_comes_from(v: Validation) -> str:
    """Say whether the order is only the declared tie of offenders to income."""
    cut = next((fit for fit in v.cuts if fit.key == "offenders"), None)
    if cut is None:
        return ""
    whole, left = v.model.correlation, cut.correlation
    opening = f"With {cut.what} the correlation is {figure(left)} instead of {number(whole.value, 2)}. "
    if left.value < whole.value / 2.0:
        return opening + (
            "So the agreement comes from one declared assumption, that offending careers are more common where incomes "
            "are low (offender_gradient of [population], whose size is assumed): the order is income's, handed on by "
            "the model, and no evidence that its mechanisms are right."
        )
    return (
        opening + "So most of the agreement does not rest on the declared tie of offending careers to income."
    )


def other_cuts(v: Validation) -> str:
    """Say which of the other mechanisms matter to the order, and whether it would be better without."""
    others = [cut for cut in v.cuts if cut.key not in {"offenders", "income"}]
    if not others:
        return ""
    whole = v.model.correlation
    worse = [cut for cut in others if cut.correlation.value < whole.value - NOTICEABLE]
    better = [cut for cut in others if cut.correlation.value > whole.value + NOTICEABLE]
    parts = [
        f"The order agrees less {_named(worse)}."
        if worse
        else "No other cut makes the order agree noticeably less."
    ]
    if better:
        parts.append(f"It agrees better {_named(better)}; nothing was changed on that account.")
    if all(whole.low <= cut.correlation.value <= whole.high for cut in others):
        parts.append(
            f"All {len(others)} correlations lie within the interval of the whole model's: this map says little for or "
            "against any of these mechanisms."
        )
    return " ".join(parts)


def _named(cuts: Sequence[Fit]) -> str:
    return listing([f"with {cut.what} ({number(cut.correlation.value, 2)})" for cut in cuts])


def luck(v: Validation) -> str:
    """Say how much of the maps is luck."""
    return (
        f"The map is the mean of {count(len(v.seeds), 'seed')}; {percent(100.0 * v.model.reliability, 0)} of its "
        "spread between neighbourhoods is not luck. A single simulated year has more luck in it, and a correlation of "
        f"{figure(v.model.single_year)} on average."
    )


def clustering(v: Validation) -> str:
    """Say whether the model's map is as clustered as the observed one."""
    model, observed, income = v.model.clustering, v.observed_clusters, v.benchmarks["income"].clustering
    words = "about as smooth as"
    if abs(model - observed) > NOTICEABLE:
        words = "smoother than" if model > observed else "less smooth than"
    return (
        f"The model's map is {words} the observed one: Moran's I is {number(model, 2)} against {number(observed, 2)} "
        f"(income: {number(income, 2)}; without clustering about {number(-1.0 / (v.compared - 1), 2)})."
    )


def limits(v: Validation) -> str:
    """Say what such a check cannot show."""
    text = (
        "This is one city and one map. Nothing by neighbourhood on volunteering, collective efficacy or trust is known "
        "here, so the mechanisms of co-production themselves are not checked."
    )
    if any(assumption.margin == "population" for assumption in v.city.assumptions):
        text += (
            " The table has no residents: every neighbourhood was given the same number, and rates per household rest "
            "on that."
        )
    return text
