"""Words asked of one text that is named: "what does 79/313 say about corruption?", "does it mention ivory?".

The text is known, and what stands there word for word needs no likeness: the paragraphs that have all the words are the answer. Where none
has them, those that say them in other words are: "oil" is asked for, "petroleum" stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answering.lookups.forms import counted, unquoted, whole
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.of_text import TEXT, THE_TEXT, text_asked
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.wordings import wordings
from qa.records import Kind, Resolution
from qa.retrieval.formal import says_little
from qa.retrieval.meant import Meant
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_LIKE = 0.62  # cosine of a word and one that stands for it; of 356 words in the place of others 60% are met so, of 720 that no text had 2%
_UNLIKE = 0.5  # what meets a single word by less is not like it: of 720 such questions without an answer 42 less are answered, of 356 with one 5
_LEAST, _MOST, _PER_LIKENESS = 0.59, 0.95, 2.2  # that what is met so answers, from the same words: 0.59 at 0.62, rising
_BESIDE = 0.08  # so much less like than the best, a paragraph is shown with it
_TERMS = 4  # of more not all need stand in the paragraph that answers
_OF = r"(?:about|on|regarding|concerning|of|with regard to|in relation to|in respect of)"
_NAMES = r"(?:mention|use|say|name|have the (?:word|term|phrase)s?|refer to|speak of|talk of)(?:s|es|ed|ing)?"
_COVERS = r"(?:cover|contain|include|concern|address|deal|have|speak|talk|refer)(?:s|es|ed|ing)?"
_ON = r"(?:(?: anything)? (?:about|on|of|to|with|regarding)| anything)?(?: the (?:words?|terms?|phrase|subject|issue))?(?: of)?"
_WORDS = r"(?P<words>[^?;:]{3,80}?)"
_IN = rf"(?:in|by|under|of) {THE_TEXT}"
_PART = r"(?:paragraphs?|paras?|recitals?|parts?|clauses?|provisions?|ops?|sections?)"


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to ask. `certain`: that a paragraph that has the words answers. `word_for_word`: nothing else does. `refuses`: nor does anything
    where nothing is near a single word.
    """

    pattern: re.Pattern[str]
    certain: float
    word_for_word: bool = False
    refuses: bool = True


def _asks_where(verb: str) -> tuple[re.Pattern[str], ...]:
    return whole(
        rf"(?:where |how |how often )?(?:does|did|do) {THE_TEXT} {verb}{_ON} {_WORDS}",
        rf"(?:(?:which|what|list|show|all|any|the|how many|in which|are there(?: any)?) )*(?:operative |preambular )?{_PART} {_IN}"
        rf" (?:(?:that|which|do|does) )*(?:{verb}|are|is){_ON} {_WORDS}",
    )


_SAYS = whole(
    rf"what (?:else )?(?:does|did|do) {THE_TEXT} (?:say|state|decide|provide|contain|stipulate|have to say|do|recommend) {_OF} {_WORDS}",
    rf"{THE_TEXT},? (?:{_OF}|and) {_WORDS}",
    rf"what (?:is|was) (?:said|stated|decided|provided) (?:{_IN} )?{_OF} {_WORDS}(?: {_IN})?",
)
_SAID_WHERE = whole(
    rf"(?:where |how often )?(?:is|are|was|were) {_WORDS} (?:mentioned|addressed|covered|referred to|spoken of) {_IN}",
    rf"where {_IN} (?:is|are) {_WORDS} (?:mentioned|addressed|covered|referred to)",
)
_WORDS_ALONE = whole(rf"{TEXT}:? (?P<words>(?!wh|how)[a-z]{{3,20}}(?: [a-z]{{3,20}}){{0,2}})")  # "757 sport"
_FORMS = (
    *(_Form(one, 0.9) for one in _SAYS),  # set by hand
    *(_Form(one, 1.0, word_for_word=True) for one in (*_asks_where(_NAMES), *_SAID_WHERE)),
    *(_Form(one, 1.0) for one in _asks_where(_COVERS)),
    *(_Form(one, 0.9, refuses=False) for one in _WORDS_ALONE),
)
_ONLY = (
    ("operative", re.compile(r"\boperative\b", re.I)),
    ("preambular", re.compile(r"\b(?:preamb|recital)\w*", re.I)),
)
_ARTICLE = re.compile(r"\A(?:the|a|an|any|its|his|their) ", re.I)
_EMPTY = distinct_terms("paragraph resolution text anything something word term issue topic subject")


