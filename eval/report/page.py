"""The report page: everything about one run in one file that needs nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib.resources import files

from eval.conditions import facts_of, flat
from eval.folder import RunFolder
from eval.report import svg
from eval.report.failures import failures_section
from eval.wire import Figure, Measures
from qa.cli.terminal import counted


def page_of(found: RunFolder) -> str:
    """The run's page as HTML."""
    style = files("eval.report").joinpath("style.css").read_text("utf-8")
    name = escape(found.conditions.name)
    body = "".join(
        (
            _header(found),
            _cards(found.measures),
            _ranking(found.measures),
            _kinds(found.measures),
            _outcomes(found.measures),
            _abstention(found.measures),
            failures_section(found),
            _conditions(found),
        )
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name} – evaluation</title><style>{style}</style></head><body><main>{body}</main></body></html>\n"
    )


def _header(found: RunFolder) -> str:
    counts, told = found.measures.counts, found.conditions
    unjudged = f", {counts.unjudged} not judged" if counts.unjudged else ""
    errors = f", {counts.errors} refused with an error" if counts.errors else ""
    return (
        f"<header><h1>{escape(told.name)}</h1><p>{counted(counts.questions, 'question')}: {counts.answerable} answerable, "
        f"{counts.unanswerable} that the texts do not answer{unjudged}{errors} · index {escape(told.generation)} · "
        f"{escape(told.model)} · {escape(told.date)}</p></header>"
    )


def _interval(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return ""
    if figure.low is None or figure.high is None:
        return "–"
    return f"{figure.low:.2f} to {figure.high:.2f}"


def _card(name: str, value: str, under: str) -> str:
    return f'<div class="card"><span>{escape(name)}</span><b>{value}</b><i>{escape(under)}</i></div>'


def _cards(measures: Measures) -> str:
    shown: list[tuple[str, Figure | None]] = [
        (name, measures.folded.get(name)) for name in ("nDCG@10", "Success@1", "R@100")
    ]
    shown += [("AUROC", measures.abstention.auroc), ("ECE", measures.abstention.ece)]
    shown.append(("Wrong if answered", measures.abstention.false_answers))
    cards = [
        _card(
            name,
            "–" if figure is None or figure.value is None else f"{figure.value:.3f}",
            _interval(figure) or "not defined",
        )
        for name, figure in shown
    ]
    wall = measures.latency.get("wall")
    cards.append(_card("Median time", f"{wall.p50:.1f} ms" if wall else "–", f"p95 {wall.p95:.1f} ms" if wall else ""))
    return f'<div class="cards">{"".join(cards)}</div>'


def _ranking(measures: Measures) -> str:
    rows = [(name, figure, measures.exact.get(name)) for name, figure in measures.folded.items()]
    table = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">{_number(figure)}</td><td class="n">{_interval(figure)}</td>'
        f'<td class="n">{_number(exact)}</td><td class="n">{figure.n}</td></tr>'
        for name, figure, exact in rows
    )
    return (
        "<section><h2>Ranking</h2>"
        '<p class="hint">Over the answerable questions, with 95% intervals over questions (Wilson where every value is 0 or 1). '
        "A sub-paragraph counts as its paragraph; the ring marks the figure when it must be hit exactly. A question without an answer "
        "counts as a miss.</p>"
        f'<div class="pair" style="margin-top:0"><div>{svg.measure_bars(rows)}'
        '<div class="key"><span><em class="k-bar"></em>folded to paragraphs</span>'
        '<span><em class="k-ring"></em>exact</span></div></div><div class="scroll" tabindex="0"><table><thead><tr><th>measure</th>'
        '<th class="n">folded</th><th class="n">95% interval</th><th class="n">exact</th><th class="n">questions</th>'
        f"</tr></thead><tbody>{table}</tbody></table></div></div></section>"
    )


