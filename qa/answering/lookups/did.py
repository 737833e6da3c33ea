"""Resolutions asked for by what they do: "resolutions condemning Israel", "which resolutions established a tribunal?", "resolutions addressed
to Portugal": told by the verbs and addressees that were read when the texts were, not by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.answering.addressed import called
from qa.answering.countries import countries_in
from qa.answering.lookups.deeds import OF_SOMEBODY, THANKING, TO_SOMEBODY, Deed, Done, deed_of, done_by, kin_of
from qa.answering.lookups.fitting import fits, without_times
from qa.answering.lookups.forms import ORGAN, counted, first_match, whole
from qa.answering.lookups.looked_up import LIKELY, LookedUp
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.targets import is_state_in, is_target, spoken, states_in
from qa.answering.lookups.worded import dated
from qa.answering.lookups.wordings import is_any_body, shortened
from qa.answering.lookups.wordings import wordings as wordings_of
from qa.ids import parts_of
from qa.records import Kind, Strength
from qa.retrieval.order import Order
from qa.retrieval.query import Query
from qa.retrieval.roles import OF_ADOPTION
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_NEAR = 140  # code points of an act in which it says what it does to what
_FOUNDED_NEAR = 300  # and what it founds: "an international tribunal for the sole purpose of prosecuting ... of the former Yugoslavia"
_OPENED = 120  # resolutions whose acts are looked at, in the order in which they are listed
_TERMS = 5  # of more words is asked what is said, not which resolutions do it
_OF_ADMISSION = "admitted membership United Nations"
_FOUNDS = re.compile(
    r"\b(?:to|shall be|the|hereby) (?:hereby )?(?:establish(?:ed|ment)?|creat(?:ed?|ion)|set(?:ting)? up)\b|\Aestablishes",
    re.I,
)
# What is founded: behind the verb the words from an article to a preposition ("a Commission of Experts"), before "shall be" those from its clause.
_FOUNDED_BESIDE = 160
_ASIDE = re.compile(r",[^,]{3,120},")
_UNDOES = re.compile(r"\b(?:against|abolish\w*|revert|discontinu\w*|when recommending|or renewal)\b", re.I)
_ARTICLE = re.compile(r"\A (?:of )?(?:[a-z]+ ){0,3}?(?:an?|the|its|this|two|three) ")
_THING_ENDS = re.compile(
    r",? \(?(?:of|for|in|to|on|at|with|within|as|by|under|from|which|that|until|consisting|composed|be|shall)\b|[;:.,(]"
)
_QUOTED = re.compile(r"\A\W*(?:\d+\. )?decides\b", re.I)  # an item that decides by itself is another text's act
_ADMISSION = re.compile(r"\badmi(?:ts?|tted|ssion)\b", re.I)
_ESTABLISH, _EXTEND = deed_of("establish"), deed_of("extend")
# Missions in general, and what they are called when one is established or prolonged.
_MISSIONS = re.compile(
    r"(?:(?:new|un|peace|peace-?keeping|field|observer|political) )*(?:missions?|operations?|forces?|peace-?keepers|mandates?)",
    re.I,
)
_CALLED = ("Force", "Mission", "Operation", "Observer Group", "Transitional Authority")

_WHICH = r"(?:(?:please|list|show|find|give|me|which|what|all|the|any|how many|are there|un|first|last|latest|earliest|newest|oldest|of) ){0,12}"
_TEXTS = rf"{_WHICH}{ORGAN}resolutions?"
_DO = r"(?P<verb>[a-z]{3,12}(?: (?:for|on|upon|up))?)"
_DONE = r"(?P<verb>set up|[a-z]{3,12}(?:ed|en))"
_WHAT = r"(?:the |an? |any )?(?P<words>[^?;:]{3,60}?)"
_BY = r"(?: by (?:the )?(?:un|united nations|security council|general assembly|council|assembly))?(?: (?:of|in|from|during))?"
_TIMES = r"how (?:often|many times)"


_DEEDS_ASKED = whole(
    rf"(?:has|have|did|does) {ORGAN}ever (?:yet |already )?{_DO} {_WHAT}",  # "has the Council ever condemned Portugal?"
    rf"(?:{_TIMES}|when) (?:did|has|have|does) {ORGAN}(?P<first>first |last |ever )?{_DO} {_WHAT}",
    rf"(?:{_TIMES}|has|have|was|were) (?:(?:was|were|has|have) )?{_WHAT} (?:ever |been )*{_DONE}{_BY}",
    rf"{_TIMES} (?:was|were) {_WHAT} {_DONE}{_BY}",
    rf"{_TEXTS} (?:(?:that|which|have|has|do|did|to|ever|also|first|adopted|passed|of|in|from) )*{_DO} {_WHAT}",
    rf"(?:what|which) {_WHAT} (?:did|has|have) {ORGAN}{_DO}",
    rf"(?P<first>first )?{_DONE} {_WHAT}",  # "which resolution created UNFICYP?" without its first words
    rf"{_WHICH}(?!resolutions?\b|who\b){_WHAT} (?:(?:that|which|were|was|are|have|has|been|got|newly) ){{1,6}}{_DONE}{_BY}",
)
(_LISTED,) = whole(
    rf"{_WHICH}(?!(?:resolutions?|was|were|is|are|has|have|did|does|do)\b|wh|how)(?P<words>[^?;:]{{3,60}}?) {_DONE}{_BY}"
)  # "missions established in 1992"
(_FOUNDED_WHEN,) = whole(
    rf"(?:when|in (?:what|which) year) (?:was|were) {_WHAT} (?P<verb>established|created|founded|set up|formed){_BY}"
)
_STATES = r"(?:countr(?:y|ies)|(?:member )?states?|governments?|nations?)"
_WHOM = whole(
    rf"(?:whom?|(?:which|what) {_STATES}) (?:(?:were|was|are|have|has|been|got) )+{_DONE}{_BY}",
    rf"(?:whom?|(?:which|what) {_STATES}) (?:did|has|have) {ORGAN}{_DO}(?: (?:of|in|from|during))?",
)
_OF_MANDATE = r"(?:mandates?|terms of reference)"
(_MANDATE,) = whole(
    r"(?:(?:what|tell|show|give|me|describe|explain|is|was|were|are|about|s) )*(?:the )?(?:initial |original )?"
    rf"(?:{_OF_MANDATE} (?:of|for) (?:the )?(?P<words>[^?;:]{{3,60}}?)|(?P<owner>[^?;:]{{3,60}}?)(?:['’]s?)? {_OF_MANDATE})"
)
(_TO,) = whole(
    rf"{_TEXTS} (?:(?:that|which|are|is|were|was) )*(?:addressed|directed|addressing) (?:at |to )?(?P<words>[^?;:]{{3,60}}?)"
)
_UN = r"(?: (?:(?:to|as|of|into|in|the|a|un|united nations|members?|member states?|membership|organi[sz]ation) ?)*)?"
(_ADMITTED,) = whole(
    rf"(?:{_WHICH}(?:(?:new |un )*(?:{_STATES}|members?)|who) (?:(?:that|which|who|were|was|got|newly|have|has|been) )*"
    rf"(?:admitted|accepted|joined|became){_UN}|(?:(?:list|show|all|the|which|what are) )*new (?:members?|member states?){_UN})"
)
(_JOINED,) = whole(
    rf"(?:when|(?:in )?(?:what|which) year) (?:was|were|did|has|have) (?:the )?(?P<whom>[^?;:,]{{3,50}}?) (?:been |be )?"
    rf"(?:admitted|accepted|join(?:ed)?|become|became){_UN}"
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be done to what the wordings name: `stems` stand in every paragraph that does it, `told` says it to people.

    `is_first`: the first time is asked for. `refuses`: where no act does it, nothing answers. `founds`: what founds a body is the first that
    does, and the rest of that resolution tells what it is for.
    """

    wordings: tuple[str, ...]
    does: Callable[[Done], bool]
    stems: re.Pattern[str] | None
    told: str
    is_first: bool = False
    refuses: bool = False
    founds: bool = False


