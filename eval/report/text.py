"""The report as text in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from eval.comparing import Change, Comparison
from eval.failures import WORDS
from eval.folder import RunFolder
from eval.gate import Verdict
from eval.wire import Figure, HitsLine, Measures, SweepRow
from qa.cli.tables import fits, print_table, wide_console
from qa.cli.terminal import counted

N_CHANGES = 10
N_FAILURES = 20
N_GIVEN = 3


def _table(*columns: str, title: str = "") -> Table:
    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for column in columns:
        table.add_column(column, no_wrap=column != "question")
    return table


def shown(figure: Figure | None) -> str:
    """A figure as people read it: `0.512 [0.40, 0.62]`; a dash where it is not defined, or its interval is not."""
    if figure is None or figure.value is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3f} [dim]–[/dim]"
    return f"{figure.value:.3f} [dim]\\[{figure.low:.2f}, {figure.high:.2f}][/dim]"


def plain(figure: Figure | None) -> str:
    """A figure without its interval, where many stand side by side."""
    return "–" if figure is None or figure.value is None else f"{figure.value:.3f}"


def print_figures(figures: Mapping[str, Figure], title: str = "") -> None:
    """A table of figures with their intervals."""
    table = _table("measure", "value [dim]95% interval[/dim]", "questions", title=title)
    for name, figure in figures.items():
        table.add_row(name, shown(figure), str(figure.n))
    print_table(wide_console(), table)


def print_run(found: RunFolder) -> None:
    """Figures, kinds, abstention, latency, citation checks and failures of a run."""
    console, measures = wide_console(), found.measures
    counts, told = measures.counts, found.conditions
    console.print(
        f"[bold]{escape(told.name)}[/bold]  {counted(counts.questions, 'question')}"
        f"{f' ({counts.unjudged} not judged)' if counts.unjudged else ''}, index {escape(told.generation)}"
    )
    print_figures(measures.folded, "Ranking, sub-paragraphs folded")
    if measures.kinds:
        print_table(console, _kinds(measures))
    print_table(console, _outcomes(measures))
    print_table(console, _abstention(measures))
    print_table(console, _latency(measures))
    broken = measures.citations.broken
    console.print(f"Citations: {measures.citations.checked} checked, {broken} broken")
    for fault in measures.citations.faults[:5]:
        console.print(f"  [red]{escape(fault)}[/red]")
    if counts.missing_expected:
        console.print(f"[yellow]Not in the index:[/yellow] {', '.join(counts.missing_expected)}")
    _print_failures(console, found)


def _kinds(measures: Measures) -> Table:
    names = [name for name in ("nDCG@10", "Success@1", "Success@5", "R@100") if name in measures.folded]
    table = _table("kind", "n", *names, title="Kind by kind (intervals: report.html)")
    for kind, figures in measures.kinds.items():
        n = next(iter(figures.values())).n
        table.add_row(escape(kind), str(n), *(plain(figures[name]) for name in names))
    return table


def _outcomes(measures: Measures) -> Table:
    columns = ("kind", "n", "answered", "rightly", "refused", "rightly")
    table = _table(*columns, title="Answered or refused, kind by kind")
    for kind, one in measures.outcomes.items():
        row = (one.n, one.answered, one.answered_rightly, one.refused, one.refused_rightly)
        table.add_row(escape(kind), *(str(n) for n in row))
    return table


def _abstention(measures: Measures) -> Table:
    table = _table("abstention", "value [dim]95% interval[/dim]", "n", title="Knowing when not to answer")
    for name in measures.abstention.__struct_fields__:
        figure = getattr(measures.abstention, name)
        if isinstance(figure, Figure):
            table.add_row(name.replace("_", " "), shown(figure), str(figure.n))
    return table


def _latency(measures: Measures) -> Table:
    table = _table("stage", "p50 ms", "p95 ms", title="Latency")
    for stage, spent in measures.latency.items():
        table.add_row(escape(stage), f"{spent.p50:.2f}", f"{spent.p95:.2f}")
    return table


def _print_failures(console: Console, found: RunFolder) -> None:
    failed = [one for one in found.each if one.failure]
    if not failed:
        console.print("No question failed.")
        return
    console.print(f"\n[bold]{counted(len(failed), 'failure')}[/bold]")
    for name, n in found.measures.failures.items():
        console.print(f"  {n:4d}  {name}: {WORDS[name]}")
    texts = {one.id: one.text for one in found.questions}
    for one in failed[:N_FAILURES]:
        answer = found.answers.get(one.id)
        probability = f", p {answer.probability:.2f}" if answer else ""
        console.print(
            f"\n[bold]{escape(one.id)}[/bold] {escape(texts[one.id])} [dim]({one.failure}{probability})[/dim]"
        )
        _print_hits(console, found.hits.get(one.id))
    if len(failed) > N_FAILURES:
        console.print(f"\n… and {len(failed) - N_FAILURES} more in report.html")


def _print_hits(console: Console, hits: HitsLine | None) -> None:
    if hits is None:
        return
    for expected in hits.expected:
        place = f"rank {expected.rank}" if expected.rank else "not in the list"
        console.print(
            f"  [green]want[/green] {expected.id} ({place}) {escape(_short(expected.text or 'not in the index'))}"
        )
    for rank, hit in enumerate(hits.hits[:N_GIVEN], 1):
        stages = ", ".join(f"{one.stage} {one.rank or '–'} ({one.adds:+.2f})" for one in hit.stages)
        why = f"{hit.score:.2f}: {stages}" if stages else ""
        console.print(f"  {rank}. {hit.id} [dim]{escape(why)}[/dim] {escape(_short(hit.text))}")


def _short(text: str, limit: int = 110) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def print_comparison(comparison: Comparison) -> None:
    """Differences measure by measure, then the questions that won and lost most."""
    console = wide_console()
    console.print(f"A {escape(comparison.name_a)}\nB {escape(comparison.name_b)}")
    lengths = next((one for one in comparison.unlike if one.name == "ranking length"), None)
    if lengths:
        console.print(
            f"[yellow]A's rankings have {lengths.a} places, B's {lengths.b}: "
            f"measures that look deeper than {comparison.depth} are not compared[/yellow]"
        )
    for one in comparison.unlike:
        console.print(f"  [dim]{escape(one.name)}: {escape(one.a or '–')} → {escape(one.b or '–')}[/dim]")
    table = _table("measure", "A", "B", "B − A", "95%", "p", "p Holm", "won", "lost")
    for row in comparison.differences:
        d = row.difference
        interval = f"[dim]{d.low:+.2f} {d.high:+.2f}[/dim]" if d.low is not None and d.high is not None else "–"
        value = f"{d.value:+.3f}" if d.value is not None else "–"
        table.add_row(
            row.measure, f"{row.a:.3f}", f"{row.b:.3f}", value, interval, f"{row.p:.4f}", f"{row.p_holm:.4f}",
            str(row.won), str(row.lost),
        )  # fmt: skip
    print_table(console, table)
    for title, changes in (("Won", comparison.won), ("Lost", comparison.lost)):
        if changes:
            print_table(console, _changes(f"{title} by {comparison.by}: {len(changes)}", changes))


def _changes(title: str, changes: Sequence[Change]) -> Table:
    table = _table("id", "question", "A", "B", "rank A", "rank B", title=title)
    for one in changes[:N_CHANGES]:
        table.add_row(
            escape(one.id), escape(_short(one.text, 70)), f"{one.a:.2f}", f"{one.b:.2f}",
            str(one.rank_a or "–"), str(one.rank_b or "–"),
        )  # fmt: skip
    return table


def print_gate(verdicts: Sequence[Verdict]) -> None:
    """Every bound, kept or not."""
    table = _table("figure", "bound", "found", "")
    for one in verdicts:
        sign = "≥" if one.bound.at_least else "≤"
        found = "not defined" if one.found is None else f"{one.found:.4f}"
        mark = "[green]kept[/green]" if one.passed else "[red]not kept[/red]"
        table.add_row(one.bound.name, f"{sign} {one.bound.value:g}", found, mark)
    print_table(wide_console(), table)


def print_sweep(rows: Sequence[SweepRow]) -> None:
    """One line a configuration: with intervals, else without, where the terminal is wide enough; else a few lines each."""
    names = [
        name
        for name in ("nDCG@10", "Success@1", "Success@5", "R@10", "R@100")
        if rows and name in rows[0].measures.folded
    ]
    columns = (*names, "AUROC", "ECE", "p50 ms", "p95 ms")
    console = wide_console()
    for show in (shown, plain):
        table = _table("configuration", *columns)
        for row in rows:
            table.add_row(escape(row.name), *_swept(row, names, show))
        if fits(console, table):
            console.print(table)
            return
    for row in rows:
        told = ", ".join(f"{name} {value}" for name, value in zip(columns, _swept(row, names, shown), strict=True))
        console.print(f"[bold]{escape(row.name)}[/bold]", overflow="fold")
        console.print(Padding(told, (0, 0, 0, 2)))


def _swept(row: SweepRow, names: Sequence[str], show: Callable[[Figure | None], str]) -> list[str]:
    """The figures of a configuration, in the order of the table."""
    measures, wall = row.measures, row.measures.latency.get("wall")
    figures = [*(measures.folded.get(name) for name in names), measures.abstention.auroc, measures.abstention.ece]
    return [*map(show, figures), *((f"{wall.p50:.1f}", f"{wall.p95:.1f}") if wall else ("–", "–"))]
