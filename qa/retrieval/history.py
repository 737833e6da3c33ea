"""A question after others: does it go on from them, change one thing of them, or begin anew?

Three readings, each told to the user in a note:

- it *continues* ("may it use force?"): the question, and behind it its topic, the last question that stood on its own;
- it *replaces* ("and in June 1986?", "no, the 2023 one"): that question with the new date, resolution, organ or name in place of its own;
- it *begins anew*: it names enough of its own and points at nothing before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.retrieval.bodies import described_bodies, is_body
from qa.retrieval.courtesy import without_opening
from qa.retrieval.expansion import expand
from qa.retrieval.pointing import pointed_at
from qa.retrieval.relative import with_time
from qa.retrieval.small_talk import is_small_talk
from qa.retrieval.windows import MONTHS
from qa.terms import distinct_terms

SYMBOL, DATE, ORGAN, NAME, LETTERS, BODY = "symbol", "date", "organ", "name", "abbreviation", "described body"
_NAMES = (NAME, LETTERS, BODY)  # what a question is found to name by its words alone


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a question that names one thing; `span` counts code points, half-open.

    `core` is the symbol alone where `text`, the stretch, holds a paragraph beside it; else it is `text`.
    """

    kind: str
    span: tuple[int, int]
    text: str
    core: str


PartsOf = Callable[[str], Sequence[Part]]
"""The symbols, dates and organs that a text names, in order."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read.

    `question` is what is asked, with what a turn replaces put in; `topic` what it is asked about, "" where the question stands
    on its own; `between` the last question, where this one has no words of its own. `name` is a name that stands in another's
    place: an answer has to speak of it. `new_word` is the whole of a turn such as "what about trade fairs?": its words have to be
    somewhere in the corpus. `note` says to people how the question was read; None where there was nothing before it.
    """

    question: str
    topic: str = ""
    between: str = ""
    name: str | None = None
    new_word: str | None = None
    note: str | None = None

    @property
    def text(self) -> str:
        """What is searched for: the question first, because it is what was asked; of what was before only the content words."""
        return " ".join([self.question, *_content(self.between), *_content(self.topic)])


_ENOUGH = 3  # words of its own with which a question stands alone
_MUCH = 4  # and with which it does though it begins with "and"

# What is left of a turn that only names what to put in another's place: "no, I meant the resolution of 2023".
_FILLER = distinct_terms(
    """no not nope mean meant one ones resolution anything something say said sorry text wait actually rather instead please question year okay ok
    mr mrs ms dr"""
)
_POSSESSIVE = distinct_terms("'s")  # what is left of "and Malawi's?"
# Words that say nothing of what a question is about: those of asking, and the United Nations' everyday ones.
_EVERYDAY = _FILLER | distinct_terms(
    """
    act agency also anybody anyone anything approve ask assembly body bodies bring call commission committee council
    countries country date decide decision demand document each else end every exactly find first general get give go government
    groups happen invite kind know last later let like list long make many may members mention might month much must name
    nations need next number oh often op order organ organization para paragraph part parties people point pp previous put
    recommend report request require secretary security see send set should something speak stand state still sure take
    talk tell thing time un united unga unsc urge use want way well whether word would yes yet
    """
)
_CORRECTS = re.compile(r"\A\W*+(?:no|not|nope|sorry|actually|wait|rather)\b|\bi meant?\b", re.I)
_ABOUT = re.compile(
    r"\A\W*+(?:(?:and|but|or|also|then|so)\b\W*+)?+(?:what about|how about|what of|(?:the )?same (?:question )?for)\b",
    re.I,
)
_JOINS = re.compile(r"\A\W*+(?:and|but|or|also|then|so|plus)\b", re.I)
_JOINS_A_QUESTION = re.compile(
    r"\A\W*+\w++\s++(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can|could|may|must|"
    r"should|shall|will|would)\b",
    re.I,
)
_ASKS = re.compile(r"\b(?:who|whom|whose|when|where|why|which|how(?! about))\b", re.I)
_ANEW = re.compile(
    r"\b(?:something else|(?:an)?other (?:question|topic|subject|matter)|(?:new|different|unrelated) (?:question|topic|subject|matter)"
    r"|chang(?:e|ing) (?:of |the )?(?:subject|topic))\b",
    re.I,
)
_NUMBER = re.compile(
    r"(?<![\w/.,-])(?<!resolution )(?<!resolutions )(?<!paragraph )(?<!para )(?<!para\. )(?!(?:19[4-9]|20[0-3])\d\b)(?P<number>[1-9]\d{1,3})"
    r"(?=\s*(?:[?!.,;]|$)|\s+(?:says?|said|do|does|did|on|about|decides?|decided|demands?|asks?|also|too|as well)\b)",
    re.I,
)
_MONTH = re.compile(
    r"\b(?P<before>in|of|from|since|until|by|for|about|meant)\s+(?P<month>january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b(?!,?\s+(?:of\s+)?\d)",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:(?:para(?:graph)?s?|op|pp)\.?\s*\d+|(?:first|second|third|fourth|fifth|last) (?:preambular |operative )?paragraph)\b",
    re.I,
)
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")
_CAPITALS = re.compile(r"\b[A-Z][\w’'-]*+(?:\s++(?:(?:and|of|the|de|la)\s++){0,2}[A-Z][\w’'-]*+)*+")
# What a date is the time of: it goes with the date.
_ROLE = re.compile(
    r"\b(?:until|till?|up to|through|by|before|since|after|as (?:at|of))\s++(?:the\s++)?(?:end of\s++)?$", re.I
)
_BEFORE = re.compile(r"(?:\b(?:in|of|from|on|by|during)\s++)?(?:\bthe\s++)?$", re.I)

