"""A resolution as an indented, coloured outline in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from qa.wire import ParagraphOut, ResolutionOut

_COLOURS = {"preambular": "cyan", "operative": "green", "annex": "magenta", "unknown": "red"}


def print_outline(resolution: ResolutionOut) -> None:
    """Head, paragraphs, footnotes; then what the source does not say, and what was dropped and why."""
    console = Console(highlight=False)
    console.print(f"[bold]{escape(resolution.symbol)}[/]  {escape(resolution.title)}")
    facts = {
        "organ": resolution.organ,
        "session": resolution.session,
        "adopted": resolution.adopted,
        "meeting": resolution.meeting,
        "vote": resolution.vote.text if resolution.vote else None,
        "agenda item": resolution.agenda_item,
        "origin": resolution.origin,
    }
    for name, value in facts.items():
        if value:
            console.print(f"  [dim]{name:12}[/] {escape(value)}")
    headings = {heading.before: heading for heading in resolution.headings if heading.before}
    for paragraph in resolution.paragraphs:
        if paragraph.label in headings:
            console.print(f"\n  [bold]{escape(headings[paragraph.label].text)}[/]")
        _print_paragraph(console, paragraph)
    for note in resolution.footnotes:
        console.print(f"  [dim]note {note.marker}: {escape(note.text or note.reason or '')}[/]")
    for what, reasons in (("absent", resolution.absent), ("derived", resolution.derived)):
        for name, reason in reasons.items():
            console.print(f"  [yellow]{what} {escape(name)}: {escape(reason)}[/]")
    dropped: dict[str, int] = {}
    for one in resolution.dropped:
        dropped[one.why] = dropped.get(one.why, 0) + one.span[1] - one.span[0]
    counted = ", ".join(f"{n} {why}" for why, n in sorted(dropped.items()))
    console.print(
        f"  [dim]characters in no paragraph: {counted or 'none'}; source sha256 {resolution.source.sha256}[/]"
    )


def _print_paragraph(console: Console, paragraph: ParagraphOut) -> None:
    colour = _COLOURS[paragraph.kind]
    verb = f" [bold]{escape(paragraph.verb)}[/]" if paragraph.verb else ""
    line = f"[{colour}]{escape(paragraph.label)}[/]{verb}  {escape(paragraph.text)}"
    console.print(Padding(line, (0, 0, 0, 2 * paragraph.level)))
    for act in paragraph.acts if len(paragraph.acts) > 1 else []:
        whom = f" → {act.addressee}" if act.addressee else ""
        when = f"; when: {act.deadline.text}" if act.deadline else ""
        console.print(Padding(f"[dim]{escape(act.verb + whom + when)}[/]", (0, 0, 0, 2 * paragraph.level + 4)))
