"""The right column: head, headings, paragraphs with their acts, footnotes; what is absent, and what was derived."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from qa.cli.parsed_text import act_line
from qa.records import Deadline, Footnote, Paragraph, Resolution


def outline(key: str, resolution: Resolution) -> Iterator[str]:
    """The outline as HTML, in pieces."""
    yield _facts(resolution)
    before: dict[str | None, list[str]] = {}
    for heading in resolution.headings:
        before.setdefault(heading.before, []).append(f'<h3 class="h{heading.level}">{escape(heading.text)}</h3>')
    yield '<div class="paragraphs">\n'
    for number, paragraph in enumerate(resolution.paragraphs):
        yield "".join(before.get(paragraph.label, []))
        yield _paragraph(key, number, paragraph)
    yield "".join(before.get(None, [])) + "</div>\n"
    if resolution.footnotes:
        yield "<h2>Footnotes</h2><dl>" + "".join(map(_footnote, resolution.footnotes)) + "</dl>\n"
    for title, reasons in (("Absent, and why", resolution.lacking), ("Derived, and from what", resolution.derived)):
        if reasons:
            lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(why)}</dd>" for name, why in reasons.items())
            yield f'<h2>{title}</h2><dl class="reasons">{lines}</dl>\n'


def _facts(resolution: Resolution) -> str:
    vote = resolution.vote
    facts = {
        "symbol": str(resolution.symbol),
        "title": resolution.title,
        "organ": resolution.organ,
        "session": resolution.session,
        "adopted": resolution.adopted.isoformat() if resolution.adopted else None,
        "meeting": resolution.meeting,
        "vote": vote.text if vote else None,
        "agenda item": resolution.agenda_item,
        "origin": resolution.origin,
    }
    lines = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts.items() if value)
    return f'<dl class="facts">{lines}</dl>\n'


def _paragraph(key: str, number: int, paragraph: Paragraph) -> str:
    acts = "".join(f"<li>{escape(act_line(act))}{_year(act.deadline)}</li>" for act in paragraph.acts)
    cited = ", ".join(dict.fromkeys(one.symbol or one.text for one in paragraph.references))
    notes = ", ".join(paragraph.footnotes)
    said = "; ".join(f"{what} {which}" for what, which in (("names", cited), ("footnote", notes)) if which)
    refs = f'<p class="refs">{escape(said)}</p>' if said else ""
    return (
        f'<div id="{key}o{number}" class="paragraph {paragraph.kind.value} {key}p{number}" '
        f'style="--level:{max(paragraph.level, 1) - 1}">'
        f'<a class="label" href="#{key}s{number}" title="to its place in the source">{escape(paragraph.label)}</a>'
        f"<p>{_text(paragraph)}</p>{f'<ul>{acts}</ul>' if acts else ''}{refs}</div>\n"
    )


def _year(deadline: Deadline | None) -> str:
    """The year that a deadline comes to, where it is not printed."""
    if deadline is None or deadline.year is None or not deadline.derived:
        return ""
    return f' <span class="derived">({deadline.year}, derived)</span>'


def _text(paragraph: Paragraph) -> str:
    """The clean text, with the words by which it acts in bold."""
    out, at = "", 0
    for act in paragraph.acts:
        start = act.span.start
        if start < at or not paragraph.text.startswith(act.phrase, start):
            continue
        out += f"{escape(paragraph.text[at:start])}<b>{escape(act.phrase)}</b>"
        at = start + len(act.phrase)
    return out + escape(paragraph.text[at:])


def _footnote(note: Footnote) -> str:
    where = ", ".join(dict.fromkeys(label for label, _ in note.anchors))
    tied = f' <span class="derived">at {escape(where)}</span>' if where else ""
    body = escape(note.text) if note.text is not None else f"<em>{escape(note.reason or 'no text')}</em>"
    return f"<dt>{escape(note.marker)}</dt><dd>{body}{tied}</dd>"