def did(question: LookupQuestion) -> LookedUp | None:
    """Of every resolution that does it the first paragraph that does, the newest first; None for other questions, and where none does in
    so many words.
    """
    query, corpus = question.query, question.corpus
    asked = without_times(query)
    wanted = (
        _of_admissions(asked) or _of_addressees(asked) or _of_mandates(asked, query, corpus) or _of_whom(asked, query)
    )
    if wanted:
        return _listed(question, wanted)
    match, deed = _deed_asked(asked, query)
    if match is None or deed is None:
        return None
    if deed in TO_SOMEBODY and _is_unheld(match["words"], query, corpus):
        return LookedUp((), f"no text that is held has a word of {match['words'].strip()!r}", refuses=True)
    told, kin = _listed(question, _of_deed(match, deed, query, corpus)), kin_of(deed)
    if kin is None or (told and not told.refuses):
        return told
    near = _listed(question, _of_deed(match, kin, query, corpus))
    return (
        replace(near, note=f"none does it with that word; near it: {near.note}") if near and not near.refuses else told
    )


def _of_admissions(asked: str) -> _Wanted | None:
    joined = _JOINED.match(asked)
    states = states_in(joined["whom"]) if joined else {}
    if states:
        forms = frozenset().union(*states.values())
        return _Wanted(
            tuple(f"{name} membership" for name in spoken(states)),
            lambda one: _operative(one) and any(name.casefold() in forms for name in countries_in(one.text[:_NEAR])),
            _ADMISSION,
            f"the admission of {joined['whom'] if joined else ''}",
        )
    if not _ADMITTED.match(asked):
        return None
    return _Wanted((_OF_ADMISSION,), _operative, _ADMISSION, "admissions that are recommended or decided")


