"""What Results shows as the address of the page, and back: a link shows another reader the same screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

LONGEST = 80
"""Most letters of a text that is looked for."""
SORTS = {"declared": "as declared", "surest": "surest first", "name": "by name"}
MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What of which result is looked at.

    store      name of the result, one that the server knows; the visitor's own are in no link
    view       name of the screen
    x, y       outcomes
    policy     name of a policy, nothing for all
    parameter  name of one that was varied, nothing for the one that moves most
    find       text that rows must hold
    every      True for all outcomes, False for the main ones
    sort       a key of ``SORTS``
    page       of a long table, from 1
    """

    store: str = ""
    view: str = "compare"
    x: str = "true_crime"
    y: str = "crime_gap"
    policy: str = ""
    parameter: str = ""
    find: str = ""
    every: bool = False
    sort: str = "declared"
    page: int = 1

    def query(self) -> str:
        """Return it as the part of an address behind the question mark; what is as usual is left out."""
        usual = Asked()
        pairs = [
            (name, int(value) if isinstance(value, bool) else value)
            for name in self.__dataclass_fields__
            if (value := getattr(self, name)) != getattr(usual, name)
        ]
        return urlencode(pairs)


def read(
    query: str, stores: Sequence[str], views: Sequence[str], outcomes: Sequence[str]
) -> tuple[Asked, list[str]]:
    """Return what a link asks for, and a note on each value that cannot be had and was replaced."""
    given = {key: values[0] for key, values in parse_qs(query, keep_blank_values=True).items()}
    notes: list[str] = []
    usual = Asked(store=stores[0] if stores else "")

    def one_of(key: str, known: Sequence[str], default: str) -> str:
        value = given.get(key, default)
        if value in known:
            return value
        if key in given:
            notes.append(f"The link's {key} {value[:40]!r} is not known here; shown is {default or 'none'}.")
        return default

    asked = replace(
        usual,
        store=one_of("store", stores, usual.store),
        view=one_of("view", views, usual.view),
        x=one_of("x", outcomes, usual.x),
        y=one_of("y", outcomes, usual.y),
        sort=one_of("sort", tuple(SORTS), usual.sort),
        every=one_of("every", ("0", "1"), "0") == "1",
        policy=given.get("policy", "")[:LONGEST],
        parameter=given.get("parameter", "")[:LONGEST],
        find=given.get("find", "")[:LONGEST],
    )
    page = given.get("page", "1")
    if not (page.isascii() and page.isdecimal() and 1 <= len(page) < 7 and 1 <= int(page) <= MOST_PAGES):
        notes.append(f"The link's page must be a whole number from 1 to {MOST_PAGES:,}; got {page[:40]!r}.")
        page = "1"
    return replace(asked, page=int(page)), notes
