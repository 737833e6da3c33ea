"""Words that a question quotes, looked up as a phrase: where they stand, or that they stand nowhere and what comes nearest.

The lexical index brings the paragraphs that share most with the words; each is then compared with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from embeddings.vectors import distinct
from qa.passages import passage_input
from qa.records import Passage
from qa.retrieval.corpus import Rows, Scope
from qa.retrieval.quoting import Quotation
from qa.retrieval.same_words import Phrase
from qa.retrieval.searchable import Searchable
from qa.store.errors import DamagedError
from qa.terms import distinct_terms, split_terms

_READ, _MOST = 50, 500  # passages read of those that match best, and of those that have all the rarest terms
_WIDEST = 10_000  # rows of one term that are looked at
_COMPARED = 20  # passages of which the nearest wording is taken
_NEAR = 0.8  # share of the words that the nearest wording must have to be what was meant
_FAR = 0.6  # share below which it is something else
_FEW = 10  # paragraphs with words that are quoted beside a topic: more have them by the way
_FITS = 2 / 3  # share of the terms beside a quotation that a paragraph with it must have to be what is asked for
_SPELT_TWO_WAYS = re.compile(r"[iy][sz](?!t)|(?<!t)ou?r")  # terms under which a text may not be found


@dataclass(frozen=True, slots=True)
class Quoted:
    """What was found of a quotation. `paragraphs` come first, as certain as `certain`; `refusal` says why there are none.

    With neither, the question is answered as any other; whether the first hit for it is among `likely` then decides. `held`: the words
    stand in the corpus, or nearly.
    """

    phrase: Phrase
    held: bool
    note: str
    paragraphs: tuple[str, ...] = ()
    certain: float = 0.0
    refusal: str | None = None
    nearest: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()

    def settled(self, hits: Sequence[str]) -> Quoted:
        """With the hits for the whole question, best first: where the words are, the first hit tells that they are what was meant;
        where only some of them are, that it has not the nearest wording tells that nothing was.
        """
        agrees = bool(hits) and hits[0] in self.likely
        if not self.likely or agrees == bool(self.nearest):
            return self
        if self.nearest:
            return replace(self, refusal=self.note)
        return replace(self, paragraphs=tuple(one for one in hits if one in self.likely), certain=1.0)


def look_up(quotation: Quotation, alone: bool, corpus: Searchable, allowed: Scope | None) -> Quoted | None:
    """What is found of the words that a question quotes; None where it is no quotation of paragraphs, as far as is known.

    `alone`: the question asks for the words themselves.
    """
    if not alone and not quotation.is_sentence and not quotation.asks_where:
        return None
    phrase = Phrase.of(quotation.words)
    if not phrase.words:  # only the letters of items: "(a) (b) (c)"
        return None
    matches = corpus.lexical.match(quotation.words)
    best = matches.best(_READ, allowed)
    rows, all_read = _with_all_terms(quotation.words, corpus, allowed)
    rows = rows if len(rows) <= _MOST else matches.best(_MOST, np.sort(rows))
    held = _holding(phrase, distinct(np.concatenate([best, rows])), corpus) or _over_windows(phrase, best, corpus)
    if held:
        return _found(phrase, quotation, alone, held, all_read, corpus)
    first = corpus.passages(best[:_COMPARED].tolist())
    title = any(phrase.ends_in(one.context) for one in first)
    if title or not all_read or not quotation.marked:
        return None
    return _not_found(phrase, quotation, alone, first, "the corpus" if allowed is None else "what is searched")


def _with_all_terms(words: str, corpus: Searchable, allowed: Scope | None) -> tuple[Rows, bool]:
    """Rows that have the rarest terms of some words, as many of these as leave few rows; and whether these are all such rows."""
    written = {term: words[start:end] for term, start, end in split_terms(words) if not _SPELT_TWO_WAYS.search(term)}
    frequencies = corpus.lexical.frequencies(written)
    if not written or len(frequencies) < len(written):
        return np.zeros(0, dtype=np.int64), bool(written)
    rarest, *others = sorted(written, key=frequencies.__getitem__)
    rows = corpus.lexical.match(written[rarest]).best(_WIDEST, allowed)
    for term in others:
        if len(rows) <= _READ:
            break
        rows = rows[corpus.lexical.match(written[term]).at(rows) > 0]
    return rows, len(rows) <= _MOST and frequencies[rarest] <= _WIDEST


def _holding(phrase: Phrase, rows: Rows, corpus: Searchable) -> dict[str, int]:
    """The paragraphs among some rows that have the phrase, each with a row, in their order."""
    passages = zip(rows.tolist(), corpus.passages(rows.tolist()), strict=True)
    return {one.id: row for row, one in passages if _has(phrase, one)}


def _has(phrase: Phrase, passage: Passage) -> bool:
    """Whether a passage has the phrase, or ends what the words above it begin."""
    return phrase.ends_in(passage.text) or (
        bool(passage.context) and phrase.goes_on_with(passage.text) and phrase.ends_in(passage.text, passage.context)
    )


def _over_windows(phrase: Phrase, rows: Rows, corpus: Searchable) -> dict[str, int]:
    """The first paragraph that has the phrase on both sides of where it was cut in two."""
    ids = [one.id for one in corpus.passages(rows[:_COMPARED].tolist())]
    for name in dict.fromkeys(one for one in ids if ids.count(one) > 1):
        with suppress(DamagedError):
            if phrase.ends_in(corpus.generation.paragraph(name)[1].text):
                return {name: int(rows[ids.index(name)])}
    return {}


def _found(
    phrase: Phrase,
    quotation: Quotation,
    alone: bool,
    held: Mapping[str, int],
    all_read: bool,
    corpus: Searchable,
) -> Quoted:
    note = _stand(len(held), all_read)
    names, rows = list(held), list(held.values())
    passages = corpus.passages(rows)
    others = [(one, other) for one in quotation.others if (other := Phrase.of(one)).words]
    lacking = [one for one, other in others if not any(_has(other, passage) for passage in passages)]
    note += "".join(f", {one!r} nowhere in the same" for one in lacking)
    met = [len(quotation.beside & distinct_terms(passage_input(one))) for one in passages]
    adopted = corpus.columns_of(np.array(rows, dtype=np.int64)).adopted.tolist()
    order = sorted(range(len(names)), key=lambda at: (-met[at], -adopted[at], at))
    if not alone:
        few = quotation.asks_where and all_read and len(held) <= _FEW
        fitting = [at for at in order if met[at] >= _FITS * len(quotation.beside)] if few else []
        if len(fitting) == 1:
            return Quoted(phrase, True, note, (names[fitting[0]],), 1.0)
        return Quoted(phrase, True, note, likely=tuple(held) if few and quotation.is_sentence else ())
    newest = ", of what fits alike the newest first" if len(names) > 1 else ""
    return Quoted(phrase, True, note + newest, tuple(names[at] for at in order), 1.0)


def _stand(n: int, all_read: bool) -> str:
    stand = "one paragraph" if n == 1 else f"{n} paragraphs"
    return f"the quoted words stand in {stand}{'' if all_read else ' or more'}"


def _not_found(phrase: Phrase, quotation: Quotation, alone: bool, first: list[Passage], where: str) -> Quoted:
    missing = f"these exact words do not occur in any paragraph of {where}"
    met = {one.id: phrase.met(one.text) for one in reversed(first)}
    ids = sorted(dict.fromkeys(one.id for one in first), key=lambda name: -met[name])
    most, n = met[ids[0]] if ids else 0, len(phrase.words)
    note = (
        f"{missing}: the closest wording, with {most} of the {n} in this order, is that of {ids[0]}"
        if most > 1
        else missing
    )
    best = tuple(name for name in ids if met[name] == most)
    if most >= _NEAR * n:
        return Quoted(phrase, True, note, best if alone else (), most / n)
    if not alone or not quotation.asks_words:
        return Quoted(phrase, False, note)
    if quotation.is_sentence and most >= _FAR * n:
        return Quoted(phrase, True, note, nearest=tuple(ids[:3]), likely=best)
    return Quoted(phrase, False, note, refusal=note, nearest=tuple(ids[:3]))
