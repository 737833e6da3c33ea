"""What stands around a question and asks nothing: greetings, thanks, who asks and why, "is it true that", "the UN".

The encoder reads all words alike, so that these would move the question away from what it asks. A table of patterns takes them off both ends,
one after another; a sentence about the asker is left out where another one asks.
"""

from __future__ import annotations

import re

from qa.retrieval.pointing import pointed_at
from qa.retrieval.quoting import quotation_in
from qa.terms import distinct_terms

_UN = r"(?:the )?(?:un|u\.n\.|uno|onu|united nations)"
_SAYS = r"(?:say|says|said|think|thinks|do|does|did|want|wants|decide|decided)"
# What one text did: "which resolution ended ..."; not "which resolution does 678 recall".
_DID = (
    r"(?:(?:first|last|finally|originally) )?"
    r"(?:(?!does |is |was |has |this )[a-z-]+(?:ed|s) |set up |(?:said|found|told|gave|made|took|put|saw|sent|brought) )"
)
_THANKS = r"(?:thank you(?: (?:very|so) much)?|thanks(?: (?:very|so) much| a lot| in advance)?|cheers|(?:best |kind )?regards)"
_HEARD = rf"(?:{_THANKS}|thx|i see|got it|ok|okay)"
_PLEASE = r"(?:please|pl[sz]|thx|kindly)"
_WHETHER = r"(?: (?:if|whether|about))?"
_WORK = r"(?:thesis|article|essay|homework|paper|report|exam|class|teacher|boss|blog|presentation|dissertation|speech|project|story)"
# What belongs to the name: "UN Women", "UN officials", "UN system".
_OF_THE_UN = (
    r"(?!habitat|women|system|charter|chief|boss|head|guy|man\b|staff|employ|worker|personnel|official|agenc|bod(?:y|ies)|budget|police|day|year"
    r"|decade|troops?|soldier|forces?|peace|blue|observer|monitor|mission|secretar|member|reform|envoy|inspector|aid|tribunal|volunteer|universit"
    r"|vehicle|convoy|protected|security|general|resolution|presence|flag|hq|headquarter|building|trust|fund|and\b|or\b|of\b|in\b|to\b)"
)

