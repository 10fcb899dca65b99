"""Put the report together: words, tables and pictures into one page that needs nothing else to be read."""

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import markupsafe
from markupsafe import Markup

from coproduction.experiments.report import (
    answer,
    city_maps,
    distribution,
    foundations,
    spending,
    tables,
    time_course,
    verdict,
    wording,
)
from coproduction.experiments.report.drawing import Picture
from coproduction.experiments.report.effects import Effect, effects, policy_titles
from coproduction.experiments.report.figures import forest, forest_reach
from coproduction.experiments.report.limits import GLOSSARY, limits

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison
    from coproduction.experiments.report import ValidationRow

PAGE_NAME = "report.html"
TABLES_FOLDER = "tables"


def write(comparison: "Comparison", folder: Path, validation: "Mapping[str, ValidationRow]") -> Path:
    """Write the tables, then the page that names them; return the path of the page.

    Raises
    ------
    DesignError
        The folder cannot be written.
    """
    from coproduction.simulation.errors import DesignError

    page = render(comparison, validation)
    written = tables.csv_tables(comparison)
    try:
        tables.write_tables(written, folder / TABLES_FOLDER)
        tables.write_text(folder / PAGE_NAME, page)
    except OSError as error:
        message = (
            f"{folder}: the report cannot be written ({error.strerror or error}). Choose another folder."
        )
        raise DesignError(message) from error
    return folder / PAGE_NAME


def render(comparison: "Comparison", validation: "Mapping[str, ValidationRow]") -> str:
    """The page as text."""
    found = effects(comparison)
    content = {
        **_opening(comparison, found, validation),
        **_verdict(comparison, found),
        **_spending(comparison),
        **_places_and_people(comparison),
        **_grounds(comparison, found, validation),
    }
    return page_environment().get_template("template.html.j2").render(content)


