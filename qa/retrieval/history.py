"""A question after others: does it go on from them, change one thing of them, or begin anew?

Three readings, each told to the user in a note:

- it *continues* ("may it use force?"): the question, and behind it its topic, the last question that stood on its own;
- it *replaces* ("and in June 1986?", "no, the 2023 one"): that question with the new date, resolution, organ or name in place of its own;
- it *begins anew*: it names enough of its own and points at nothing before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from qa.retrieval.corrections import Opened, said
from qa.retrieval.courtesy import without_opening
from qa.retrieval.editions import edition_asked, names_edition
from qa.retrieval.known import NOTHING_KNOWN, Known
from qa.retrieval.parts import (
    DATE,
    EVERYDAY,
    FILLER,
    NAMES,
    POSSESSIVE,
    SYMBOL,
    Part,
    PartsOf,
    terms_outside,
    with_names,
    with_new,
    with_role,
    without_dates,
    without_places,
)
from qa.retrieval.pointing import pointed_at
from qa.retrieval.relative import with_time
from qa.retrieval.small_talk import aside
from qa.retrieval.succession import succession_of
from qa.retrieval.turn_reading import ALONE, Reading
from qa.retrieval.turns import (
    ABOUT,
    ASKS,
    CORRECTS,
    JOINS,
    JOINS_A_QUESTION,
    THE_ONE_THAT,
    Back,
    Moved,
    asks_else,
    back_of,
    bare_of,
    moved,
    nouns_pointed_at,
    order_of,
    side_of,
)
from qa.terms import distinct_terms

_ENOUGH = 3  # words of its own with which a question stands alone
_MUCH = 4  # and with which it does though it begins with "and"

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
_SEASON = re.compile(
    r"\b(?P<before>in|of|from|since|until|by|during)\s+(?P<season>(?:(?:the|late|early)\s+){0,2}(?:spring|summer|autumn|fall))\b"
    r"(?:\s+of\s+(?:that|this|the same|that same)\s+year\b)?(?!\s+of\b|[\s-]+(?:in\s+)?\d)",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:(?:para(?:graph)?s?|op|pp)\.?\s*\d+|(?:first|second|third|fourth|fifth|last) (?:preambular |operative )?paragraph)\b",
    re.I,
)
# After a bare text "when do the sanctions end?" asks of it, "what does the UN say about piracy?" of all.
_OF_IT = re.compile(
    r"\b(?:the (?!un\b|united |security |general |council|assembly|international )[a-z]|its|it|they|their)", re.I
)
_OF_ALL = re.compile(r"\b(?:about|on|regarding|concerning|against|un|u\.n\.|resolutions|texts|any|all)\b", re.I)
_MAY_BE_YEAR = re.compile(r"(?:resolution )?(?:19|20)\d\d", re.I)
_ORDERED = re.compile(r"\A(?:latest|earliest) ")  # by a turn before this one
_DAY = re.compile(r"\b(?P<unit>day|week|month|year|decade)\b", re.I)
_ASKING = re.compile(r"\A\W*+(?:when|where|why|how|what|who)\s++(?:is|was|are|were)\s++(?:the\s++)?+", re.I)
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")


def read(question: str, history: Sequence[str], parts_of: PartsOf, known: Known = NOTHING_KNOWN) -> Reading:
    """The question after the earlier ones, oldest first; what asks nothing of a text is passed over among them."""
    parts_of = cache(parts_of)  # one topic is looked at turn after turn
    earlier: list[Reading] = []
    for turn in history:
        if aside(turn) is None:
            earlier.append(_among(turn, earlier, parts_of, known))
    if aside(question) is not None:
        return Reading(question)
    return _among(question, earlier, parts_of, known)


def _among(question: str, earlier: Sequence[Reading], parts_of: PartsOf, known: Known) -> Reading:
    """A question after the readings of all before it, oldest first: after the last of them, unless it goes back to another."""
    back = back_of(question) if earlier else None
    topic = _topic_of(back, earlier) if back else None
    if back is None or topic is None:
        return _pointing(_after(question, earlier[-1] if earlier else None, parts_of, known), earlier)
    if not back.rest:
        return Reading(topic, note=f"read as {topic!r}, which was asked before")
    reading = _after(back.rest, Reading(topic), parts_of, known)
    if reading.topic or reading.question != back.rest:
        return reading
    of = back.thing or topic  # it says enough by itself, but of what was named
    return Reading(back.rest, of, note=f"read after {of!r}")


def _pointing(reading: Reading, earlier: Sequence[Reading]) -> Reading:
    """With the last question that has the noun of "that office" between it and its topic, where the topic has it not."""
    if not reading.topic or reading.between:
        return reading
    wanted = nouns_pointed_at(reading.question) - EVERYDAY - distinct_terms(reading.topic)
    if not wanted:
        return reading
    between = next((one.question for one in reversed(earlier) if wanted & distinct_terms(one.question)), "")
    note = f"read after {between!r}, and that after {reading.topic!r}"
    return replace(reading, between=between, note=note) if between else reading


def _topic_of(back: Back, earlier: Sequence[Reading]) -> str | None:
    """The last topic before that shares most terms with what a turn goes back to; None where none shares any."""
    topics = [one.topic or one.question for one in earlier]
    if not back.thing:
        return topics[0]
    wanted = distinct_terms(back.thing) - EVERYDAY
    shared = [len(wanted & distinct_terms(topic)) for topic in topics]
    most = max(shared)
    return topics[len(shared) - 1 - shared[::-1].index(most)] if most else None


def _after(question: str, before: Reading | None, parts_of: PartsOf, known: Known) -> Reading:
    if before is None:
        return Reading(question)
    if asks_else(question):
        return replace(
            before, n_shown=before.n_shown + 1, note=f"read as {before.question!r}: what was shown first is left out"
        )
    if before.topic and any(part.kind == SYMBOL for part in parts_of(before.question)):
        before = Reading(before.question)  # it named its own text
    topic = before.topic or before.question
    opened = without_opening(question)
    turn = said(opened.lower() if opened.isupper() and CORRECTS.search(opened) else opened)
    if turn.begins_anew:
        return Reading(turn.asked, note=ALONE)
    if turn.withdrawn:
        corrected = _corrected(turn, topic, before, parts_of, known)
        if corrected is not None:
            return corrected
        turn = Opened(opened)
    other = _of_series(turn.asked, topic, before, parts_of, known)
    if other is not None:
        return other
    asked, time = with_time(
        f"and {turn.asked}" if turn.corrects else turn.asked,
        lambda: next((part.text for part in parts_of(topic) if part.kind == DATE), ""),
    )
    in_time = _in_time(asked, topic, before.is_beyond, parts_of, known)
    if in_time is not None:
        return in_time
    asked = _completed(asked, topic, parts_of)
    reading = _related(asked, topic, before, parts_of, known)
    return replace(reading, note=f"{reading.note}; {time}") if time else reading


def _corrected(turn: Opened, topic: str, before: Reading, parts_of: PartsOf, known: Known) -> Reading | None:
    """With what a turn puts in the place of what it takes back; None where it takes nothing back that was said."""
    old = re.compile(rf"\b{re.escape(turn.withdrawn)}\b", re.I)
    new = known.cased(turn.asked) if turn.asked.islower() else turn.asked
    named = None if any(part.kind not in NAMES for part in parts_of(new)) else new
    if old.search(topic):
        return _again(old.sub(lambda _: new, topic), before, named, any(part.kind == DATE for part in parts_of(new)))
    if before.topic and old.search(before.question):
        return _after(old.sub(lambda _: new, before.question), Reading(before.topic), parts_of, known)
    return None


def _of_series(asked: str, topic: str, before: Reading, parts_of: PartsOf, known: Known) -> Reading | None:
    """The last question of another text of the series of the one that it names: "and the previous one?"; None where a turn asks for none."""
    which = edition_asked(asked) if names_edition(asked) or not _PLACE.search(topic) else None
    if which is None:
        return None
    named = [part for part in parts_of(topic) if part.kind == SYMBOL and not _MAY_BE_YEAR.fullmatch(part.core)]
    if len(named) > 1 or not (named or names_edition(asked)):
        return None
    if not named:  # of what is found first
        other = known.edition(topic, which)
        return _again(f"{without_dates(topic, parts_of).rstrip(' ?.!')} {other}", before, None) if other else None
    (text,) = named
    other = known.edition(text.core, which)
    if not other and which.isdigit() and not names_edition(asked):
        return None  # "and the one of 1990?" may be any of that year
    if not other:
        read_as = f"the {which} version of {text.core}"
        return Reading(read_as, note=f"read as {read_as!r}")
    start, end = text.span
    return _again(f"{topic[:start]}{topic[start:end].replace(text.core, other)}{topic[end:]}", before, None)


def _in_time(asked: str, topic: str, is_beyond: bool, parts_of: PartsOf, known: Known) -> Reading | None:
    """The topic again at another time, where a turn asks only that: "any newer one?", "and before that?"."""
    order = order_of(asked)
    if order is not None:
        read_as = f"{order} {_ORDERED.sub('', without_dates(topic, parts_of))}"
        return Reading(read_as, note=f"read as {read_as!r}")
    next_one = None if parts_of(asked) else succession_of(asked)
    side = side_of(asked) if next_one is None else None
    day = known.dated(topic, is_beyond) if side or next_one else ""
    if not day:
        return None
    before = without_dates(topic, parts_of).rstrip(" ?.!")
    read_as = f"{before} {next_one.side if next_one else side} {day}"
    if next_one and next_one.asked:
        read_as = f"{next_one.asked}: {read_as}"
    return Reading(
        read_as, is_beyond=True, note=f"read as {read_as!r}: {day} is the day of what is found first for {topic!r}"
    )


def _related(asked: str, topic: str, before: Reading, parts_of: PartsOf, known: Known) -> Reading:
    """A completed question after the last, whose topic is given."""
    bare = bare_of(asked)
    if bare is not None and bare.is_short:
        thing = known.cased(bare.thing) if bare.thing.islower() else bare.thing
        topic = known.cased(topic) if topic.islower() and thing != thing.lower() else topic
        asked, bare = asked.replace(bare.thing, thing), replace(bare, thing=thing)
    if asked.islower() and JOINS_A_QUESTION.match(asked) and parts_of(asked):
        asked = known.cased(asked)
    parts = with_names(asked, parts_of)
    words = terms_outside(asked, parts) - EVERYDAY
    of_text = not parts and _OF_IT.search(asked) and not _OF_ALL.search(asked) and _is_text(topic, parts_of)
    if bare is None and not of_text and _stands_alone(asked, parts, words, distinct_terms(topic)):
        return Reading(asked, note=ALONE)
    with_roles = [with_role(part, asked) for part in parts]
    new = [part for part in with_roles if part.text.casefold() not in topic.casefold()]
    left = terms_outside(asked, with_roles)
    if bare is not None and bare.is_same:
        left &= distinct_terms(bare.thing)
    one_that = THE_ONE_THAT.search(asked)
    said_again = distinct_terms(topic) if one_that else frozenset[str]()
    elliptical = (
        bool(new)
        and not left - FILLER - POSSESSIVE - said_again
        and not ASKS.search(asked[one_that.end() :] if one_that else asked)
    )
    named = next((part.text for part in new if part.kind in NAMES), None) if elliptical or bare else None
    if elliptical:
        read_as = with_new(topic, new, parts_of, is_edition=True)
        if read_as is not None:
            return _again(read_as, before, named, any(part.kind == DATE for part in new))
    word = bare.thing if bare is not None and bare.is_short and words and named is None else None
    other = _other_day(topic, word, known) if word else None
    if other is not None:
        return _again(other, before, word)
    if bare is not None and bare.is_same and before.asks_more:
        note = f"{before.question!r} is read for {bare.thing!r}"
        return Reading(before.question, f"{bare.thing} {topic}", name=named or bare.thing, note=note)
    kept = with_new(topic, [part for part in new if part.kind not in NAMES], parts_of, is_edition=False) or topic
    between = before.question if before.topic and not words and not new else ""
    move = moved(asked) if any(part.kind == DATE for part in parts_of(kept)) else None
    if move is Moved.NOW:
        kept = without_dates(kept, parts_of)
    return Reading(asked, without_places(kept, parts_of), between, named, word, move=move, note=f"read after {kept!r}")


def _again(topic: str, before: Reading, name: str | None, is_dated: bool = False) -> Reading:
    """The last question asked again, about another topic; `is_dated`: the time that this names is the turn's own."""
    if before.asks_more or (before.topic and name is None):
        return Reading(
            before.question,
            topic,
            name=name or before.name,
            word=before.word,
            is_again=True,
            is_dated=is_dated,
            note=f"{before.question!r} is read after {topic!r}",
        )
    return Reading(topic, name=name, is_again=True, is_dated=is_dated, note=f"read as {topic!r}")


