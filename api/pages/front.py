"""The front page: the widget where scripts run, a form that does the same where they do not."""

from __future__ import annotations

from collections.abc import Sequence

from api.pages.cards import card
from api.pages.layout import NAME, bare_page, notes_of, page, problem_note, read_note, telling
from api.pages.markup import Markup, fragment, link, tag
from api.pages.wanted import Wanted, faults_note, read_chips
from api.problems import Problem
from qa.wire import AnswerOut
from qa.wire_pages import ServiceState

# Questions to begin with, and the resolution that must be held for each to make sense.
EXAMPLES = {
    "A/RES/55/179": "Who must pull their troops out of Moldova, and by when?",
    "A/RES/80/217": "How can journalists be protected?",
    "A/RES/80/213": "What must States do against the financing of terrorist acts?",
}

HEADING = "Ask the resolutions"
EXPECT = (
    "Every quotation is checked against the text when it is given.",
    "Where no paragraph surely answers, that is said, and the nearest are shown.",
    "Nothing is summed up or translated. How States voted or what was said in debate is not in these texts.",
    "No cookies; nothing is fetched from other sites.",
)


def render_front(state: ServiceState | None, symbols: Sequence[str], faults: Sequence[str] = ()) -> str:
    """The page on which people begin. `symbols` are resolutions that are held: the examples ask about them."""
    held = tag("p", f"{state.resolutions:,} held here, in {state.paragraphs:,} paragraphs.") if state else None
    aside = tag(
        "div",
        tag("h2", "Search"),
        search_form(""),
        tag("h2", link("/resolutions", "Read the resolutions")),
        held,
        symbol_form(),
        tag("h2", "What to expect"),
        tag("ul", [tag("li", each) for each in EXPECT]),
        class_="aside",
    )
    lead = tag("p", "The answer is the paragraphs themselves, word for word, each with its citation.", class_="lead")
    heading = tag("h1", "What do the resolutions say?")
    body = [heading, lead, faults_note(faults), tag("div", _chat(symbols), aside, class_="beside")]
    return page(NAME, *body, here="/", script="/widget.js", wide=True)


def render_framed(symbols: Sequence[str]) -> str:
    """The chat alone, to be shown in a frame."""
    return bare_page(HEADING, _chat(symbols, tag("h1", HEADING, slot="header"), target="_blank"), script="/widget.js")


def _chat(symbols: Sequence[str], *title: Markup, target: str | None = None) -> Markup:
    examples = [EXAMPLES.get(symbol, f"What does {symbol} ask of States?") for symbol in symbols]
    return tag(
        "resolution-chat",
        *title,
        question_form("", target),  # where no script runs; no other page than this one may stand in a frame
        api="/",
        filters=True,
        lang="en",
        heading=HEADING,
        questions="|".join(examples),
        class_="chat",
    )


def render_answer(wanted: Wanted, answer: AnswerOut | None, problem: Problem | None) -> str:
    """The answer to a question that came without a script."""
    shown: Markup | None = None
    if problem is not None:
        shown = problem_note(problem)
    elif answer is not None:
        shown = _answer(answer)
    chips = read_chips(wanted, answer.understood.readings if answer is not None else ())
    form = question_form(wanted.question)
    return page(wanted.question or NAME, tag("h1", HEADING), form, faults_note(wanted.faults), chips, shown, here="/")


def question_form(question: str, target: str | None = None) -> Markup:
    """A question in words, answered by the front page."""
    field = tag("input", id="q", name="q", value=question, maxlength="2000", required=True, autocomplete="off")
    return tag(
        "form",
        tag("label", "Your question", for_="q"),
        tag("div", field, tag("button", "Ask")),
        action="/",
        target=target,
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


def symbol_form(symbol: str = "") -> Markup:
    """The way to one resolution."""
    field = tag(
        "input", id="symbol", name="symbol", value=symbol or None, placeholder="A/RES/55/179", maxlength="200",
        required=True, autocomplete="off",
    )  # fmt: skip
    return tag(
        "form",
        tag("label", "Symbol of a resolution", for_="symbol"),
        tag("div", field, tag("button", "Read")),
        action="/resolutions",
        class_="line second",
    )


def _answer(answer: AnswerOut) -> Markup:
    if answer.status == "answered":
        sure = tag("p", f"{_how_sure(answer.probability)}: {min(answer.probability, 0.99):.0%}", class_="facts")
        told = read_note(answer.understood)
        return fragment(tag("h2", "Answer"), sure, told, [card(each) for each in answer.citations])
    note = tag(
        "div",
        tag("p", tag("b", "No paragraph held here surely answers this.")),
        telling(answer.reason) if answer.reason else None,
        [telling(each) for each in notes_of(answer.understood)],
        class_="note none",
    )
    near = [card(each) for each in answer.nearest]
    return fragment(note, tag("h2", "Nearest paragraphs, which may not answer") if near else None, near)


def _how_sure(probability: float) -> str:
    """The widget's words for a probability."""
    return (
        "Very likely the answer"
        if probability >= 0.85
        else "Probably the answer"
        if probability >= 0.6
        else "Perhaps the answer"
    )
