"""What is known of a candidate before anybody reads it: one number a feature, each about 0 to 1, all comparable.

The order of `FEATURES` is that of the columns of every feature matrix; weights are named, so the order binds nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.retrieval.corpus import Floats, Ints, Mask, RowColumns
from qa.retrieval.dates import DateMention
from qa.retrieval.query import Query
from qa.retrieval.roles import OPEN

FEATURES: tuple[str, ...] = (
    "dense",  # cosine of question and passage
    "lexical",  # BM25, as a share of the best BM25 that this question gets anywhere
    "abbreviation",  # the share of the question's abbreviations that the passage holds, as they are or spelt out
    "date",  # how well the date of adoption fits the times that the question names
    "ends",  # up to 1 where the paragraph names the end, period or time to come that the question names ("until 15 June 1991")
    "recent",  # date of adoption, 0 for 1946 and 1 for 2046, when the question names no time
    "organ",  # 1 where the question names the organ, -1 where it names another
    "recital",  # 1 for a preambular paragraph nobody asked for
    "annex",  # 1 for a paragraph of an annex
)
_OUTSIDE = -1.0  # far from a day, and on the wrong side of "before 1964"


@dataclass(frozen=True, slots=True)
class Fading:
    """How the fit falls outside a named time: to `near` just outside it, then to 1/e of its way to `far` in so many days."""

    near: float
    far: float
    days: float

    def at(self, away: Ints) -> Floats:
        """The fit so many days outside."""
        fit: Floats = (self.far + (self.near - self.far) * np.exp(-away / self.days)).astype(np.float32)
        return fit


_OF_A_DAY, _LONGER = Fading(0.4, _OUTSIDE, 10.0), Fading(0.6, 0.0, 120.0)


def date_fit(adopted: Ints, dates: tuple[DateMention, ...]) -> Floats:
    """1 inside a time of adoption that is named, fading outside it, the faster the more exact it is; below 0 on the wrong side
    of one that is open; the best of several times; 0 for unknown dates.
    """
    fits = [_fit(adopted, one) for one in dates if one.tells_adoption]
    best = np.max(fits, axis=0) if fits else np.zeros(len(adopted), dtype=np.float32)
    return np.where(adopted == 0, 0.0, best).astype(np.float32)


def _fit(adopted: Ints, mention: DateMention) -> Floats:
    away = days_outside(adopted, mention)
    if mention.role in OPEN:
        return np.where(away > 0, _OUTSIDE, 1.0).astype(np.float32)
    first, last = mention.adoption
    fading = _OF_A_DAY if first == last else _LONGER
    return np.where(away > 0, fading.at(away), 1.0).astype(np.float32)


def days_outside(adopted: Ints, mention: DateMention) -> Ints:
    """How many days a date of adoption (yyyymmdd) lies outside the named time; one of which only the year is known
    (yyyy0000) may lie anywhere in it.
    """
    year, month, day = adopted // 10000, adopted // 100 % 100, adopted % 100
    known = month > 0
    earliest = _days(year, np.where(known, month, 1), np.where(known, day, 1))
    latest = _days(year, np.where(known, month, 12), np.where(known, day, 31))
    first, last = (_days(one.year, one.month, one.day) for one in mention.adoption)
    away: Ints = np.maximum(np.maximum(first - latest, earliest - last), 0).astype(np.int32)
    return away


def _days(year: Any, month: Any, day: Any) -> Any:
    """Days since 1970, by the calendar."""
    months = np.asarray((year - 1970) * 12 + month - 1, dtype=np.int64).astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64) + day


def describe(
    query: Query,
    columns: RowColumns,
    dense: Floats,
    lexical: Floats,
    best_lexical: float,
    abbreviation: Floats,
    ends: Floats,
) -> Floats:
    """The features of some rows, (n rows, n features); `columns` and all after it but `best_lexical` run beside each other."""
    adopted = columns.adopted
    named = [columns.organs.index(one) for one in query.organs if one in columns.organs]
    known: dict[str, npt.NDArray[Any]] = {
        "dense": dense,
        "abbreviation": abbreviation,
        "ends": ends,
        "annex": _of_kind(columns, "annex"),
    }
    if best_lexical > 0:
        known["lexical"] = lexical / best_lexical
    if any(one.tells_adoption for one in query.dates):
        known["date"] = date_fit(adopted, query.dates)
    else:
        known["recent"] = np.where(adopted > 0, (adopted / 10000 - 1946) / 100, 0.0)
    if named:
        known["organ"] = np.where(np.isin(columns.organ, named), 1.0, -1.0)
    if not query.wants_recitals:
        known["recital"] = _of_kind(columns, "preambular")
    features = np.zeros((len(dense), len(FEATURES)), dtype=np.float32)
    for name, values in known.items():
        features[:, FEATURES.index(name)] = values
    return features


def _of_kind(columns: RowColumns, wanted: str) -> Mask:
    """Which rows are of a kind."""
    found: Mask = columns.kind == (columns.kinds.index(wanted) if wanted in columns.kinds else len(columns.kinds))
    return found


def weighted(features: Floats, weights: Mapping[str, float]) -> Floats:
    """The weighted sum of each row's features.

    Raises:
        KeyError: a weight names no feature.
    """
    unknown = set(weights) - set(FEATURES)
    if unknown:
        raise KeyError(f"no such feature: {', '.join(sorted(unknown))}; there are {', '.join(FEATURES)}")
    return (features @ np.array([weights.get(name, 0.0) for name in FEATURES], dtype=np.float32)).astype(np.float32)
