"""Whether a text speaks of what a turn names: in its words, in another wording of it, by a country for its people, or by meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from embeddings.readings import Places
from qa.answering.countries import countries_in
from qa.retrieval.corpus import Floats
from qa.retrieval.expansion import expand
from qa.terms import distinct_terms

Terms = frozenset[str]
_STEM = 5  # letters of a term that another form of it has too: "Kuwaitis", "Kuwait"
_MEANT = 0.66  # mean cosine from which its tokens are met in meaning: "exceptions" by "shall not apply" 0.70, "trade fairs" by none 0.51


@dataclass(frozen=True, slots=True)
class Name:
    """A name by the terms of each of its wordings; a text that holds all terms of one speaks of it."""

    wordings: tuple[Terms, ...]

    @classmethod
    def of(cls, name: str, names: Mapping[str, tuple[str, ...]]) -> Name:
        """With its everyday forms, those of `names` (the corpus's, of abbreviations), and its country's for "Cuban"."""
        return cls(tuple(dict.fromkeys(terms for one in _wordings(name, names) if (terms := distinct_terms(one)))))

    def is_in(self, text: str) -> bool:
        """Whether a text holds a wording, any forms of its terms; "Kuwaitis" is met by "Kuwait"."""
        held = distinct_terms(text)
        return any(all(any(one.startswith(term[:_STEM]) for one in held) for term in terms) for terms in self.wordings)


def _wordings(name: str, names: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield name
    for forms in expand(name).values():
        yield from forms
    yield from names.get(name.upper(), ())
    plain = name.casefold()
    for typed, country in countries_in(plain).items():
        if typed not in country:  # "British Virgin Islands" are no other Virgin Islands
            yield from (plain.replace(typed, form) for form in sorted(country))


def is_meant(word: str, asked: str, met: Floats, places: Places) -> bool:
    """Whether a passage says a word of the question `asked` in other words ("exceptions": "shall not apply").

    `met` is the best cosine of each token of the question with one of the passage's, `places` where the tokens stand.
    """
    start = asked.find(word)
    inside = (places[:, 0] >= start) & (places[:, 1] <= start + len(word))
    return start >= 0 and bool(inside.any()) and float(met[inside].mean()) >= _MEANT
