"""How likely a question of this kind is to be one that resolution texts answer, before anything is searched.

Resolutions decide, ask and recall; they do not count the dead, name the companies or say why somebody voted as they did. Which
questions ask for what they hold can be told from the question's own vector: a logistic regression over it, fitted by
`qa-eval prior` on questions with and without an answer. Its weights belong to one encoder.
"""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray


class QuestionPrior(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Weights of the logistic regression, one a component of the vectors of the encoder with this digest."""

    encoder: str
    sha256: str
    intercept: float
    weights: tuple[float, ...]

    def log_odds(self, vector: NDArray[np.float32]) -> float:
        """The logarithm of the odds, of a question's vector (dim,); 0 is even."""
        return float(vector @ self._weights) + self.intercept

    @cached_property
    def _weights(self) -> NDArray[np.float32]:
        return np.array(self.weights, dtype=np.float32)


def load_prior(sha256: str) -> QuestionPrior | None:
    """The prior that ships, where it was fitted with the encoder of this digest; None for any other encoder."""
    prior = msgspec.json.decode(files("qa.answering").joinpath("prior.json").read_bytes(), type=QuestionPrior)
    return prior if prior.sha256 == sha256 else None
