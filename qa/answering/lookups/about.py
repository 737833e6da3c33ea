"""Resolutions asked for by what they are about: "resolutions on Haiti", "the latest resolution on Western Sahara".

The word "resolution" is met by every paragraph that recalls one. What is about a topic says so in its title or, as the Council prints none,
in what stands for one: of each such resolution one paragraph is given, the newest resolution first: the one that meets the topic best, or, of a
country alone, what the resolution decides that speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.acts import opening_verb
from qa.acts.verbs import VERBS
from qa.answering.countries import capitals, countries_in, irregular_people, is_capital, is_country, unspoken
from qa.answering.lookups.deeds import deed_of
from qa.answering.lookups.fitting import fits, without_times
from qa.answering.lookups.forms import ORGAN, counted, whole
from qa.answering.lookups.looked_up import LIKELY, LookedUp
from qa.answering.lookups.question import LookupQuestion, Topic
from qa.ids import symbol_of
from qa.records import Kind, Passage, Strength
from qa.retrieval.expansion import events_in, expand
from qa.retrieval.formal import says_little
from qa.retrieval.order import Order, is_minor
from qa.retrieval.query import Query
from qa.retrieval.roles import OF_ADOPTION
from qa.retrieval.searchable import Searchable
from qa.retrieval.series import Subject
from qa.retrieval.twins import alike
from qa.symbols.asked_by_name import asked_by_name
from qa.symbols.organs import COUNCILS, Organ
from qa.terms import distinct_terms, terms_of

_STEM = 4  # letters of a word that a longer one may begin with: "Goa" is not in "goal"
_IN_PASSING = 0.65  # the same where one paragraph alone has the words
_BETWEEN = 1  # words between two of a topic where they belong together
_ASKED = (
    r"(?:(?:please )?(?:list|show|find|give|name|search(?: for)?|get)(?: me| us)?|which|what|what (?:are|is|were)|are there|is there"
    r"|do(?:es)? (?:you|the un|it) have|how many|i (?:need|want)|looking for)"
)
_WHICH = r"(?:(?:the|all|every|any|a|some|other|most|relevant|main|latest|last|newest|recent|first|oldest|earliest) )*"
_THAT = (
    r"(?:(?:that |which )?(?:are|is|were|was|exist|there (?:are|is)|(?:are|is) there|have been|has been|did .{3,30}? adopt"
    r"|has .{3,30}? adopted|adopted|passed|made|deal|deals|dealing|speak|speaks|talk|talks) )*"
)
_ABOUT = (
    r"(?:on|about|concerning|regarding|with|relating to|related to|for|of)(?: the (?:topic|subject|issue|question) of)?"
)
_BEFORE = re.compile(
    rf"\A\W*+(?:{_ASKED} )?{_WHICH}{ORGAN}{_WHICH}resolutions? {_THAT}{_ABOUT} (?P<topic>[^?;:]{{2,120}}?)\W*+\Z", re.I
)
_BEHIND = re.compile(rf"\A\W*+(?:{_ASKED} )?{_WHICH}{ORGAN}(?P<topic>[^?;:,]{{3,80}}?) resolutions?\W*+\Z", re.I)
_WITHOUT = re.compile(
    rf"\A\W*+(?:{_ASKED} )?{_WHICH}{ORGAN}resolutions? (?P<topic>(?!(?:in|by|of|from|to|that|which|are|is|was|were)\b)[\w'’ -]{{3,60}}?)\W*+\Z",
    re.I,
)
_OF_TEXTS = (_BEFORE, _BEHIND, _WITHOUT)
# What an organ decided on a topic, or the topic alone, is told by the same texts.
_DID = r"(?:did|has|have|does)"
_ADOPT = r"(?:adopt|pass|approve)(?:ed)?"
_NAMED = r"(?P<topic>[^?;:]{2,80}?)"
_DECIDED = whole(
    rf"what {_DID} {ORGAN}(?:do|done|decided?|say|said|resolved?|agreed? on)(?: to do)? {_ABOUT} {_NAMED}",
    rf"{_DID} {ORGAN}(?:ever |already )?{_ADOPT} (?:a |any |some )?resolutions? {_ABOUT} {_NAMED}",
    rf"(?:which|what|how many) resolutions {_ABOUT} {_NAMED} {_DID} {ORGAN}{_ADOPT}",
    rf"what(?: is|['’]?s) (?:the )?(?:latest|newest|news|situation|new|going on)(?: (?:on|about|of|with|in)){{1,2}} {_NAMED}",
    rf"(?:is there )?(?:anything|something|everything|information|info|news|texts?)(?: held)? {_ABOUT} {_NAMED}",
    rf"what happened (?:with|to|about|in|on) {_NAMED} (?:at|in) {ORGAN}",
)
_ALONE = re.compile(
    rf"\A\W*+(?!.*\bday\W*\Z|day of\b|(?:and|but|or|also|then|so|ok|what|how|which)\b){ORGAN}(?P<topic>[\w'’ -]{{3,60}}?)(?: {ORGAN})? ?\Z",
    re.I,
)
_ARTICLE = re.compile(r"\A(?:the|an?)\s+(?=\S)", re.I)
_UNENDED = re.compile(r"\b(?:into|onto|to|from|at|by|with|and|or|of|the)\Z", re.I)
_ACTS = frozenset({Strength.DECIDES, Strength.DEMANDS, Strength.CONDEMNS})
_POLITE = frozenset({Strength.NOTES, Strength.APPRECIATES, Strength.WELCOMES})
_SEIZED = re.compile(
    r"\A[\w ]{0,30}?\b(?:remain\w*\b.{0,12}? seized|(?:keep\w*|review\w*)\b.{0,60}? (?:review|seized)|consider\b.{0,40}? further)\b",
    re.I,
)
_ALIKE = 0.75  # of the words: paragraphs of a series
_SEARCHED = 600  # hits among which the resolutions about a topic are told
_NEAREST = 30  # hits among which those are looked for that have the words of a topic
_FEW = 3  # terms of a topic that is all a question says
_COUNCIL_DID = re.compile(r"\b(?:did|has|had) the council\b(?! of\b)|\bthe council did\b", re.I)
# Who did something, or what a text did, is another question.
_OTHER = re.compile(
    r"\b(?:my|me|i|you|your|who|whom|whose|when|where|why|how|did|does|do|is|are|was|were|has|have|had|can|could|may|must|should|will|would)\b"
    r"|\bnew members?\b"
    r"|\b(?:adopt|vote|say|ask|call|decide|extend|renew|prolong|establish|condemn|impose|lift|cite|recall|mention|comply|sponsor|resolution"
    r"|paragraph|annex|encourag|urg(?=e)|request|invit|requir|suppos|mandates? (?=of|for))\w*\b",
    re.I,
)


def topic_asked(query: Query) -> Topic | None:
    """The topic; None where a text is named, something it did is asked, or anything else."""
    if not query.stands_alone:
        return None
    asked = without_times(query).rstrip(" ?.!")
    found = (one.match(f"{asked} ") for one in (*_OF_TEXTS, *_DECIDED, _ALONE))
    match = next(
        (one for one in found if one and distinct_terms(one["topic"]) and not _OTHER.search(one["topic"])), None
    )
    if match is None or asked_by_name(query.question) is not None:  # a paragraph of one
        return None
    topic = _ARTICLE.sub("", match["topic"].strip())
    if not any(one.isalpha() for one in topic) or _UNENDED.search(topic):  # "42", "both Koreas into"
        return None
    if deed_of(topic.split()[0]) is not None:  # what texts do is another question
        return None
    is_short = len(distinct_terms(topic)) <= _FEW
    if match.re is _ALONE and not is_short:
        return None
    return Topic(topic, match.re in _OF_TEXTS, is_short)


def about(question: LookupQuestion) -> LookedUp | None:
    """What stands for the texts about the topic that is asked for; of a short one that no text is told to be about what has its words, or that
    no text has any. None for other questions, and where there is nothing of these.
    """
    topic, query, corpus = question.topic, question.query, question.corpus
    if topic is None:
        return None
    query = replace(query, organs=query.organs or _only_council(query, corpus))
    told = texts_about(replace(question, query=query), topic.name)
    if told is not None or not topic.is_short:
        return told
    is_known = query.abbreviations or expand(topic.name) or events_in(topic.name)
    if not is_known and not corpus.lexical.frequencies(distinct_terms(topic.name)):
        return LookedUp((), f"no text that is held has a word of {topic.name!r}", refuses=True)
    is_bare = not (question.scope.order or query.dates or query.organs)
    return _having(topic.name, question.found(), corpus) if is_bare else None


def _only_council(query: Query, corpus: Searchable) -> tuple[Organ, ...]:
    """The Council that is asked for, where texts of one council alone are held."""
    held = tuple(one for one in COUNCILS if one in corpus.years)
    return held if len(held) == 1 and _COUNCIL_DID.search(query.question) else ()


def texts_about(question: LookupQuestion, topic: str) -> LookedUp | None:
    """One paragraph of each resolution about a topic, of the organ and time that are named; of one alone what it decides, unless the asker chose
    among its paragraphs. None where none is told to be about it.
    """
    query, order, corpus = question.query, question.scope.order, question.corpus
    if any(one.role not in OF_ADOPTION for one in query.dates):
        return None
    found = question.search(topic, _SEARCHED)
    named = {name: forms for name, forms in countries_in(topic).items() if is_country(name) or is_capital(name)}
    # In recitals "Chinese" may be a language, and "Greek" half of the Cypriots; in titles a capital is a place where something was held.
    held = {name: forms - irregular_people() for name, forms in named.items()}
    countries = {
        name: frozenset(one for one in forms if not capitals() & set(one.split())) for name, forms in named.items()
    }
    subject = Subject.of(query, found.names)
    words = distinct_terms(topic) & subject.words - distinct_terms(" ".join(countries))
    names = frozenset(letters for letters in found.names if letters in topic)
    if not (words or names or countries):
        return None
    passages = corpus.passages(found.rows.tolist())
    titles = corpus.generation.titles_of(list(dict.fromkeys(one.symbol for one in passages)))
    days = dict(zip((one.symbol for one in passages), found.adopted.tolist(), strict=True))
    first = {one.symbol: one for one in reversed(passages)}
    meant = {
        symbol
        for symbol, one in first.items()
        if fits(query, one, days[symbol])
        and _tells(words, names, countries if titles[symbol] else held, titles[symbol] or one.context, subject)
    }
    if not meant:
        return None

    def worth(one: Passage) -> tuple[bool, bool, int]:
        """What stands for its resolution comes last; among equals the one that meets the topic best, which was found first."""
        is_said = not is_minor(one, query) and not says_little(topic, one.text)
        # Any paragraph of a text about a country meets its name.
        return (is_said, True, 0) if words else (is_said, not unspoken(named, one.text), _weight(one.text))

    of_each = {symbol: [one for one in passages if one.symbol == symbol] for symbol in meant}
    best = [max(each, key=worth) for each in of_each.values()]
    listed = sorted(best, key=lambda one: days[one.symbol], reverse=order is not Order.OLDEST)
    begins = "the oldest first" if order is Order.OLDEST else "the newest first"
    if words and order is None and question.topic and not question.topic.is_of_texts:
        terms = distinct_terms(topic)  # "the Iraqi invasion of Kuwait" is condemned in so many words
        has_all = {one.id: terms <= distinct_terms(one.text) for one in listed}
        if len(set(has_all.values())) > 1:
            listed.sort(key=lambda one: not has_all[one.id])
            begins = f"those with all the words first, then {begins}"
    told = f"told to be about {topic!r} by the title or the first recitals"
    has_number = any(one.isdigit() for one in distinct_terms(topic))  # "50 years"
    if len(listed) == 1 and not has_number and not question.picks_paragraphs():
        return LookedUp(
            _whole(listed[0], topic, corpus), f"one resolution is {told}: what it says, formalities last", LIKELY
        )
    n = f"{counted(len(listed), 'resolution')} {'is' if len(listed) == 1 else 'are'}"
    note = f"{n} {told}, {begins}; of each one paragraph"
    return LookedUp(tuple(one.id for one in listed), note, LIKELY)


def _weight(text: str) -> int:
    """2 for what decides, demands or condemns, 0 for what only notes, thanks, welcomes, or goes on considering, 1 for all else."""
    opening = opening_verb(text)
    strength = VERBS.get(opening[0]) if opening else None
    return 0 if strength in _POLITE or _SEIZED.match(text) else 1 + (strength in _ACTS)


def _whole(best: Passage, topic: str, corpus: Searchable) -> tuple[str, ...]:
    """The operative paragraphs of the one text about a topic, in text order, those that say little last."""
    text = corpus.whole(best.symbol)
    acts = [one for one in text.paragraphs if one.kind is Kind.OPERATIVE] if text else []
    acts.sort(key=lambda one: says_little(topic, one.text))
    return tuple(f"{best.symbol}#{one.label}" for one in acts) or (best.id,)


def _having(topic: str, found: Sequence[str], corpus: Searchable) -> LookedUp | None:
    """Of what meaning finds for a topic alone, in its order, the paragraphs that have all its words, recitals last; None where none has."""
    terms = distinct_terms(topic)
    texts = {symbol: corpus.whole(symbol) for symbol in dict.fromkeys(symbol_of(name) for name in found[:_NEAREST])}
    told = {f"{symbol}#{one.label}": one for symbol, text in texts.items() if text for one in text.paragraphs}
    countries = countries_in(topic)
    held = [
        name
        for name in found[:_NEAREST]
        if name in told and _stand_together(terms, told[name].text) and not unspoken(countries, told[name].text)
    ]
    if not held:
        return None
    series = alike([told[name].text for name in held], _ALIKE)  # of a paragraph that recurs every year the newest
    newest = {
        place: max((held[at] for at, one in enumerate(series) if one == place), key=lambda name: _day(name, corpus))
        for place in set(series)
    }
    held = sorted((newest[place] for place in sorted(newest)), key=lambda name: told[name].kind is Kind.PREAMBULAR)
    n = len({symbol_of(name) for name in held})
    note = f"no title has {topic!r}: of what is nearest, the paragraphs of {n} resolution{'s' if n > 1 else ''} that have the words"
    return LookedUp(tuple(held), note, LIKELY if len(held) > 1 else _IN_PASSING, words=topic)


def _stand_together(terms: frozenset[str], text: str) -> bool:
    """Whether a text has all terms, a few words apart: "same sex" and, far behind, "marriage" are not a topic."""
    if not terms <= distinct_terms(text):
        return False
    places = [(at, term) for at, term in enumerate(terms_of(text)) if term in terms]
    reach = len(terms) * (_BETWEEN + 1)
    return any(terms <= {term for at, term in places if start <= at < start + reach} for start, _ in places)


def _day(name: str, corpus: Searchable) -> int:
    return corpus.adopted_on(symbol_of(name))


def _tells(
    words: frozenset[str], names: frozenset[str], countries: Mapping[str, frozenset[str]], text: str, subject: Subject
) -> bool:
    """Whether a text has all abbreviations, all countries and their people, and all words or longer ones."""
    terms = distinct_terms(text)
    meant = {name: frozenset({name.casefold(), *forms}) for name, forms in countries.items()}
    longer = all(any(one == word or (len(word) >= _STEM and one.startswith(word)) for one in terms) for word in words)
    return longer and names <= subject.held(text) and not unspoken(meant, text)
