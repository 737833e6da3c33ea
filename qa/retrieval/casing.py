"""Words as the corpus writes them: people type "somalia" and "western sahara", and a name is told by its capitals."""

from __future__ import annotations

import re

from qa.retrieval.abbreviations import abbreviations_in
from qa.retrieval.corpus import Corpus
from qa.terms import distinct_terms

_ROWS = 12  # passages in which the writing of words is looked at
_PLACES = 2  # in which a word stands at least, for one is easily a heading's
_ALWAYS = 0.9  # of the places of a word, the share with a capital from which it is a name
_WORD = re.compile(r"(?<![\w-])[a-z][a-z’'-]{2,24}(?![\w-])")
# Written with a capital where they stand for one that was named before: "the Mission", "the Assembly".
_TITLES = distinct_terms(
    """mission force operation group office observer fund programme plan agency convention conference summit court day week month year decade
    session protocol treaty agreement declaration article commission committee council assembly member state government party secretary"""
)


def cased(text: str, corpus: Corpus) -> str:
    """The text with a capital on the words that the passages nearest by its words write with one, but for a sentence's first.

    Known abbreviations are in capitals.
    """
    letters = frozenset(abbreviations_in(text))
    text = _WORD.sub(lambda match: match[0].upper() if match[0].upper() in letters else match[0], text)
    words = {word for word in _WORD.findall(text) if (terms := distinct_terms(word)) and not terms & _TITLES}
    if not words:
        return text
    rows = corpus.lexical.match(text).best(_ROWS)
    written = "\n".join(passage for passage, _ in corpus.inputs(rows.tolist()))
    inside = re.compile(rf"(?<=[a-z0-9,(] )(?:{'|'.join(map(re.escape, sorted(words)))})\b", re.I)
    found = inside.findall(written)
    names = {word for word in words if _is_name([one for one in found if one.lower() == word])}
    return _WORD.sub(lambda match: match[0].capitalize() if match[0] in names else match[0], text)


def is_titled(phrase: str, corpus: Corpus) -> bool:
    """Whether the title over one of the passages nearest to a phrase holds all its words."""
    rows = corpus.lexical.match(phrase).best(_ROWS)
    wanted = distinct_terms(phrase)
    return any(wanted <= distinct_terms(passage.partition("\n")[0]) for passage, _ in corpus.inputs(rows.tolist()))


def _is_name(places: list[str]) -> bool:
    return len(places) >= _PLACES and sum(one[0].isupper() for one in places) >= _ALWAYS * len(places)
