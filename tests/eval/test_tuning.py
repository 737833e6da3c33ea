from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from embeddings.hashing import HashingEncoder
from eval.records import Question
from eval.tuning import FirstHits, fit_certainty, fit_prior, shares_shown, surely_silent, threshold_for
from qa.answering.deciding import EVIDENCE, Evidence, state

PRIOR, MARGIN, MET = (EVIDENCE.index(name) for name in ("prior", "margin", "met"))
AGAINST, CARRIED = EVIDENCE.index("lacking"), EVIDENCE.index("carried")


def hits_of(n: int, seed: int = 3) -> FirstHits:
    """Texts answer as the prior says; if they do, the first hit does as its margin says. Half are judged, of the others all first
    hits count as wrong. Nothing varies but these two.
    """
    generator = np.random.default_rng(seed)
    seen = np.zeros((n, len(EVIDENCE)))
    seen[:, PRIOR], seen[:, MARGIN] = generator.normal(0, 2, n), generator.random(n) / 2
    answerable = generator.random(n) < 1 / (1 + np.exp(-(seen[:, PRIOR] + 1)))
    right = answerable & (generator.random(n) < 1 / (1 + np.exp(-(8 * seen[:, MARGIN] - 1))))
    judged = np.arange(n) % 2 == 0
    return FirstHits(seen, right & judged, answerable, judged, np.zeros_like(judged))


def test_the_two_probabilities_are_those_that_the_questions_came_from() -> None:
    hits = hits_of(6000)
    fitted = fit_certainty(hits, 0.5)
    assert set(fitted.answerable.weights) == set(fitted.first.weights) == {"prior", "margin"}  # the rest tells nothing
    for place in range(0, 400, 2):
        stated = state(Evidence(*hits.evidence[place]), fitted)
        true = 1 / (1 + np.exp(-(8 * hits.evidence[place, MARGIN] - 1)))
        assert stated.first / stated.answerable == pytest.approx(true, abs=0.08)
        assert stated.first <= stated.answerable
    few = fit_certainty(
        FirstHits(hits.evidence, hits.right, hits.answerable, np.zeros(6000, dtype=bool), hits.ruled_out), 0.5
    )
    assert few.first.intercept < fitted.first.intercept  # where nobody judged, all have to serve


def test_what_speaks_against_an_answer_never_speaks_for_one() -> None:
    hits = hits_of(2000)
    hits.evidence[:, AGAINST], hits.evidence[:, CARRIED] = hits.right, hits.right  # as if it came with right hits
    fitted = fit_certainty(hits, 0.5)
    assert "lacking" not in fitted.first.weights
    assert fitted.first.weights["carried"] > 0


def test_at_most_the_promised_share_of_questions_without_an_answer_passes() -> None:
    shares = []
    for seed in range(60):
        hits, fresh = hits_of(600, seed), hits_of(600, 1000 + seed)
        half = np.arange(600) < 300
        fitted = fit_certainty(hits.but(~half), 0.0)
        silent = [state(Evidence(*row), fitted).answerable for row in hits.evidence[~half & ~hits.answerable]]
        threshold = threshold_for(np.array(silent), 0.2)
        new = [state(Evidence(*row), fitted).answerable for row in fresh.evidence[~fresh.answerable]]
        shares.append(np.mean(np.array(new) > threshold))
    assert 0.1 < np.mean(shares) <= 0.2


def test_a_promise_is_kept_on_questions_that_somebody_judged() -> None:
    hits = hits_of(100)
    assert surely_silent(hits).tolist() == (~hits.answerable & hits.judged).tolist()
    assert 0 < surely_silent(hits).sum() < (~hits.answerable).sum()
    nobody = replace(hits, judged=np.zeros(100, dtype=bool))
    assert surely_silent(nobody).tolist() == (~hits.answerable).tolist()


def test_a_prior_tells_the_two_sorts_of_questions_apart() -> None:
    held = [Question(f"a{n}", f"what did the council decide {n}", "plain", True, ("A/RES/1/1#OP1",)) for n in range(20)]
    other = [Question(f"b{n}", f"how many soldiers died {n}", "near miss", False) for n in range(10)]
    encoder = HashingEncoder(256)
    prior = fit_prior(encoder, [*held, *other])
    assert (prior.encoder, prior.sha256, len(prior.weights)) == ("hashing", encoder.sha256, 256)
    odds = [prior.log_odds(encoder.encode_queries([one])[0]) for one in ("what did it decide", "how many people died")]
    assert odds[0] > 0 > odds[1]


def test_of_refused_questions_the_share_that_the_nearest_answer_is_counted_in_bands() -> None:
    hits = hits_of(4000)
    answerability = 1 / (1 + np.exp(-(hits.evidence[:, PRIOR] + 1)))
    shown = hits.answerable & (np.arange(4000) % 10 != 1)  # all that is judged, and most of the rest
    refused = np.arange(4000) % 3 > 0
    shares = shares_shown(hits, shown, answerability, refused)
    assert list(shares) == sorted(shares)
    judged, top = hits.answerable & hits.judged, answerability >= 0.8
    silent = 0.25 * judged.sum() / (~hits.answerable).sum()  # one question of five has no answer
    n_judged, n_silent = (refused & judged & top).sum(), (refused & ~hits.answerable & top).sum()
    assert shares[-1] == pytest.approx(
        (refused & judged & shown & top).sum() / (n_judged + silent * n_silent), abs=0.01
    )
    assert shares_shown(hits, shown, answerability, refused & ~top) == ()  # too few in a band
