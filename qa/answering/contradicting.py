"""Whether a paragraph says the opposite of what a question takes to be so: "by six months?" where it says three.

A question that states something ("did the Council ...?", "is it right that ...?") is read for values (`stated`), for whom it says was
asked (`addressed`), and for what the organ did. A paragraph contradicts it where it states values of the same kind and none of them is
the question's. What does not clearly contradict is not told: a value that stands anywhere in the paragraph or in what opens it may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.addressed import AskedWhom, asked_in, others_asked
from qa.answering.citing import chapeau_of
from qa.answering.placed import is_placed, misplaced
from qa.answering.stated import Value, values_in
from qa.answering.turned import Deeds, begins_with_deed, deeds_in
from qa.records import Paragraph, Resolution

# What begins a question that states something; "who", "when", "how many" ask. One without such words states it where it has a verb.
_WHETHER = re.compile(
    r"\A\W*(?:(?:and|so|but|ok|then) )?(?:did|does|do|was|were|is|are|has|have|had|will|would|should|shall|must|can|could|may)(?:n['’]t)?\b",
    re.I,
)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)\b", re.I)
_EITHER = re.compile(r"\bor\b", re.I)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|do|does|will|must|shall|should|can|may|needs?|counts?|calls?|asks?|requests?|urges?|demands?|says?|wants?)\b",
    re.I,
)
_DEED = "deed"
_PLACE = "place"
_THERE = "the {} paragraph"
_LISTED = "an item of the {} paragraph's list"
_OPENS = "what opens the {} paragraph"
_ASKED = "asked"
_DAYS = frozenset({"end", "day", "time"})
_SPANS = frozenset({"length", "delay", "span"})
_MEANT = {"length": _SPANS, "delay": _SPANS, "end": _DAYS, "day": _DAYS, "count": frozenset({"count", "number"})}
_ASSEMBLY = re.compile(r"A/RES/(?P<session>\d+)/")
_MOST_SHOWN = 3
_SURE = frozenset({"length", "often", "share", "count", "end", "day"})  # the other kinds fired too seldom to be known
_STATED = _SURE | {"delay", "sum", "session"}
_OFTEN = frozenset({"often"})
_YEAR = 12  # months: "annual" and "monthly" are said of other things in the same paragraph


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a question states and the paragraph states otherwise: the words of both, as they are written there."""

    kind: str
    stated: str
    held: tuple[str, ...]
    sure: bool = True  # of this kind hardly any right paragraph is told to say otherwise
    where: str = _THERE

    def told(self, which: str) -> str:
        """In words, for the user; `which` paragraph is meant."""
        held = " and ".join(f"'{one}'" for one in self.held)
        where = self.where.format(which)
        if self.kind == _ASKED:
            return f"the question has '{self.stated}' asked; {where} asks {held}"
        return f"the question says '{self.stated}'; {where} says {held}"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The paragraph that is nearest: its text, that of what opens it, its resolution's symbol, when it was adopted (year, month, day)."""

    text: str
    opening: str = ""
    symbol: str = ""
    adopted: tuple[int, int, int] = (0, 0, 0)

    @classmethod
    def of(cls, resolution: Resolution, paragraph: Paragraph) -> Nearest:
        """From the corpus."""
        opening, day = chapeau_of(resolution, paragraph), resolution.adopted
        adopted = (day.year, day.month, day.day) if day else (0, 0, 0)
        return cls(paragraph.text, opening.text if opening else "", str(resolution.symbol), adopted)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question states: values, whom it has asked, and what it has the organ do."""

    question: str
    values: tuple[Value, ...]
    asked: AskedWhom | None
    deeds: Deeds | None
    placed: bool = False

    def against(self, nearest: Nearest) -> Contradiction | None:
        """The first of it that a paragraph states otherwise; None where there is none."""
        return self._values(nearest) or self._asked(nearest) or self._deed(nearest) or self._place(nearest)

    def _values(self, nearest: Nearest) -> Contradiction | None:
        stated = [one for one in self.values if not _is_its_own_time(one, nearest)]
        kinds = {one.kind for one in stated}
        held = values_in(nearest.text, kinds) if kinds else []
        around = [*held, *values_in(nearest.opening, kinds)] if kinds else []
        for kind in dict.fromkeys(one.kind for one in stated):
            asked = [one for one in stated if one.kind == kind]
            meant = [other for other in around if other.kind in _MEANT.get(kind, {kind})]
            if any(one.is_like(other) and not _is_of_another(one, other, held) for one in asked for other in meant):
                continue
            for one in asked:
                others = [other for other in held if other.kind == kind and _comparable(one, other)]
                exact = [other for other in others if other.noun and other.noun == one.noun]
                if any(one.is_like(other) for other in meant):  # of something else
                    words = dict.fromkeys(_with_noun(nearest.text, other) for other in exact)
                    return Contradiction(kind, _with_noun(self.question, one), tuple(words)[:_MOST_SHOWN])
                if others:
                    words = dict.fromkeys(nearest.text[slice(*other.span)] for other in others)
                    sure = kind in _SURE and not (kind == "often" and one.amount[0] <= _YEAR)
                    return Contradiction(kind, self.question[slice(*one.span)], tuple(words)[:_MOST_SHOWN], sure)
        return None

    def beside(self, nearest: Nearest, others: Sequence[Nearest]) -> Contradiction | None:
        """How often something is, which the nearest does not say, and an item beside it says otherwise."""
        stated = [one for one in self.values if one.kind == "often" and one.amount[0] > _YEAR]
        if not stated or values_in(f"{nearest.opening}\n{nearest.text}", _OFTEN):
            return None
        said = [(other.text, value) for other in others for value in values_in(other.text, _OFTEN)]
        if not said or any(one.is_like(value) for one in stated for _, value in said):
            return None
        words = tuple(dict.fromkeys(text[slice(*value.span)] for text, value in said))
        return Contradiction("often", self.question[slice(*stated[0].span)], words[:_MOST_SHOWN], where=_LISTED)

    def _asked(self, nearest: Nearest) -> Contradiction | None:
        found = others_asked(self.asked, nearest.text, nearest.opening) if self.asked else ()
        others = tuple(one for one in found if one in nearest.text)
        return Contradiction(_ASKED, self.asked.words, others[:_MOST_SHOWN]) if self.asked and others else None

    def _deed(self, nearest: Nearest) -> Contradiction | None:
        found = self.deeds.turned_in(nearest.text, nearest.opening) if self.deeds else None
        return Contradiction(_DEED, found[0], (found[1],)) if found else None

    def _place(self, nearest: Nearest) -> Contradiction | None:
        found = misplaced(self.question, nearest.text, nearest.opening) if self.placed else None
        if found is None:
            return None
        where = _THERE if found[1] in nearest.text else _OPENS
        return Contradiction(_PLACE, found[0], (found[1],), where=where)


def claim_in(question: str) -> Claim | None:
    """What a question states, so that a text may say otherwise; None where it only asks, gives a choice, or states nothing of the kind."""
    if _EITHER.search(question):
        return None
    states = _states(question)  # what only asks takes things for granted: "why did the Council oppose it?"
    values = tuple(one for one in values_in(question) if one.kind in _STATED) if states else ()
    asked, deeds = asked_in(question, states=states), deeds_in(question, states=states)
    placed = states and is_placed(question)
    return Claim(question, values, asked, deeds, placed) if values or asked or deeds or placed else None


def takes_for_granted(question: str) -> bool:
    """Whether a question only asks, and gives no choice: what it says of others it takes for granted."""
    return not _states(question) and not _EITHER.search(question)


def _states(question: str) -> bool:
    if _WHETHER.search(question):
        return True
    return not _ASKS.search(question) and bool(_VERB.search(question) or begins_with_deed(question))


def _comparable(one: Value, other: Value) -> bool:
    """Whether two values of a kind are of one thing, as far as that is told."""
    if one.kind in ("length", "delay"):
        return one.amount[0] == other.amount[0]
    return bool(one.about & other.about) if one.kind == "count" else True


def _is_of_another(one: Value, other: Value, held: Sequence[Value]) -> bool:
    """Whether a number like the question's is of something else, and another number is of what the question counts: "74 Governments,
    23 organizations and 574 groups".
    """
    if one.kind != "count" or other.kind != "count" or not (one.noun and other.noun) or one.about & other.about:
        return False
    return any(each.kind == "count" and each.noun == one.noun and not one.is_like(each) for each in held)


def _with_noun(text: str, value: Value) -> str:
    start, end = value.span
    after = text[end:].split(maxsplit=1)
    return f"{text[start:end]} {after[0].rstrip(',.;:?')}" if after else text[start:end]


def _is_its_own_time(one: Value, nearest: Nearest) -> bool:
    """Whether a day is that on which the paragraph was adopted, or a session that of its adoption."""
    if one.kind == "session":
        assembly = _ASSEMBLY.match(nearest.symbol)
        return assembly is not None and one.amount == (float(assembly["session"]),)
    return one.kind in _DAYS and all(a == b for a, b in zip(one.amount, nearest.adopted, strict=True) if a and b)
