"""Recurring resolutions: paragraphs of other years that say the same, almost word for word."""

from __future__ import annotations

from collections.abc import Sequence

from qa.terms import distinct_terms


def same_text(texts: Sequence[str], share: float) -> list[int]:
    """For each text the place of the first one it nearly repeats, its own where it is the first.

    Two texts are the same where they have at least `share` of their distinct terms in common (Jaccard); numbers count as
    terms like others, so two budgets of different sums are told apart only by their share of the words.
    """
    sets = [distinct_terms(text) for text in texts]
    first: list[int] = []
    heads: list[int] = []
    for place, terms in enumerate(sets):
        first.append(next((head for head in heads if _same(sets[head], terms, share)), place))
        if first[-1] == place:
            heads.append(place)
    return first


def _same(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    small, large = (len(one), len(other)) if len(one) < len(other) else (len(other), len(one))
    if not large:
        return True
    if small / large < share:  # the most that they can have in common
        return False
    shared = len(one & other)
    return shared / (small + large - shared) >= share
