"""Words asked of one text that is named: "what does 79/313 say about corruption?", "does it mention ivory?".

The text is known, and what stands there word for word needs no likeness: the paragraphs that have all the words are the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.of_text import TEXT, text_asked
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_SAID, _MENTIONED = (
    0.9,
    1.0,
)  # that what has the words answers what is said about them (set by hand), and where they are mentioned
_MOST = 4  # terms: of more not all need stand in the paragraph that answers
_OF = r"(?:about|on|regarding|concerning|of|with regard to|in relation to|in respect of)"
_VERB = r"(?:mention|speak|refer|address|cover|deal|talk|contain|include|use|say|concern|have)(?:s|es|ed|ing)?"
_ON = r"(?:(?: anything)? (?:about|on|of|to|with|regarding)| anything)?(?: the (?:words?|terms?|phrase|subject|issue))?(?: of)?"
_WORDS = r"(?P<words>[^?;:]{3,80}?)\W*+\Z"
_IN = rf"(?:in|by|under|of) (?:the )?{TEXT}"
_PART = r"(?:paragraphs?|paras?|recitals?|parts?|clauses?|provisions?|ops?|sections?)"
_SAYS = (
    rf"\A\W*+what (?:else )?(?:does|did|do) (?:the )?{TEXT} (?:say|state|decide|provide|contain|stipulate|have to say|do|recommend) {_OF} {_WORDS}",
    rf"\A\W*+(?:the )?{TEXT},? (?:{_OF}|and) {_WORDS}",
    rf"\A\W*+what (?:is|was) (?:said|stated|decided|provided) (?:{_IN} )?{_OF} (?P<words>[^?;:]{{3,80}}?)(?: {_IN})?\W*+\Z",
)
_MENTIONS = (
    rf"\A\W*+(?:where |how |how often )?(?:does|did|do) (?:the )?{TEXT} {_VERB}{_ON} {_WORDS}",
    rf"\A\W*+(?:(?:which|what|list|show|all|any|the|how many|in which|are there(?: any)?) )*(?:operative |preambular )?{_PART} {_IN}"
    rf" (?:(?:that|which|do|does) )*(?:{_VERB}|are|is){_ON} {_WORDS}",
    rf"\A\W*+(?:where |how often )?(?:is|are|was|were) (?P<words>[^?;:]{{3,80}}?) (?:mentioned|addressed|covered|referred to|spoken of) {_IN}\W*+\Z",
    rf"\A\W*+where {_IN} (?:is|are) (?P<words>[^?;:]{{3,80}}?) (?:mentioned|addressed|covered|referred to)\W*+\Z",
)
_FORMS = tuple((re.compile(one, re.I), _SAID) for one in _SAYS) + tuple(
    (re.compile(one, re.I), _MENTIONED) for one in _MENTIONS
)
_ONLY = (
    ("operative", re.compile(r"\boperative\b", re.I)),
    ("preambular", re.compile(r"\b(?:preamb|recital)\w*", re.I)),
)
_EMPTY = distinct_terms("paragraph resolution text anything something word term issue topic subject")


def said_in(query: Query, corpus: Searchable, found: Callable[[], Sequence[str]]) -> LookedUp | None:
    """The paragraphs of the one text that is named that have all words asked of it; None for other questions, and where no paragraph
    has them but that they be mentioned was not asked. `found` gives ids of paragraphs, the best first: so they come, recitals last.
    """
    spoken = text_asked(query, corpus)
    form = spoken and next(((match, likely) for one, likely in _FORMS if (match := one.match(spoken[1]))), None)
    if not spoken or not form:
        return None
    whole, asked = spoken
    words, likely = form[0]["words"].strip(" '\"“”‘’"), form[1]
    terms = distinct_terms(words) - _EMPTY
    if all(one.isdigit() for one in terms) or len(terms) > _MOST:
        return None
    only = next((kind for kind, asks in _ONLY if asks.search(asked)), None)
    kinds = {f"{whole.symbol}#{one.label}": one.kind for one in whole.paragraphs if terms <= distinct_terms(one.text)}
    ids = [name for name, kind in kinds.items() if only is None or kind == only]
    if not ids:
        return (
            LookedUp((), f"no paragraph of {whole.symbol} has {words!r}", refuses=True)
            if likely == _MENTIONED
            else None
        )
    places = {name: place for place, name in enumerate(found())}
    ids.sort(key=lambda name: (kinds[name] == "preambular", places.get(name, len(places))))
    n = "one paragraph" if len(ids) == 1 else f"{len(ids)} paragraphs"
    return LookedUp(
        tuple(ids), f"{n} of {whole.symbol} {'has' if len(ids) == 1 else 'have'} {words!r}", likely, words=words
    )