def _of_addressees(asked: str) -> _Wanted | None:
    to = _TO.match(asked)
    if to is None:
        return None
    who = to["words"].strip()
    return _Wanted(
        (who,), lambda one: one.addressee is not None and called(who, one.addressee), None, f"addressed to {who!r}"
    )


def _of_mandates(asked: str, query: Query, corpus: Searchable) -> _Wanted | None:
    """What founded a body: its mandate is what was decided then."""
    match = _MANDATE.match(asked)
    if match is None or any(one.role not in OF_ADOPTION for one in query.dates):
        return None  # "UNIFIL's mandate until December 1980" is a later one
    wordings = wordings_of(match["words"] or match["owner"], query, corpus)
    if is_any_body(wordings[0]) or (len(distinct_terms(wordings[0])) == 1 and not query.abbreviations):
        return None  # "the force", "the Committee"
    meant = [_Body.of(one) for one in wordings]

    def founds(one: Done) -> bool:
        return _founds(one) and any(body.is_founded_by(one.text) for body in meant)

    return _Wanted(wordings, founds, _FOUNDS, f"what established {wordings[0]}", founds=True)


def _of_whom(asked: str, query: Query) -> _Wanted | None:
    """To whom something was done in a time: the acts that do it and name a country where they begin."""
    match = first_match(_WHOM, asked) if query.dates else None
    deed = deed_of(match["verb"]) if match else None
    if match is None or deed is None or deed.decided:
        return None

    def does(one: Done) -> bool:
        named = countries_in(one.text[:_NEAR])
        to_whom = ({name: forms} for name, forms in named.items() if is_state_in(name, one.text[:_NEAR]))
        is_done = _operative(one) and deed.is_done_by(one)
        return is_done and any(is_target(one.text[:_NEAR], state, thanks=deed is THANKING) for state in to_whom)

    return _Wanted(deed.verbs, does, deed.stems, f"{match['verb']}, with the name of a country")


def _deed_asked(asked: str, query: Query) -> tuple[re.Match[str], Deed] | tuple[None, None]:
    """How a question asks for something done, and what that is. When a body was founded is asked by its name; a bare list of a time or an organ."""
    forms = [one.match(asked) for one in _DEEDS_ASKED]
    founded = _FOUNDED_WHEN.match(asked)
    if (
        founded
        and not is_any_body(founded["words"])
        and (query.abbreviations or len(distinct_terms(founded["words"])) > 1)
    ):
        forms.append(founded)
    if query.dates or " by " in asked:
        forms.append(_LISTED.match(asked))
    return next(((match, deed) for match in forms if match and (deed := deed_of(match["verb"]))), (None, None))


