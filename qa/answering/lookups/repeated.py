"""Where a paragraph that is named stands again: "which later resolution repeats para. 2 of 78/85?", "is para. 1 of 79/20 repeated in 80/20?"."""

from __future__ import annotations

from collections.abc import Iterator

from qa.answering.lookups.forms import counted, first_match, whole
from qa.answering.lookups.looked_up import CERTAIN, LookedUp
from qa.answering.lookups.mentioned import TEXTS
from qa.answering.lookups.of_text import TEXT, with_signs
from qa.answering.lookups.question import LookupQuestion
from qa.ids import symbol_of
from qa.records import Passage
from qa.retrieval.searchable import Searchable
from qa.retrieval.twins import same_wording, without_moving
from qa.terms import distinct_terms

LIKE = 0.5  # of the words (Jaccard): a paragraph that has less in common with each of the other text is new in its own
_NEAREST = 100  # passages that are compared
_AGAIN = r"(?:repeat(?:s|ed)?|reproduce[sd]?|restate[sd]?|cop(?:y|ies|ied)|take[ns]? up)"
_HAS = rf"(?:(?:also|that|which|do|does|did|have|has) )*(?:{_AGAIN}|have the same (?:wording|words|text|paragraph) as)"
_WHEN = r"(?P<when>later |newer |subsequent |earlier |previous |older |other )?"
_ITS = r"(?:the (?:same )?(?:wording|words|text|paragraph) (?:as|of|in) )?"
_FORMS = whole(
    rf"(?:which|what|list|show|are there|is there)(?: any)? {_WHEN}{TEXTS} {_HAS} {_ITS}{TEXT}",
    rf"(?:where|in which {_WHEN}{TEXTS})(?: else)? (?:is|was|does|did) {_ITS}{TEXT} (?:also )?"
    rf"(?:{_AGAIN}|appears?|occurs?|stand|found)(?: again| elsewhere)?",
    rf"(?:is|was|has) {_ITS}{TEXT} (?:been )?(?:{_AGAIN})(?: again| elsewhere| later| since)?(?: in {TEXT})?",
    rf"(?:does|did) {TEXT} {_AGAIN} {_ITS}{TEXT}",
)
_LATER, _EARLIER = ("later", "newer", "subsequent"), ("earlier", "previous", "older")


def repeated(question: LookupQuestion) -> LookedUp | None:
    """The paragraphs of other texts that have most of the words of the one that is named, the newest first; None for other questions."""
    query, named, corpus = question.query, question.scope.named.paragraphs, question.corpus
    asked, other = with_signs(query), [one for one in query.mentions if not one.places]
    match = first_match(_FORMS, asked)
    if match is None or not named or len(query.mentions) - len(other) != 1:
        return None
    wanted = named[0]
    if set(named[1:]) - set(corpus.ids_below(wanted)):  # of several paragraphs, and not one with its items
        return None
    within = frozenset(str(symbol) for one in other for symbol in one.candidates)
    when = (match.groupdict().get("when") or "").strip().lower()
    again = [one for one in near_copies(wanted, corpus) if _fits(one[0], wanted, within, when, corpus)]
    where = f" of {', '.join(sorted(within))}" if within else f" of {when or 'other'} texts"
    if not again:
        return LookedUp((), f"no paragraph{where} has most of the words of {wanted}", refuses=True, instead=True)
    again.sort(key=lambda one: -corpus.adopted_on(one[0].symbol))
    same = [one.id for one, is_same in again if is_same]
    all_of = (
        f", all of them, but for dates, sessions and citations, in {', '.join(same)}"
        if same
        else ", all of them in none"
    )
    note = f"most of the words of {wanted} stand in {counted(len(again), 'paragraph')}{where}, the newest first{all_of}"
    return LookedUp(tuple(dict.fromkeys(one.id for one, _ in again)), note, CERTAIN, instead=True)


def near_copies(wanted: str, corpus: Searchable) -> Iterator[tuple[Passage, bool]]:
    """The passages near a paragraph in meaning that have most of its words, and whether they have all."""
    rows = corpus.generation.paragraph_rows(wanted)
    (own,) = corpus.passages(rows[:1].tolist())
    plain = without_moving(own.text)
    terms = distinct_terms(plain)
    _, near = corpus.vectors.search(corpus.generation.vectors_of(rows[:1]), _NEAREST)
    for one in corpus.passages(near[0].tolist()):
        its = distinct_terms(without_moving(one.text))
        if len(terms & its) >= LIKE * len(terms | its):
            yield one, same_wording(plain, without_moving(one.text))


def _fits(one: Passage, wanted: str, within: frozenset[str], when: str, corpus: Searchable) -> bool:
    own = symbol_of(wanted)
    adopted, day = corpus.adopted_on(one.symbol), corpus.adopted_on(own)
    in_time = not (when in _LATER and adopted <= day) and not (when in _EARLIER and adopted >= day)
    return one.symbol != own and in_time and (not within or one.symbol in within)
