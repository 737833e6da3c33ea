"""Words asked of all texts: "which resolutions mention ivory?", "where is Kosovo mentioned?": looked up, not searched for by meaning."""

from __future__ import annotations

import re

from qa.answering.countries import is_country
from qa.answering.lookups.fitting import fits, without_times
from qa.answering.lookups.forms import ORGAN, counted, first_match, unquoted, whole
from qa.answering.lookups.looked_up import CERTAIN, LookedUp
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.worded import dated
from qa.records import Kind
from qa.retrieval.order import Order
from qa.terms import distinct_terms

_TOLD = 0.75  # that who somebody is is told there: set by hand
_TERMS = 4  # of more words is asked what is said, not where they stand
_READ = 1_000  # passages read; of words that more have, those that match best
TEXTS = rf"(?:{ORGAN}(?:resolutions?|texts?|paragraphs?|documents?))"
_MENTION = r"(?:mention|contain|include|use|name)(?:s|e?d|ing)?|speaks? of|speaking of|refers? to|referring to|talks? (?:of|about)|ha(?:s|ve)"
_THE = r"(?: the (?:words?|terms?|phrase|expression|name))?"
_WORDS = r"(?P<words>[^?;:]{3,60}?)"
_FORMS = whole(
    rf"(?:(?:please|list|show|find|give|me|which|what|was|is|all|the|any|how many|are there|in which|first|earliest|oldest|last|latest|newest) )*"
    rf"{TEXTS} (?:(?:that|which|do|does|to|first|last) )*(?:{_MENTION}){_THE} {_WORDS}",
    # "which resolution first mentioned" without its first words
    rf"(?:first|last) (?:mentioned{_THE}|(?:used|contained) the (?:words?|term|phrase|expression)) {_WORDS}",
    rf"do(?:es)? (?:any|a|some|the)? ?{TEXTS} (?:{_MENTION}){_THE} {_WORDS}",
    rf"(?:where|how often|how many times|in which {TEXTS}) (?:is|are|was|were){_THE} {_WORDS} (?:ever )?(?:mentioned|used|named)",
    rf"(?:when|in (?:which|what) year) (?:is|are|was|were){_THE} {_WORDS} (?:(?:ever|first|last) )*mentioned",
    rf"(?:when|in (?:which|what) year) (?:was|were) the (?:words?|term|phrase|expression) {_WORDS} (?:(?:ever|first|last) )*used",
    rf"(?:when|in (?:which|what) year) did (?:the (?:words?|term|phrase|expression) )?{_WORDS} first appear",
    rf"(?:is|are|was|were){_THE} {_WORDS} (?:ever )?(?:mentioned|named)(?: anywhere| in (?:any|a) {TEXTS}| (?:in|by) the corpus)?",
)
_FIRST = re.compile(r"\bfirst\b", re.I)
# "Who is Mr. Escovar-Salom?", "what happened to Lieutenant-Colonel Higgins?": a name of two words or more, each with a capital.
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Sir|Count|President|Ambassador|Judge|Captain|Major|Colonel|General|Lieutenant[\w-]*)\b"
_NAMED = re.compile(
    rf"\A\W*+(?:(?i:who (?:is|was)|who['’]s) |(?i:what (?:happened|was done) to|what became of) (?={_TITLE}))"
    r"(?P<words>(?:[A-Z][\w.’'-]{1,30}+ ){1,4}[A-Z][\w’'-]{2,30}+)\W*+\Z"
)


def mentioned(question: LookupQuestion) -> LookedUp | None:
    """Of every resolution that has the words, or the name of the person asked for, the first paragraph that does, the newest first; None for
    other questions, and where nobody is named so.
    """
    query = question.query
    asked = without_times(query)
    named = _NAMED.match(asked)
    if named and is_country(named["words"]):
        return None
    match = named or first_match(_FORMS, asked)
    words = unquoted(match["words"]) if match else ""
    terms = distinct_terms(words)
    if not terms or len(terms) > _TERMS:
        return None
    read = dated([words], question, _READ)
    held = [(one, day) for day, one in read if terms <= distinct_terms(one.text) and fits(query, one, day)]
    if named:  # not "the Nelson Mandela Rules"
        ends = re.compile(rf"\b{re.escape(words.split()[-1])}\b(?!(?:[’']s)? [A-Z])")
        held = [(one, day) for one, day in held if ends.search(one.text)]
    is_first = _FIRST.search(asked.replace(words, "")) is not None
    if is_first and not named:
        held = [(one, day) for one, day in held if _stands_there(words, one.text)]
    if not held and named:
        return None
    if not held:
        return LookedUp((), f"no paragraph that is searched has {words!r}", refuses=True)
    first: dict[str, tuple[int, str]] = {}
    for one, day in sorted(held, key=lambda pair: pair[0].kind == Kind.PREAMBULAR):
        first.setdefault(one.symbol, (day, one.id))
    is_oldest = question.scope.order is Order.OLDEST or is_first
    listed = sorted(first.values(), key=lambda pair: pair[0], reverse=not is_oldest)
    texts = f"{counted(len(listed), 'resolution')} {'has' if len(listed) == 1 else 'have'}"
    places = counted(len({one.id for one, _ in held}), "paragraph")
    more = " or more" if len(read) >= _READ else ""
    begins = "oldest" if is_oldest else "newest"
    note = f"{texts} {words!r}, in {places}{more}; of each the first that does is shown, the {begins} first"
    return LookedUp(tuple(name for _, name in listed), note, _TOLD if named else CERTAIN, words=words)


def _stands_there(words: str, text: str) -> bool:
    """Whether the words stand in a text as they are written, and in no longer name: the first time that they do, another form is none ("aid"
    for "AIDS", "ivory" in "Ivory Coast").
    """
    is_name = words != words.lower()
    for match in re.finditer(
        rf"(?<!\w){re.escape(words)}(?:s|es)?(?!\w)", " ".join(text.split()), 0 if is_name else re.I
    ):
        if is_name or match[0].islower() or not re.match(r" [A-Z]", match.string[match.end() :]):
            return True
    return False