def _is_unheld(words: str, query: Query, corpus: Searchable) -> bool:
    """Whether words name somebody of whom no text has a word, by any name that is known."""
    names = (*wordings_of(words, query, corpus), *spoken(countries_in(words)))
    terms = distinct_terms(" ".join(names))
    is_plain = len(words.split()) > 1 or words.isalpha()  # letters of a body may be spelt otherwise there: "Da'esh"
    is_name = words != words.lower() and not words.isupper()
    return is_plain and is_name and bool(terms) and not corpus.lexical.frequencies(terms)


def _of_deed(match: re.Match[str], deed: Deed, query: Query, corpus: Searchable) -> _Wanted:
    """What does a deed to what is named with it."""
    wordings = wordings_of(match["words"], query, corpus)
    if _MISSIONS.fullmatch(wordings[0]):
        wordings = ("mandate", "stationing") if deed is _EXTEND else _CALLED
    states = states_in(wordings[0].partition(" to ")[0]) if deed in (*TO_SOMEBODY, *OF_SOMEBODY) else {}
    if not states:
        wordings = (*wordings, *_of_people(wordings[0]))
    short = shortened(query, corpus) if deed in TO_SOMEBODY and not states else ()
    does = _asking(deed, wordings[0]) if states and deed in OF_SOMEBODY else _doing(deed, wordings, short)
    wordings = (*wordings, *short)
    if len(states) == 1 and deed in TO_SOMEBODY:
        wordings = (wordings[0], *spoken(states))
    return _Wanted(
        wordings,
        does,
        _FOUNDS if deed is _ESTABLISH else deed.stems,
        f"{match['verb']} {match['words'].strip()}",
        is_first=(match.groupdict().get("first") or "").strip().lower() == "first",
        refuses=bool(states),
    )


def _of_people(words: str) -> tuple[str, ...]:
    """The same words with a country's people and things, and its other names, in the place of the one country named: "Lebanese" for "Lebanon"."""
    named = countries_in(words)
    if len(named) != 1:
        return ()
    (name,) = named
    return tuple(words.replace(name, one) for one in spoken(named))


def _founds(one: Done) -> bool:
    """Whether an act establishes something, or recommends its creation, as the Council did in 1964, or has it established."""
    asks = one.verb == "recommends" or (one.verb == "requests" and "Secretary-General" in (one.addressee or ""))
    decides = asks or (one.strength is Strength.DECIDES and one.verb != "determines")
    is_quoted = ("(" in one.label or "+" in one.label) and _QUOTED.match(one.text) is not None
    return _operative(one) and decides and not is_quoted and _FOUNDS.search(one.text[:_NEAR]) is not None


@dataclass(frozen=True, slots=True)
class _Body:
    """What may be founded: all terms of its name, those in small letters up to the noun that says what it is, and that noun: "working group"
    and "group" of "working group on piracy".
    """

    terms: frozenset[str]
    kind: frozenset[str]
    noun: frozenset[str]

    @classmethod
    def of(cls, name: str) -> _Body:
        end = _THING_ENDS.search(name)
        words = (name[: end.start()] if end else name).split()
        # A place may be told behind the noun: "the Yugoslavia tribunal".
        plain = [word for word in words[:-1] if word == word.lower()]
        noun = distinct_terms("".join(words[-1:]))
        return cls(distinct_terms(name), distinct_terms(" ".join(plain)) | noun, noun)

    def is_founded_by(self, text: str) -> bool:
        """Whether an act founds it: it founds something of that noun ("that a force shall be established") and of most words before it, and all
        terms stand in its first `_FOUNDED_NEAR` code points.
        """
        verb = _FOUNDS.search(text[:_NEAR])
        if verb is None or not self.noun or _UNDOES.search(text[: verb.end()]):
            return False
        if "be" in verb[0].split():
            thing = text[: verb.start()].rpartition(" that ")[2]
        else:
            behind = _ASIDE.sub("", text[verb.end() : verb.end() + _FOUNDED_BESIDE])
            thing = _ARTICLE.sub("", behind)
        end = _THING_ENDS.search(thing)
        founded = distinct_terms(thing[: end.start()] if end else thing)
        is_kind = self.noun <= founded and 2 * len(self.kind & founded) > len(self.kind)
        return is_kind and self.terms <= distinct_terms(text[:_FOUNDED_NEAR])


