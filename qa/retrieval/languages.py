"""Whether a question is in another language than English, told by its letters or its small words (`languages.toml`).

The texts are English, and so is what the encoder was taught: of a question in another language only what it names outright is sure.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.symbols.foreign import WORDS, in_english

_APART = str.maketrans(dict.fromkeys("'’-–—/.,;:!?¿¡\"“”„«»()[]", " "))
_LEAST = 2  # small words of a language that are no accident
_OTHER_LETTERS = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")
_LATIN = re.compile(r"[a-z]")  # capitals may be a symbol's
# Of each English word in it a question needs more than two of another language: names have some ("the Frente para la ...").
_ENGLISH = frozenset(
    "the of what which who whom whose how when where why is are were does did has have had and for by from with that about its must "
    "should shall may any be been under against this these those there it between into their they to if not at than".split()
)
_FOR_EACH = 2
_ENGLISH_TOO = frozenset("die was per son come pour des sans".split())  # they count, and tell nothing alone


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its English name, its small words or the range of its letters, and what is said in it."""

    name: str
    sentence: str
    words: frozenset[str] = frozenset()
    script: re.Pattern[str] | None = None

    @property
    def reason(self) -> str:
        """Why a question in it is not answered, in English and in it."""
        return f"the question seems to be in {self.name}; {self.mend}"

    @property
    def mend(self) -> str:
        """What helps, in English and in it."""
        return f"the texts and the search are in English: ask in English. {self.sentence}"


@cache
def _languages() -> tuple[Language, ...]:
    raw = tomllib.loads(files("qa.retrieval").joinpath("languages.toml").read_text(encoding="utf-8"))
    return tuple(
        Language(
            name,
            row["sentence"],
            frozenset(row.get("words", "").split()),
            re.compile(f"[{row['script']}]") if "script" in row else None,
        )
        for name, row in raw.items()
    )


@cache
def _small_words() -> frozenset[str]:
    return frozenset[str]().union(*(one.words for one in _languages())) - _ENGLISH


@cache
def _telling() -> frozenset[str]:
    """Words of which an English question has hardly any: a look at them spares it all else."""
    return (_small_words() | WORDS) - _ENGLISH_TOO


def read_language(text: str) -> tuple[str, Language | None]:
    """The text with its references in English, and its language; None for English, and where nothing tells."""
    if not _OTHER_LETTERS.search(text) and _telling().isdisjoint(text.lower().translate(_APART).split()):
        return text, None
    return in_english(text), language_of(text)


def language_of(text: str) -> Language | None:
    """The language of a question that is not in English; None for English, and where nothing tells."""
    if found := _by_script(text):
        return found
    first, *others = text.translate(_APART).split(maxsplit=1) or [""]
    words = frozenset([first.lower(), *" ".join(others).split()])  # small words are written small: "UN", "El Niño"
    foreign = words & _small_words()
    if len(foreign) < _LEAST or len(foreign) <= _FOR_EACH * len(words & _ENGLISH):
        return None
    best = max(_languages(), key=lambda one: len(one.words & foreign))  # of equal ones the first of the table
    return best if len(best.words & foreign) >= _LEAST else None


def _by_script(text: str) -> Language | None:
    latin = len(_LATIN.findall(text))
    scripts = ((one, one.script) for one in _languages() if one.script is not None)
    return next((one for one, script in scripts if len(script.findall(text)) > latin), None)
