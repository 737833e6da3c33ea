"""What a lookup found."""

from __future__ import annotations

from dataclasses import dataclass

from qa.ids import label_of

CERTAIN = 1.0
"""How sure it is that the first paragraph answers, where the very thing that is asked for is looked up."""
LIKELY = 0.9
"""And where words or verbs tell it: set by hand, after what was found had been read."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The paragraphs that were asked for by what they have, do, cite or are called, with how certain that is; or only why there are none.

    `note` says to people what was read how. `refuses`: nothing answers, and the paragraphs are the nearest. `words`: what is marked in
    them; "" for all of each. `instead`: of a paragraph that is named something else is asked than what it says.
    """

    paragraphs: tuple[str, ...]
    note: str
    certain: float = 0.0
    refuses: bool = False
    words: str = ""
    instead: bool = False

    @property
    def labels(self) -> list[str]:
        """Those of the paragraphs, without their texts' symbols."""
        return [label_of(one) for one in self.paragraphs]
