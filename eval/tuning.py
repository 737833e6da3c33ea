"""Fits what the settings hold: the weights of the first ordering, the ranker's weight, the stated probabilities.

Questions are looked at as the service finds them. They are split by resolution into folds, and what is reported here is
cross-validated: every question's figure comes from a fit without its fold. Questions that a rule answers or refuses
(a paragraph named outright, a fact that no text holds) fit nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from embeddings.encoders import Encoder
from eval.abstention import auroc, bins_of, calibration_by_chance, expected_calibration_error
from eval.errors import TuneError
from eval.records import Question
from qa.answering.choosing import NEAREST, Hits, nearest
from qa.answering.deciding import AGAINST, EVIDENCE, RULED_OUT, Evidence, band, state
from qa.answering.finding import Finder
from qa.answering.found import Clock, Found
from qa.answering.prior import QuestionPrior
from qa.answering.silence import silence
from qa.answering.telling import is_ruled_out
from qa.answering.weighing import weigh
from qa.ids import parts_of, symbol_of
from qa.retrieval.features import FEATURES, weighted
from qa.retrieval.retriever import Candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.small_talk import aside
from qa.retrieval.twins import alike
from qa.settings import Certainty, Logistic
from qa.wire import AskRequest

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
_L2 = 1e-5
_EVIDENCE_L2 = 1e-2  # of weights of evidence that is scaled to a variance of 1
_PRIOR_L2 = 1e-5
_SILENT = 0.2  # the share of questions without an answer that the stated probabilities are made for
_TWIN = 0.75
_BANDS, _FEWEST = 5, 20  # of the probability that the texts answer; questions in each of which a share is told


@dataclass(frozen=True, slots=True)
class Seen:
    """One training question as the service finds: its candidates, which of them answer, and the evidence of the first."""

    question: Question
    found: Found
    right: npt.NDArray[np.bool_]
    seen: Evidence
    ruled_out: bool  # the first hit is refused whatever its evidence
    shown: bool  # whether one of the nearest that a refusal would show answers

    @property
    def candidates(self) -> Candidates:
        """The candidates, best first."""
        return self.found.candidates


def look(finder: Finder, questions: Sequence[Question], progress: Progress) -> list[Seen]:
    """The candidates of every question, its named resolution being held by the corpus (others are left out)."""
    corpus, seen = finder.corpus, []
    for done, question in enumerate(questions, start=1):
        wanted = {_folded(one) for one in question.paragraphs}
        known = {symbol_of(name) for name in wanted} or ({question.symbol} if question.symbol else set())
        if all(map(corpus.holds, known)):
            found = finder.find(AskRequest(question.text, history=list(question.history)), Clock())
            by_rule = found.named.paragraphs or found.named.refusal or found.query.unheld or aside(question.text)
            if found.candidates.n and not by_rule and silence(found, corpus) is None:
                right, weighed = _right(found, corpus, wanted), weigh(found, corpus)
                near = nearest(Hits(found.candidates.scores, weighed.same, 0.0), (), NEAREST)
                ruled_out = is_ruled_out(found, weighed)
                seen.append(Seen(question, found, right, weighed.seen, ruled_out, bool(right[near].any())))
        progress(done, len(questions))
    return seen


def _right(found: Found, corpus: Searchable, wanted: set[str]) -> npt.NDArray[np.bool_]:
    ids = [_folded(corpus.paragraph_id(int(row))) for row in found.candidates.rows]
    right = np.array([one in wanted for one in ids], dtype=np.bool_)
    if not found.query.dates and right.any():  # without a date in the question a twin answers as well
        head = [int(place) for place in range(min(30, found.candidates.n))]
        first = int(np.flatnonzero(right)[0])
        texts = [corpus.generation.passage(int(found.candidates.rows[place])).text for place in [first, *head]]
        same = alike(texts, _TWIN)
        right[[place for place, same_as in zip(head, same[1:], strict=True) if same_as == 0]] = True
    return right


def _folded(paragraph_id: str) -> str:
    symbol, label = parts_of(paragraph_id)
    return f"{symbol}#{label.partition('(')[0]}"


def fit_weights(seen: Sequence[Seen]) -> dict[str, float]:
    """Weights under which the right candidates take the most of a softmax over all; `dense` is scaled to 1."""
    kept = [(one.candidates.features.astype(np.float64), one.right) for one in seen if one.right.any()]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = _L2 * float(weights @ weights), 2 * _L2 * weights
        for features, right in kept:
            scores = features @ weights
            odds = np.exp(scores - scores.max())
            odds /= odds.sum()
            mass = odds[right].sum()
            total -= np.log(max(mass, 1e-12)) / len(kept)
            slope = slope + (odds @ features - (odds[right] / max(mass, 1e-12)) @ features[right]) / len(kept)
        return total, slope

    # Training questions are all over numbered operative paragraphs: of recitals and annexes they tell nothing.
    bounds = [(0.0, 0.0) if name in ("recital", "annex") else (None, None) for name in FEATURES]
    start = np.zeros(len(FEATURES))
    start[FEATURES.index("dense")] = 10.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    scale = found.x[FEATURES.index("dense")]
    return {name: round(float(value / scale), 4) for name, value in zip(FEATURES, found.x, strict=True)}


@dataclass(frozen=True, slots=True)
class FirstHits:
    """Of every question's first hit the evidence, (n, n features), and whether it answers; and of every question whether the
    texts answer it, whether somebody has read what does (else an answer may stand there that nobody has judged), and whether its first
    hit is refused by a rule: then its probability is bounded.
    """

    evidence: Floats
    right: npt.NDArray[np.bool_]
    answerable: npt.NDArray[np.bool_]
    judged: npt.NDArray[np.bool_]
    ruled_out: npt.NDArray[np.bool_]

    @property
    def unfit(self) -> npt.NDArray[np.bool_]:
        """Those that fit nothing: refused by a rule, for which no evidence speaks."""
        silent: npt.NDArray[np.bool_] = self.evidence[:, EVIDENCE.index("contradicted")] == 0
        return self.ruled_out & silent

    def but(self, left_out: npt.NDArray[np.bool_]) -> FirstHits:
        """Those of the other questions."""
        kept = ~left_out
        return FirstHits(
            self.evidence[kept], self.right[kept], self.answerable[kept], self.judged[kept], self.ruled_out[kept]
        )


def fit_certainty(hits: FirstHits, threshold: float) -> Certainty:
    """Whether the texts answer, from all questions; whether the first hit does, from those answerable that somebody judged.

    Of the weight, the questions without an answer have `_SILENT`, however many they are.
    """
    silent = ~hits.answerable
    weight = np.ones(len(silent))
    if silent.any() and hits.answerable.any():
        weight = np.where(silent, _SILENT / silent.sum(), (1 - _SILENT) / hits.answerable.sum())
    some = hits.answerable & (hits.judged if hits.judged.any() else True)
    return Certainty(
        threshold,
        _logistic(hits.evidence, hits.answerable, weight),
        _logistic(hits.evidence[some], hits.right[some], np.ones(int(some.sum()))),
    )


def _logistic(seen: Floats, target: npt.NDArray[np.bool_], weight: Floats) -> Logistic:
    """Fitted on evidence scaled to a variance of 1, so that the regularisation is the same for all; given for it as it is.

    What does not vary, as where no ranker read, has no weight; what speaks against an answer never speaks for one.
    """
    scale = np.where(seen.std(axis=0) > 0, seen.std(axis=0), np.inf)
    most = np.array([0.0 if name in AGAINST else np.inf for name in EVIDENCE])
    weights, intercept = fit_logistic(seen / scale, target, weight, _EVIDENCE_L2, most)
    found = {name: round(float(value), 4) for name, value in zip(EVIDENCE, weights / scale, strict=True)}
    return Logistic(round(intercept, 4), {name: value for name, value in found.items() if value})


def fit_prior(encoder: Encoder, questions: Sequence[Question]) -> QuestionPrior:
    """What the vector alone of a question tells of whether resolutions answer it; both sorts weigh the same.

    The strength of the regularisation was chosen on questions held out from these.
    """
    vectors = np.concatenate([encoder.encode_queries([one.text]) for one in questions]).astype(np.float64)
    answerable = np.array([bool(one.paragraphs) for one in questions])
    balance: Floats = np.where(answerable, 0.5 / answerable.sum(), 0.5 / (~answerable).sum()) * len(questions)
    weights, intercept = fit_logistic(vectors, answerable, balance, _PRIOR_L2)
    rounded = tuple(round(float(one), 3) for one in weights)
    return QuestionPrior(encoder.name, encoder.sha256, round(intercept, 3), rounded)


def fit_logistic(
    inputs: Floats, target: npt.NDArray[np.bool_], weight: Floats, l2: float, most: Floats | None = None
) -> tuple[Floats, float]:
    """Weights, each at most `most` (k,), and intercept of a logistic regression of `target` on `inputs` (n, k), rows counting by `weight`."""
    rows = np.hstack([inputs, np.ones((len(inputs), 1))])
    share = weight / weight.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        total = rows @ weights
        fit = float(share @ (np.logaddexp(0.0, total) - target * total))
        slope: Floats = rows.T @ (share * (1 / (1 + np.exp(-np.clip(total, -30, 30))) - target))
        return fit + l2 * float(weights[:-1] @ weights[:-1]), slope + 2 * l2 * np.append(weights[:-1], 0.0)

    bounds = None if most is None else [*((None, float(one)) for one in most), (None, None)]
    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found[:-1], float(found[-1])


def folds_of(questions: Sequence[Question], n: int = 5) -> npt.NDArray[np.int64]:
    """A fold for every question; questions over one resolution stay together, unanswerable ones are dealt in turn."""
    names = sorted({symbol_of(one.paragraphs[0]) for one in questions if one.paragraphs})
    place = {name: number % n for number, name in enumerate(np.random.default_rng(1).permutation(names))}
    return np.array(
        [place[symbol_of(one.paragraphs[0])] if one.paragraphs else at % n for at, one in enumerate(questions)]
    )


def success_at_1(seen: Sequence[Seen], weights: dict[str, float]) -> float:
    """The share of answerable questions whose best candidate is right."""
    firsts = [
        one.right[np.argmax(weighted(one.candidates.features, weights))]
        for one in seen
        if one.question.paragraphs and one.candidates.n
    ]
    return float(np.mean(firsts))


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights of both orderings; the share of questions whose first hit is right, with the first alone (cross-validated)
    and with the ranker.
    """

    weights: Mapping[str, float]
    ranker_weight: float
    n: int
    first_ordering: float
    with_ranker: float


