"""Which term stands how often in which row: counted in runs that fit in memory, then merged by term.

A run is sorted by term, then row, as an index is; so an index that is there already is one run more. Merging reads a stretch of
each run at a time.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from qa.arrays import Growing
from qa.scratch import Scratch
from qa.terms import TermCounter

Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]

_IN_RUN = 1_000_000  # postings counted before they are sorted and put away
_IN_BLOCK = 1_000_000  # postings merged at once, or as many as one term has


@dataclass(frozen=True, slots=True)
class Run:
    """Postings of some rows. Those of the term numbered `terms[i]` lie at `starts[i]:starts[i + 1]`, rows ascending.

    `terms` are in the alphabetical order of their names. `lengths` are the terms of each row that was counted. `moved` says
    to which row each goes, -1 for none; None where all stay.
    """

    terms: Rows
    starts: Rows
    rows: Ints
    counts: Ints
    lengths: Ints
    moved: Ints | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """Postings of some terms, by term, then row; `sizes` rows each, at least one."""

    terms: list[str]
    sizes: Rows
    rows: Ints
    counts: Ints


def count_terms(texts: Iterable[str], numbers: dict[str, int], scratch: Scratch | None) -> Iterator[Run]:
    """The postings of `texts`, rows following their order; terms get the next of `numbers` as they are met.

    Postings of a run that is given lie in a file of `scratch`; in memory where there is none.
    """
    counter = TermCounter()
    term, row, count, lengths = array("i"), array("i"), array("i"), array("i")
    for place, text in enumerate(texts):
        terms = counter.terms_of(text)
        lengths.append(len(terms))
        for name, n in Counter(terms).items():
            term.append(numbers.setdefault(name, len(numbers)))
            row.append(place)
            count.append(n)
        if len(term) >= _IN_RUN:
            yield _sorted(term, row, count, lengths, numbers, scratch)
            term, row, count, lengths = array("i"), array("i"), array("i"), array("i")
    if lengths:
        yield _sorted(term, row, count, lengths, numbers, scratch)


def _sorted(
    term: array[int],
    row: array[int],
    count: array[int],
    lengths: array[int],
    numbers: Mapping[str, int],
    scratch: Scratch | None,
) -> Run:
    found, sizes = np.unique(_ints(term), return_counts=True)
    names = list(numbers)
    terms = np.array(sorted(found.tolist(), key=names.__getitem__), dtype=np.int64)
    rank = np.zeros(len(names), dtype=np.int32)
    rank[terms] = np.arange(len(terms))
    order = np.argsort(rank[_ints(term)], kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes[np.searchsorted(found, terms)])])
    return Run(terms, starts, _kept(_ints(row)[order], scratch), _kept(_ints(count)[order], scratch), _ints(lengths))


def _ints(numbers: array[int]) -> Ints:
    return np.frombuffer(numbers, dtype=np.intc).astype(np.int32)


def _kept(numbers: Ints, scratch: Scratch | None) -> Ints:
    if scratch is None:
        return numbers
    growing = Growing(np.int32, scratch)
    growing.append(numbers)
    return growing.whole()


def merge(numbers: Mapping[str, int], runs: Sequence[Run], n_rows: int) -> Iterator[Merged]:
    """The postings of all runs together, terms in alphabetical order; `numbers` are those of the terms."""
    names = list(numbers)
    alphabetical = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    rank = np.empty(len(names), dtype=np.int32)
    rank[alphabetical] = np.arange(len(names))
    ranked = [(run, rank[run.terms]) for run in runs]
    sizes = np.zeros(len(names), dtype=np.int64)
    for run, ranks in ranked:
        sizes[ranks] += np.diff(run.starts)
    for first, last in _blocks(sizes):
        parts = [_stretch(run, ranks, first, last) for run, ranks in ranked]
        term, row, count = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(term * n_rows + row, kind="stable")  # quick where most is in order already
        frequency = np.bincount(term, minlength=last - first)
        used = np.flatnonzero(frequency)
        terms = [names[number] for number in alphabetical[first + used].tolist()]
        yield Merged(terms, frequency[used], row[order], count[order])


def _blocks(sizes: Rows) -> Iterator[tuple[int, int]]:
    """Terms side by side that have about `_IN_BLOCK` postings together: the first, and the one after the last."""
    block = (np.cumsum(sizes) - 1) // _IN_BLOCK
    bounds = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), len(sizes)]
    return ((a, b) for a, b in pairwise(bounds) if a < b)


def _stretch(run: Run, ranks: Ints, first: int, last: int) -> tuple[Rows, Ints, Ints]:
    """Term (counted from `first`), row and count of a run's postings of the terms `first` to `last`."""
    a, b = np.searchsorted(ranks, np.array([first, last], dtype=ranks.dtype))
    term = np.repeat(ranks[a:b].astype(np.int64) - first, np.diff(run.starts[a : b + 1]))
    here = slice(int(run.starts[a]), int(run.starts[b]))
    rows, counts = run.rows[here], run.counts[here]
    if run.moved is None:
        return term, rows, counts
    rows = run.moved[rows]
    stays = rows >= 0
    return term[stays], rows[stays], counts[stays]
