"""Pair scorers without weights; the exported ones are tested in test_export."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.catalogue import load_catalogue
from embeddings.errors import WrongKindError
from embeddings.pairs import load_pair_scorer


def test_overlap_orders_by_shared_words() -> None:
    scorer = load_pair_scorer(load_catalogue().get("overlap"))
    found = scorer.score("when do troops leave", ["troops leave when they do", "troops stay", "nothing", ""])
    assert found.dtype == np.float32
    assert found[0] > 0 > found[1] > found[2] == found[3]
    assert scorer.score("x", []).shape == (0,)


def test_an_encoder_is_no_pair_scorer() -> None:
    with pytest.raises(WrongKindError, match="'hashing', which is no pair scorer"):
        load_pair_scorer(load_catalogue().get("hashing"))
