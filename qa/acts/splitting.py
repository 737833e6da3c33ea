"""The acts of one operative paragraph: each verb of which the organ is the subject, with what hangs on it."""

from __future__ import annotations

import re
import string
from typing import NamedTuple

from qa.acts.addressees import ASKS, find_addressee
from qa.acts.deadlines import find_deadline
from qa.acts.openings import base_form, first_words, is_preambular_opening, opening_among
from qa.acts.phrases import normalise
from qa.acts.verbs import ADVERBS, VERBS, listed
from qa.records import Act, Span, Strength
from qa.symbols.organs import Organ

_INNER = frozenset(
    listed("""
    requests asks invites calls urges encourages welcomes notes takes expresses stresses emphasizes emphasises
    underlines underscores highlights recalls recognizes recognises acknowledges reaffirms affirms reiterates decides
    condemns deplores demands commends congratulates endorses approves authorizes authorises recommends regrets looks
    pays
    appeals declares determines resolves directs instructs confirms considers renews rejects thanks appreciates adopts
    insists warns reminds draws agrees exhorts proclaims denounces believes concurs commits hopes expects supports
    accepts proposes suggests undertakes remains repeats implores
    """)
)
_COMMA_ONLY = frozenset(
    listed("""
    considers supports adopts accepts agrees proposes suggests undertakes determines confirms remains establishes
    believes expects hopes highlights recommends renews declares commits draws approves resolves repeats looks takes
    pays
    """)
)
_NOUNS = frozenset(listed("requests demands calls notes appeals supports hopes stresses urges"))
_AFTER_NOUN = frozenset(
    listed("for from of by made received under and or are were is as at within submitted concerning to")
)
_INNER_THIRD = {word: word for word in _INNER}
_INNER_PLURAL = {base_form(word): word for word in _INNER}
_THIRD_WORD = re.compile(r" ([a-z]{3,13}s)\b")  # every word of the table has its form
_PLURAL_WORD = re.compile(r" ([a-z]{3,13})\b")
_GLUED_WORD = re.compile(r"[ ,;]([a-z]{3,13})\b")  # several times as slow as the two that begin with a blank
_GLUES = (re.compile(",[a-z]"), re.compile(";[a-z]"))
_LEADS = frozenset(
    listed("in with upon having pursuant following as for on while to acting at under given noting recalling")
)
_THIS_REGARD = re.compile(r"\bin (?:this|that|the same) (?:regard|respect|context|connection|spirit|light)\s*$")
_LETTERS = string.ascii_letters + "-"
_RELATIVE = re.compile(  # after the last comma
    r"(?<![^,;])(?=[^,;]*\Z)[^,;]*?\b(?:which|who|that)\s++(?:\w++\s++){0,2}?\w+s\b"
)
_NEXT_WORD = re.compile(r"(?<!\s)\s+([A-Za-z]+)")
_DUE = frozenset(
    {Strength.ENCOURAGES, Strength.INVITES, Strength.CALLS, Strength.REQUESTS, Strength.URGES, Strength.DEMANDS}
    | {Strength.DECIDES}
)
_DUE_VERBS = frozenset(verb for verb, strength in VERBS.items() if strength in _DUE) | {
    *("expresses intention", "undertakes", "agrees", "intends", "commits", "expresses readiness"),
}
_DECIDING = frozenset(verb for verb, strength in VERBS.items() if strength is Strength.DECIDES) - {"adopts"}
_UNKNOWN = Strength.UNKNOWN
_MOST_ACTS = 40
_LONGEST = 40_000


class _Found(NamedTuple):
    start: int  # of the phrase, adverbs included
    end: int  # of the phrase
    verb: str


