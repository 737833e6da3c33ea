"""The list of all resolutions held, page by page."""

from __future__ import annotations

from collections.abc import Sequence

from api.pages.cards import day
from api.pages.front import search_form, symbol_form
from api.pages.layout import page, problem_note
from api.pages.markup import fragment, link, reader_path, tag
from api.problems import Problem
from qa.symbols import understand
from qa.wire_pages import ResolutionSummary

ON_PAGE = 50


def render_list(total: int, number: int, items: Sequence[ResolutionSummary]) -> str:
    """One page of the list; `number` counts from 1."""
    rows = [
        tag("li", link(reader_path(one.symbol), one.symbol), " ", tag("span", one.title, dir="auto", class_="name"), " ",
            tag("span", day(one.adopted), class_="facts"))
        for one in items
    ]  # fmt: skip
    last = max(1, -(-total // ON_PAGE))
    steps = [
        link(f"/resolutions?page={number - 1}", "Previous") if number > 1 else None,
        tag("span", f"Page {number} of {last}"),
        link(f"/resolutions?page={number + 1}", "Next") if number < last else None,
    ]
    body = fragment(tag("ul", rows, class_="plain list"), tag("nav", steps, aria_label="Pages", class_="pages"))
    return page("Resolutions", tag("h1", f"Resolutions held here: {total:,}"), symbol_form(), body, here="/resolutions")


def render_problem(problem: Problem, asked: str) -> str:
    """A page that says why there is nothing to read, and where the official text of what was asked for may be."""
    symbol = understand(asked).symbol
    elsewhere = tag("p", link(symbol.url, f"Look for {symbol} at docs.un.org")) if symbol else None
    missing = problem.status == 404
    return page(
        problem.title,
        tag("h1", "Not held here" if missing else "Not shown"),
        problem_note(problem, elsewhere, told=not missing),
        fragment(tag("h2", "Read another"), symbol_form(), search_form("")) if missing else None,
        here="/resolutions",
    )