# What says which text is meant takes the place of what said so before.
_ENDS = {SYMBOL: (DATE, ORGAN), DATE: (SYMBOL,), ORGAN: (SYMBOL,)}


def read(question: str, history: Sequence[str], parts_of: PartsOf) -> Reading:
    """The question after the earlier ones, oldest first; small talk among them is passed over."""
    before: Reading | None = None
    for turn in history:
        if not is_small_talk(turn):
            before = _after(turn, before, parts_of)
    if is_small_talk(question):
        return Reading(question)
    return _after(question, before, parts_of)


def speaks_of(text: str, name: str) -> bool:
    """Whether a text holds the words of a name, or of its everyday forms; "Kuwaitis" is met by "Kuwait"."""
    held = distinct_terms(text)
    forms = [name, *(form for forms in expand(name).values() for form in forms)]
    return any(all(any(one.startswith(term[:5]) for one in held) for term in distinct_terms(form)) for form in forms)


def _after(question: str, before: Reading | None, parts_of: PartsOf) -> Reading:
    if before is None:
        return Reading(question)
    topic = before.topic or before.question
    asked, time = with_time(
        without_opening(question), lambda: next((part.text for part in parts_of(topic) if part.kind == DATE), "")
    )
    asked = _completed(asked, topic, parts_of)
    reading = _related(asked, topic, before, parts_of)
    return replace(reading, note=f"{reading.note}; {time}") if time else reading


def _related(asked: str, topic: str, before: Reading, parts_of: PartsOf) -> Reading:
    """A completed question after the last, whose topic is given."""
    parts = _with_names(asked, parts_of)
    words = _terms_outside(asked, parts) - _EVERYDAY
    if _stands_alone(asked, parts, words, distinct_terms(topic)):
        return Reading(asked, note="read on its own, not after the questions before it")
    with_roles = [_with_role(part, asked) for part in parts]
    new = [part for part in with_roles if part.text.casefold() not in topic.casefold()]
    left = _terms_outside(asked, with_roles)
    elliptical = bool(new) and not left - _FILLER - _POSSESSIVE and not _ASKS.search(asked)
    is_bare = (_ABOUT.match(asked) or _JOINS.match(asked)) and not _JOINS_A_QUESTION.match(asked)
    named = next((part.text for part in new if part.kind in _NAMES), None) if elliptical or is_bare else None
    if elliptical:
        read_as = _with_new(topic, new, parts_of, is_edition=True)
        if read_as is not None:
            return Reading(read_as, name=named, note=f"read as {read_as!r}")
    kept = _with_new(topic, [part for part in new if part.kind not in _NAMES], parts_of, is_edition=False) or topic
    between = before.question if before.topic and not words and not new else ""
    return Reading(asked, _bare(kept, parts_of), between, named, asked if is_bare else None, f"read after {topic!r}")


def _stands_alone(asked: str, parts: Sequence[Part], words: frozenset[str], before: frozenset[str]) -> bool:
    """Whether a question needs nothing of those before it, whose terms are given."""
    if _ANEW.search(asked):
        return True
    if _CORRECTS.search(asked) or _ABOUT.match(asked):
        return False
    named = frozenset().union(*(distinct_terms(part.text) for part in parts if part.kind in _NAMES)) - _EVERYDAY
    inside = pointed_at(asked, _EVERYDAY, before, named)
    if inside is None:
        return False
    if words and any(part.kind == SYMBOL for part in parts):
        return True
    if words & before and not parts:
        return False
    own = words | named | inside
    if _JOINS.match(asked):
        return len(own) >= _MUCH and _JOINS_A_QUESTION.match(asked) is not None
    return len(own) >= _ENOUGH


def _completed(asked: str, topic: str, parts_of: PartsOf) -> str:
    """With what is left out where the topic has it: the resolution of a paragraph, the word before its number, the year of a month."""
    kinds = {part.kind: part for part in parts_of(topic)}
    if SYMBOL in kinds and not any(part.kind == SYMBOL for part in parts_of(asked)):
        asked = _NUMBER.sub(r"resolution \g<number>", asked, count=1)
        if _PLACE.search(asked):
            asked = f"{asked.rstrip(' ?.!')} of {kinds[SYMBOL].core}?"
    year = _YEAR.search(kinds[DATE].text) if DATE in kinds else None
    return _MONTH.sub(rf"\g<before> \g<month> {year[0]}", asked) if year else asked