def _operative(one: Done) -> bool:
    return one.kind is Kind.OPERATIVE


def _doing(deed: Deed, wordings: Sequence[str], short: Sequence[str] = ()) -> Callable[[Done], bool]:
    """Whether an act does it to what one of the wordings names, or has one of the `short` names as it stands: where that is a country that it
    blames or thanks, the country itself.
    """
    meant = [_Body.of(one) for one in wordings if one.strip()]
    states = states_in(wordings[0]) if deed in TO_SOMEBODY else {}

    def does(one: Done) -> bool:
        opens = one.text[:_NEAR]
        is_done = _founds(one) if deed is _ESTABLISH else deed.is_done_by(one)
        if one.kind is Kind.PREAMBULAR or not is_done:
            return False
        if states:
            return is_target(opens, states, thanks=deed is THANKING)
        if deed is _ESTABLISH:
            return any(body.is_founded_by(one.text) for body in meant)
        return any(name in opens for name in short) or any(body.terms <= distinct_terms(opens) for body in meant)

    return does


def _asking(deed: Deed, words: str) -> Callable[[Done], bool]:
    """Whether an act asks it of whom the words name: "Israel to withdraw"."""
    who, _, what = words.partition(" to ")
    terms = distinct_terms(what)

    def does(one: Done) -> bool:
        asks = one.addressee is not None and deed.is_done_by(one) and called(who, one.addressee)
        return asks and terms <= distinct_terms(one.text)

    return does


def _listed(question: LookupQuestion, wanted: _Wanted) -> LookedUp | None:
    """Of each resolution the first paragraph that has the words and does it."""
    if not 0 < len(distinct_terms(wanted.wordings[0])) <= _TERMS:
        return None
    query, corpus = question.query, question.corpus
    is_oldest = question.scope.order is Order.OLDEST or wanted.is_first or wanted.founds
    in_time = sorted(dated(wanted.wordings, question), key=lambda pair: pair[0] if is_oldest else -pair[0])
    first: dict[str, str] = {}
    opened: set[str] = set()
    for day, one in in_time:
        may_be = one.kind != Kind.PREAMBULAR and (wanted.stems is None or wanted.stems.search(one.text))
        if one.symbol in first or not may_be or not fits(query, one, day):
            continue
        if one.symbol not in opened and len(opened) == _OPENED:
            break
        opened.add(one.symbol)
        text = corpus.whole(one.symbol)
        others = {each.label: each for each in text.paragraphs} if text else {}
        if one.label in others and any(map(wanted.does, done_by(others[one.label], others))):
            first[one.symbol] = one.id
    if not first:
        none = f"no act that is searched is read to do it: {wanted.told}"
        return LookedUp((), none, refuses=True) if wanted.refuses and len(opened) < _OPENED else None
    listed = list(first.values())
    if wanted.founds:
        symbol, label = parts_of(listed[0])
        behind = [one for one in corpus.labels(symbol) if one.startswith("OP") or one == label]
        ids = tuple(f"{symbol}#{one}" for one in behind[behind.index(label) :])
        return LookedUp(ids, f"{wanted.told}, and what follows there: {ids[0]}", LIKELY)
    n = counted(len(listed), "resolution") + (" or more" if len(opened) >= _OPENED else "")
    begins = f"the {'oldest' if is_oldest else 'newest'} first"
    note = f"{wanted.told}: {n} that {'is' if len(listed) == 1 else 'are'} held, told by verbs and addressees; of each the first paragraph, {begins}"
    return LookedUp(tuple(listed), note, LIKELY)