@dataclass(frozen=True, slots=True)
class Certain:
    """The stated probabilities fitted on all questions, and the cross-validated figures of the same fit."""

    certainty: Certainty
    figures: dict[str, float | None]


def tune_ranking(finder: Finder, questions: Sequence[Question], progress: Progress) -> Ranking:
    """Fit the weights of the first ordering, then the ranker's."""
    seen = look(finder, questions, progress)
    folds = folds_of([one.question for one in seen])
    weights = fit_weights(seen)
    ranker_weight, ranked = _fit_ranker(seen, weights)
    held = [
        success_at_1([seen[at] for at in np.flatnonzero(folds == fold)], fit_weights(_but(seen, folds, fold)))
        for fold in range(5)
    ]
    return Ranking(weights, ranker_weight, len(seen), float(np.mean(held)), ranked)


def tune_certainty(finder: Finder, questions: Sequence[Question], progress: Progress) -> Certain:
    """Fit the stated probabilities and the threshold on what is found with the settings in force.

    Raises:
        TuneError: without some fold no question with an answer is left, or none without.
    """
    seen = look(finder, questions, progress)
    folds = folds_of([one.question for one in seen])
    hits = _first_hits(seen)
    answerability, probability = np.zeros(len(seen)), np.zeros(len(seen))
    for fold in range(5):
        inside = folds == fold
        rest = hits.but(inside | hits.unfit)
        if not rest.answerable.any() or rest.answerable.all():
            raise TuneError(
                "too few questions to learn from: each of five folds by resolution must leave some with an answer and some "
                "without; give more question files (--questions may be repeated)"
            )
        fitted = fit_certainty(rest, 0.0)
        for at in np.flatnonzero(inside):
            stated = state(Evidence(*hits.evidence[at]), fitted)
            stated = stated.at_most(RULED_OUT) if hits.ruled_out[at] else stated
            answerability[at], probability[at] = stated.answerable, stated.first
    threshold = threshold_for(probability[surely_silent(hits)], finder.settings.answer.promise)
    figures = _figures(hits, answerability, probability, threshold)
    unsure = (probability < threshold) & ~hits.ruled_out  # of the others no chances are told
    shares = shares_shown(hits, np.array([one.shown for one in seen]), answerability, unsure)
    return Certain(msgspec.structs.replace(fit_certainty(hits.but(hits.unfit), threshold), nearest=shares), figures)


