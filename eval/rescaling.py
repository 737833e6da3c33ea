"""Makes the stated probability true for questions that people ask, by two numbers: a slope and an offset of its log odds.

The weights of the evidence are fitted on many questions written beside the texts (`eval.tuning`); how probable that makes an
answer is read off runs over questions written apart from them. The order of answers, and so which are given, stays as it is.

Source: J. Platt, Probabilistic outputs for support vector machines, 1999.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.abstention import bins_of, calibration_by_chance, expected_calibration_error
from eval.folder import RunFolder
from eval.tuning import fit_logistic, folds_of
from qa.settings import Certainty

Floats = npt.NDArray[np.float64]
_L2 = 1e-4
_FOLDS = 5
_SURE = (0.01, 1.0)  # at these and beyond a rule has spoken, not the evidence


@dataclass(frozen=True, slots=True)
class Rescaled:
    """The settings after rescaling, and the calibration error before, held out by resolution, and by chance alone."""

    certainty: Certainty
    slope: float
    offset: float
    n: int
    ece_before: float
    ece_held_out: float
    ece_by_chance: float


def rescale(runs: Sequence[RunFolder], certainty: Certainty) -> Rescaled:
    """Fit slope and offset on the questions of finished runs that were answered with `certainty`."""
    stated = np.array([run.answers[one.id].probability for run in runs for one in run.each])
    right = np.array([one.correct for run in runs for one in run.each], dtype=np.bool_)
    folds = folds_of([question for run in runs for question in run.questions], _FOLDS)
    fitted = (stated > _SURE[0]) & (stated < _SURE[1])
    held = stated.copy()
    for fold in range(_FOLDS):
        outside, inside = fitted & (folds != fold), fitted & (folds == fold)
        held[inside] = _apply(stated[inside], *_fit(stated[outside], right[outside]))
    slope, offset = _fit(stated[fitted], right[fitted])
    return Rescaled(
        certainty=Certainty(
            intercept=round(slope * certainty.intercept + offset, 4),
            threshold=round(float(_apply(np.array([certainty.threshold]), slope, offset)[0]), 4),
            weights={name: round(slope * value, 4) for name, value in certainty.weights.items()},
        ),
        slope=slope,
        offset=offset,
        n=int(fitted.sum()),
        ece_before=_ece(stated, right),
        ece_held_out=_ece(held, right),
        ece_by_chance=calibration_by_chance(held).value or 0.0,
    )


def _fit(stated: Floats, right: npt.NDArray[np.bool_]) -> tuple[float, float]:
    weights, offset = fit_logistic(_log_odds(stated)[:, None], right, np.ones(len(stated)), _L2)
    return float(weights[0]), offset


def _apply(stated: Floats, slope: float, offset: float) -> Floats:
    scaled: Floats = 1 / (1 + np.exp(-(slope * _log_odds(stated) + offset)))
    return scaled


def _log_odds(stated: Floats) -> Floats:
    odds: Floats = np.log(stated / (1 - stated))
    return odds


def _ece(stated: Floats, right: npt.NDArray[np.bool_]) -> float:
    return expected_calibration_error(bins_of(stated, right)) or 0.0
