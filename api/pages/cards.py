"""A citation as people see it: the quotation, where it stands, what kind of paragraph it is."""

from __future__ import annotations

from datetime import date

from api.pages.markup import Markup, link, marked, reader_path, tag
from qa.ids import parts_of
from qa.symbols.citing import cite_label
from qa.wire import CitationOut

KINDS = {"preambular": "Preambular paragraph", "operative": "Operative paragraph", "annex": "Annex"}


def day(adopted: str | None) -> str:
    """A date as United Nations documents write it: 19 December 2000; what is no date stays as it is."""
    try:
        then = date.fromisoformat(adopted or "")
    except ValueError:
        return adopted or ""
    return f"{then.day} {then:%B %Y}"


def card(citation: CitationOut) -> Markup:
    """One result: quotation, citation that leads to the reader, title, facts, official text."""
    facts = [citation.organ, day(citation.adopted), KINDS.get(citation.kind, citation.kind)]
    also = [_place(each) for each in citation.also[:4]]
    return tag(
        "article",
        tag("p", citation.chapeau, class_="chapeau", dir="auto") if citation.chapeau else None,
        tag("blockquote", tag("p", marked(citation.text, citation.highlight), dir="auto")),
        tag("h3", link(reader_path(citation.symbol, citation.paragraph), citation.citation)),
        tag("p", citation.title, class_="title", dir="auto"),
        tag(
            "p",
            tag("span", " · ".join(fact for fact in facts if fact)),
            " · ",
            link(citation.url, "Official text", rel="noopener"),
            class_="facts",
        ),
        tag("p", "Nearly the same in ", [[", " if n else "", each] for n, each in enumerate(also)], class_="facts")
        if also
        else None,
        class_="card",
    )


def _place(passage: str) -> Markup:
    """A link to the paragraph that an id such as `A/RES/55/179#OP19` names."""
    symbol, label = parts_of(passage)
    words = f"{symbol}, {cite_label(label)}" if label else symbol
    return link(reader_path(symbol, label), words)