def shares_shown(
    hits: FirstHits, shown: npt.NDArray[np.bool_], answerability: Floats, refused: npt.NDArray[np.bool_]
) -> tuple[float, ...]:
    """Of refused questions in equal bands of the probability that the texts answer: the share that one of the nearest answers (`shown`).

    Of all questions those without an answer weigh `_SILENT`, as the probabilities have it; of those with one only the judged count. Empty
    where a band holds too few.
    """
    answered = hits.answerable & hits.judged
    n_answered, n_silent = int(answered.sum()), int((~hits.answerable).sum())
    silent = _SILENT / (1 - _SILENT) * n_answered / n_silent if n_silent else 0.0
    weight = np.where(hits.answerable, answered.astype(np.float64), silent)
    bands = np.array([band(float(one), _BANDS) for one in answerability])
    inside = [refused & (weight > 0) & (bands == number) for number in range(_BANDS)]
    if min(int(one.sum()) for one in inside) < _FEWEST:
        return ()
    return tuple(round(float((shown[one] * weight[one]).sum() / weight[one].sum()), 2) for one in inside)


def _figures(hits: FirstHits, answerability: Floats, probability: Floats, threshold: float) -> dict[str, float | None]:
    """What is worth knowing of the stated probabilities, each question's from a fit without it; None where undefined."""
    given = probability >= threshold
    judged = hits.judged
    return {
        "questions": float(len(given)),
        "without an answer": float((~hits.answerable).sum()),
        "judged": float(judged.sum()),
        "AUROC of answerability": auroc(answerability, hits.answerable),
        "of those without an answer, answered": _share(given[~hits.answerable]),
        "of those with one, answered": _share(given[hits.answerable]),
        "of the judged and answered, right": _share(hits.right[given & judged]),
        "ECE of the probability, judged": expected_calibration_error(bins_of(probability[judged], hits.right[judged])),
        "ECE by chance, judged": calibration_by_chance(probability[judged]).value,
    }