def page_environment() -> jinja2.Environment:
    """Templates in which every text is escaped and every missing name is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Only this package's own style sheet and pictures, whose texts are escaped already, pass unescaped.
    environment.globals["style"] = Markup(_source("style.css"))  # noqa: S704
    environment.filters["picture"] = Markup
    environment.filters["breakable"] = _breakable
    return environment


def _breakable(text: str) -> Markup:
    """A name such as ``population.trait_spread`` that a narrow column may break at its dots and underscores."""
    escaped = str(markupsafe.escape(text))
    return Markup(re.sub(r"(?<=\w)([._])(?=\w)", r"\1<wbr>", escaped))  # noqa: S704 - escaped just above


def _source(name: str) -> str:
    return resources.files("coproduction.experiments.report").joinpath(name).read_text(encoding="utf-8")


def _opening(
    comparison: "Comparison", found: tuple[Effect, ...], validation: "Mapping[str, ValidationRow]"
) -> dict[str, Any]:
    """Title, question and answer."""
    first = comparison.scenarios[0]
    titles = list(policy_titles(comparison).values())
    is_equal, gap = spending.budget_gap(comparison)
    ways = f"{wording.count(len(titles), 'way')} to police"
    budget = "at the same public budget" if is_equal else "compared"
    return {
        "title": f"{first.city.title}: {ways} {budget}",
        "place": first.city.title,
        "data_year": "" if str(first.city.year or "") in first.city.title else f", data of {first.city.year}",
        "baseline": titles[0],
        "policies": titles,
        "question": wording.listing(titles),
        "lead": answer.lead(found, titles[0]),
        "answers": answer.policy_answers(found, _who(comparison), f"±{_asked(comparison)}"),
        "unmoved": answer.unmoved(found),
        "validation_sentence": foundations.validation_sentence(validation),
        "budget_equal": is_equal,
        "budget_gap": wording.percent(100.0 * gap, 2),
        "equality": spending.gap_in_words(gap),
        "residents": f"{first.residents:,}",
        "burn_in_weeks": first.burn_in_weeks,
        "measured_weeks": first.measured_weeks,
        "n_pairs": len(comparison.seeds),
        "failures": comparison.failures.to_dict(orient="records"),
        "n_runs": len(comparison.seeds) * len(titles),
    }


def _verdict(comparison: "Comparison", found: tuple[Effect, ...]) -> dict[str, Any]:
    """The verdict table, its picture, and how precise it is."""
    shown = [effect for effect in found if effect.main and effect.can_be_drawn]
    reach = forest_reach(shown)
    by_policy = {
        name: [e for e in shown if e.policy == name] for name in dict.fromkeys(e.policy for e in shown)
    }
    panels = tuple(forest(rows, reach, f"forest-{number}") for number, rows in enumerate(by_policy.values()))
    main = [effect for effect in found if effect.main]
    return {
        "main_rows": verdict.outcome_rows(found, verdict.MAIN),
        "disparity_rows": verdict.outcome_rows(found, verdict.DISPARITIES),
        "about_discrimination": verdict.about_discrimination(comparison.scenarios),
        "other_rows": verdict.outcome_rows(found, verdict.FURTHER),
        "forest": Picture("", panels),
        "not_in_forest": wording.listing(_left_out(main)),
        "precision_table": verdict.precision_table(found, comparison.precision),
        "unresolved": answer.unresolved(found),
        "runs_needed": verdict.runs_needed,
        "precision": _asked(comparison),
        "interval_confidence": wording.significant(100.0 * comparison.rule.interval_confidence),
        "n_about_equal": sum(effect.distinguishable and not effect.is_told for effect in main),
        "may_be_luck": answer.MAY_BE_LUCK,
        "dropped_out": answer.dropped_out(main),
        "confidence": f"{100.0 * comparison.confidence:.0f}{wording.NO_BREAK}%",
        "n_main": len(main),
        "n_distinguishable": sum(effect.is_told for effect in main),
        "n_adjusted": sum(effect.is_told and not effect.is_weak for effect in main),
        "by_luck": wording.number((1.0 - comparison.confidence) * len(main), 1),
    }


def _who(comparison: "Comparison") -> tuple[dict[str, str], dict[str, str]]:
    """Return who gains and who loses under each policy, in words."""
    return distribution.gainers(comparison), distribution.losers(comparison)


def _asked(comparison: "Comparison") -> str:
    """The half-width asked for, in per cent of the baseline."""
    return f"{wording.significant(100.0 * comparison.precision)}{wording.NO_BREAK}%"


def _left_out(main: list[Effect]) -> list[str]:
    """Outcomes that have no percentage of the baseline in any policy's panel."""
    labels = [wording.within_sentence(effect.label) for effect in main if not effect.can_be_drawn]
    return list(dict.fromkeys(labels))


def _spending(comparison: "Comparison") -> dict[str, Any]:
    return {
        "trades": spending.trades(comparison),
        "spending_table": spending.spending_table(comparison),
        "summary_table": spending.summary_table(comparison),
        "mediation_table": spending.mediation_table(comparison),
    }


def _places_and_people(comparison: "Comparison") -> dict[str, Any]:
    return {
        "maps": city_maps.pictures(comparison),
        "in_metres": comparison.scenarios[0].city.city.distances_in_metres,
        "courses": time_course.pictures(comparison),
        "quintiles": distribution.picture(comparison),
        "quintile_measures": distribution.measures(comparison),
        "quintile_table": distribution.quintile_table(comparison),
        "worst_off_table": distribution.worst_off_table(comparison),
        "neighbourhood_sentences": distribution.neighbourhood_sentences(comparison),
        "inequality_table": distribution.inequality_table(comparison),
    }


def _grounds(
    comparison: "Comparison", found: tuple[Effect, ...], validation: "Mapping[str, ValidationRow]"
) -> dict[str, Any]:
    counted = foundations.basis(comparison)
    place = comparison.scenarios[0].city
    return {
        "basis": counted,
        "parameter_table": foundations.parameter_table(comparison),
        "lever_table": foundations.lever_table(comparison),
        "city_table": foundations.city_table(comparison),
        "provenance": place.provenance,
        "cautions": wording.sentences(place.provenance.cautions),
        "notes": wording.sentences(place.notes),
        "validation_table": foundations.validation_table(validation) if validation else None,
        "manifest_table": foundations.manifest_table(comparison),
        "limits": limits(comparison, found, counted),
        "glossary": GLOSSARY,
        "tables_folder": TABLES_FOLDER,
        "table_names": list(tables.csv_tables(comparison)),
    }