def said_in(question: LookupQuestion) -> LookedUp | None:
    """The paragraphs of the one text that is named that have all words asked of it, or say them in others; None for other questions, and
    where no paragraph does but that they be mentioned was not asked. They come as meaning finds them, those that say little and recitals last.
    """
    query, corpus = question.query, question.corpus
    spoken = text_asked(query, corpus)
    asking = spoken and next(((one, match) for one in _FORMS if (match := one.pattern.match(spoken[1]))), None)
    if not spoken or not asking:
        return None
    (text, asked), (form, match) = spoken, asking
    words = unquoted(match["words"])
    terms = distinct_terms(words) - _EMPTY
    if all(one.isdigit() for one in terms) or len(terms) > _TERMS:
        return None
    only = next((kind for kind, asks in _ONLY if asks.search(asked)), None)
    held = {f"{text.symbol}#{one.label}": one for one in text.paragraphs}
    ids, said = _having(text, wordings(words, query, corpus), only)
    none = f"no paragraph of {text.symbol} has {words!r}"
    if not ids:
        found_like = question.likes(_ARTICLE.sub("", words), _UNLIKE)
        if found_like is None:
            return LookedUp((), none, refuses=True) if form.word_for_word else None
        like = [one for one in found_like if corpus.paragraph_id(one.row) in held]
        if not like and len(terms) == 1 and form.refuses and not form.word_for_word:
            return LookedUp((), f"{none}, nor one that is near it in meaning", refuses=True)
        near = _in_others(none, [one for one in like if one.likeness >= _LIKE], corpus)
        if form.word_for_word:
            return replace(near, refuses=True) if near else LookedUp((), none, refuses=True)
        return near
    places = {name: place for place, name in enumerate(question.found())}

    def worth(name: str) -> tuple[bool, bool, int]:
        one = held[name]
        return one.kind == Kind.PREAMBULAR, says_little(words, one.text), places.get(name, len(places))

    ids.sort(key=worth)
    note = f"{counted(len(ids), 'paragraph')} of {text.symbol} {'has' if len(ids) == 1 else 'have'} {said!r}"
    return LookedUp(tuple(ids), note, form.certain, words=said)


def _having(text: Resolution, ways: Sequence[str], only: str | None) -> tuple[list[str], str]:
    """The paragraphs that have the first way to say it that any has, and that way."""
    for said in ways:
        terms = distinct_terms(said) - _EMPTY
        ids = [
            f"{text.symbol}#{one.label}"
            for one in text.paragraphs
            if terms <= distinct_terms(one.text) and only in (None, one.kind)
        ]
        if ids:
            return ids, said
    return [], ways[0]


def _in_others(none: str, like: Sequence[Meant], corpus: Searchable) -> LookedUp | None:
    """What says the words in others, the likest first and what is nearly as like."""
    if not like:
        return None
    near = sorted((one for one in like if one.likeness >= like[0].likeness - _BESIDE), key=lambda one: one.row)
    ids = dict.fromkeys(corpus.paragraph_id(one.row) for one in near)
    said = ", ".join(repr(one) for one in dict.fromkeys(one.words.lower() for one in near))
    certain = min(_MOST, _LEAST + _PER_LIKENESS * (like[0].likeness - _LIKE))
    return LookedUp(tuple(ids), f"{none}; nearest in meaning: {said}", certain, words=like[0].words)
