"""What a question quotes, and whether it asks for these words themselves: 'Which resolution says "..."?'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qa.terms import distinct_terms, terms_of

QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|‘(?<!\w‘)[^‘’]*’(?!\w)|'(?<!\w')[^']*'(?!\w)")
_INTRODUCED = re.compile(r"\b(?:phrase|words?|wording|language|sentence|line|quotation|quote)\b[^:?\"]{0,40}:\s*+")
_WORD = re.compile(r"[^\W_]+")
_FEWEST_WORDS, _FEWEST_TERMS = 3, 2  # fewer are a name or a word stressed
_PAIR = 2  # words that are looked for only where a question asks where they stand
_ASKS_WORDS = re.compile(r"\b(?:phrases?|words?|wording|terms?|expressions?|language|quotes?|quotation)\b", re.I)
_SENTENCE = 5  # words of a stretch that is wording even where no marks stand around it
_ASKING = distinct_terms(
    """find show give get quote cite locate search look seek need want trace paragraph resolution text document operative preambular preamble
    recital clause provision chapeau article say said state contain include use read occur appear come stand phrase word wording language
    formulation formula sentence line passage quotation source origin exact exactly precise verbatim literal please adopted year date
    number citation which where un recall remember mention speak term expression any"""
)
_ORGANS = distinct_terms("united nations general assembly security council human rights economic social")
_ASKS_ELSE = re.compile(r"\b(?:what|who|whom|whose|why|how|when)\b", re.I)
_ASKS_WHERE = re.compile(
    r"\b(?:which|what) (?:[a-z-]+ ){0,3}(?:resolution|paragraph|text|recital|document)"
    r"|\bany (?:resolution|paragraph|text)"
    r"|\b(?:where|find|wording|phrase|language|source)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch that a question quotes; `span` counts the question's code points, marks included.

    `rest` is the question without it. `marked`: it stands in quotation marks, not only after a colon. `others` are the other
    stretches of two words and more that are quoted.
    """

    words: str
    span: tuple[int, int]
    rest: str
    marked: bool
    others: tuple[str, ...] = ()

    @property
    def is_sentence(self) -> bool:
        """Whether it is too long for a name."""
        return len(_WORD.findall(self.words)) >= _SENTENCE

    def holds(self, span: tuple[int, int]) -> bool:
        """Whether a stretch of the question lies inside it."""
        return self.span[0] <= span[0] and span[1] <= self.span[1]

    @property
    def asks_where(self) -> bool:
        """Whether the question asks for the text that has the words, not for something that they bear on."""
        return _ASKS_WHERE.search(self.rest) is not None

    @property
    def asks_words(self) -> bool:
        """Whether the question says that it is after words: "the phrase ..."."""
        return self.is_sentence or _ASKS_WORDS.search(self.rest) is not None

    @property
    def beside(self) -> frozenset[str]:
        """The terms of what the question says beside the quotation, its asking left out."""
        return distinct_terms(self.rest) - _ASKING

    def is_all(self, named: Iterable[str]) -> bool:
        """Whether the question asks for the words themselves, beside which it says no more than organs and what it `named`."""
        topic = self.beside - _ORGANS - {term for one in named for term in terms_of(one)}
        return not topic and (self.asks_where or not _ASKS_ELSE.search(self.rest))


def quotation_in(question: str) -> Quotation | None:
    """The longest stretch of words that a question quotes; None where it quotes none, or only a word, or two that it does not ask after."""
    spans = [match.span() for match in QUOTED.finditer(question)]
    if spans:
        longest = max(spans, key=lambda one: one[1] - one[0])
        found = _quotation(question, longest, (longest[0] + 1, longest[1] - 1), _PAIR)
        if found is None or not (found.asks_where or len(_WORD.findall(found.words)) >= _FEWEST_WORDS):
            return None
        others = (question[start + 1 : end - 1] for start, end in spans if (start, end) != longest)
        return replace(found, others=tuple(one for one in others if len(_WORD.findall(one)) >= _PAIR))
    introduced = _INTRODUCED.search(question) if ":" in question else None
    if introduced is None:
        return None
    stretch = (introduced.end(), len(question.rstrip(" ?")))
    return _quotation(question, stretch, stretch, _SENTENCE, marked=False)


def _quotation(
    question: str, span: tuple[int, int], inside: tuple[int, int], fewest: int, marked: bool = True
) -> Quotation | None:
    words = question[slice(*inside)]
    if len(_WORD.findall(words)) < fewest or len(distinct_terms(words)) < _FEWEST_TERMS:
        return None
    return Quotation(words, span, f"{question[: span[0]]} {question[span[1] :]}", marked)