def split_acts(text: str, adopted_year: int | None = None, organ: Organ | None = None) -> tuple[Act, ...]:
    """What an operative paragraph does, in order; empty for a text that does nothing ("(a) To submit a report").

    Args:
        text: the paragraph's clean text, with or without its number.
        adopted_year: year of adoption, a bound for derived session years.
        organ: who adopted; decides whose session "its fifty-sixth session" is where the text names nobody.
    """
    found = _find_verbs(text)
    acts: list[Act] = []
    for place, (start, end, verb) in enumerate(found):
        stop = found[place + 1].start if place + 1 < len(found) else len(text)
        stop = _trim(text, end, stop)
        strength = VERBS.get(verb, _UNKNOWN)
        rest = text[end:stop]
        shared = place + 1 < len(found) and found[place + 1].verb in ASKS and stop - end < 160
        deadline = find_deadline(rest, adopted_year, organ, verb in _DECIDING) if verb in _DUE_VERBS else None
        addressee = find_addressee(rest, verb, shared)
        acts.append(Act(verb, text[start:end], strength, Span(start, stop), addressee, deadline))
    return tuple(acts)


def _trim(text: str, end: int, stop: int) -> int:
    """`stop` moved before the stops and the "and" that join the next act; only a short tail is looked at."""
    start = max(end, stop - 40)
    tail = text[start:stop]
    while True:
        tail = tail.rstrip(" \t\n\r\u00a0,;.:")
        if not tail.endswith(("and", "but")) or (len(tail) > 3 and (tail[-4].isalnum() or tail[-4] == "_")):
            return start + len(tail)
        tail = tail[:-3]


def _find_verbs(text: str) -> list[_Found]:
    words, plural = first_words(text)
    opening = opening_among(words, plural, text)
    found: list[_Found] = []
    place = 0
    if opening is not None:
        verb, end = normalise(text, opening[2], opening[1])
        if verb is None:
            return []
        found.append(_Found(words[0].start(), end, verb))
        place = end
    elif not words or not (words[0][0].lower() in _LEADS or is_preambular_opening(text)):
        return []
    pattern, table = (_PLURAL_WORD, _INNER_PLURAL) if plural else (_THIRD_WORD, _INNER_THIRD)
    if any(glue.search(text) for glue in _GLUES):
        pattern = _GLUED_WORD
    for match in pattern.finditer(text, max(0, place - 1), _LONGEST):
        third = table.get(match[1])
        if third is None or match.start(1) < place or len(found) >= _MOST_ACTS:
            continue
        inner = _inner_verb(text, match, third, found[-1].end if found else 0)
        if inner is not None:
            found.append(inner)
            place = inner.end
    return found


def _inner_verb(text: str, match: re.Match[str], third: str, since: int) -> _Found | None:
    start, comma = _joined(text, match.start(1))
    if start is None or start < since:
        return None
    if not comma and (third in _COMMA_ONLY or _RELATIVE.search(text[max(since, start - 120) : start])):
        return None
    following = _NEXT_WORD.match(text, match.end())
    after = following[1].lower() if following else ""
    if third in _NOUNS and after in _AFTER_NOUN and not (third in ("calls", "appeals") and after in ("for", "to")):
        return None
    if third == "calls" and not comma and after == "for":
        return None
    verb, end = normalise(text, third, match.end())
    if verb is None or verb in ("calls", "renews", "draws", "commits", "remains"):
        return None
    return _Found(start, end, verb)


def _joined(text: str, start: int) -> tuple[int | None, bool]:
    """Where the phrase of a verb at `start` begins, and whether a comma joins it; None where nothing joins it."""
    place = begin = start
    for _ in range(8):
        left = text[max(0, place - 40) : place].rstrip()
        place -= len(text[max(0, place - 40) : place]) - len(left)
        if left.endswith((",", ";")):
            return begin, True
        regard = _THIS_REGARD.search(left)
        if regard:
            place -= len(left) - regard.start()
            continue
        word = left[len(left.rstrip(_LETTERS)) :].lstrip("-")
        place -= len(word)
        if word in ("and", "but"):
            return begin, text[max(0, place - 4) : place].rstrip().endswith((",", ";"))
        if word not in ADVERBS:
            return None, False
        begin = place
    return None, False
