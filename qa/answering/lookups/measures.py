"""Sanctions: "what sanctions were imposed on Haiti?", "arms embargo Liberia", "which resolution lifted the sanctions against Rhodesia?".

A resolution that imposes them seldom says "sanctions": it decides that all States shall prevent the sale of arms. Paragraphs that tell of exceptions,
committees and penalties say the word more often, so likeness finds these. Told here by what an act forbids or ends, of what, and against whom.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.answering.lookups.fitting import without_times
from qa.answering.lookups.forbidding import ALL_GOODS, GOODS, IMPOSES, Wanted, imposing, may_do
from qa.answering.lookups.forms import ORGAN, counted, first_match, whole
from qa.answering.lookups.looked_up import LIKELY, LookedUp
from qa.answering.lookups.of_text import TEXT, THE_TEXT, text_asked
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.targets import spoken, states_in
from qa.answering.lookups.worded import of_time
from qa.answering.lookups.wordings import shortened, wordings
from qa.records import Kind, Resolution
from qa.retrieval.order import Order
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_TERMS = 5
_NAMED = 8  # texts in the note

_KIND = rf"(?:(?P<kind>{'|'.join(asked for asked, _ in GOODS.values())}) )?"
_PLAIN = re.compile(r"\b(?:sanction|embargo|ban|boycott|freez|export|import|s[eo]ld|suppl|ship|deliver)", re.I)
_DEALING = r"(?:sales?|suppl(?:y|ies)|exports?|imports?|trade|shipments?|deliver(?:y|ies)|transfers?)"
_OF_GOODS = rf"(?: {_DEALING})?"
_GOODS_OF = rf"(?:{_DEALING} (?:of|in) )?"
_TRADED = rf"(?:(?:{_DEALING}|trading|flights?) )?"
_SORT = r"(?:(?:un|mandatory|comprehensive|international|general|targeted|council) ){0,3}"
_MEASURES = rf"{_SORT}{_KIND}(?:sanctions?|embargo(?:e?s)?|bans?|boycotts?|freezes?|measures)"
_A = r"(?:(?:the|a|an|any|all|some|more|first) ){0,3}"
_ON = r"(?:on|against|for|in|of|to)"
_WHOM = r"(?:the )?(?P<whom>[^?;:,]{3,50}?)"
_WHICH = (
    r"(?:(?:please|list|show|find|give|me|who|what|which|all|the|are there|kind of|kinds of|types? of|sort of|resolutions?|texts?|first|when) )"
    r"{0,8}"
)
_IMPOSE = r"(?:impos(?:e|es|ed|ing)|plac(?:e|es|ed|ing)|adopt(?:ed)?|appl(?:y|ied)|put|introduc(?:e|ed|ing)|establish(?:ed|es|ing)?|decid(?:e|ed))"
_BAN = r"(?:ban(?:s|ned|ning)?|prohibit(?:s|ed|ing)?|forb(?:ids?|ade|idden)|embargo(?:es|ed)?|stop(?:s|ped)?|block(?:s|ed)?)"
_IS = r"(?:is|are|was|were|has|have|had|been|did|does|do|there|ever|that|which|when)"
_LIFT = r"(?:(?:lift|end|terminat|suspend|remov|revok|abolish|discontinu|repeal|eas)(?:s|es|e|ed|ing)?|suspension|termination|removal)"
_MAY_NOT = r"(?:can['’]?t|can ?not|may not|must not|(?:is|are|was|were) (?:not allowed|forbidden|prohibited|banned|embargoed)(?: to)?)"
_FORBIDDING = ("prohibit", "prevent", "embargo", "cease", "refrain", "freeze")
_ENDING = ("terminate", "lift", "suspend", "revoke", "rescind", "discontinue")
_IMPOSED = whole(
    rf"{_WHICH}{_MEASURES} (?:{_IS} ){{0,4}}(?:{ORGAN})?(?:{_IMPOSE} |in force |in place )?(?:{_IS} ){{0,4}}{_ON} {_WHOM}",
    rf"(?:{_WHICH})(?:{_IS} ){{0,4}}{ORGAN}(?:{_IS} ){{0,4}}{_IMPOSE} {_A}{_MEASURES}(?: {_ON} {_WHOM})?",
    rf"(?:when|how) (?:{_IS} ){{0,4}}{ORGAN}(?:{_IS} ){{0,4}}(?:first )?{_IMPOSE} {_A}{_MEASURES} {_ON} {_WHOM}",
    rf"(?:when|how) (?:was|were) {_A}{_MEASURES} (?:first )?(?:{_IMPOSE} )?{_ON} {_WHOM}(?: (?:first )?{_IMPOSE})?",
    rf"{_WHICH}(?:{_IS} ){{0,4}}{ORGAN}(?:{_IS} ){{0,4}}(?:first )?{_BAN} (?:the |all )?{_GOODS_OF}{_KIND}{_TRADED}(?:to|with|from|for|into) {_WHOM}",
    rf"{_A}{_MEASURES} {_ON} {_WHOM}",
    rf"(?:the )?(?P<owner>[^?;:,]{{3,40}}?)(?:['’]s?)? {_MEASURES}",
    rf"{_MEASURES} (?P<bare>[^?;:,]{{3,40}}?)",
    rf"what {_MAY_NOT} (?:be )?(?:exported|sold|supplied|imported|shipped|traded|delivered|sent|bought)(?: or \w+)? (?:to|from) {_WHOM}",
)
_LIFTED = whole(
    rf"(?:how )?{_WHICH}(?:{_IS} ){{0,4}}{_A}{_MEASURES} {_ON} {_WHOM} (?:{_IS} ){{0,4}}{ORGAN}{_LIFT}",
    rf"{_WHICH}(?:{_IS} ){{0,4}}{ORGAN}(?:{_IS} ){{0,4}}{_LIFT} {_A}{_MEASURES}(?: {_ON} {_WHOM})?",
    rf"{_WHICH}(?:{_IS} ){{0,4}}{ORGAN}(?:{_IS} ){{0,4}}{_LIFT} (?:of )?(?:the )?(?P<owner>[^?;:,]{{3,40}}?)(?:['’]s?)? {_MEASURES}",
    rf"(?:the )?{_LIFT} of {_A}{_MEASURES} {_ON} {_WHOM}",
    rf"{_MEASURES} {_ON} {_WHOM} (?:{_IS} ){{0,4}}{ORGAN}{_LIFT}",
    rf"(?:(?:when|how) )?(?:{_IS} ){{0,4}}(?:the )?(?P<owner>[^?;:,]{{3,40}}?)(?:['’]s?)? {_MEASURES} (?:{_IS} ){{0,4}}{_LIFT}",
)
_OF_TEXT = whole(
    rf"(?:does|did) {THE_TEXT} (?:include|impose|contain|provide for|set up|establish|have|place|put) {_A}{_MEASURES}(?: {_ON} {_WHOM})?",
    rf"(?:what|which) {_MEASURES} (?:does|did) {THE_TEXT} {_IMPOSE}(?: {_ON} {_WHOM})?",
    rf"(?:what|which) {_MEASURES} (?:{_IS} ){{1,4}}(?:{_IMPOSE} )?(?:{_ON} {_WHOM} )?(?:by|in|under) {THE_TEXT}",
    rf"{TEXT},? {_MEASURES}",
)


def measures(question: LookupQuestion) -> LookedUp | None:
    """The paragraphs that impose what is asked for on whom is named, or end it, the oldest first; None for other questions, and where none does."""
    query, corpus = question.query, question.corpus
    if query.language or query.reading.topic:
        return None
    spoken_of = text_asked(query, corpus)
    if spoken_of is not None:
        text, asked = spoken_of
        wanted = _wanted(asked, _OF_TEXT, query, corpus)
        return _told([(text, label) for label in imposing(text, wanted)], wanted) if wanted else None
    if query.mentions:
        return None
    asked = without_times(query)
    wanted = _wanted(asked, _LIFTED, query, corpus, ends=True) or _wanted(asked, _IMPOSED, query, corpus)
    if wanted and not wanted.names:
        wanted = replace(wanted, strengths=IMPOSES)
    return _told(_found(question, wanted), wanted) if wanted else None


def _wanted(
    asked: str, forms: tuple[re.Pattern[str], ...], query: Query, corpus: Searchable, *, ends: bool = False
) -> Wanted | None:
    match = first_match(forms, asked)
    if match is None:
        return None
    groups = match.groupdict()
    whom = next((groups[name] for name in ("whom", "owner", "bare") if groups.get(name)), "")
    goods = _goods_called(groups.get("kind") or "")
    states = states_in(whom) if whom else {}
    if not states and _PLAIN.search(match[0]) is None:  # "measures to eliminate terrorism"
        return None
    if len(distinct_terms(whom)) > _TERMS or (not states and ("owner" in groups or "bare" in groups)):
        return None  # "travel ban", "the embargo committee": only of a country is it plain
    known = wordings(whom, query, corpus) if whom else ()
    # "ban on flights" names what is forbidden; of "ban on torture" nothing is known
    if whom and not states and len(known) == 1:
        goods = _goods_called(whom)
        if goods is None:
            return None
        whom, known = "", ()
    names = tuple(dict.fromkeys((*known, *shortened(query, corpus), *spoken(states))))
    kind = f" on {groups['kind']}" if groups.get("kind") else ""
    told = f"{'ending measures' if ends else 'measures'}{kind}{f' against {whom!r}' if whom else ''}"
    return Wanted(re.compile(goods, re.I) if goods else ALL_GOODS, names, told, ends)


def _goods_called(words: str) -> str | None:
    """What stands in acts that forbid what is called so."""
    asked = ((rf"(?:{called}){_OF_GOODS}", stands) for called, stands in GOODS.values())
    return next((stands for pattern, stands in asked if re.fullmatch(pattern, words, re.I)), None)


def _found(question: LookupQuestion, wanted: Wanted) -> list[tuple[Resolution, str]]:
    words = wanted.names or (_ENDING if wanted.ends else _FORBIDDING)
    kept: dict[str, int] = {}
    about: dict[str, set[str]] = {}  # paragraphs in whose context the names stand too
    for day, one in of_time(words, question):
        if one.kind != Kind.PREAMBULAR and may_do(one, wanted):
            kept.setdefault(one.symbol, day)
            about.setdefault(one.symbol, set()).add(one.label)
    newest = question.scope.order is Order.NEWEST
    symbols = sorted(kept, key=lambda symbol: (-kept[symbol] if newest else kept[symbol], symbol))
    n = None if wanted.names else 1  # of each, where resolutions are asked for and nobody is named
    told: list[tuple[Resolution, str]] = []
    for symbol in symbols:
        text = question.corpus.whole(symbol)
        labels = [one for one in imposing(text, wanted) if not wanted.ends or one in about[symbol]] if text else []
        told += [(text, label) for label in labels[:n]] if text else []
    return told


def _told(found: list[tuple[Resolution, str]], wanted: Wanted) -> LookedUp | None:
    if not found:
        return None
    texts = list(dict.fromkeys(str(text.symbol) for text, _ in found))
    note = f"{counted(len(found), 'paragraph')} of {', '.join(texts[:_NAMED])}{' and more' if len(texts) > _NAMED else ''} read as {wanted.told}"
    note += "" if wanted.ends else "; exceptions and committees are left out"
    return LookedUp(tuple(f"{text.symbol}#{label}" for text, label in found), note, LIKELY)