def _number(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else f"{figure.value:.3f}"


def _kinds(measures: Measures) -> str:
    if not measures.kinds:
        return ""
    names = [name for name in ("nDCG@10", "Success@1", "Success@5", "R@10", "R@100") if name in measures.folded]
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = "".join(
        f'<tr><td>{escape(kind)}</td><td class="n">{next(iter(figures.values())).n}</td>'
        + "".join(f"<td>{svg.cell_bar(figures.get(name))}</td>" for name in names)
        + "</tr>"
        for kind, figures in measures.kinds.items()
    )
    return (
        '<section><h2>Kind by kind</h2><p class="hint">Few questions of a kind make wide intervals: compare kinds only '
        'where they do not overlap.</p><div class="scroll" tabindex="0"><table><thead><tr><th>kind</th><th class="n">questions</th>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _outcomes(measures: Measures) -> str:
    if not measures.outcomes:
        return ""
    rows = "".join(
        f'<tr><td>{escape(kind)}</td><td>{svg.outcome_bar(one)}</td><td class="n">{one.n}</td>'
        f'<td class="n">{one.answered_rightly}</td><td class="n">{one.answered - one.answered_rightly}</td>'
        f'<td class="n">{one.refused_rightly}</td><td class="n">{one.refused - one.refused_rightly}</td></tr>'
        for kind, one in measures.outcomes.items()
    )
    return (
        '<section><h2>Answered or refused</h2><p class="hint">What became of every judged question at the threshold '
        'that is served.</p><div class="scroll" tabindex="0"><table><thead><tr><th>kind</th><th></th><th class="n">questions</th>'
        '<th class="n">answered rightly</th><th class="n">answered wrongly</th><th class="n">refused rightly</th>'
        f'<th class="n">refused wrongly</th></tr></thead><tbody>{rows}</tbody></table></div><div class="key">'
        '<span><em class="k-good"></em>answered rightly</span><span><em class="k-good2"></em>refused rightly</span>'
        '<span><em class="k-mute"></em>refused wrongly</span><span><em class="k-bad"></em>answered wrongly</span>'
        "</div></section>"
    )


def _abstention(measures: Measures) -> str:
    got = measures.abstention
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">{_number(figure)}</td><td class="n">{_interval(figure)}</td></tr>'
        for name, figure in (
            ("AUROC: answerable against not", got.auroc),
            ("AUROC: answered rightly against all others", got.auroc_correct),
            ("Coverage: share of questions answered", got.coverage),
            ("Wrong among the answered", got.false_answers),
            ("Unanswerable, yet answered", got.answered_unanswerable),
            ("Refusal precision", got.refusal_precision),
            ("Refusal recall", got.refusal_recall),
            ("ECE, ten bins", got.ece),
            ("ECE of so many questions if every probability were true", got.ece_by_chance),
            ("Brier score", got.brier),
        )
    )
    return (
        '<div class="pair"><div class="panel"><h2>What answering costs</h2><p class="hint">Answering only what is '
        "probable enough: how much is answered, and how much of that is right.</p>"
        f'<div class="plot">{svg.coverage_curve(got.curve, got.coverage, got.accuracy)}</div></div>'
        '<div class="panel"><h2>Is the stated probability true?</h2><p class="hint">Dots on the diagonal keep their '
        f'word. Below, how many questions each bin holds.</p><div class="plot">{svg.reliability(got.bins)}</div></div>'
        "</div>"
        '<div class="pair"><div class="panel"><h2>Abstention and calibration</h2><p class="hint">Intervals: Wilson for '
        "rates, bootstrap over questions for the others; the ECE's without the bias that it has on few questions.</p>"
        '<div class="scroll" tabindex="0"><table><thead><tr><th>figure</th>'
        f'<th class="n">value</th><th class="n">95% interval</th></tr></thead><tbody>{rows}</tbody></table></div></div>'
        f'<div class="stack">{_latency(measures)}{_checks(measures)}</div></div>'
    )


def _latency(measures: Measures) -> str:
    return (
        '<div class="panel"><h2>Latency</h2><p class="hint">One question, stage by stage: median and '
        "95th percentile. The last bar is the whole answer, measured from outside.</p>"
        f'{svg.latency_bars(list(measures.latency.items()))}<div class="key"><span><em class="k-bar"></em>median</span>'
        '<span><em class="k-soft"></em>95th percentile</span></div></div>'
    )


def _checks(measures: Measures) -> str:
    checks = measures.citations
    if not checks.checked:
        verdict = "No citation was given, so none was checked."
    elif checks.broken:
        verdict = f"{checks.broken} of {checks.checked} citations are broken."
    else:
        verdict = f"All {checks.checked} citations hold: the source's own characters are what is quoted."
    faults = "".join(f"<li>{escape(fault)}</li>" for fault in checks.faults[:10])
    missing = measures.counts.missing_expected
    absent = f'<p class="faults">Expected, but not in the index: {escape(", ".join(missing))}</p>' if missing else ""
    return (
        f'<div class="panel"><h2>Citations</h2><p>{verdict}</p><ul class="faults">{faults}</ul>{absent}'
        '<p class="hint">Checked for each: its id, the spans and their length in characters and in bytes, the text '
        "against the source's characters, the highlight, the digests.</p></div>"
    )


def _conditions(found: RunFolder) -> str:
    return (
        f"<section><h2>Conditions</h2>{_facts(facts_of(found.conditions))}</section>"
        f"<section><h2>Settings</h2>{_facts(dict(flat(found.conditions.settings)))}</section>"
    )


def _facts(facts: Mapping[str, str]) -> str:
    listed = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items() if value
    )
    return f'<dl class="facts">{listed}</dl>'