_BEFORE = (
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings|dear (?:sirs?|madam|all|team|colleagues?|friends?)"
    r"(?: ?(?:or|and|/) ?(?:sirs?|madam))?|excuse me|sorry)(?: (?:there|all|everyone|team))?(?=[\s,.!:;-]|$)",
    rf"{_PLEASE}(?=[\s,.!:;]|$)",
    rf"(?:{_HEARD} )*(?:{_HEARD}|great|good|perfect|well|so|quick question|question)(?=[,.!:;]|$)",
    rf"{_HEARD}(?= (?:{_HEARD}|and|but|then|so|who|what|when|where|why|which|how|is|are|was|were|does|did|can|may|must|should|something)\b)",
    r"(?:can|could|would|will) (?:you|u|anyone|someone|somebody) (?:please |pls |kindly )?"
    rf"(?:tell|explain to|inform|help)(?: me| us)?{_WHETHER}(?= )",
    rf"(?:tell|inform|help|explain to) (?:me|us)(?: please| pls)?{_WHETHER}(?= )",
    rf"(?:i|we)(?: would|'d|’d)? (?:like|love|want|need|wish|have) to (?:know|ask|find out|learn|understand){_WHETHER}(?= |,|:)",
    rf"(?:do you know|i (?:was|am|'m) wondering|(?:my|a) question is|i have a question){_WHETHER}(?= |,|:)",
    r"(?:is|was) (?:it|this|that) (?:true|right|correct|so)(?: that(?= ))?(?=[ ,?:])",
    # Which resolution it is the citation says: no paragraph need meet these words.
    rf"(?:which|what) (?:un )?resolution (?:(?:is|was) it that |that )?(?={_DID})(?![^?]*\b\d{{2,3}}\b)",
    rf"what (?:does|did|do|has|is|are) {_UN}(?:'s)? (?:have to )?{_SAYS}(?: to say)?(?: about| on| regarding| concerning)(?= )",
    rf"{_UN}(?=[ :,]+{_OF_THE_UN}\w)",
)
_AFTER = (
    rf"{_PLEASE}",
    rf"(?<=[,.;:!?] ){_THANKS}",
    r"(?:please |pls |plz )?(?:help|tell|answer)(?: me| us)(?: out)?",
    r"(?:i |we )?(?:really |urgently )?need (?:it|this|that|the answer|an answer)(?: asap| urgently| quickly| soon| by \w+)*"
    rf"(?: for (?:my|our|an?|the) (?:\w+ ){{0,2}}{_WORK})?",
    rf"(?:it(?:'s| is) )?for (?:my|our) (?:\w+ ){{0,2}}{_WORK}",
    r"(?:is|was) (?:it|this|that) (?:true|right|correct|so)",
    r"(?:yes or no|(?<=, )(?:right|correct)|true or false)(?=\W*\?)",
    rf"(?:according to|(?<=, )(?:says|asks|per)) {_UN}",
)
_JOINT = r"[\s,.;:!?–—-]*+"
_OPENING = re.compile(rf"^{_JOINT}(?:{'|'.join(_BEFORE)}){_JOINT}", re.I)
_CLOSING = re.compile(rf"(?<![^\s,.;:!?])(?=\w)(?:{'|'.join(_AFTER)})(?={_JOINT}$)", re.I)
_SENTENCES = re.compile(r"(?<=\w{3}[.!?])[.!?]*\s+|\n+")
_ASKS = re.compile(r"\?|\b(?:who|whom|whose|what|when|where|which|why|how|tell|explain|quand|quel)\b", re.I)
_ONESELF = re.compile(r"\b(?:i|i['’](?:m|d|ve|ll)|im|my|we|we['’](?:re|ve)|our)\b", re.I)
_END = 120  # characters: what a courtesy at the end has
_ENOUGH = 2  # terms that a question needs without what is taken off
_ALONE = 4  # terms with which a question needs no story before it; one less if it names something, two more if the story does
# These stand for something in a story whatever else the question says: at its end, after "like", and who asks.
_BACK = re.compile(
    r"\b(?:(?:us|we|our|my|like (?:it|them|him|her|that|those))\b|(?:it|them|him|her|that|there)(?=\W*$))", re.I
)
_NAMES = re.compile(r"(?<=\w)\W+(?!I\b)[A-Z]|\d")  # a name or a figure inside a sentence


def bare(question: str) -> tuple[str, tuple[str, ...]]:
    """The question without what stands around it, and the sentences about the asker that were left out of it."""
    if '"' in question or "“" in question or quotation_in(question):
        return question, ()
    said = [one.strip() for one in _SENTENCES.split(question)]
    sentences = [one for one in map(_trimmed, said) if one]
    asking = [one for one in sentences if _ASKS.search(one)]
    asked = " ".join(one for one in said if _ASKS.search(one))
    left_out = [one for one in sentences if one not in asking and _ONESELF.search(one) and _needless(one, asked)]
    kept = " ".join(one for one in sentences if one not in left_out)
    if sentences == said and not left_out:
        return question, ()
    return (kept, tuple(left_out)) if kept else (question, ())


def _needless(story: str, asked: str) -> bool:
    """Whether what is asked is understood without a sentence about the asker: nothing points back, and it says enough by itself."""
    enough = _ALONE + 2 * bool(_NAMES.search(story)) - bool(_NAMES.search(asked))
    if len(distinct_terms(asked)) < enough or _BACK.search(asked):
        return False
    return pointed_at(asked, frozenset(), distinct_terms(story), frozenset()) is not None


def without_opening(question: str) -> str:
    """The question without the thanks or the greeting that it begins with, however short the rest, unless it is nothing else."""
    text = question
    while (shorter := _OPENING.sub("", text, count=1)) != text:
        text = shorter
    return text or question


def _trimmed(sentence: str) -> str:
    """The sentence without what asks nothing at its ends; empty where it is nothing else."""
    text = sentence
    while (shorter := _shorter(text)) != text:
        n_terms = len(distinct_terms(shorter))
        if n_terms < _ENOUGH:
            return text if n_terms else ""
        text = re.sub(r"[\s,]+(?=\?)", "", shorter).strip(" ,;:–—-")
    return text if distinct_terms(text) else ""


def _shorter(text: str) -> str:
    """The text without one pattern at its beginning and one at its end."""
    text = _OPENING.sub("", text, count=1)
    end = _CLOSING.search(text, max(0, len(text) - _END))
    return text if end is None else text[: end.start()] + text[end.end() :]
