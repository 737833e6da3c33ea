"""Words of a question that its asker does not want read as a time, an organ, a reference or an event: they count as words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.symbols.spelling import blanked


def without(text: str, ignored: Iterable[str]) -> str:
    """The text with blanks wherever ignored words stand in it, whole and in any case; places stay."""
    return blanked(text, [match.span() for words in ignored for match in _pattern(words).finditer(text)])


def stands_in(words: str, text: str) -> bool:
    """Whether such words stand in a text, so that they can be ignored there."""
    return _pattern(words).search(text) is not None


def _pattern(words: str) -> re.Pattern[str]:
    said = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?:\b|(?=\W)){said}(?:\b|(?<=\W))", re.I)
