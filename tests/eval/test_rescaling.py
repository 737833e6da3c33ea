from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from embeddings.hashing import HashingEncoder
from eval.folder import RunFolder
from eval.records import Question
from eval.rescaling import rescale
from eval.tuning import fit_prior
from eval.wire import AnswerLine, Conditions, EachLine, Measures
from qa.answering.deciding import Evidence, probability
from qa.settings import Certainty

BEFORE = Certainty(intercept=-1.0, threshold=0.4, weights={"dense": 2.0, "margin": 3.0})
SLOPE, OFFSET = 0.5, 1.0


def run_of(n: int) -> RunFolder:
    """A run whose answers are right as often as sigmoid(SLOPE x stated log odds + OFFSET) says; a few are certain by rule."""
    generator = np.random.default_rng(5)
    odds = generator.normal(0, 2, n)
    right = generator.random(n) < 1 / (1 + np.exp(-(SLOPE * odds + OFFSET)))
    stated = [*(1 / (1 + np.exp(-odds))), 1.0, 0.0]
    ids = [f"q{at}" for at in range(n + 2)]
    return RunFolder(
        path=Path("nowhere"),
        questions=tuple(Question(one, one, "plain", True, (f"A/RES/1/{at // 2}#OP1",)) for at, one in enumerate(ids)),
        run={},
        answers={one: AnswerLine(one, "answered", float(p), [], None) for one, p in zip(ids, stated, strict=True)},
        hits={},
        each=tuple(
            EachLine(one, "plain", {}, {}, bool(yes), True, None)
            for one, yes in zip(ids, [*right, True, False], strict=True)
        ),
        measures=cast(Measures, None),
        conditions=cast(Conditions, None),
    )


def test_slope_and_offset_are_found_and_no_decision_changes() -> None:
    done = rescale([run_of(3000)], BEFORE)
    assert done.n == pytest.approx(3000, abs=100)  # those that rules spoke on fit nothing
    assert done.slope == pytest.approx(SLOPE, abs=0.06)
    assert done.offset == pytest.approx(OFFSET, abs=0.1)
    assert done.ece_held_out < 0.03 < 0.1 < done.ece_before
    for dense, margin in np.random.default_rng(1).random((200, 2)):
        seen = Evidence((dense, margin, 0.0, 0.0, 0.0, 0.0))
        old, new = probability(seen, BEFORE), probability(seen, done.certainty)
        if abs(old - BEFORE.threshold) > 0.001:
            assert (old >= BEFORE.threshold) == (new >= done.certainty.threshold)


def test_a_prior_tells_the_two_sorts_of_questions_apart() -> None:
    held = [Question(f"a{n}", f"what did the council decide {n}", "plain", True, ("A/RES/1/1#OP1",)) for n in range(20)]
    other = [Question(f"b{n}", f"how many soldiers died {n}", "near miss", False) for n in range(10)]
    encoder = HashingEncoder(256)
    prior = fit_prior(encoder, [*held, *other])
    assert (prior.encoder, prior.sha256, len(prior.weights)) == ("hashing", encoder.sha256, 256)
    odds = [prior.log_odds(encoder.encode_queries([one])[0]) for one in ("what did it decide", "how many people died")]
    assert odds[0] > 0 > odds[1]
