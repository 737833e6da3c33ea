"""What a browser is shown where there is no page to show: what went wrong, and the ways back."""

from __future__ import annotations

from api.pages.front import question_form, search_form, symbol_form
from api.pages.layout import page, problem_note
from api.pages.markup import link, tag
from api.problems import Problem

_MACHINES = ("/v1/", "/health", "/healthz", "/metrics", "/version")  # their errors are problem documents, whoever asks


def is_for_a_reader(path: str, accept: str) -> bool:
    """Whether a person's browser asks for what would be a page."""
    return "text/html" in accept.lower() and not path.startswith(_MACHINES)


def render_lost(problem: Problem) -> str:
    """The page of a problem at an address that has none of its own."""
    ways = (("/", "Ask a question"), ("/search", "Search the paragraphs"), ("/resolutions", "All resolutions"))
    return page(
        problem.title,
        tag("h1", problem.title),
        problem_note(problem) if problem.status != 404 else None,
        question_form(""),
        search_form(""),
        symbol_form(),
        tag("ul", [tag("li", link(to, words)) for to, words in ways], class_="plain tries"),
    )
