"""When a body's mandate ends: "when does UNIFIL's mandate end?", "when did UNTAC leave Cambodia?": the newest acts that set its term, or wind it up.

Likeness brings any of twenty renewals; the newest that is held tells when it ends as far as the corpus knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.countries import as_spoken
from qa.answering.lookups.fitting import without_times
from qa.answering.lookups.forms import first_match, whole
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.worded import of_time
from qa.answering.lookups.wordings import is_any_body, wordings
from qa.records import Kind, Paragraph, Resolution
from qa.retrieval.roles import Role
from qa.retrieval.series import recalls_renewal
from qa.terms import distinct_terms

_LIKELY_NEWEST = 0.85  # that no newer text that is not held sets another term: set by hand
_SHOWN = 3  # resolutions, the newest
_OPENS = 400  # code points in which an act names whose term it sets
_BODY, _OWNER = (rf"(?:the )?(?P<{name}>[^?;:,]{{3,60}}?)" for name in ("body", "owner"))
_NOW = r"(?:current |present |last )?"
_MANDATE = rf"(?:(?:the )?{_NOW}mandate of {_BODY}|{_OWNER}(?:['’]s?)? {_NOW}mandate)"
_IS = r"(?:does|do|did|will|would|is|was|has|are|were)"
_END = (
    r"(?:(?:be |been |due to |set to |supposed to |to )?(?:ends?|ended|expires?|expired|run out|finish(?:ed)?|leave|left|withdraw|withdrawn|closed?"
    r"|ceased?|terminated?|wound up|over|last|run)(?: (?:from )?[A-Z]\w+)?)"
)
_FORMS = whole(
    rf"when {_IS} {_MANDATE} {_END}",
    rf"(?:(?:until|till) when|for how long|how long) {_IS} {_MANDATE} (?:been )?(?:{_END}|valid|extended|renewed|authori[sz]ed|set)(?: for| until)?",
    rf"(?:when|(?:until|to) (?:when|what date|which date)) {_IS} {_MANDATE} (?:last )?(?:been )?(?:extended|renewed|prolonged) (?:until|till|to)",
    rf"when {_IS} {_BODY} {_END}",
    rf"(?:for )?how long {_IS} {_BODY} (?:(?:to|be|going|supposed|due|going to|still) )*(?:stay|remain|last|operate|run|deployed)(?: there)?",
    rf"(?:until|till|to) when {_IS} {_BODY} (?:extended|renewed|prolonged|deployed|authori[sz]ed)",
    rf"{_BODY}(?:['’]s?)?(?: mandate)? (?:end|expiry|expiration|termination|withdrawal)(?: date)?",
    rf"(?:the )?(?:end|expiry|expiration|termination|withdrawal) of {_BODY}(?:['’]s? mandate)?",
)
_IS_BODY = re.compile(
    r"\b(?:missions?|forces?|operations?|(?:observer|military|advisory) groups?|authority|observers?|peace-?keepers)\b",
    re.I,
)
_SHORT = re.compile(
    r"\bmandate of the (Force|Mission|Operation|Observer Group|Authority)\b(?! (?:of|in|for [A-Z]))"
)  # in a text that named it
_TERM = re.compile(
    r"\b(?:extend|renew|prolong|establish|creat|station|maintain|set up)\w*\b.{0,500}?"
    r"\b(?:until|(?:period|months?|weeks|days)\b|end(?:s|ing)? on|terminat|expir)",
    re.I | re.S,
)
_WINDS_UP = re.compile(
    r"\b(?:shall (?:end|terminate|cease|be terminated)|withdrawal .{0,80}\bend\b|terminat\w* (?:the |its |their )?(?:mandate|operation|mission)"
    r"|wind(?:ing)? up|liquidat|conclu(?:de|sion of) (?:the |its )?(?:mandate|operation|mission))",
    re.I | re.S,
)


def ending(question: LookupQuestion) -> LookedUp | None:
    """Of the newest resolutions that set a body's term or wind it up the paragraphs that do; None for other questions, and where none does."""
    query, corpus = question.query, question.corpus
    match = first_match(_FORMS, without_times(query))
    if match is None or any(one.role is Role.END for one in query.dates):
        return None  # of the terms that ended in a year that is named one is searched for
    groups = match.groupdict()
    names = wordings(groups.get("body") or groups.get("owner") or "", query, corpus)
    if len(names) == 1 and (not _IS_BODY.search(names[0]) or is_any_body(names[0])):
        return None  # "the war", "all peacekeeping forces": no body that is known
    named = {one.symbol: day for day, one in of_time(names, question)}
    newest: list[tuple[str, list[str]]] = []
    for symbol in sorted(named, key=lambda symbol: (-named[symbol], symbol)):
        text = corpus.whole(symbol) if len(newest) < _SHOWN else None
        labels = _setting_term(text, names) if text else []
        newest += [(symbol, labels)] if labels else []
    if not newest:
        return None
    ids = tuple(f"{symbol}#{label}" for symbol, labels in newest for label in labels)
    note = f"what sets the term of {names[0]!r} or winds it up, in the newest resolutions that are held, the newest first; later ones may not be"
    return LookedUp(ids, note, _LIKELY_NEWEST)


def _setting_term(text: Resolution, names: Sequence[str]) -> list[str]:
    """The labels of a text's paragraphs that do, by the names and the abbreviations that it gives behind them."""
    short = re.compile(rf"(?:{'|'.join(map(re.escape, names))}) \(([A-Z]{{3,}})\)", re.I)
    called = (*names, *(match[1] for one in text.paragraphs for match in short.finditer(one.text)))
    return [one.label for one in text.paragraphs if _sets_term(one, called)]


def _sets_term(one: Paragraph, names: Sequence[str]) -> bool:
    """Whether a paragraph sets the term of a body or winds it up, by one of its names or by the first word of it: "the Force"."""
    # By another organ, whose own text may not be held.
    recalls = one.kind is Kind.PREAMBULAR and recalls_renewal(one.text)
    sets_it = _TERM.search(one.text) or (not recalls and _WINDS_UP.search(one.text))
    if not sets_it or not (recalls or one.kind is Kind.OPERATIVE):
        return False
    opens = one.text if recalls else one.text[:_OPENS]
    if recalls:  # long, and of more than one body
        return any(as_spoken(each) in as_spoken(opens) for each in names)
    terms, short = distinct_terms(opens), _SHORT.search(opens)
    is_short = short is not None and any(short[1] in each for each in names)
    return is_short or any(distinct_terms(each) <= terms for each in names)
