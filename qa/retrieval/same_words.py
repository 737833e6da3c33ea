"""Whether a text holds some words as a phrase, and how nearly: case, accents, punctuation, hyphens (those at the end of a line
too), note numbers glued to a word and the spellings -ise/-ize and -our/-or make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from qa.records import Span

_UNSAID = re.compile(
    r"[\u0300-\u036f\u00ad]"  # accents, soft hyphens
    r"|(?<=[a-z]{2}o)u(?=r)"  # honour, honor
    r"|\((?:[a-z]|[ivx]{2,5})\)"  # the letter of an item
    r"|(?<=[a-z]{3})\d{1,2}(?!\w)|(?<=[a-z)][.,;:])\d{1,2}(?![\w/.-])"  # the Charter1 and,2
)
_BETWEEN = re.compile(r"[\W_]+")
_LEFT_OUT = re.compile(r"\.\.\.|…|\[…\]")
_CHUNK = re.compile(r"\S+")
_BEGINNING = 40  # characters: more than any first word has
_SLACK = 3  # words that the nearest wording may have more, on either side


def fold(text: str) -> str:
    """The words of a text as they are compared, one blank between them; what is folded chunk by chunk is the same."""
    plain = (text if text.isascii() else unicodedata.normalize("NFKD", text)).lower()
    return _BETWEEN.sub(" ", _UNSAID.sub("", plain)).replace("z", "s").strip()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words looked for; `pieces` are what stands between dots of omission, folded, without blanks."""

    words: tuple[str, ...]
    pieces: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Phrase:
        """From what is quoted."""
        folded = [one for part in _LEFT_OUT.split(text) if (one := fold(part))]
        return cls(tuple(" ".join(folded).split()), tuple(one.replace(" ", "") for one in folded))

    def ends_in(self, text: str, before: str = "") -> bool:
        """Whether the phrase stands in a text or reaches into it from the words `before` it."""
        return self._found(fold(text), fold(before)) is not None

    def goes_on_with(self, text: str) -> bool:
        """Whether the phrase may have begun before a text: it has the text's first word."""
        return fold(text[:_BEGINNING]).partition(" ")[0] in self.words

    def place_in(self, text: str) -> Span | None:
        """The stretch of a text that is the phrase, to whole words; None where it is not in it."""
        found = self._found(fold(text), "")
        if found is None:
            return None
        chunks = list(_CHUNK.finditer(text))
        ends = list(accumulate(len(fold(one.group()).replace(" ", "")) for one in chunks))
        first = next(at for at, end in enumerate(ends) if end > found[0])
        last = next(at for at, end in enumerate(ends) if end >= found[1])
        start = chunks[first].start()
        return Span(start, start + len(text[start : chunks[last].end()].rstrip(",;:")))

    def met(self, text: str) -> int:
        """How many of its words the stretch of a text that is nearest to it has in the same order."""
        theirs = fold(text).split()
        whole = SequenceMatcher(None, self.words, theirs, autojunk=False)
        block = whole.find_longest_match()
        start = max(0, block.b - block.a - _SLACK)
        near = theirs[start : block.b - block.a + len(self.words) + _SLACK]
        return sum(one.size for one in SequenceMatcher(None, self.words, near, autojunk=False).get_matching_blocks())

    def _found(self, text: str, before: str) -> tuple[int, int] | None:
        """Where the phrase stands in the letters of both, its last piece ending in the text."""
        letters = (before + text).replace(" ", "")
        if any(piece not in letters for piece in self.pieces):
            return None
        bounds = {0, *accumulate(map(len, f"{before} {text}".split()))}
        *others, last = self.pieces
        start, at = -1, 0
        for piece in others:
            found = _whole(piece, letters, at, bounds)
            if found < 0:
                return None
            start, at = (found if start < 0 else start), found + len(piece)
        found = _whole(last, letters, max(at, len(before.replace(" ", "")) - len(last) + 1), bounds)
        return None if found < 0 else ((found if start < 0 else start), found + len(last))


def _whole(piece: str, letters: str, at: int, bounds: set[int]) -> int:
    """Where a piece next stands as whole words; -1 where it does not."""
    found = letters.find(piece, at)
    while found >= 0 and not (found in bounds and found + len(piece) in bounds):
        found = letters.find(piece, found + 1)
    return found
