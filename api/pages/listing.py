"""The list of all resolutions held, page by page."""

from __future__ import annotations

from collections.abc import Sequence

from api.pages.cards import day
from api.pages.front import search_form, symbol_form
from api.pages.layout import page, problem_note
from api.pages.markup import fragment, link, reader_path, tag
from api.pages.wanted import Wanted, beyond_note, chips, faults_note
from api.problems import Problem
from qa.symbols import understand
from qa.wire_pages import ResolutionSummary

ON_PAGE = 50


def render_list(total: int, wanted: Wanted, items: Sequence[ResolutionSummary]) -> str:
    """One page of the list of those that pass the filters."""
    rows = [
        tag("li", link(reader_path(one.symbol), one.symbol), " ", tag("span", one.title, dir="auto", class_="name"), " ",
            tag("span", day(one.adopted), class_="facts"))
        for one in items
    ]  # fmt: skip
    number, last = wanted.page, max(1, -(-total // ON_PAGE))
    pairs = wanted.pairs()
    steps = [
        link(wanted.address(pairs, number - 1), "Previous") if number > 1 else None,
        tag("span", f"Page {number} of {last}"),
        link(wanted.address(pairs, number + 1), "Next") if number < last else None,
    ]
    listed = fragment(tag("ul", rows, class_="plain list"), tag("nav", steps, aria_label="Pages", class_="pages"))
    if number > last:
        listed = beyond_note(wanted, last)
    elif not total:
        listed = tag("p", "No resolution passes the filters. Take one away.", class_="note")
    title = f"Resolutions that pass the filters: {total:,}" if pairs else f"Resolutions held here: {total:,}"
    body = (faults_note(wanted.faults), symbol_form(), chips(wanted), listed)
    return page("Resolutions", tag("h1", title), *body, here="/resolutions")


def render_problem(problem: Problem, asked: str) -> str:
    """A page that says why there is nothing to read, and where the official text of what was asked for may be."""
    symbol = understand(asked).symbol
    elsewhere = tag("p", link(symbol.url, f"Look for {symbol} at docs.un.org")) if symbol else None
    missing, unread = problem.status == 404, problem.status == 422
    heading = "Not held here" if missing else "No such symbol" if unread and not problem.candidates else "Not shown"
    again = fragment(tag("h2", "Read another" if missing else "Try again"), symbol_form(asked), search_form(""))
    return page(
        problem.title,
        tag("h1", heading),
        problem_note(problem, elsewhere, told=not (missing or unread)),
        again if missing or unread else None,
        here="/resolutions",
    )
