"""Which hits become the answer: those that score nearly as well as the first, and a list as a list.

The items of a list are ranked one by one, each by its own words. Where several of them, or what opens the list, are among the best
hits, the question asks for the list: its items then come together, after the best of them in the order of the text. The opening of
a list is shown with every item; where it says nothing by itself, its items are cited in its stead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.answering.citing import chapeau_of
from qa.records import Paragraph, Resolution
from qa.retrieval.corpus import Floats, Rows
from qa.retrieval.formal import bare_opening
from qa.retrieval.searchable import Searchable

NEAREST = 5  # different texts that a refusal shows, where so many were found
_NEAR = 0.05  # of the first hit's score: a list whose best hit lies no farther below may come with more than its hits
_WHOLE = 0.5  # of a list's items: where so many are hits, all of it is the answer
_AHEAD = 0.1  # of its own score: an item that lies so far above the next is what was asked for, not the list
_SEVERAL = re.compile(
    r"\A(?:list|name)\b|\b(?:which|what) (?:[\w-]+ ){0,2}?[a-z-]{3,}(?<![sui])s\b(?<!does)(?<!this)|\bwh(?:at|o) (?:are|were)\b|\bcompare\b"
    r"|\band (?:how|who|what|when|where|which|by|on|to|for)\b|\b(?:all|each|both|every)\b",
    re.I,
)

# What resolutions write as a list, asked for by its name.
_LISTED = re.compile(
    r"\b(?:what|which|list)\b[^.?]{0,30}\b(?:mandate|tasks?|functions|duties|responsibilities|powers|terms of reference|exceptions|exemptions"
    r"|criteria|conditions|objectives|components)\b",
    re.I,
)


def asks_for_several(question: str) -> bool:
    """Whether the words ask for more than one thing: "which measures", "what are", "who pays, and how much"."""
    return _SEVERAL.search(question) is not None


def asks_for_list(question: str) -> bool:
    """Whether the words ask for what resolutions write as a list: "the committee's mandate", "the tasks of the mission"."""
    return _LISTED.search(question) is not None


@dataclass(frozen=True, slots=True)
class ListAround:
    """A list as far as candidates hold it: places of what opens it and of its items, these in text order."""

    opening: int | None
    bare: bool  # the opening says nothing by itself
    items: tuple[int, ...]
    n_items: int  # those that no candidate holds included


@dataclass(frozen=True, slots=True)
class Hits:
    """Scores of all candidates, best first, and for the first of them the place of the text that each repeats."""

    scores: Floats
    same: Sequence[int]
    keep: float  # of a score: a hit that lies no farther below belongs with it
    formal: frozenset[int] = frozenset()  # places that are cited first, or not

    def good(self) -> list[int]:
        """The first place and those after it that score nearly as well, without repeats, and without those that say nothing beside it."""
        floor, others = self.floor(0), self.formal - {0}
        good = [place for place, first in enumerate(self.same) if first == place and self.scores[place] >= floor]
        return [place for place in good if place not in others]

    def floor(self, place: int) -> float:
        """The least score that belongs with the one at a place."""
        return self.below(place, self.keep)

    def below(self, place: int, share: float) -> float:
        """The score at a place less a share of itself."""
        return float(self.scores[place] - share * abs(self.scores[place]))

    def text(self, place: int) -> int:
        """The place of the text that a place repeats; its own where it is the first, or nobody compared it."""
        return self.same[place] if place < len(self.same) else place


def choose(hits: Hits, lists: Lists | None, k: int, whole: bool = False) -> list[int]:
    """At most `k` places, in the order in which they are cited; with `whole`, of a list of which two items are hits all. Without `lists`
    every hit stands for itself.
    """
    good = hits.good()
    found: dict[int, int] = {}
    for place in good:
        if len(found) >= k:
            break
        if hits.text(place) in found:
            continue
        listed = lists.around(place) if lists else None
        for one in [place] if listed is None else _in_order(hits, listed, place, frozenset(good), whole):
            found.setdefault(hits.text(one), one)
    return list(found.values())[:k]


def nearest(hits: Hits, chosen: Sequence[int], k: int) -> list[int]:
    """At most `k` places that a refusal shows, best first: the first of `NEAREST` different texts, then what else would have been cited."""
    first = {hits.text(place): place for place in reversed(range(len(hits.scores)))}
    near = sorted(first.values())[:NEAREST]
    return [*near, *(place for place in chosen if place not in near)][:k]


def _in_order(hits: Hits, listed: ListAround, place: int, good: frozenset[int], whole: bool) -> list[int]:
    """What is cited where a hit opens a list or is an item of it: the best of it first, then its items as in the text."""
    scores, items, opens = hits.scores, listed.items, place == listed.opening
    best, *others = sorted(items, key=lambda item: -scores[item])
    near = scores[place] >= hits.below(0, _NEAR)
    kept = [item for item in items if item in good or (opens and near and scores[item] >= hits.floor(best))]
    alone = not others or scores[others[0]] < hits.below(best, _AHEAD)
    if near and len(kept) >= 2 and (whole or (not alone and len(kept) >= _WHOLE * listed.n_items)):
        kept = list(items)
    if opens:
        return [best, *kept] if listed.bare else [place, *([best] if kept else []), *kept]
    said = listed.opening if listed.opening in good and not listed.bare else None
    return [place, *([said] if said is not None else []), *kept]


@dataclass(frozen=True)
class Lists:
    """The lists that candidates stand in; `rows` are the candidates', best first."""

    corpus: Searchable
    rows: Rows

    @cached_property
    def _places(self) -> dict[str, int]:
        return {self.corpus.paragraph_id(int(row)): place for place, row in enumerate(self.rows)}

    def around(self, place: int) -> ListAround | None:
        """The list that the candidate at a place opens or is an item of; None where there is none, or its record is damaged."""
        held = self.corpus.paragraph(self.corpus.paragraph_id(int(self.rows[place])))
        opening = _opening(*held) if held else None
        if held is None or opening is None:
            return None
        resolution, _ = held
        names = [f"{resolution.symbol}#{one.label}" for one in resolution.paragraphs if one.parent == opening.label]
        items = tuple(self._places[name] for name in names if name in self._places)
        at = self._places.get(f"{resolution.symbol}#{opening.label}")
        return ListAround(at, bare_opening(opening.text), items, len(names)) if items else None


def _opening(resolution: Resolution, paragraph: Paragraph) -> Paragraph | None:
    """What opens the list that a paragraph opens or is an item of: it ends in a colon, and others are below it."""
    if paragraph.text.endswith(":") and any(one.parent == paragraph.label for one in resolution.paragraphs):
        return paragraph
    above = chapeau_of(resolution, paragraph)
    return above if above is not None and above.text.endswith(":") else None