def _with_role(part: Part, text: str) -> Part:
    """A date with the words that say what it is the time of."""
    role = _ROLE.search(text[: part.span[0]]) if part.kind == DATE else None
    return replace(part, span=(role.start(), part.span[1]), text=f"{role[0]}{part.text}") if role else part


def _with_names(text: str, parts_of: PartsOf) -> list[Part]:
    """What a text names, with the described bodies and the proper names that its capitals show."""
    parts = list(parts_of(text))
    if text.isupper():
        return parts
    parts += _bodies(text, parts)
    return parts + _names(text, parts)


def _bodies(text: str, parts: Sequence[Part]) -> list[Part]:
    return [Part(BODY, match.span(), match[0], match[0]) for match in described_bodies(_blanked(text, parts))]


def _names(text: str, parts: Sequence[Part]) -> list[Part]:
    found = []
    for match in _CAPITALS.finditer(_blanked(text, parts)):
        start = match.start()
        words = match[0].split()
        while words and not distinct_terms(words[0]) - _EVERYDAY:
            start += len(words[0]) + 1
            words = words[1:]
        name = re.sub(r"['’]s?$", "", " ".join(words))
        if name and name.casefold() not in MONTHS:
            found.append(Part(LETTERS if name.isupper() else NAME, (start, start + len(name)), name, name))
    return found


def _terms_outside(text: str, parts: Sequence[Part]) -> frozenset[str]:
    return distinct_terms(_blanked(text, parts))


def _blanked(text: str, parts: Sequence[Part]) -> str:
    for part in parts:
        start, end = part.span
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _with_new(topic: str, new: Sequence[Part], parts_of: PartsOf, is_edition: bool) -> str | None:
    """The topic with new things in the place of its own of their kinds; None where it is not clear in the place of which.

    `is_edition`: the turn says which text is meant, so that another text's symbol, organ or date is out of force.
    """
    if not new:
        return topic
    named = parts_of(topic)
    old = [*named, *_names(topic, named), *_bodies(topic, named)]
    kinds = list(dict.fromkeys(part.kind for part in new))
    edits: list[tuple[tuple[int, int], str]] = []
    added = ""
    for kind in kinds:
        first = next(part for part in new if part.kind == kind)
        places = _places(first, old)
        if kind in _NAMES and len(places) != 1:
            return None
        has_role = kind == DATE and first.text != first.core
        edits += [_edit(topic, one, _in_place(one, first), has_role) for one in places[:1]]
        edits += [_edit(topic, one, "") for one in places[1:]]
        added += "" if places else f" {first.text}" if has_role else f" in {first.text}"
    if is_edition:
        ended = {one for kind in kinds for one in _ENDS.get(kind, ())} - set(kinds)
        edits += [
            _edit(topic, part, "the resolution" if part.kind == SYMBOL else "") for part in old if part.kind in ended
        ]
    edits.sort()
    if any(one[1] > other[0] for (one, _), (other, _) in pairwise(edits)):
        return None
    end = len(topic.rstrip(" ?.!"))
    topic = topic[:end] + added + topic[end:]
    for (start, stop), text in reversed(edits):
        topic = topic[:start] + text + topic[stop:]
    return _tidy(topic)


def _places(new: Part, old: Sequence[Part]) -> list[Part]:
    """What a new thing may take the place of: what is of its kind; of a body also letters that stand for one, and of those a body."""
    same = [part for part in old if part.kind == new.kind]
    if new.kind == BODY:
        return same + [part for part in old if part.kind == LETTERS and is_body(part.text)]
    if new.kind == LETTERS and not same and is_body(new.text):
        return [part for part in old if part.kind == BODY]
    return same


def _edit(topic: str, old: Part, text: str, has_role: bool = False) -> tuple[tuple[int, int], str]:
    """Where a text is put for an old thing; the preposition goes too where nothing is put, or a date with a role of its own."""
    start, stop = old.span
    cut = _ROLE.search(topic[:start]) or _BEFORE.search(topic[:start]) if not text or has_role else None
    return (cut.start() if cut else start, stop), text


def _in_place(old: Part, new: Part) -> str:
    """The new thing; of a symbol with a paragraph beside it only the symbol is replaced, unless the new one has its own."""
    return old.text.replace(old.core, new.text) if new.text == new.core else new.text


def _bare(topic: str, parts_of: PartsOf) -> str:
    """Without the paragraphs that it names: they were asked for then, and are not asked for now."""
    for part in sorted(parts_of(topic), key=lambda part: part.span, reverse=True):
        if part.kind == SYMBOL:
            topic = topic[: part.span[0]] + part.core + topic[part.span[1] :]
    return topic


def _content(text: str) -> list[str]:
    """The words of a text that say what it is about, as they stand."""
    return [word.strip("?!.,;:") for word in text.split() if distinct_terms(word) - _FILLER]


def _tidy(text: str) -> str:
    return re.sub(r"\b(the) the\b", r"\1", " ".join(text.split()), flags=re.I).replace(" ?", "?").replace(" ,", ",")
