from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from eval.comparing import compare, holm, randomisation_p
from eval.errors import GateError, RunFolderError
from eval.folder import RunFolder
from eval.gate import check, figures_of, parse_bound
from eval.measuring import measure
from eval.records import Question
from eval.wire import AnswerLine, Conditions, HitsLine

QUESTIONS = tuple(
    Question(f"q{n}", f"Question {n}?", "fact", True, paragraphs=(f"A/RES/1/{n}#OP1",)) for n in range(1, 9)
)


def run_of(name: str, right: set[int], k: int = 100) -> RunFolder:
    """A run that finds the paragraph first for some questions, second for the others."""
    run = {
        one.id: ("A/RES/9/9#OP1", one.paragraphs[0])[:: -1 if number in right else 1]
        for number, one in enumerate(QUESTIONS, 1)
    }
    answers = {
        one.id: AnswerLine(one.id, "answered", 0.5, [run[one.id][0]], run[one.id][0], wall_ms=2.0) for one in QUESTIONS
    }
    hits = {one.id: HitsLine(one.id, [], []) for one in QUESTIONS}
    measures, each = measure(QUESTIONS, run, answers, hits, k)
    conditions = Conditions(name, "", "", "g", "m", {}, {}, "", "", k, 0, {}, {})
    return RunFolder(Path(name), QUESTIONS, run, answers, hits, tuple(each), measures, conditions)


def test_the_randomisation_test_agrees_with_all_sign_flips() -> None:
    differences = np.array([0.5, 0.2, 0.1, -0.1, 0.4, 0.3])
    flips = np.array([signs @ differences for signs in map(np.array, itertools.product([1, -1], repeat=6))])
    exact = float((np.abs(flips) >= abs(differences.sum()) - 1e-9).mean())
    assert randomisation_p(differences) == pytest.approx(exact, abs=0.015)
    assert randomisation_p(differences) == randomisation_p(differences)


def test_no_difference_is_no_evidence() -> None:
    assert randomisation_p(np.zeros(20)) == 1.0
    assert randomisation_p(np.array([])) == 1.0


def test_holm_by_hand() -> None:
    # Sorted 0.01 x 3, 0.02 x 2, 0.5 x 1: 0.03, 0.04, 0.5; 0.03 stays below the 0.04 that follows.
    assert holm([0.5, 0.01, 0.02]) == pytest.approx([0.5, 0.03, 0.04])
    assert holm([0.04, 0.03]) == pytest.approx([0.06, 0.06])


def test_what_won_and_lost_is_listed_question_by_question() -> None:
    got = compare(run_of("a", {1, 2}), run_of("b", {2, 3, 4, 5}), "Success@1")
    row = next(one for one in got.differences if one.measure == "Success@1")
    assert (row.a, row.b, row.won, row.lost, row.tied) == (0.25, 0.5, 3, 1, 4)
    assert row.difference.value == pytest.approx(0.25)
    assert [one.id for one in got.won] == ["q3", "q4", "q5"]
    assert [one.id for one in got.lost] == ["q1"]
    assert all(one.p_holm >= one.p for one in got.differences)


def test_runs_over_other_questions_are_not_compared() -> None:
    a = run_of("a", {1})
    with pytest.raises(RunFolderError, match="other questions"):
        compare(a, replace(a, questions=a.questions[1:]))
    with pytest.raises(RunFolderError, match="P@3 is not measured"):
        compare(a, a, "P@3")


def test_what_the_runs_were_made_under_is_compared_and_no_measure_deeper_than_both() -> None:
    a, b = run_of("a", {1}), run_of("b", {1, 2}, k=5)
    b = replace(
        b, conditions=msgspec.structs.replace(b.conditions, code="0" * 64, settings={"retrieval": {"fold": 0.5}})
    )
    got = compare(a, b, "Success@1")
    assert [one.measure for one in got.differences] == ["Success@1", "Success@5"]
    assert [(one.name, one.a, one.b) for one in got.unlike] == [
        ("code sha256", "", "0" * 64),
        ("ranking length", "100", "5"),
        ("settings.retrieval.fold", "", "0.5"),
    ]
    old = replace(b, measures=a.measures, each=a.each)  # a run of before, which measured deeper than its rankings
    assert compare(a, old, "Success@1").depth == 5
    with pytest.raises(RunFolderError, match="5 or more places"):
        compare(a, old)
    with pytest.raises(GateError, match=r"R@100 \(a measure that looks deeper"):
        check(b.measures, [parse_bound("R@100=0.1", at_least=True)])
    assert compare(a, a).unlike == ()


def test_a_gate_passes_at_its_bound_and_fails_below() -> None:
    measures = run_of("a", {1, 2}).measures
    at, above = check(
        measures, [parse_bound("Success@1=0.25", at_least=True), parse_bound("Success@1=0.26", at_least=True)]
    )
    assert at.passed
    assert not above.passed
    (most,) = check(measures, [parse_bound("false_answers=0.5", at_least=False)])
    assert most.found == 0.75
    assert not most.passed


def test_an_undefined_figure_fails_both_ways() -> None:
    measures = run_of("a", {1}).measures
    assert figures_of(measures)["auroc"].value is None  # no unanswerable question was asked
    for at_least in (True, False):
        (verdict,) = check(measures, [parse_bound("auroc=0.5", at_least=at_least)])
        assert not verdict.passed


def test_the_worse_end_of_every_interval_can_be_held_to_the_bound() -> None:
    measures = run_of("a", {1, 2, 3}).measures
    figures = figures_of(measures)
    for name in ("Success@1", "exact:nDCG@10", "false_answers", "coverage", "ece"):
        figure = figures[name]
        assert None not in (figure.value, figure.low, figure.high)
        assert figure.low < figure.high  # type: ignore[operator]
        for at_least, end in ((True, figure.low), (False, figure.high)):
            (verdict,) = check(measures, [parse_bound(f"{name}={figure.value}", at_least=at_least)], low=True)
            assert verdict.found == end
            assert verdict.passed == (end == figure.value)
    (counted,) = check(measures, [parse_bound("latency:wall:p95=2", at_least=False)], low=True)
    assert counted.passed


@pytest.mark.parametrize("text", ["nDCG@10", "=0.5", "nDCG@10=x", "nDCG@10=nan", "nDCG@10=inf"])
def test_a_gate_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(GateError):
        parse_bound(text, at_least=True)


def test_a_gate_without_bounds_or_over_unknown_figures_is_refused() -> None:
    measures = run_of("a", {1}).measures
    with pytest.raises(GateError, match="no bound"):
        check(measures, [])
    with pytest.raises(GateError, match="nDCG@11, foo"):
        check(measures, [parse_bound("nDCG@11=0.1", at_least=True), parse_bound("foo=1", at_least=True)])
