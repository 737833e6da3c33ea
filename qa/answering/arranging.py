"""In which order the paragraphs come that a question names, and which of them where there is not room for all.

They come in the order of the text: what is named, each with its items. Where one paragraph is named and something asked of
it ("under paragraph 7, whose approval is needed?"), the best of it comes first. What is named comes before the items of anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.answering.references import References
from qa.retrieval.query import Query
from qa.terms import distinct_terms

# What is said of any paragraph: its part of a text, and what a paragraph does.
_OF_ANY = distinct_terms(
    "operative op preambular paragraph subparagraph sub para clause item list resolution text annex article section full exact wording "
    "say state read provide contain cover include mean set lay give show quote tell explain please cite number "
    "decide demand request urge call affirm authorize establish require ask oblige stipulate specify prescribe impose "
    "security council general assembly united nations un unsc unga sc ga scr res year"
)


def arranged(
    named: References, query: Query, found: Sequence[str], text_at: Callable[[int], str], k: int
) -> tuple[str, ...]:
    """The paragraphs that are named, the first `k` of them those to be shown.

    `found` are ids, the best answer first, each of the text at its place.
    """
    paragraphs, openings = named.paragraphs, named.openings
    if len(paragraphs) == 1:
        return paragraphs
    best = _best(named, query, found, text_at) if len(openings) == 1 else None
    lead = () if best is None else (best,)
    shown = set([*lead, *openings][:k])
    shown.update([one for one in paragraphs if one not in shown][: k - len(shown)])
    others = [one for one in paragraphs if one != best]
    return (*lead, *(one for one in others if one in shown), *(one for one in others if one not in shown))


def _best(named: References, query: Query, found: Sequence[str], text_at: Callable[[int], str]) -> str | None:
    """The first that was found of those named; None where nothing is asked of them, or no more than their opening says."""
    rest = query.text
    for one in query.mentions:
        rest = rest.replace(one.text, " ")
    asked = frozenset(term for term in distinct_terms(rest) if not term.isdigit()) - _OF_ANY
    meant, opening = set(named.paragraphs), named.openings[0]
    best = next((one for one in found if one in meant), None) if asked else None
    if best is None or (opening in found and asked <= distinct_terms(text_at(found.index(opening)))):
        return None
    return best
