"""The reader: one resolution, each paragraph with an address of its own (`#OP19`), its references as links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from api.pages.cards import day
from api.pages.layout import page
from api.pages.markup import Markup, fragment, link, reader_path, tag
from qa.symbols.citing import cite_label
from qa.wire import HeadingOut, ParagraphOut, ResolutionOut, VoteOut
from qa.wire_pages import Link

_RECITAL = re.compile(r"(?:^|\.)PP(?P<number>[1-9]\d*)$")
_LEVELS = 4  # deeper paragraphs are set in no further


def render_resolution(resolution: ResolutionOut, links: Sequence[Link]) -> str:
    """The page of one resolution."""
    known = {one.symbol for one in links if one.held}
    headings: dict[str | None, list[HeadingOut]] = defaultdict(list)
    for heading in resolution.headings:
        headings[heading.before].append(heading)
    paragraphs = [
        fragment([_heading(one) for one in headings[each.label]], _paragraph(resolution.symbol, each, known))
        for each in resolution.paragraphs
    ]
    notes = [
        tag("li", tag("b", note.marker), " ", note.text or note.reason or "", dir="auto")
        for note in resolution.footnotes
    ]
    return page(
        resolution.citation,
        tag("p", tag("b", resolution.symbol), class_="facts"),
        tag("h1", resolution.title or resolution.citation, dir="auto"),
        _facts(resolution),
        tag("div", paragraphs, class_="text"),
        tag("section", tag("h2", "Notes"), tag("ul", notes, class_="plain"), aria_label="Notes") if notes else None,
        _cited(links),
        here="/resolutions",
    )


def _facts(resolution: ResolutionOut) -> Markup:
    rows = [
        ("Cited as", resolution.citation),
        ("Adopted", day(resolution.adopted)),
        ("Meeting", resolution.meeting),
        ("Vote", _vote(resolution.vote)),
        ("Agenda item", (resolution.agenda_item or "").removeprefix("Agenda item ")),
        ("Origin", resolution.origin),
    ]
    told = [(tag("dt", name), tag("dd", value, dir="auto")) for name, value in rows if value]
    official = link(resolution.url, "Official text", rel="noopener")
    machine = link("/v1" + reader_path(resolution.symbol), "JSON", rel="alternate", type="application/json")
    return fragment(tag("dl", told, class_="about"), tag("p", official, " ", machine, class_="facts spaced"))


def _vote(vote: VoteOut | None) -> str | None:
    if vote is None:
        return None
    if vote.adopted_without_vote:
        return "adopted without a vote"
    counted = ((vote.in_favour, "in favour"), (vote.against, "against"), (vote.abstentions, "abstaining"))
    return ", ".join(f"{n} {what}" for n, what in counted if n is not None) or vote.text


def _heading(heading: HeadingOut) -> Markup:
    return tag("h2" if heading.level <= 1 else "h3", heading.text, dir="auto")


def _paragraph(symbol: str, paragraph: ParagraphOut, known: set[str]) -> Markup:
    level = min(max(paragraph.level, 1), _LEVELS)
    recital = None if paragraph.number else _RECITAL.search(paragraph.label)
    number = paragraph.number or (f"Recital {recital['number']}" if recital else "¶")
    said = paragraph.number or cite_label(paragraph.label)
    class_ = "number recital" if recital else "number"
    anchor = link(f"#{paragraph.label}", number, class_=class_, aria_label=f"{said}: link to this paragraph")
    return tag(
        "div", anchor, tag("p", _linked(symbol, paragraph, known), dir="auto"), id=paragraph.label,
        class_=f"paragraph {paragraph.kind} k{level}",
    )  # fmt: skip


def _linked(symbol: str, paragraph: ParagraphOut, known: set[str]) -> Markup:
    """The text, with those references as links whose place in it is beyond doubt."""
    text, at = paragraph.text, 0
    parts: list[str | Markup] = []
    for reference in sorted(paragraph.references, key=lambda each: each.span):
        start, end = reference.span
        if reference.symbol in (None, symbol) or start < at or text[start:end] != reference.text:
            continue
        if reference.symbol in known:
            parts += [text[at:start], link(reader_path(reference.symbol or ""), text[start:end])]
            at = end
    return fragment(*parts, text[at:])


def _cited(links: Sequence[Link]) -> Markup | None:
    unique = {one.symbol: one for one in links}
    if not unique:
        return None
    items = [
        tag(
            "li",
            link(reader_path(one.symbol), one.symbol) if one.held else one.symbol,
            f" {one.title}" if one.title else None,
        )
        for one in unique.values()
    ]
    summary = tag("summary", f"Resolutions that this one cites ({len(items)})")
    return tag("details", summary, tag("ul", items))
