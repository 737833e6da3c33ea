"""How the words of a question are made ready: references and dates in other forms, what asks nothing taken off, misspelt words put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.retrieval.abbreviations import Abbreviations, look_up
from qa.retrieval.casing import cased, is_titled
from qa.retrieval.corpus import Corpus
from qa.retrieval.courtesy import bare
from qa.retrieval.figures import with_dates_in_words
from qa.retrieval.founding import founded
from qa.retrieval.languages import Language, read_language
from qa.retrieval.spelling import CountTokens, respell
from qa.terms import LOOKALIKES, distinct_terms

_ASKING = distinct_terms("mean means stand stands say says define explain tell abbreviation acronym letters")


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is searched, and what was done to it, for the user to read."""

    text: str
    notes: tuple[str, ...] = ()
    language: Language | None = None  # where it is not English: its words are then left as they are


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes questions ready for one corpus and the encoder that counts tokens so."""

    corpus: Corpus
    count_tokens: CountTokens

    def ready(self, question: str) -> Wording:
        """The question without courtesies, its misspelt words put right; in another language its references alone are read."""
        text, language = read_language(question)
        text, notes = with_dates_in_words(text)
        if language is not None:
            notes.append(f"the question seems to be in {language.name}: only its references are read")
            return Wording(text, tuple(notes), language)
        text, left_out = bare(text.translate(LOOKALIKES))
        text, read = respell(text, self.corpus, self.count_tokens)
        text, founding = founded(text)
        notes += [f"not searched, as no part of the question: {one!r}" for one in left_out]
        notes += [
            f"{word!r} was read as {meant!r}; in quotation marks it is searched as it is"
            for word, meant in read.items()
        ]
        return Wording(text, (*notes, founding) if founding else tuple(notes))

    def cased(self, text: str) -> str:
        """The text with the capitals of the names in it."""
        return cased(text, self.corpus)

    def titled(self, phrase: str) -> bool:
        """Whether a title holds all words of a phrase."""
        return is_titled(phrase, self.corpus)

    def known(self, abbreviations: Sequence[str]) -> Abbreviations:
        """What the corpus knows of abbreviations."""
        return look_up(abbreviations, self.corpus)

    def unheld(self, text: str, abbreviations: Sequence[str], known: Abbreviations) -> str | None:
        """The abbreviation that is all a question says, where the corpus knows nothing of it; else None."""
        strange = [one for one in abbreviations if one not in known.rows and one not in known.names]
        terms = {term for one in strange for term in distinct_terms(one)}
        said = {term for term in distinct_terms(text) if not term.isdigit()} - _ASKING
        return strange[0] if strange and said <= terms and not self.corpus.lexical.held(terms) else None
