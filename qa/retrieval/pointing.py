"""Words of a question that point: back, at what was said before it, or at something that it names itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qa.terms import distinct_terms

_MUCH = 4  # words of a question that are enough for a word after them to point at them

# "That" points back at the end of a clause and after a word that takes an object, not where it opens a clause;
# "it" and "there" do not where they stand for nothing ("is it true that", "is there a").
_PRONOUN = re.compile(
    r"\b(?:(?P<many>they|them|their|theirs)|(?P<person>he|she|him|his|hers)|(?P<thing>its|it(?!\s+(?:true|clear|possible|necessary|allowed|that)\b)))\b"
    r"(?P<own>\s+own\b)?(?P<alone>(?<=own)(?=\W*$|\s+(?:is|are|was|were|be|has|have|do|does|should|can|must|may)\b))?",
    re.I,
)
_POSSESSIVES = frozenset(("their", "its", "his"))
_POINTING = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:these|those|the (?:same|latter|former))\b",
        r"\bthis\b(?!\s+(?:year|month|week)\b)",
        r"(?:^|\b(?:is|are|was|were|can|could|does|do|did|will|of|on|after|before|about|for|to|in|by|with|from|than|and|under|at)\s)that\b",
        r"\bthat(?=\W*$|\s?[,;])",
        r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )\bthere\b(?!\s+(?:is|are|was|were|be|will|has|have|any|an?)\b)",
        r"\bthe (?:ones?|others?)\b(?=\W*$|\s+(?:from|of|in)\s+\d)|\b\d{4} (?:one|resolution|text)\W*$",
        r"\bthe (?:resolution|text)\b(?!\s+(?:on|of|about|for|that|which|from|adopted|concerning|regarding|in|by)\b)",
    )
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CLAUSE = re.compile(
    r",|\b(?:when|if|once|before|after|because|while|until|unless|although|though|and|but|or|how)\b", re.I
)
_SUBJECT = 3  # content words among which the subject of a question is
_MANY = frozenset("people children women men everyone anyone everybody anybody nobody".split())
_KNOWN = frozenset("the these those this that its their his her both who what it he she there many".split())
_ONE = frozenset("a an any each every no one which another".split())
_HAVES = distinct_terms(
    "state country nation government party member organization organisation institution company bank court university hospital city group family"
)  # what may be the owner of something


def pointed_at(
    asked: str, everyday: frozenset[str], before: frozenset[str], names: frozenset[str]
) -> frozenset[str] | None:
    """The terms of a question at which a word of it points ("which *states* moved their embassies"); None where one points back.

    `everyday` are terms that say little, `before` those of the topic before it, `names` those of proper names in the question.
    """
    inside: frozenset[str] = frozenset()
    for pattern in _POINTING:
        for match in pattern.finditer(asked):
            if not _is_much(asked[: match.start()], everyday):
                return None
    for match in _PRONOUN.finditer(asked):
        if _is_much(asked[: match.start()], everyday):
            continue
        owner = _owner(asked, match, before - everyday, names)
        if owner is None:
            return None
        inside |= owner
    return inside


def _is_much(text: str, everyday: frozenset[str]) -> bool:
    return len(distinct_terms(text) - everyday) >= _MUCH


def _owner(asked: str, match: re.Match[str], before: frozenset[str], names: frozenset[str]) -> frozenset[str] | None:
    """The terms of the subject that a pronoun may stand for; None where there is none, or where that was spoken of before."""
    if match["alone"] is not None:
        return None  # "how is its own set up?": what it has was named before
    is_possessive = match[0].split()[0].lower() in _POSSESSIVES
    text = asked[: match.start()]
    for word, end in _subjects(text, match, names):
        terms = distinct_terms(word)
        if terms & before:
            return None
        if is_possessive or _CLAUSE.search(text, end):
            return terms
    return None


def _subjects(text: str, match: re.Match[str], names: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Words near the beginning that agree with a pronoun, with where they end; not "the sides": they were spoken of before."""
    words = [(one[0], one.end()) for one in _WORD.finditer(text)]
    n_content = 0
    determiner = last = ""
    for (previous, _), (word, end) in pairwise([("", 0), *words]):
        terms = distinct_terms(word)
        if not terms or word.lower() in _ONE:
            determiner = last = word.lower()
            continue
        n_content += 1
        if n_content > _SUBJECT:
            return
        known = previous.lower() in _KNOWN or last in _KNOWN
        if match["many"]:
            is_one = not known and (word.lower() in _MANY or _is_plural(word))
        else:
            may_have = match["own"] or match["person"] or terms <= _HAVES or match[0].lower() != "its"
            is_one = terms <= names or bool(determiner in _ONE and may_have)
        if is_one:
            yield word, end


def _is_plural(word: str) -> bool:
    return len(word) > 1 and word[-1] in "sS" and word[-2].lower() not in "sui"
