"""The frame that all pages share: head, navigation, foot."""

from __future__ import annotations

from api.pages.markup import Child, Markup, fragment, link, tag
from api.problems import Problem
from qa.wire import Understood

_PLACES = (("/", "Ask"), ("/search", "Search"), ("/resolutions", "Resolutions"), ("/docs", "API"))
NAME = "United Nations resolutions"


def page(title: str, *body: Child, here: str = "", script: str | None = None, wide: bool = False) -> str:
    """A whole page. `here` is the address of the place in the navigation that it belongs to."""
    places = [link(to, name, aria_current="page" if to == here else None) for to, name in _PLACES]
    bar = tag(
        "header",
        link("#main", "Skip to the content", class_="skip"),
        tag("div", tag("p", link("/", NAME), class_="brand"), tag("nav", places, aria_label="Main"), class_="bar"),
        class_="top",
    )
    foot = tag(
        "footer",
        tag(
            "p",
            "Quotations are taken word for word from the texts held here; the official text is at ",
            link("https://docs.un.org/", "docs.un.org"),
            ". Not a service of the United Nations.",
        ),
    )
    main = tag("main", *body, id="main", class_="wide" if wide else None)
    return _whole(title, script, bar, main, foot)


def bare_page(title: str, *body: Child, script: str) -> str:
    """A page without navigation and foot, to stand in a frame of another site's."""
    return _whole(title, script, tag("main", *body, class_="alone"))


def _whole(title: str, script: str | None, *body: Child) -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title if title == NAME else f"{title} | {NAME}"),
        tag("link", rel="stylesheet", href="/assets/pages.css"),
        tag("link", rel="icon", href="/assets/icon.svg", type="image/svg+xml"),
        tag("link", rel="search", type="application/opensearchdescription+xml", href="/opensearch.xml", title=NAME),
        tag("script", type="module", src=script) if script else None,
    )
    return "<!doctype html>\n" + tag("html", head, tag("body", *body), lang="en")


def telling(text: str) -> Markup:
    """A line of a note; one that begins with what somebody wrote keeps its small letter."""
    return tag("p", text, dir="auto", class_="quoting" if text[:1] in "'\"“" else None)


def read_note(understood: Understood) -> Markup | None:
    """How a question was read, and what was not found of it."""
    told = [telling(each) for each in notes_of(understood)]
    return tag("div", told, class_="note none") if told else None


def notes_of(understood: Understood) -> list[str]:
    """The notes but for those that say what a chip says (`api.pages.wanted.read_chips`)."""
    shown = {said for one in understood.readings for said in (one.read_as, f"{one.text!r}: {one.read_as}")}
    return [each for each in understood.notes if each not in shown]


def problem_note(problem: Problem, *more: Child, told: bool = True) -> Markup:
    """What went wrong, with links to what was perhaps meant; its title and mend too, unless the page has told them."""
    nearby = [*problem.candidates, *problem.nearest]
    links = [tag("li", link(f"/search?q={each.replace('#', '%23')}", each)) for each in nearby]
    return tag(
        "div",
        tag("p", tag("b", problem.title)) if told else None,
        telling(problem.detail),
        tag("p", problem.mend) if told else None,
        *more,
        fragment(tag("p", "Perhaps you meant:"), tag("ul", links)) if links else None,
        class_="note",
        role="alert",
    )
