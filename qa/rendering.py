"""From the domain's records to the wire: one function a shape."""

from __future__ import annotations

from qa.records import Act, Footnote, Heading, Paragraph, Reference, Resolution, Vote
from qa.wire import (
    ActOut,
    DeadlineOut,
    DroppedOut,
    FootnoteOut,
    HeadingOut,
    ParagraphOut,
    ReferenceOut,
    ResolutionOut,
    ResolutionSource,
    VoteOut,
)
from qa.wire_pages import ResolutionSummary


def render_act(act: Act) -> ActOut:
    deadline = act.deadline
    shown = (
        DeadlineOut(
            text=deadline.text,
            session=deadline.session,
            date=deadline.date.isoformat() if deadline.date else None,
            year=deadline.year,
            derived=deadline.derived,
        )
        if deadline
        else None
    )
    return ActOut(act.verb, act.phrase, act.strength.value, (act.span.start, act.span.end), act.addressee, shown)


def render_reference(reference: Reference) -> ReferenceOut:
    span = (reference.span.start, reference.span.end)
    return ReferenceOut(reference.text, reference.kind.value, span, reference.symbol, reference.paragraph)


def render_paragraph(symbol: str, paragraph: Paragraph) -> ParagraphOut:
    """One paragraph with its id."""
    return ParagraphOut(
        id=f"{symbol}#{paragraph.label}",
        label=paragraph.label,
        kind=paragraph.kind.value,
        number=paragraph.number,
        level=paragraph.level,
        text=paragraph.text,
        verb=paragraph.verb,
        spans=[(start, end) for start, end in paragraph.spans],
        parent=paragraph.parent,
        section=list(paragraph.section),
        part=paragraph.part,
        annex=paragraph.annex,
        page=paragraph.page,
        acts=[render_act(act) for act in paragraph.acts],
        references=[render_reference(reference) for reference in paragraph.references],
        footnotes=list(paragraph.footnotes),
    )


def _footnote(note: Footnote) -> FootnoteOut:
    spans = [(start, end) for start, end in note.spans]
    return FootnoteOut(note.marker, note.text, spans, list(note.anchors), note.reason)


def _heading(heading: Heading) -> HeadingOut:
    return HeadingOut(heading.text, heading.level, (heading.span.start, heading.span.end), heading.before)


def _vote(vote: Vote | None) -> VoteOut | None:
    if vote is None:
        return None
    against = vote.against if vote.in_favour is not None else None  # an index built before has 0 for "unanimously"
    return VoteOut(vote.text, vote.adopted_without_vote, vote.in_favour, against, vote.abstentions)


def render_resolution(resolution: Resolution) -> ResolutionOut:
    """The whole structure of one resolution."""
    symbol = str(resolution.symbol)
    source = resolution.source
    return ResolutionOut(
        symbol=symbol,
        organ=resolution.organ,
        session=resolution.session,
        title=resolution.title,
        adopted=resolution.adopted.isoformat() if resolution.adopted else None,
        meeting=resolution.meeting,
        vote=_vote(resolution.vote),
        agenda_item=resolution.agenda_item,
        origin=resolution.origin,
        url=resolution.symbol.url,
        citation=resolution.symbol.citation,
        paragraphs=[render_paragraph(symbol, one) for one in resolution.paragraphs],
        headings=[_heading(one) for one in resolution.headings],
        footnotes=[_footnote(one) for one in resolution.footnotes],
        references=[render_reference(one) for paragraph in resolution.paragraphs for one in paragraph.references],
        dropped=[DroppedOut((span.start, span.end), why.value) for span, why in resolution.dropped],
        absent=dict(resolution.lacking),
        derived=dict(resolution.derived),
        source=ResolutionSource(
            source.sha256, source.text_sha256, source.name, source.format, source.reader, resolution.parser
        ),
    )


def render_summary(resolution: Resolution) -> ResolutionSummary:
    """One line of a list."""
    return ResolutionSummary(
        symbol=str(resolution.symbol),
        title=resolution.title,
        organ=resolution.organ,
        session=resolution.session,
        adopted=resolution.adopted.isoformat() if resolution.adopted else None,
        citation=resolution.symbol.citation,
        url=resolution.symbol.url,
        paragraphs=len(resolution.paragraphs),
    )
