"""What cites a resolution: "which resolutions recall resolution 242 (1967)?" is told by what was read when the texts were, not by meaning."""

from __future__ import annotations

import re

from qa.answering.lookups.forms import counted
from qa.answering.lookups.looked_up import CERTAIN, LookedUp
from qa.answering.lookups.of_text import TEXT, of_text
from qa.answering.lookups.question import LookupQuestion
from qa.retrieval.order import Order
from qa.symbols.symbol import Symbol

_TEXTS = r"(?:(?:other|later|subsequent|earlier|newer|un|security council|general assembly) )*(?:resolutions?|texts?|paragraphs?|recitals?)"
_CITE = (
    r"(?:cit(?:e|es|ed|ing)|recall(?:s|ed|ing)?|re-?affirm(?:s|ed|ing)?|mention(?:s|ed|ing)?|quot(?:e|es|ed|ing)|invok(?:e|es|ed|ing)"
    r"|refer(?:s|red|ring)?(?: back)? to)"
)
_BEFORE = re.compile(
    rf"\A\W*+(?:(?:please )?(?:list|show|find|give)(?: me)? )?(?:(?:which|what|all|the|any|how many|are there(?: any)?|in which|in what) )*{_TEXTS}"
    rf" (?:(?:that|which|have|has|do|does|is|are) )*{_CITE} (?:the |its )?(?:un )?\Z"
    rf"|\A\W*+(?:(?:where|how often|in which {_TEXTS}|by which {_TEXTS}) )?(?:is|was|has) (?:the )?\Z"
    rf"|\A\W*+(?:who|what) (?:else )?{_CITE} (?:the )?\Z",
    re.I,
)
_BEHIND = re.compile(
    rf"\A\W*+(?:(?:been |is |was )?{_CITE}(?: (?:in|by)(?: other| later| which)*(?: {_TEXTS})?)?\W*+)?\Z", re.I
)


def cited_by(question: LookupQuestion) -> LookedUp | None:
    """Of every resolution that cites the one named its first paragraph that does, the newest first; None for other questions.

    Of a number that two organs have, what cites either is given.
    """
    query, order, corpus = question.query, question.scope.order, question.corpus
    spoken = of_text(query)
    if spoken is None:
        return None
    named, asked = spoken
    start, _, end = asked.partition(TEXT)
    before, behind = _BEFORE.match(start), _BEHIND.match(end)
    passive = before is not None and not re.search(rf"{_CITE} (?:the |its )?(?:un )?\Z", start, re.I)
    if before is None or behind is None or passive != bool(behind[0].strip(" ?.!")):
        return None
    symbols = [str(one) for one in named.candidates]
    found: dict[str, str] = {}
    n = 0
    for symbol in symbols:
        for citing, label, *_ in corpus.generation.mentions_of(symbol):
            organ = Symbol.parse(citing).organ
            if not query.organs or organ in query.organs or organ in {one.organ for one in named.candidates}:
                found.setdefault(citing, f"{citing}#{label}")
                n += 1
    if not found:
        return None
    listed = sorted(found, key=corpus.adopted_on, reverse=order is not Order.OLDEST)
    of, first = " or ".join(symbols), "oldest" if order is Order.OLDEST else "newest"
    texts = f"{counted(len(found), 'resolution')} {'cites' if len(found) == 1 else 'cite'}"
    note = f"{texts} {of} in {counted(n, 'paragraph')}; of each the first that does is shown, the {first} first"
    return LookedUp(tuple(found[one] for one in listed), note, CERTAIN)
