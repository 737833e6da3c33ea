"""The failures side by side: what was asked, what was wanted, what was given, and where each stood in every stage."""

from __future__ import annotations

from html import escape

from eval.failures import WORDS
from eval.folder import RunFolder
from eval.labels import fold
from eval.records import Question
from eval.report import svg
from eval.wire import AnswerLine, EachLine, ExpectedLine, HitLine, HitsLine
from qa.cli.terminal import counted
from qa.wire import Stage

N_GIVEN = 3
N_SHOWN = 300


def failures_section(found: RunFolder) -> str:
    """Failures by reason, then each of them to unfold."""
    failed = [one for one in found.each if one.failure]
    if not failed:
        return "<section><h2>Failures</h2><p>No question failed.</p></section>"
    questions = {one.id: one for one in found.questions}
    order = {name: place for place, name in enumerate(found.measures.failures)}
    failed.sort(key=lambda one: (order.get(one.failure or "", 0), one.id))
    shown = "".join(
        _failure(questions[one.id], one, found.answers.get(one.id), found.hits.get(one.id)) for one in failed[:N_SHOWN]
    )
    more = f'<p class="hint">{len(failed) - N_SHOWN} more in each.jsonl.</p>' if len(failed) > N_SHOWN else ""
    words = "".join(
        f"<li><b>{escape(name)}</b>: {escape(WORDS.get(name, ''))}</li>" for name in found.measures.failures
    )
    return (
        f"<section><h2>{counted(len(failed), 'failure')}</h2>"
        '<p class="hint">Every question whose first citation does not answer, or that was answered or withheld '
        "wrongly. Unfold one to see why: under a paragraph its score, what each stage adds to it, and in which place that puts it. "
        "Point at a text that ends in … to read all of it.</p>"
        f'<div class="pair" style="margin-top:0"><div>{svg.count_bars(list(found.measures.failures.items()))}</div>'
        f'<ul class="hint">{words}</ul></div>{shown}{more}</section>'
    )


def _failure(question: Question, each: EachLine, answer: AnswerLine | None, hits: HitsLine | None) -> str:
    status = f"{answer.status}, p {answer.probability:.2f}" if answer else "no answer"
    wanted = "".join(_expected(one) for one in hits.expected) if hits else ""
    if not wanted:
        wanted = '<p class="undefined">Nothing: the texts do not answer this.</p>'
    right = {fold(one) for one in question.paragraphs}
    given = (
        "".join(_hit(rank, one, fold(one.id) in right) for rank, one in enumerate(hits.hits[:N_GIVEN], 1))
        if hits
        else ""
    )
    reason = f'<p class="hint">{escape(answer.reason)}</p>' if answer and answer.reason else ""
    history = "".join(f'<p class="hint">asked before: {escape(one)}</p>' for one in question.history)
    told = f'<p class="hint">{escape(question.answer)}</p>' if question.answer else ""
    notes = f'<p class="hint">{escape("; ".join(hits.notes))}</p>' if hits and hits.notes else ""
    return (
        f"<details><summary><code>{escape(question.id)}</code><span>{escape(question.text)}</span>"
        f'<span class="why">{escape(each.failure or "")}</span></summary><div class="sides">'
        f"<div><h3>Expected ({escape(question.kind)})</h3>{history}{told}{wanted}</div>"
        f"<div><h3>Given ({escape(status)})</h3>{reason}{notes}{given or '<p>Nothing.</p>'}</div></div></details>"
    )


def _expected(one: ExpectedLine) -> str:
    place = f"rank {one.rank}" if one.rank else "not in the list"
    text = one.text if one.text is not None else "Not in the index."
    return (
        f'<div class="para want"><strong>{escape(one.id)}</strong> <span class="undefined">{place}'
        f"{', helps' if one.grade == 1 else ''}</span>{_text(text)}"
        f"{_stages(sum(stage.adds for stage in one.stages), one.stages)}</div>"
    )


def _hit(rank: int, one: HitLine, right: bool) -> str:
    also = f' <span class="undefined">also in {escape(", ".join(one.also))}</span>' if one.also else ""
    return (
        f'<div class="para{" hit" if right else ""}"><strong>{rank}. {escape(one.id)}</strong>{also}'
        f"{_text(one.text)}{_stages(one.score, one.stages)}</div>"
    )


def _text(text: str) -> str:
    """A paragraph's text, of which the page shows some lines, and all where it is pointed at or tapped."""
    return f'<p tabindex="0">{escape(text)}</p>'


def _stages(score: float, stages: list[Stage]) -> str:
    """The score, and what each stage adds to it, with the rank which that gives."""
    if not stages:
        return ""
    listed = "".join(
        f"<span>{escape(one.stage)} <b>{one.adds:+.3f}</b>{f' #{one.rank}' if one.rank else ''}</span>"
        for one in stages
    )
    return f'<div class="stages"><span>score <b>{score:.3f}</b></span>{listed}</div>'
