"""Resolutions asked for by what they do: "resolutions condemning Israel", "which resolutions established a tribunal?", "resolutions addressed
to Portugal": told by the verbs and addressees that were read when the texts were, not by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from qa.answering.addressed import called
from qa.answering.lookups.deeds import Deed, Done, deed_of, done_by
from qa.answering.lookups.fitting import fits, without_times
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.mentioned import with_all
from qa.records import Kind
from qa.retrieval.abbreviations import look_up
from qa.retrieval.corpus import Scope
from qa.retrieval.order import Order
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_LIKELY = 0.9  # that the first does what is asked for to what is named: set by hand
_NEAR = 140  # code points of an act in which it says what it does to what
_TERMS = 5  # of more words is asked what is said, not which resolutions do it
_OF_ADMISSION = "admitted membership United Nations"
_ADMISSION = re.compile(r"\badmi(?:tted|ssion)\b", re.I)
_READ = 5_000  # passages that have the words

_ORGAN = r"(?:(?:the )?(?:un|united nations|security council|general assembly|unsc|unga|council|assembly)(?:['’]s)? )?"
_TEXTS = rf"(?:(?:please|list|show|find|give|me|which|what|all|the|any|how many|are there|un) )*{_ORGAN}resolutions?"
_DOES = re.compile(
    rf"\A\W*+{_TEXTS} (?:(?:that|which|have|has|do|did|to|ever|also|adopted|passed|of|in|from) )*(?P<verb>[a-z]{{3,12}}(?: (?:for|on|upon|up))?)"
    r" (?:the |an? |any )?(?P<words>[^?;:]{3,60}?)\W*+\Z",
    re.I,
)
_TO = re.compile(
    rf"\A\W*+{_TEXTS} (?:(?:that|which|are|is|were|was) )*(?:addressed|directed|addressing) (?:at |to )?(?P<words>[^?;:]{{3,60}}?)\W*+\Z",
    re.I,
)
_WHO = r"(?:(?:new |un )*(?:countr(?:y|ies)|(?:member )?states?|members?|nations?)|who)"
_UN = r"(?: (?:(?:to|as|of|into|in|the|a|un|united nations|members?|member states?|membership|organi[sz]ation) ?)*)?"
_ADMITTED = re.compile(
    rf"\A\W*+(?:(?:(?:which|what|list|show|all|the|how many) )*{_WHO} (?:(?:that|which|who|were|was|got|newly|have|has|been) )*"
    rf"(?:admitted|accepted|joined|became){_UN}|(?:(?:list|show|all|the|which|what are) )*new (?:members?|member states?){_UN})\W*+\Z",
    re.I,
)


def did(query: Query, order: Order | None, allowed: Scope | None, corpus: Searchable) -> LookedUp | None:
    """Of every resolution that does it the first paragraph that does, the newest first; None for other questions, and where none does in
    so many words.
    """
    if query.mentions or query.language or query.reading.topic:
        return None
    asked = without_times(query)
    listed = partial(_listed, query, order=order, allowed=allowed, corpus=corpus)
    if _ADMITTED.match(asked):
        return listed([_OF_ADMISSION], _recommends, _ADMISSION, "admissions that are recommended or decided")
    to = _TO.match(asked)
    if to:
        who = to["words"].strip()
        return listed(
            [who], lambda one: one.addressee is not None and called(who, one.addressee), None, f"addressed to {who!r}"
        )
    match = _DOES.match(asked)
    deed = deed_of(match["verb"]) if match else None
    if match is None or deed is None:
        return None
    words = match["words"].strip(" '\"“”‘’")
    names = look_up(query.abbreviations, corpus).names if query.abbreviations else {}
    spelt = [
        re.sub(rf"\b{re.escape(short)}\b", one, words, flags=re.I) for short, long in names.items() for one in long
    ]
    return listed([words, *spelt], _doing(deed, [words, *spelt]), deed.stems, f"{match['verb']} {words}")


def _recommends(one: Done) -> bool:
    return one.kind is Kind.OPERATIVE


def _doing(deed: Deed, wordings: Sequence[str]) -> Callable[[Done], bool]:
    """Whether an act does it to what one of the wordings names."""
    meant = [distinct_terms(one) for one in wordings]

    def does(one: Done) -> bool:
        held = distinct_terms(one.text[:_NEAR])
        return one.kind is not Kind.PREAMBULAR and deed.is_done_by(one) and any(terms <= held for terms in meant)

    return does


def _listed(
    query: Query,
    wordings: Sequence[str],
    does: Callable[[Done], bool],
    stems: re.Pattern[str] | None,
    told: str,
    *,
    order: Order | None,
    allowed: Scope | None,
    corpus: Searchable,
) -> LookedUp | None:
    """Of each resolution the first paragraph that has the words and does it; what does it has one of the `stems`."""
    if not 0 < len(distinct_terms(wordings[0])) <= _TERMS:
        return None
    rows = np.unique(np.concatenate([with_all(words, allowed, corpus, _READ) for words in wordings]))
    days = corpus.columns_of(rows).adopted.tolist() if len(rows) else []
    first: dict[str, tuple[int, str]] = {}
    for one, day in sorted(zip(corpus.passages(rows.tolist()), days, strict=True), key=lambda pair: pair[0].id):
        may_be = (
            one.kind != Kind.PREAMBULAR and (stems is None or stems.search(one.text)) and fits(query, one, int(day))
        )
        if not may_be or one.symbol in first:
            continue
        text = corpus.whole(one.symbol)
        others = {each.label: each for each in text.paragraphs} if text else {}
        if one.label in others and any(map(does, done_by(others[one.label], others))):
            first[one.symbol] = int(day), one.id
    if not first:
        return None
    listed = sorted(first.values(), key=lambda pair: pair[0], reverse=order is not Order.OLDEST)
    n = "one resolution" if len(listed) == 1 else f"{len(listed)} resolutions"
    newest = "oldest" if order is Order.OLDEST else "newest"
    note = f"{told}: {n}, told by the verbs and the addressees of their acts; of each the first paragraph, the {newest} first"
    return LookedUp(tuple(name for _, name in listed), note, _LIKELY)