def _other_day(topic: str, thing: str, known: Known) -> str | None:
    """The topic with the day, week, year or decade of another thing, where a title has one; None elsewhere."""
    day = _DAY.search(topic)
    if day is None:
        return None
    other = f"{day['unit']} of the {thing}"
    return f"{_lead(topic)}{other}" if known.titled(other) else None


def _lead(topic: str) -> str:
    """The words with which a topic asks, before it says about what: "when is the "."""
    asks = _ASKING.match(topic)
    return asks[0] if asks else ""


def _stands_alone(asked: str, parts: Sequence[Part], words: frozenset[str], before: frozenset[str]) -> bool:
    """Whether a question needs nothing of those before it, whose terms are given."""
    if _ANEW.search(asked):
        return True
    if CORRECTS.search(asked) or ABOUT.match(asked):
        return False
    named = frozenset().union(*(distinct_terms(part.text) for part in parts if part.kind in NAMES)) - EVERYDAY
    inside = pointed_at(asked, EVERYDAY, before, named)
    if inside is None:
        return False
    if words and any(part.kind == SYMBOL for part in parts):
        return True
    if words & before and not parts:
        return False
    own = words | named | inside
    if JOINS.match(asked):
        subject_and_time = words and named - before and any(part.kind == DATE for part in parts)
        return JOINS_A_QUESTION.match(asked) is not None and (len(own) >= _MUCH or bool(subject_and_time))
    return len(own) >= _ENOUGH


def _is_text(topic: str, parts_of: PartsOf) -> bool:
    """Whether a topic is a text and nothing else: what is asked after it is asked of it."""
    parts = parts_of(topic)
    return any(part.kind == SYMBOL for part in parts) and not terms_outside(topic, parts) - EVERYDAY


def _completed(asked: str, topic: str, parts_of: PartsOf) -> str:
    """With what is left out where the topic has it: the resolution of a paragraph, the word before its number, the year of a month."""
    kinds = {part.kind: part for part in parts_of(topic)}
    if SYMBOL in kinds and not any(part.kind == SYMBOL for part in parts_of(asked)):
        asked = _NUMBER.sub(r"resolution \g<number>", asked, count=1)
        if _PLACE.search(asked):
            asked = f"{asked.rstrip(' ?.!')} of {kinds[SYMBOL].core}?"
    year = _YEAR.search(kinds[DATE].text) if DATE in kinds else None
    if year is None:
        return asked
    return _SEASON.sub(rf"\g<before> \g<season> of {year[0]}", _MONTH.sub(rf"\g<before> \g<month> {year[0]}", asked))
