"""Abbreviations in a question, and what the corpus itself spells out beside them: "United Nations Interim Force (UNIF)".

A vector knows only the abbreviations that its model was taught. Here the corpus is asked: which of the paragraphs with the letters,
or with the name that some paragraph gives them, hold them word for word. Nothing is stored: the table is always the corpus's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.retrieval.corpus import Corpus, Floats, Rows, Scope
from qa.retrieval.english import is_english
from qa.retrieval.expansion import curated_letters
from qa.terms import distinct_terms

_LETTERS = re.compile(r"(?<![\w/.-])(?:[A-Z]{2,}+(?:-[A-Z]++)++(?<=[A-Z]{2})|[A-Z]{3,}+)(?:'s|’s|s)?(?![\w/-])")
_WORD = re.compile(r"(?<![\w/.-])[A-Za-z]{2,}+(?:-[A-Za-z]++)*+(?:'s|’s)?(?![\w/-])")
_ENDING = re.compile(r"(?:'s|’s|(?<=[A-Z])s)$")
# Organs and the like, which the question is read for elsewhere.
_EVERYWHERE = frozenset({"UNO", "ONU", "USA", "UNGA", "UNSC", "SCR", "UNSCR", "HRC", "UNHRC", "ECOSOC"})
_JOINING = "of|for|and|the|in|on|to|against|de|la"
_MOST = 60  # paragraphs read for each wording
_LITTLE = 2  # terms of a question beside its letters with which the encoder reads the name in their place
_ASKED = 4  # abbreviations looked up in one question: each costs about a millisecond


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Those of one question that the corpus holds: abbreviation -> rows that hold it, as it is or spelt out; and -> its names."""

    rows: Mapping[str, Rows]
    names: Mapping[str, tuple[str, ...]]

    def share(self, rows: Rows) -> Floats:
        """For each of `rows`, which share of the abbreviations it holds, each worth 1 over the root of its rows; else 0."""
        held = [np.isin(rows, found) / np.sqrt(len(found)) for found in self.rows.values()]
        return np.mean(held, axis=0, dtype=np.float32) if held else np.zeros(len(rows), dtype=np.float32)


def abbreviations_in(question: str) -> tuple[str, ...]:
    """The first few abbreviations, once each: words of three and more capitals; in any case those of the names table.

    Of a question that is all in capitals, and of small letters, only what is no English word.
    """
    shouted = question.isupper()
    found = [
        letters.upper()
        for one in _WORD.findall(question)
        if (letters := _ENDING.sub("", one))
        and (
            not is_english(letters)
            if shouted and _LETTERS.fullmatch(one)
            else _LETTERS.fullmatch(one) or (letters.upper() in curated_letters() and not is_english(letters))
        )
    ]
    return tuple(dict.fromkeys(one for one in found if len(one) > 2 and one not in _EVERYWHERE))[:_ASKED]


def look_up(asked: Sequence[str], corpus: Corpus, allowed: Scope | None = None) -> Abbreviations:
    """What the corpus knows of abbreviations; one that it holds neither as it is nor spelt out is left out."""
    rows: dict[str, Rows] = {}
    names: dict[str, tuple[str, ...]] = {}
    for letters in asked:
        texts = _texts(corpus, letters, allowed)
        found = {row for row, text in texts.items() if re.search(rf"(?<!\w){letters}(?!\w)", text)}
        mined = spelt_out(letters, list(texts.values()))
        wordings = []
        for name in dict.fromkeys([*([mined] if mined else []), *curated_letters().get(letters, ())]):
            also = {
                row
                for row, text in _texts(corpus, name, allowed).items()
                if name.lower() in text.replace("’", "'").lower()
            }
            found |= also
            wordings += [name] if also else []
        if found:
            rows[letters] = np.array(sorted(found), dtype=np.int64)
        if wordings:
            names[letters] = tuple(wordings)
    return Abbreviations(rows, names)


def spelt(text: str, known: Abbreviations) -> str:
    """The text with its abbreviations spelt out, where little else is in it; elsewhere the letters say enough."""
    words = {"" if term[0].isdigit() else term for term in distinct_terms(text)}  # "2024/25" says as little as "2024"
    if len(words - distinct_terms(" ".join(known.names))) > _LITTLE:
        return text
    for letters, names in known.names.items():
        text = re.sub(rf"(?<![\w-]){letters}(?:['’]?s)?(?![\w-])", names[0], text, flags=re.I)
    return text


def spelt_out(letters: str, texts: Sequence[str]) -> str | None:
    """The name that most of `texts` give before the abbreviation in brackets; of equal ones the first."""
    before = re.compile(rf"(?<!\w)((?:[A-Z][\w’'-]{{1,60}}+,? (?:(?:{_JOINING}) )*){{2,10}})\({letters}\)")
    found = Counter(
        name for text in texts for match in before.finditer(text) if (name := _name(match.group(1).strip(), letters))
    )
    return found.most_common(1)[0][0] if found else None


def _name(words: str, letters: str) -> str | None:
    """The end of `words` that begins with the abbreviation's first letter and holds most others as initials; the longest."""
    listed = words.split()
    for start, word in enumerate(listed):
        initials = "".join(one[0] for one in listed[start:])
        if word[0] == letters[0] and sum(one in initials.upper() for one in letters) * 2 > len(letters):
            return " ".join(listed[start:])
    return None


def _texts(corpus: Corpus, wording: str, allowed: Scope | None) -> dict[int, str]:
    """Row -> what the encoder saw of it, for the rows that match a wording best."""
    rows = corpus.lexical.match(wording).best(_MOST, allowed).tolist()
    return {row: text for row, (text, _) in zip(rows, corpus.inputs(rows), strict=True)} if rows else {}
