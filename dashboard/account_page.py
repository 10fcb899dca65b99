"""A subject's account and facts as parts of the page; everything that is shown is escaped by the templates."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, Template

from coproduction.dashboard.facts import Compared
from coproduction.experiments.explanations.account import Account
from coproduction.experiments.explanations.explanation import PROBABILITY, Explanation
from coproduction.experiments.follow_words import chance

MOST_TERMS = 12
"""Terms of a decision that are listed; a choice among cells has hundreds."""


@cache
def _template(name: str) -> Template:
    loader = PackageLoader("coproduction.dashboard", "")
    return Environment(loader=loader, autoescape=True).get_template(name)


def _result(each: Explanation) -> str:
    result = chance(each.result) if each.unit == PROBABILITY else f"{each.result:.4g} {each.unit}"
    return f"most likely {each.likeliest}, {result}" if each.likeliest else result


def as_html(account: Account) -> str:
    """Return an account as HTML: one line a decision, which opens to its terms."""
    return _template("account.html.j2").render(account=account, result=_result, most=MOST_TERMS)


def facts_as_html(title: str, when: str, rows: Sequence[Compared]) -> str:
    """Return what is known of a subject in both cities as a table; when, in words."""
    return _template("subject.html.j2").render(title=title, when=when, rows=rows)
