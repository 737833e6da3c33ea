"""When a body's mandate ends: "when does UNIFIL's mandate end?", "when did UNTAC leave Cambodia?": the newest acts that set its term, or wind it up.

Likeness brings any of twenty renewals; the newest that is held tells when it ends as far as the corpus knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from qa.answering.lookups.fitting import fits, without_times
from qa.answering.lookups.forms import whole
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.mentioned import with_all
from qa.answering.lookups.wordings import is_any_body, wordings
from qa.records import Kind, Paragraph, Resolution
from qa.retrieval.corpus import Scope
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_LIKELY = 0.85  # set by hand
_READ = 5_000  # passages that have the name
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


def ending(query: Query, allowed: Scope | None, corpus: Searchable) -> LookedUp | None:
    """Of the newest resolutions that set a body's term or wind it up the paragraphs that do; None for other questions, and where none does."""
    if query.mentions or query.language or query.reading.topic:
        return None
    match = next((found for one in _FORMS if (found := one.match(without_times(query)))), None)
    if match is None:
        return None
    groups = match.groupdict()
    names = wordings(groups.get("body") or groups.get("owner") or "", query, corpus)
    if len(names) == 1 and (not _IS_BODY.search(names[0]) or is_any_body(names[0])):
        return None  # "the war", "all peacekeeping forces": no body that is known
    rows = np.unique(np.concatenate([with_all(one, allowed, corpus, _READ) for one in names]))
    days = corpus.columns_of(rows).adopted.tolist() if len(rows) else []
    named = {
        one.symbol: int(day)
        for day, one in zip(days, corpus.passages(rows.tolist()), strict=True)
        if fits(query, one, int(day))
    }
    newest: list[tuple[str, list[str]]] = []
    for symbol in sorted(named, key=lambda symbol: (-named[symbol], symbol)):
        text = corpus.whole(symbol) if len(newest) < _SHOWN else None
        labels = _setting_term(text, names) if text else []
        newest += [(symbol, labels)] if labels else []
    if not newest:
        return None
    ids = tuple(f"{symbol}#{label}" for symbol, labels in newest for label in labels)
    note = f"what sets the term of {names[0]!r} or winds it up, in the newest resolutions that are held, the newest first; later ones may not be"
    return LookedUp(ids, note, _LIKELY)


def _setting_term(text: Resolution, names: Sequence[str]) -> list[str]:
    """The labels of a text's paragraphs that do, by the names and the abbreviations that it gives behind them."""
    short = re.compile(rf"(?:{'|'.join(map(re.escape, names))}) \(([A-Z]{{3,}})\)", re.I)
    called = (*names, *(match[1] for one in text.paragraphs for match in short.finditer(one.text)))
    return [one.label for one in text.paragraphs if _sets_term(one, called)]


def _sets_term(one: Paragraph, names: Sequence[str]) -> bool:
    """Whether a paragraph sets the term of a body or winds it up, by one of its names or by the first word of it: "the Force"."""
    if one.kind is not Kind.OPERATIVE or not (_TERM.search(one.text) or _WINDS_UP.search(one.text)):
        return False
    opens = one.text[:_OPENS]
    terms, short = distinct_terms(opens), _SHORT.search(opens)
    return any(distinct_terms(each) <= terms for each in names) or bool(
        short and any(short[1] in each for each in names)
    )
