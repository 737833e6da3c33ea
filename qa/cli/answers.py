"""Answers and paragraphs as text in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from qa.wire import AnswerOut, CitationOut, Stage
from qa.wire_pages import ParagraphPage


def print_answer(answer: AnswerOut) -> None:
    """The citations, best first, the answering words underlined; or why there is none."""
    console = Console(highlight=False)
    if answer.status == "answered":
        console.print(f"[dim]sure to {answer.probability:.0%}[/]")
    else:
        console.print(f"[yellow]No answer: {escape(answer.reason or '')}[/]")
        if answer.nearest:
            console.print("[dim]The nearest paragraphs, which may not answer:[/]")
    for number, citation in enumerate(answer.citations or answer.nearest, start=1):
        _print_citation(console, number, citation)
    for note in answer.understood.notes:
        console.print(f"[dim]{escape(note)}[/]")
    readings = ", ".join(f"{one.text!r}" for one in answer.understood.readings)
    if readings:
        console.print(f"[dim]read in the question, and taken off with --ignore: {escape(readings)}[/]")
    for name, forms in answer.understood.expansions.items():
        console.print(f"[dim]{escape(name)} also read as {escape(', '.join(forms))}[/]")


def _print_citation(console: Console, number: int, citation: CitationOut) -> None:
    console.print(
        f"\n[bold]{number}. {escape(citation.citation)}[/]  [dim]{citation.kind}, {citation.adopted or 'no date'}[/]"
    )
    console.print(f"   [dim]{escape(citation.title)}  {citation.url}[/]", soft_wrap=True)
    if citation.chapeau:
        console.print(Padding(f"[dim]{escape(citation.chapeau)}[/]", (0, 0, 0, 3)))
    start, end = citation.highlight or (0, 0)
    text = citation.text
    marked = f"{escape(text[:start])}[underline]{escape(text[start:end])}[/]{escape(text[end:])}"
    console.print(Padding(marked, (0, 0, 0, 3)))
    if citation.also:
        console.print(f"   [dim]also in {escape(', '.join(citation.also))}[/]", soft_wrap=True)
    if citation.explain:
        stages = ", ".join(_stage(one) for one in citation.explain.stages)
        console.print(
            f"   [dim]why: score {citation.score:.3f}: {escape(stages)}; words: {escape(', '.join(citation.explain.terms))}[/]",
            soft_wrap=True,
        )


def _stage(one: Stage) -> str:
    """What a stage adds to the score, and the rank which that gives."""
    return f"{one.stage} {one.adds:+.3f}" + (f" (#{one.rank})" if one.rank else "")


def print_paragraph(page: ParagraphPage) -> None:
    """One paragraph between its neighbours."""
    console = Console(highlight=False)
    console.print(
        f"[bold]{escape(page.citation)}[/]  [dim]{escape(page.resolution.title)}  {page.url}[/]", soft_wrap=True
    )
    for before in page.before:
        console.print(Padding(f"[dim]{before.label}  {escape(before.text)}[/]", (0, 0, 0, 3)))
    console.print(Padding(f"{page.paragraph.label}  {escape(page.paragraph.text)}", (0, 0, 0, 3)))
    for after in page.after:
        console.print(Padding(f"[dim]{after.label}  {escape(after.text)}[/]", (0, 0, 0, 3)))
    spans = ", ".join(f"{start}-{end}" for start, end in page.source.spans)
    console.print(
        f"[dim]{escape(page.source.name)}, sha256 {page.source.sha256}, characters {spans}[/]", soft_wrap=True
    )
