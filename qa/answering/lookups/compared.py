"""Two texts that are compared: "compare 78/158 and 80/143", "what is new in 80/143 compared with 78/158?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.lookups.forms import first_match, whole
from qa.answering.lookups.looked_up import CERTAIN, LookedUp
from qa.answering.lookups.of_text import THE_TEXT, text_of, with_signs
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.repeated import LIKE
from qa.answering.lookups.versions import EARLIER, series_of
from qa.records import Kind, Paragraph, Resolution
from qa.retrieval.twins import same_wording, without_moving
from qa.terms import distinct_terms

_SHOWN = 12  # labels of a list in the note

_WITH = r"(?:with|to|against|and|versus|vs\.?|from|since|relative to|compared (?:with|to))"
_WHAT = (
    r"(?:(?:what|which|show|list|are|is|were|the|me|there|any|main|key|major) )*(?:differences?|changes?|comparison)"
)
_PLEASE = r"(?:please |can you |could you )*"
_NOT = r"(?:does not|doesn['’]t|did not|didn['’]t|lacks?)(?: \w+)?"


_FORMS = whole(
    rf"{_PLEASE}(?:compare|contrast) {THE_TEXT},? {_WITH} {THE_TEXT}",
    rf"{_WHAT} (?:between|from|of|in) {THE_TEXT} (?:and|to|with) {THE_TEXT}",
    rf"{THE_TEXT},? (?:versus|vs\.?|compared (?:with|to)) {THE_TEXT}",
    rf"how (?:does|do|did|is|are|was|were) {THE_TEXT} (?:differ(?:ent)?|changed?|compared?) {_WITH} {THE_TEXT}",
    rf"how (?:do|did|are) {THE_TEXT} and {THE_TEXT} (?:differ(?:ent)?|compare)",
    rf"what(?: is|['’]s| was| has|) (?:new|different|changed|added) (?:between|from|in) {THE_TEXT},? {_WITH} {THE_TEXT}",
)
_ONE_SIDED = whole(
    rf"what (?:does|did) {THE_TEXT} (?:say|add|contain|have|ask|decide|include) that {THE_TEXT} {_NOT}",
    rf"what (?:does|did) {THE_TEXT} (?:add|change) (?:to|in|from|compared (?:to|with)) {THE_TEXT}",
    rf"what (?:is|was|['’]s) in {THE_TEXT} (?:but|and|that is) not in {THE_TEXT}",
)
_LAST = r"(?: (?:since|from|compared (?:with|to)) (?:the )?(?:last|previous|earlier|preceding)(?: (?:one|version|text|resolution|year|time))?)?"
_SINCE_LAST = whole(
    rf"what(?: is|['’]s| was| has|) (?:new|different|changed|added) in {THE_TEXT}{_LAST}",
    rf"{_WHAT} in {THE_TEXT}{_LAST}",
    rf"how (?:has|did|does|is) {THE_TEXT} (?:change|changed|differ|different){_LAST}",
)
_ON = re.compile(r" (?:on|about|regarding|concerning) (?P<topic>[^?;:]{3,80}?)\W*\Z", re.I)


@dataclass(frozen=True, slots=True)
class _Side:
    """What one text has of its paragraphs of a kind beside those of another: how many have the same words, which are worded otherwise (with the
    other text's), and which are like none.
    """

    same: int
    changed: tuple[tuple[str, str], ...]
    new: tuple[str, ...]

    @classmethod
    def of(cls, one: Sequence[Paragraph], other: Sequence[Paragraph]) -> _Side:
        """Each paragraph against the one of the other text that has most of its words."""
        changed, new = [], []
        others = [without_moving(each.text) for each in other]
        terms = [distinct_terms(text) for text in others]
        for each in one:
            text = without_moving(each.text)
            own = distinct_terms(text)
            shares = [len(own & its) / len(own | its) if own | its else 0.0 for its in terms]
            nearest = max(range(len(shares)), key=shares.__getitem__) if shares else None
            if nearest is None or shares[nearest] < LIKE:
                new.append(each.label)
            elif not same_wording(text, others[nearest]):
                changed.append((each.label, other[nearest].label))
        return cls(len(one) - len(changed) - len(new), tuple(changed), tuple(new))


def compared(question: LookupQuestion) -> LookedUp | None:
    """Of two texts that are named what the newer has and the older has not, then what it has otherwise, and what is in it no more; or
    only what the first has, where that is asked; of one text, beside the one before it of its series. None for other questions.
    """
    query, corpus = question.query, question.corpus
    held = [text for one in query.mentions if (text := text_of(one, corpus))]
    if not held or len(held) != len(query.mentions) or any(one.places for one in query.mentions):
        return None
    asked = _without_topic(with_signs(query), held)
    if len(held) == 1 and first_match(_SINCE_LAST, asked):
        before = series_of(held[0], EARLIER, corpus)
        last = corpus.whole(before.texts[0].symbol) if before.texts and not before.is_cited else None
        if last is None:
            return LookedUp(
                (), f"no earlier resolution of the series of {held[0].symbol} is held to compare it with", refuses=True
            )
        held.append(last)
    elif len(held) != 2 or held[0].symbol == held[1].symbol:
        return None
    one, other = held
    one_sided = first_match(_ONE_SIDED, asked) is not None
    if len(query.mentions) == 2 and not one_sided and not first_match(_FORMS, asked):
        return None
    if not one_sided and corpus.adopted_on(str(one.symbol)) < corpus.adopted_on(str(other.symbol)):
        one, other = other, one
    shown: list[str] = []
    told: list[str] = []
    for kind in (Kind.OPERATIVE, Kind.PREAMBULAR):
        mine, theirs = _Side.of(_of(one, kind), _of(other, kind)), _Side.of(_of(other, kind), _of(one, kind))
        shown += [f"{one.symbol}#{label}" for label in mine.new]
        shown += [name for pair in mine.changed for name in _pair(one, other, pair, one_sided)]
        shown += [] if one_sided else [f"{other.symbol}#{label}" for label in theirs.new]
        told.append(_in_words(f"{mine.same} {kind} paragraphs have the same words", mine, theirs))
    if not shown:
        return LookedUp((), f"{one.symbol} has nothing that {other.symbol} has not", refuses=True)
    note = f"{one.symbol} beside {other.symbol}: {'; '.join(told)}; what a paragraph cites and the next session are not compared"
    return LookedUp(tuple(shown), note, CERTAIN)


def _without_topic(asked: str, texts: Sequence[Resolution]) -> str:
    """The question without what it says the texts are about, where their titles say that."""
    on = _ON.search(asked)
    return (
        asked[: on.start()]
        if on and all(distinct_terms(on["topic"]) <= distinct_terms(one.title) for one in texts)
        else asked
    )


def _of(text: Resolution, kind: Kind) -> list[Paragraph]:
    return [one for one in text.paragraphs if one.kind is kind]


def _pair(one: Resolution, other: Resolution, labels: tuple[str, str], one_sided: bool) -> tuple[str, ...]:
    mine, theirs = f"{one.symbol}#{labels[0]}", f"{other.symbol}#{labels[1]}"
    return (mine,) if one_sided else (mine, theirs)


def _in_words(same: str, mine: _Side, theirs: _Side) -> str:
    lists = (("new", mine.new), ("changed", tuple(label for label, _ in mine.changed)), ("no more", theirs.new))
    return ", ".join([same, *(f"{what}: {_labels(labels)}" for what, labels in lists if labels)])


def _labels(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    return f"{', '.join(labels[:_SHOWN])}{more}"
