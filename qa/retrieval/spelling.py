"""Misspelt words of a question, read as the word of the corpus that was meant.

Only a word that neither the corpus nor English knows is changed, by one letter put in, left out, changed or swapped, and only
where one word of the corpus is clearly meant. What stands in quotation marks is never changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from qa.retrieval.corpus import Corpus
from qa.retrieval.english import is_english, one_letter_away
from qa.retrieval.expansion import curated_letters
from qa.retrieval.quoting import QUOTED
from qa.terms import terms_of

CountTokens = Callable[[Sequence[str]], list[int]]

_WORD = re.compile(r"(?<![\w/.@'’-])[A-Za-z][a-z]{3,24}(?!\w|[/@.'’-]\w)")
_MOST = 6  # words put right in one question: each costs one to two milliseconds
_SHORT, _NAME = 4, 6  # letters up to which, and of a name below which, only what sounds the same is meant
_KNOWN_NAME = 30  # rows that hold a name before so short a name is read as it
_ROWS = 3  # rows that hold a word before another is read as it
_CLEAR = 4  # times as many rows as the next best
_READ = 20  # paragraphs in which the word meant is looked for
_SOUNDS = str.maketrans({"c": "k", "q": "k", "z": "s", "y": "i"})
_SILENT = re.compile(r"(?<=.)[aeiouhw]")


def respell(text: str, corpus: Corpus, count_tokens: CountTokens) -> tuple[str, dict[str, str]]:
    """The text with misspelt words put right, and each of them with what it was read as, in order."""
    quoted = [match.span() for match in QUOTED.finditer(text)]
    words = [match for match in _WORD.finditer(text) if not any(a <= match.start() < b for a, b in quoted)]
    terms = {word: terms[0] for word in dict.fromkeys(one.group() for one in words) if (terms := terms_of(word))}
    held = corpus.lexical.held(terms.values())
    strange = [word for word, term in terms.items() if term not in held and not _known(word, count_tokens)]
    read = {word: meant for word in strange[:_MOST] if (meant := _meant(word, corpus))}
    for match in reversed(words if read else []):
        meant = read.get(match.group(), match.group())
        text = text[: match.start()] + meant + text[match.end() :]
    return text, read


def _known(word: str, count_tokens: CountTokens) -> bool:
    """Whether the word is English, an abbreviation, or held whole by the encoder's vocabulary: then it is spelt as meant."""
    if is_english(word) or word.upper() in curated_letters():
        return True
    return count_tokens([word.lower()])[0] == count_tokens(["a"])[0]


def _meant(word: str, corpus: Corpus) -> str | None:
    """The word of the corpus that is one letter away and clearly meant; None where there is none or more than one."""
    small = word.lower()
    stems: dict[str, set[str]] = {}
    for near in one_letter_away(small):
        begins = near[0] == small[0] or _sound(near) == _sound(small)  # "Quwait"
        terms = terms_of(near) if begins and len(near) >= _SHORT else []
        if terms and (is_english(near) or near.rstrip("es") == terms[0].rstrip("es")):  # any other is no word
            stems.setdefault(terms[0], set()).add(near)
    rows = corpus.lexical.frequencies(stems)
    alike = {stem: n for stem, n in rows.items() if any(_sound(near) == _sound(small) for near in stems[stem])}
    name = word[0].isupper() and len(word) < _NAME
    strict = name or len(word) <= _SHORT
    least = _KNOWN_NAME if name else _ROWS
    among = {stem: n for stem, n in (alike or ({} if strict else rows)).items() if n >= least}
    best, *rest = sorted(among, key=lambda stem: (-among[stem], stem)) or [""]
    if not best or (rest and among[best] < _CLEAR * among[rest[0]]):
        return None
    meant = _as_written(word, stems[best], corpus)
    is_name = meant is not None and meant[0].isupper() and meant[1:].islower()
    return None if is_name and not alike and len(word) < _NAME else meant


def _as_written(word: str, nears: set[str], corpus: Corpus) -> str | None:
    """The most frequent of some words as paragraphs write it; None where none has it, or for a name what is no name."""
    rows = corpus.lexical.match(" ".join(sorted(nears))).best(_READ).tolist()
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(nears))})(?![\w-])", re.I)
    found = Counter[str](form for text, _ in corpus.inputs(rows) for form in pattern.findall(text))
    small = Counter(form for form in found.elements() if form.islower())
    if small and not (word[0].isupper() and len(word) < _NAME):
        meant = small.most_common(1)[0][0]
        return meant.capitalize() if word[0].isupper() else meant
    return found.most_common(1)[0][0] if found and not small else None


def _sound(word: str) -> str:
    """What words that sound alike have in common: the consonants, each once in a row."""
    return _SILENT.sub("", re.sub(r"(.)\1+", r"\1", word.replace("ph", "f").translate(_SOUNDS)))
