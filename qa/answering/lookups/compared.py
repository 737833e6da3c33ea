"""Two texts that are compared: "compare 78/158 and 80/143", "what is new in 80/143 compared with 78/158?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.of_text import TEXT
from qa.records import Kind, Paragraph, Resolution
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.retrieval.twins import same_wording, without_moving
from qa.symbols import Symbol
from qa.terms import distinct_terms

_CERTAIN = 1.0
_LIKE = 0.5  # of the words (Jaccard): a paragraph that has less in common with each of the other text is new in its own
_SHOWN = 12  # labels of a list in the note

_T = rf"(?:the )?{TEXT}"
_WITH = r"(?:with|to|against|and|versus|vs\.?|from|since|relative to|compared (?:with|to))"
_WHAT = (
    r"(?:(?:what|which|show|list|are|is|were|the|me|there|any|main|key|major) )*(?:differences?|changes?|comparison)"
)
_NOT = r"(?:does not|doesn['’]t|did not|didn['’]t|lacks?)(?: \w+)?"


def _forms(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\A\W*+(?:please |can you |could you )*{one}\W*+\Z", re.I) for one in patterns)


_FORMS = _forms(
    rf"(?:compare|contrast) {_T},? {_WITH} {_T}",
    rf"{_WHAT} (?:between|from|of|in) {_T} (?:and|to|with) {_T}",
    rf"{_T},? (?:versus|vs\.?|compared (?:with|to)) {_T}",
    rf"how (?:does|do|did|is|are|was|were) {_T} (?:differ(?:ent)?|changed?|compared?) {_WITH} {_T}",
    rf"how (?:do|did|are) {_T} and {_T} (?:differ(?:ent)?|compare)",
    rf"what(?: is|['’]s| was| has|) (?:new|different|changed|added) (?:between|from|in) {_T},? {_WITH} {_T}",
)
_ONE_SIDED = _forms(
    rf"what (?:does|did) {_T} (?:say|add|contain|have|ask|decide|include) that {_T} {_NOT}",
    rf"what (?:does|did) {_T} (?:add|change) (?:to|in|from|compared (?:to|with)) {_T}",
    rf"what (?:is|was|['’]s) in {_T} (?:but|and|that is) not in {_T}",
)


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
            if nearest is None or shares[nearest] < _LIKE:
                new.append(each.label)
            elif not same_wording(text, others[nearest]):
                changed.append((each.label, other[nearest].label))
        return cls(len(one) - len(changed) - len(new), tuple(changed), tuple(new))


def compared(query: Query, corpus: Searchable) -> LookedUp | None:
    """Of two texts that are named what the newer has and the older has not, then what it has otherwise, and what is in it no more; or
    only what the first has, where that is asked. None for other questions.
    """
    held = [_held(one.candidates, corpus) for one in query.mentions]
    if len(held) != 2 or held[0] is None or held[1] is None or held[0].symbol == held[1].symbol:
        return None
    one, other = held[0], held[1]
    asked = query.reading.naming
    for mention in sorted(query.mentions, key=lambda mention: mention.span, reverse=True):
        asked = f"{asked[: mention.span[0]]}{TEXT}{asked[mention.span[1] :]}"
    one_sided = any(form.match(asked) for form in _ONE_SIDED)
    if not one_sided and not any(form.match(asked) for form in _FORMS):
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
    return LookedUp(tuple(shown), note, _CERTAIN)


def _held(candidates: Sequence[Symbol], corpus: Searchable) -> Resolution | None:
    held = [str(one) for one in candidates if corpus.holds(str(one))]
    return corpus.whole(held[0]) if len(held) == 1 else None


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
