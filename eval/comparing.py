"""Two runs over the same questions, question by question: is the difference more than luck, and what changed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.conditions import facts_of, flat
from eval.errors import RunFolderError
from eval.folder import RunFolder
from eval.intervals import SEED, Floats, mean_of
from eval.measures import within
from eval.records import Estimate
from eval.wire import Conditions

N_FLIPS = 10_000
_OWN = {"run", "date", "index", "questions"}  # conditions that every run has for itself


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in two runs; `difference` is B minus A with its interval.

    `p` is that of the paired randomisation test, two-sided; `p_holm` the same after Holm's correction over all measures
    of the comparison.
    """

    measure: str
    a: float
    b: float
    difference: Estimate
    p: float
    p_holm: float
    won: int
    lost: int
    tied: int


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose value changed, and where the first expected paragraph stands in each run (None: not in it)."""

    id: str
    text: str
    kind: str
    a: float
    b: float
    rank_a: int | None
    rank_b: int | None


@dataclass(frozen=True, slots=True)
class Unlike:
    """A condition in which two runs differ: setting, index, code, machine; "" where a run does not tell it."""

    name: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every measure compared; `won` and `lost` list the questions by the measure named `by`, largest change first.

    `unlike` is what the runs were made under that differs; `depth` how deep the measures look at most: the shorter rankings' length.
    """

    name_a: str
    name_b: str
    by: str
    depth: int
    unlike: tuple[Unlike, ...]
    differences: tuple[Difference, ...]
    won: tuple[Change, ...]
    lost: tuple[Change, ...]


def compare(a: RunFolder, b: RunFolder, by: str = "nDCG@10") -> Comparison:
    """B against A on the folded measures that both have.

    Raises:
        RunFolderError: they did not ask the same questions with the same judgements, or share no measure.
    """
    if [(one.id, one.text, one.paragraphs, one.helps) for one in a.questions] != [
        (one.id, one.text, one.paragraphs, one.helps) for one in b.questions
    ]:
        raise RunFolderError(b.path, f"other questions or judgements than {a.path}", "run both over the same file")
    depth = min(a.conditions.k, b.conditions.k)
    names = within([name for name in a.measures.folded if name in b.measures.folded], depth)
    if by not in names:
        why = f"{by} is not measured in both runs, whose rankings have {depth} or more places"
        raise RunFolderError(b.path, why, f"choose with --by of what they share: {', '.join(names) or 'nothing'}")
    rows = [_difference(name, _values(a, name), _values(b, name)) for name in names]
    corrected = holm([row.p for row in rows])
    differences = tuple(_with_holm(row, p) for row, p in zip(rows, corrected, strict=True))
    changes = _changes(a, b, by)
    return Comparison(
        f"{a.conditions.name} ({a.path})",
        f"{b.conditions.name} ({b.path})",
        by,
        depth,
        unlike(a.conditions, b.conditions),
        differences,
        tuple(sorted((one for one in changes if one.b > one.a), key=lambda one: (one.a - one.b, one.id))),
        tuple(sorted((one for one in changes if one.b < one.a), key=lambda one: (one.b - one.a, one.id))),
    )


def unlike(a: Conditions, b: Conditions) -> tuple[Unlike, ...]:
    """The conditions in which two runs differ, in the order of the report."""
    told_a, told_b = (
        {name: value for name, value in facts_of(one).items() if name not in _OWN}
        | {f"settings.{name}": value for name, value in flat(one.settings)}
        for one in (a, b)
    )
    every = (Unlike(name, told_a.get(name, ""), told_b.get(name, "")) for name in {**told_a, **told_b})
    return tuple(one for one in every if one.a != one.b)


def randomisation_p(differences: Floats, *, flips: int = N_FLIPS, seed: int = SEED) -> float:
    """How often a mean difference at least this large comes from flipping each question's sign by a coin.

    The observed one counts among the draws, so p is never 0; with no difference at all it is 1.

    Source: M. D. Smucker, J. Allan, B. Carterette, A comparison of statistical significance tests for information
    retrieval evaluation, CIKM 2007.
    """
    changed = differences[differences != 0]
    if not changed.size:
        return 1.0
    generator = np.random.default_rng(seed)
    observed = abs(changed.sum()) - 1e-12
    as_large = 0
    for _ in range(0, flips, 1000):
        signs = generator.integers(0, 2, size=(min(1000, flips), changed.size), dtype=np.int8) * 2 - 1
        as_large += int((np.abs(signs @ changed) >= observed).sum())
    return (as_large + 1) / (flips + 1)


def holm(ps: Sequence[float]) -> list[float]:
    """Holm's step-down correction, in the order given.

    Source: S. Holm, A simple sequentially rejective multiple test procedure,
    Scandinavian Journal of Statistics 6 (1979).
    """
    order = sorted(range(len(ps)), key=lambda place: ps[place])
    corrected, worst = [0.0] * len(ps), 0.0
    for step, place in enumerate(order):
        worst = max(worst, min(1.0, (len(ps) - step) * ps[place]))
        corrected[place] = worst
    return corrected


def _values(found: RunFolder, name: str) -> Mapping[str, float]:
    return {one.id: one.folded[name] for one in found.each if name in one.folded}


def _difference(name: str, a: Mapping[str, float], b: Mapping[str, float]) -> Difference:
    change = np.array([b[q] - a[q] for q in a], dtype=np.float64)
    return Difference(
        measure=name,
        a=float(np.mean(list(a.values()))) if a else 0.0,
        b=float(np.mean(list(b.values()))) if b else 0.0,
        difference=mean_of(change),
        p=randomisation_p(change),
        p_holm=1.0,
        won=int((change > 0).sum()),
        lost=int((change < 0).sum()),
        tied=int((change == 0).sum()),
    )


def _with_holm(row: Difference, p: float) -> Difference:
    return Difference(row.measure, row.a, row.b, row.difference, row.p, p, row.won, row.lost, row.tied)


def _changes(a: RunFolder, b: RunFolder, by: str) -> list[Change]:
    of_a, of_b = _values(a, by), _values(b, by)
    return [
        Change(one.id, one.text, one.kind, of_a[one.id], of_b[one.id], _rank(a, one.id), _rank(b, one.id))
        for one in a.questions
        if one.id in of_a and of_a[one.id] != of_b[one.id]
    ]


def _rank(found: RunFolder, question: str) -> int | None:
    hits = found.hits.get(question)
    places = [one.rank for one in hits.expected if one.rank is not None and one.grade == 2] if hits else []
    return min(places, default=None)
