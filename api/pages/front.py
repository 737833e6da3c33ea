"""The front page: the widget where scripts run, a form that does the same where they do not."""

from __future__ import annotations

from api.pages.cards import card
from api.pages.layout import NAME, page, problem_note
from api.pages.markup import Markup, fragment, link, tag
from api.problems import Problem
from qa.wire import AnswerOut
from qa.wire_pages import ServiceState

EXAMPLES = (
    "Who must pull their troops out of Moldova, and by when?",
    "What is the Secretary-General asked to report on?",
    "Which resolutions speak of the safety of journalists?",
)


def render_front(state: ServiceState | None) -> str:
    """The page on which people begin."""
    chat = tag(
        "resolution-chat",
        question_form(""),
        api="/",
        filters=True,
        lang="en",
        heading="Ask in your own words",
        questions="|".join(EXAMPLES),
        class_="chat",
    )
    held = f"{state.resolutions:,} resolutions, {state.passages:,} passages" if state else ""
    aside = tag(
        "div",
        tag("h2", "Or search"),
        tag("p", "A list of paragraphs, with filters, that works without scripts."),
        search_form(""),
        tag("h2", "Or read"),
        tag("p", link("/resolutions", "All resolutions held here"), f": {held}." if held else "."),
        tag(
            "form",
            tag("label", "Go to a symbol", for_="symbol"),
            tag("div", tag("input", id="symbol", name="symbol", placeholder="A/RES/55/179"), tag("button", "Read")),
            action="/resolutions",
            class_="line",
        ),
        class_="aside",
    )
    lead = tag(
        "p",
        "Ask what the resolutions say. The answer is the paragraphs themselves, word for word and cited, or a plain "
        "“they do not say”.",
        class_="lead",
    )
    body = [tag("h1", "What do the resolutions say?"), lead, tag("div", chat, aside, class_="beside")]
    return page(NAME, *body, here="/", script="/widget.js", wide=True)


def render_answer(question: str, answer: AnswerOut | None, problem: Problem | None) -> str:
    """The answer to a question that came without a script."""
    shown: Markup | None = None
    if problem is not None:
        shown = problem_note(problem)
    elif answer is not None:
        shown = _answer(answer)
    return page(question or NAME, tag("h1", "Ask the resolutions"), question_form(question), shown, here="/")


def question_form(question: str) -> Markup:
    """A question in words, answered by the front page."""
    field = tag("input", id="q", name="q", value=question, maxlength="2000", required=True, autocomplete="off")
    return tag(
        "form",
        tag("label", "Your question", for_="q"),
        tag("div", field, tag("button", "Ask")),
        action="/",
        class_="line",
    )


def search_form(question: str) -> Markup:
    """Words to search for."""
    field = tag("input", id="words", name="q", value=question, maxlength="2000", type="search", required=True)
    return tag(
        "form",
        tag("label", "Words or a symbol", for_="words"),
        tag("div", field, tag("button", "Search")),
        action="/search",
        role="search",
        class_="line",
    )


def _answer(answer: AnswerOut) -> Markup:
    if answer.status == "answered":
        sure = tag("p", f"How sure: {min(answer.probability, 0.99):.0%}", class_="facts")
        return fragment(tag("h2", "Answer"), sure, [card(each) for each in answer.citations])
    note = tag(
        "div",
        tag("p", tag("b", "No paragraph held here surely answers this.")),
        tag("p", answer.reason or ""),
        class_="note",
    )
    near = [card(each) for each in answer.nearest]
    return fragment(note, tag("h2", "Nearest paragraphs, which may not answer") if near else None, near)
