"""A lesson's texts as HTML: paragraphs, emphasis, lists, quotations, headings of Markdown; the rest is escaped."""

from functools import cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SEEN = {
    "published": "", "abstract only": " (its summary was read)", "derived": "",
    "unverified": " (from memory; not looked up)",
}  # fmt: skip
"""How a source was seen, behind it."""
HIGHEST = 3
"""Level that a text's largest heading gets on the page, where h1 is the lesson's title and h2 the step's."""


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # Neither links nor pictures nor HTML: a lesson of somebody else's can make a browser ask for nothing.
    return MarkdownIt("zero", {"html": False}).enable(
        ["emphasis", "list", "heading", "blockquote", "newline", "escape", "hr"]
    )


def as_html(text: str) -> str:
    """Return a lesson's text as HTML."""
    tokens = _reader().parse(text)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    first = min((int(token.tag[1:]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1:]) - first + HIGHEST, 6)}"
    return str(_reader().renderer.render(tokens, _reader().options, {}))


def source_lines(sources: list[str]) -> list[str]:
    """Return what is read for each source of a lesson: a fact with its publication, or the line as it stands."""
    from coproduction.simulation.evidence import evidence

    lines = []
    for each in sources:
        fact = evidence().get(each)
        if fact is None:
            lines.append(each)
        else:
            lines.append(f"{fact.statement} {fact.source.rstrip('.')}{SEEN[fact.status]}.")
    return lines


def sources_html(sources: list[str]) -> str:
    """Return the sources as an HTML list; empty where there is none."""
    items = "".join(f"<li>{escape(line)}</li>" for line in source_lines(sources))
    return f'<ul class="sources">{items}</ul>' if items else ""
