"""What came after a resolution: what it decides, of what cites that one, and not the recitals, which tell what was before."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from qa.records import Kind, Passage
from qa.retrieval.corpus import Floats
from qa.retrieval.ranker import Ranked

_REAFFIRMS = re.compile(
    r"\A\W*+(?:\d+\W+)?(?:also |further )?(?:reaffirms|recalls|reiterates|confirms) (?:all )?its (?:[a-z]+ )?resolutions? ",
    re.I,
)


def reaffirms(text: str) -> bool:
    """Whether a paragraph begins with what was decided before: "Reaffirms its resolutions 186 (1964), ..."."""
    return _REAFFIRMS.match(text) is not None


def tells_back(one: Passage) -> bool:
    """Whether a paragraph tells what was decided before: a recital, or one that reaffirms."""
    return one.kind == Kind.PREAMBULAR or reaffirms(one.text)


def decisions_first(ranked: Ranked, head: Sequence[Passage], n: int) -> tuple[Ranked, list[Passage]]:
    """The candidates and the first of them (`head`), of the first `n` of which those come last that tell back."""
    places = sorted(range(min(n, len(head))), key=lambda place: tells_back(head[place]))
    return ranked.turned(places), [*(head[place] for place in places), *head[len(places) :]]


def of_sequels(
    head: Sequence[Passage], scores: Floats, sequels: frozenset[str], near: float, apart: float
) -> dict[int, float]:
    """Which of the first candidates (`head`) are of the texts that cite the one after which is asked, and how far below the best each
    may score (`near`); none where all of them lie more than `apart` below something else.
    """
    places = [place for place, one in enumerate(head) if one.symbol in sequels and not tells_back(one)]
    best = max((float(scores[place]) for place in places), default=-np.inf)
    return dict.fromkeys(places, near) if best >= float(scores.max()) - apart else {}
