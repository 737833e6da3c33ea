"""Ranking measures, by ir-measures and in its spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.errors import MeasureError
from eval.records import Qrels, Run

DEFAULT = ("nDCG@10", "Success@1", "Success@5", "RR@10", "R@10", "R@100", "AP@10")
"""What every run reports, as deep as its rankings are. Binary measures count grade 1 and up, as ir-measures does unless `rel` says otherwise."""

STRICT = ("Success(rel=2)@1", "RR(rel=2)@10")
"""Added where a set holds both grades, so that a paragraph that only helps cannot pass for an answer unseen."""


def parse_measures(names: Sequence[str]) -> list[Any]:
    """The measures that the names stand for.

    Raises:
        MeasureError: with every name that is none.
    """
    import ir_measures

    parsed, bad = [], []
    for name in names:
        try:
            parsed.append(ir_measures.parse_measure(name))
        except (NameError, ValueError, KeyError, SyntaxError, TypeError, AssertionError):
            bad.append(name)
    if bad:
        raise MeasureError(bad)
    return parsed


def names_for(qrels: Qrels, k: int) -> tuple[str, ...]:
    """The default measures, and the strict ones where the judgements tell helping from answering, as far as `k` hits tell them."""
    grades = {grade for docs in qrels.values() for grade in docs.values() if grade > 0}
    return within(DEFAULT + STRICT if {1, 2} <= grades else DEFAULT, k)


def within(names: Sequence[str], k: int) -> tuple[str, ...]:
    """Those measures that look at no more than `k` hits: R@100 of five would be R@5 under another name."""
    return tuple(
        name for name, one in zip(names, parse_measures(names), strict=True) if one.params.get("cutoff", k) <= k
    )


def per_question(names: Sequence[str], qrels: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """Measure -> question -> value, for every question with a relevant document, in the order of `qrels`.

    A question that the run leaves out counts as a miss: 0 in every measure. Questions without a relevant document have
    no value: they are judged by abstention.

    Raises:
        MeasureError: a name is no measure.
    """
    import ir_measures

    measures = parse_measures(names)
    judged = {q: docs for q, docs in qrels.items() if any(grade > 0 for grade in docs.values())}
    values = {name: dict.fromkeys(judged, 0.0) for name in names}
    if not judged:
        return values
    spelled = {str(measure): name for measure, name in zip(measures, names, strict=True)}
    relevances = [ir_measures.Qrel(q, doc, grade) for q, docs in judged.items() for doc, grade in docs.items()]
    scored = [
        ir_measures.ScoredDoc(q, doc, float(len(run[q]) - place))
        for q in judged
        if q in run
        for place, doc in enumerate(run[q])
    ]
    for metric in ir_measures.iter_calc(measures, relevances, scored):
        values[spelled[str(metric.measure)]][metric.query_id] = float(metric.value)
    return values
