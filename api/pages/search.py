"""The search page: results, filters as facets with counts, what is filtered now, pages."""

from __future__ import annotations

from collections import Counter

from api.pages.cards import card
from api.pages.front import search_form
from api.pages.layout import page, problem_note, read_note
from api.pages.markup import Markup, fragment, link, tag
from api.pages.wanted import Wanted, beyond_note, chips, faults_note, read_chips, words_of
from api.problems import Problem
from qa.wire import CitationOut, SearchOut

FOUND = 50  # paragraphs that a search looks at; the facets count these
ON_PAGE = 10
_SHOWN = 8  # values of a facet
TRIES = ("withdrawal of forces", "A/RES/55/179 on troops in Moldova", "protection of civilians in armed conflict")


def render_search(wanted: Wanted, found: SearchOut | None, problem: Problem | None) -> str:
    """The whole page, with results, a problem, or the form alone."""
    if problem is not None:
        shown = problem_note(problem)
    elif found is not None:
        shown = _results(wanted, found)
    else:
        tries = [tag("li", link(Wanted(words).address([]), words)) for words in TRIES]
        shown = fragment(
            tag("p", "Search by meaning and by words; paragraphs come best first.", class_="lead"),
            tag("h2", "For example"),
            tag("ul", tries, class_="plain tries"),
        )
    readings = read_chips(wanted, found.understood.readings if found is not None else ())
    title = f"{wanted.question[:80]}: search" if wanted.question else "Search"
    return page(
        title,
        tag("h1", "Search the paragraphs"),
        search_form(wanted.question),
        faults_note(wanted.faults),
        readings,
        shown,
        here="/search",
        wide=True,
    )


def _results(wanted: Wanted, found: SearchOut) -> Markup:
    every = found.citations
    begin = (wanted.page - 1) * ON_PAGE
    here = every[begin : begin + ON_PAGE]
    if not here and every:
        listed = beyond_note(wanted, -(-len(every) // ON_PAGE))
    elif not here:
        listed = tag("p", "Nothing found. Take a filter away, or use other words.", class_="note")
    else:
        heading = tag("h2", f"Paragraphs {begin + 1} to {begin + len(here)} of the {len(every)} best")
        there = link("#filters", "Filters", class_="there")
        listed = fragment(
            tag("div", heading, there, class_="heading"), [card(each) for each in here], _pages(wanted, len(every))
        )
    aside = tag("div", _years(wanted), _facets(wanted, every), class_="facets", id="filters")
    told = read_note(found.understood)
    return tag("div", tag("div", chips(wanted), told, listed, class_="results"), aside, class_="beside search")


def _facets(wanted: Wanted, every: list[CitationOut]) -> Markup:
    years = Counter(each.adopted[:4] for each in every if each.adopted)
    facets = (
        ("Organ", "organ", Counter(each.organ for each in every)),
        ("Kind", "kind", Counter(each.kind for each in every)),
        ("Year", "year", years),
        ("Resolution", "symbol", Counter(each.symbol for each in every)),
    )
    return fragment(*(_facet(wanted, title, name, counts) for title, name, counts in facets))


def _facet(wanted: Wanted, title: str, name: str, counts: Counter[str]) -> Markup | None:
    set_now = {value for key, value in wanted.pairs() if key == name}
    values = [(value, n) for value, n in counts.most_common(_SHOWN) if value not in set_now]
    if not values or len(counts) < 2:
        return None
    items = [
        tag(
            "li",
            link(
                _narrowed(wanted, name, value),
                tag("span", words_of(name, value)),
                " ",
                tag("span", str(n), class_="count"),
            ),
        )
        for value, n in values
    ]
    return tag("section", tag("h2", title), tag("ul", items), aria_label=title)


def _narrowed(wanted: Wanted, name: str, value: str) -> str:
    if name == "year":
        kept = [pair for pair in wanted.pairs() if not pair[0].startswith("year")]
        return wanted.address([*kept, ("year_from", value), ("year_to", value)])
    return wanted.address([*wanted.pairs(), (name, value)])


def _years(wanted: Wanted) -> Markup:
    kept = [
        tag("input", type="hidden", name=name, value=value)
        for name, value in wanted.pairs()
        if not name.startswith("year")
    ]
    fields = [
        tag(
            "label",
            words,
            tag("input", type="number", name=name, min="1945", max="2100", value=str(value) if value else None),
        )
        for words, name, value in (("From year", "year_from", wanted.year_from), ("To year", "year_to", wanted.year_to))
    ]
    question = [tag("input", type="hidden", name="q", value=wanted.question)]
    question += [tag("input", type="hidden", name="ignore", value=each) for each in wanted.ignore]
    return tag(
        "form",
        tag("h2", "Adopted"),
        question,
        kept,
        fields,
        tag("button", "Set years"),
        action="/search",
        class_="years",
    )


def _pages(wanted: Wanted, n: int) -> Markup | None:
    last = -(-n // ON_PAGE)
    if last < 2:
        return None
    links = [
        link(wanted.address(wanted.pairs(), number), str(number), aria_label=f"Page {number}",
             aria_current="page" if number == wanted.page else None)
        for number in range(1, last + 1)
    ]  # fmt: skip
    return tag("nav", links, aria_label="Pages of results", class_="pages")
