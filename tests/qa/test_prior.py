from __future__ import annotations

import numpy as np
import pytest

from embeddings.catalogue import load_catalogue
from embeddings.encoders import Encoder, load_encoder
from qa.answering.prior import QuestionPrior, load_prior
from qa.settings import load_settings


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(load_catalogue().get(load_settings().encoder))


def test_the_prior_that_ships_belongs_to_the_encoder_that_ships(encoder: Encoder) -> None:
    prior = load_prior(encoder.sha256)
    assert prior is not None, "the encoder changed: run qa-eval prior and tune again (docs/abstention.md)"
    assert (prior.encoder, len(prior.weights)) == (encoder.name, encoder.dim)


def test_questions_for_what_resolutions_hold_come_before_others(encoder: Encoder) -> None:
    prior = load_prior(encoder.sha256)
    assert prior is not None
    held = ["What is the Secretary-General asked to report on?", "Until when was the mandate of the mission extended?"]
    other = ["How much did the minister's hotel cost?", "Which companies sold the missiles that hit the market?"]
    odds = [prior.log_odds(vector) for vector in encoder.encode_queries([*held, *other])]
    assert min(odds[:2]) > 0 > max(odds[2:])


def test_of_another_encoders_vectors_nothing_is_known() -> None:
    assert load_prior("0" * 64) is None


def test_log_odds_by_hand() -> None:
    prior = QuestionPrior("x", "0", 0.5, (2.0, -1.0))
    assert prior.log_odds(np.array([0.6, 0.8], np.float32)) == pytest.approx(0.9)
