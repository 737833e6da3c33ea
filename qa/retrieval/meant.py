"""Words met in others: "oil" where a text says "petroleum", by the likeness of their tokens' vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from embeddings.pairs import PairScorer
from qa.passages import passage_input
from qa.retrieval.corpus import Floats, Rows
from qa.retrieval.searchable import Searchable

_WORD = re.compile(r"\w[\w’'-]*")


@dataclass(frozen=True, slots=True)
class Meant:
    """A passage that says words in others: its row, the least cosine with which one of the words is met, and what meets them."""

    row: int
    likeness: float
    words: str


def meant(words: str, rows: Rows, corpus: Searchable, scorer: PairScorer | None, least: float) -> list[Meant] | None:
    """Of some passages those in which each of the words is met by `least` or more, the likest first; None where no ranker reads tokens.

    What a passage is encoded with (its title and the like) does not count.
    """
    if scorer is None or not len(rows):
        return None
    inputs, tokens = zip(*corpus.inputs(rows.tolist()), strict=True)
    readings = scorer.read(words, inputs, tokens)
    found = []
    for row, passage, reading in zip(rows.tolist(), corpus.passages(rows.tolist()), readings, strict=True):
        if reading.cosines is None:
            return None
        if not reading.cosines.size or reading.cosines.max(axis=1).min() < least:
            continue
        places = scorer.places(text := passage_input(passage))
        if places is None:
            return None
        inside = places[:, 0] >= len(text) - len(passage.text)
        cosines = reading.cosines[:, inside]
        if cosines.size and (likeness := float(cosines.max(axis=1).min())) >= least:
            found.append(Meant(row, likeness, " ".join(_meeting(text, cosines, places[inside]))))
    return sorted(found, key=lambda one: (-one.likeness, one.row))


def _meeting(text: str, cosines: Floats, places: Rows) -> Iterator[str]:
    """The words that meet best, each once, in text order."""
    best = {int(places[column, 0]) for column in cosines.argmax(axis=1)}
    words = (one for one in _WORD.finditer(text) if any(one.start() <= place < one.end() for place in best))
    return (one[0] for one in islice(words, len(best)))