def _share(given: npt.NDArray[np.bool_]) -> float | None:
    return float(given.mean()) if given.size else None


def _but(seen: Sequence[Seen], folds: npt.NDArray[np.int64], fold: int) -> list[Seen]:
    return [one for one, place in zip(seen, folds, strict=True) if place != fold]


def _fit_ranker(seen: Sequence[Seen], weights: dict[str, float]) -> tuple[float, float]:
    """The ranker's weight, of a small grid, that puts most right candidates first; 0 without readings."""
    best = (0.0, success_at_1(seen, weights))
    for weight in (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0):
        share = _ranked_success(seen, weights, weight)
        if share > best[1]:
            best = (weight, share)
    return best


def _ranked_success(seen: Sequence[Seen], weights: Mapping[str, float], ranker_weight: float) -> float:
    """The share of answerable questions of which the best candidate that was read again is right."""
    firsts = [one.right[_best(one, weights, ranker_weight)] for one in seen if one.question.paragraphs]
    return float(np.mean(firsts))


def _best(one: Seen, weights: Mapping[str, float], ranker_weight: float) -> int:
    """The place of the candidate with the highest sum of both scores; of all, where none was read again."""
    readings = one.found.ranked.readings
    scores = weighted(one.candidates.features, weights)
    if readings:
        scores = scores[: len(readings)] + np.float32(ranker_weight) * np.array(
            [one.score for one in readings], np.float32
        )
    return int(np.argmax(scores))


def _first_hits(seen: Sequence[Seen]) -> FirstHits:
    return FirstHits(
        np.array([one.seen for one in seen]),
        np.array([bool(one.right[0]) for one in seen]),
        np.array([bool(one.question.paragraphs) for one in seen]),
        np.array([one.question.judged is not None for one in seen]),
        np.array([one.ruled_out for one in seen]),
    )


def surely_silent(hits: FirstHits) -> npt.NDArray[np.bool_]:
    """The questions without an answer that a promise is kept on: those that somebody judged, of all where nobody judged any.

    Of what was only written from one paragraph another may answer some.
    """
    silent = ~hits.answerable
    judged = silent & hits.judged
    return judged if judged.any() else silent


def threshold_for(stated: Floats, promise: float) -> float:
    """The threshold that at most `promise` of the questions that cannot be answered pass.

    `stated` are the probabilities given to questions known to have no answer, none of them used to fit. The bound holds for
    the next such question, whatever the distribution, as long as it is drawn like these.
    Source: split conformal prediction (Vovk et al. 2005): the ceil((n + 1)(1 - promise))-th smallest.
    """
    place = int(np.ceil((len(stated) + 1) * (1 - promise)))
    return round(float(np.sort(stated)[place - 1]), 4) if place <= len(stated) else 1.0
