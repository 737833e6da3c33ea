"""Compare paragraphs of two readings of one resolution, blanks and marks of punctuation left aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

SIMILAR = 0.98
_BLANKS = re.compile(r"[\s\u00ad\u200b]+")
_FOLD = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"}
)


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph of a reading: the printed number ("" where none) and the text."""

    number: str
    text: str
    kind: str = ""

    @property
    def key(self) -> str:
        """The text without blanks, quotation marks and hyphens told apart no more."""
        return _BLANKS.sub("", self.text).translate(_FOLD)


@dataclass(slots=True)
class Tally:
    """Found, expected and right, summed over documents; `misses` are the differences, for a person to look at."""

    found: int = 0
    expected: int = 0
    right: int = 0
    misses: list[tuple[str, str, str]] = field(default_factory=list)  # (document, "missing" or "extra", text)

    @property
    def recall(self) -> float:
        """Share of the expected that was found; NaN where nothing was expected."""
        return self.right / self.expected if self.expected else float("nan")

    @property
    def precision(self) -> float:
        """Share of the found that was expected; NaN where nothing was found."""
        return self.right / self.found if self.found else float("nan")

    def add(self, name: str, found: Sequence[Item], expected: Sequence[Item]) -> None:
        """Match the two readings of one document, in order, by number and text."""
        pairs, missing, extra = match(found, expected)
        self.found += len(found)
        self.expected += len(expected)
        self.right += pairs
        self.misses.extend((name, "missing", f"{i.number} {i.text}") for i in missing)
        self.misses.extend((name, "extra", f"{i.number} {i.text}") for i in extra)


def similarity(a: str, b: str) -> float:
    """From 0 to 1, of two keys; equal texts cost nothing, and plainly different ones little."""
    if a == b:
        return 1.0
    if not a or not b or 2 * min(len(a), len(b)) / (len(a) + len(b)) < SIMILAR:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.quick_ratio() < SIMILAR:
        return 0.0
    return matcher.ratio()


def match(
    found: Sequence[Item], expected: Sequence[Item], same: Callable[[Item, Item], bool] | None = None
) -> tuple[int, list[Item], list[Item]]:
    """(pairs, expected without a partner, found without one): each expected item takes the first free equal one."""
    free: dict[str, list[int]] = {}
    for index, item in enumerate(found):
        free.setdefault(item.number, []).append(index)
    taken: set[int] = set()
    missing: list[Item] = []
    for item in expected:
        key = item.key
        for index in free.get(item.number, ()):
            if index not in taken and (
                same(found[index], item) if same else similarity(found[index].key, key) >= SIMILAR
            ):
                taken.add(index)
                break
        else:
            missing.append(item)
    return len(taken), missing, [f for index, f in enumerate(found) if index not in taken]
