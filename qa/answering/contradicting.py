"""Whether a paragraph says the opposite of what a question takes to be so: "by six months?" where it says three.

A question that states something ("did the Council ...?", "is it right that ...?") is read for values (`stated`), for whom it says was
asked (`addressed`), and for what the organ did. A paragraph contradicts it where it states values of the same kind and none of them is
the question's. What does not clearly contradict is not told: a value that stands anywhere in the paragraph or in what opens it may be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answering.addressed import Asked, asked_in, others_asked
from qa.answering.citing import chapeau_of
from qa.answering.stated import Value, values_in
from qa.records import Paragraph, Resolution

# What begins a question that states something; "who", "when", "how many" ask. One without such words states it where it has a verb.
_WHETHER = re.compile(
    r"\A\W*(?:(?:and|so|but|ok|then) )?(?:did|does|do|was|were|is|are|has|have|had|will|would|should|shall|must|can|could|may)(?:n['’]t)?\b",
    re.I,
)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)\b", re.I)
_EITHER = re.compile(r"\bor\b", re.I)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|did|will|must|shall|should|can|may)\b", re.I)
_ORGAN = r"(?:(?:security|human rights) council|general assembly|council|assembly|un|united nations|unsc|unga)"
_TIME = r"(?:(?:in|on|at|of) (?:[\w’'-]+ ){1,4}?)?"
_DID = re.compile(
    rf"\A\W*(?:did |does |has |have |had )?{_TIME}(?:the )?{_ORGAN} {_TIME}(?:really |ever |also |again |indeed |strongly )?(?P<verb>[a-z]+)\b",
    re.I,
)
# Deeds of an organ, and those that are the opposite: what a question has for one, and what a paragraph has for the other.
_PRAISES = r"(?:commend|prais|welcom|congratulat|applaud|hail|salut)(?:e?s|e?d|ing|e)?"
_BLAMES = r"(?:condemn|deplor|censur|denounc)(?:e?s|e?d|ing|e)?"
_ENDS = r"(?:lift|terminat|remov|revok|rescind|abolish)(?:e?s|e?d|ing|e)?"
_KEEPS = r"(?:reaffirm|maintain|extend|renew|prolong)(?:s|ed|ing)?|remains? in force"
_OPPOSED = (
    (
        re.compile(rf"{_PRAISES}\Z", re.I),
        re.compile(rf"\b(?:{_PRAISES})\b", re.I),
        re.compile(rf"\b(?:{_BLAMES})\b", re.I),
    ),
    (
        re.compile(rf"{_BLAMES}\Z", re.I),
        re.compile(rf"\b(?:{_BLAMES})\b", re.I),
        re.compile(rf"\b(?:{_PRAISES})\b", re.I),
    ),
    (re.compile(rf"{_ENDS}\Z", re.I), re.compile(rf"\b(?:{_ENDS})\b", re.I), re.compile(rf"\b(?:{_KEEPS})\b", re.I)),
    (
        re.compile(r"(?:extend|renew|prolong)(?:s|ed)?\Z", re.I),
        re.compile(rf"\b(?:{_KEEPS})\b", re.I),
        re.compile(rf"\b(?:{_ENDS})\b", re.I),
    ),
)
_DEED = "deed"
_ASKED = "asked"
_DAYS = frozenset({"end", "day", "time"})
_SPANS = frozenset({"length", "delay", "span"})
_MEANT = {"length": _SPANS, "delay": _SPANS, "end": _DAYS, "day": _DAYS, "count": frozenset({"count", "number"})}
_ASSEMBLY = re.compile(r"A/RES/(?P<session>\d+)/")
_MOST_SHOWN = 3
_SURE = frozenset({"length", "often", "share", "count", "end", "day"})  # the other kinds fired too seldom to be known
_STATED = _SURE | {"delay", "sum", "session"}
_YEAR = 12  # months: "annual" and "monthly" are said of other things in the same paragraph


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a question states and the paragraph states otherwise: the words of both, as they are written there."""

    kind: str
    stated: str
    held: tuple[str, ...]
    sure: bool = True  # of this kind hardly any right paragraph is told to say otherwise

    def told(self, which: str) -> str:
        """In words, for the user; `which` paragraph is meant."""
        held = " and ".join(f"'{one}'" for one in self.held)
        if self.kind == _ASKED:
            return f"the question has '{self.stated}' asked; the {which} paragraph asks {held}"
        return f"the question says '{self.stated}'; the {which} paragraph says {held}"


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
    asked: Asked | None
    deed: str | None

    def against(self, nearest: Nearest) -> Contradiction | None:
        """The first of it that a paragraph states otherwise; None where there is none."""
        return self._values(nearest) or self._asked(nearest) or self._deed(nearest)

    def _values(self, nearest: Nearest) -> Contradiction | None:
        stated = [one for one in self.values if not _is_its_own_time(one, nearest)]
        kinds = {one.kind for one in stated}
        held = values_in(nearest.text, kinds) if kinds else []
        around = [*held, *values_in(nearest.opening, kinds)] if kinds else []
        for kind in dict.fromkeys(one.kind for one in stated):
            asked = [one for one in stated if one.kind == kind]
            if any(one.is_like(other) for one in asked for other in around if other.kind in _MEANT.get(kind, {kind})):
                continue
            for one in asked:
                others = [other for other in held if other.kind == kind and _comparable(one, other)]
                if others:
                    words = dict.fromkeys(nearest.text[slice(*other.span)] for other in others)
                    sure = kind in _SURE and not (kind == "often" and one.amount[0] <= _YEAR)
                    return Contradiction(kind, self.question[slice(*one.span)], tuple(words)[:_MOST_SHOWN], sure)
        return None

    def _asked(self, nearest: Nearest) -> Contradiction | None:
        found = others_asked(self.asked, nearest.text, nearest.opening) if self.asked else ()
        others = tuple(one for one in found if one in nearest.text)
        return Contradiction(_ASKED, self.asked.words, others[:_MOST_SHOWN]) if self.asked and others else None

    def _deed(self, nearest: Nearest) -> Contradiction | None:
        for deed, same, opposite in _OPPOSED if self.deed else ():
            if self.deed and deed.match(self.deed):
                held = opposite.search(nearest.text)
                told = held is not None and not same.search(f"{nearest.opening}\n{nearest.text}")
                return Contradiction(_DEED, self.deed, (held[0],)) if held and told else None
        return None


def claim_in(question: str) -> Claim | None:
    """What a question states, so that a text may say otherwise; None where it only asks, gives a choice, or states nothing of the kind."""
    if not _states(question) or _EITHER.search(question):
        return None
    values = tuple(one for one in values_in(question) if one.kind in _STATED)
    did, asked = _DID.match(question), asked_in(question)
    deed = did["verb"] if did and any(one.match(did["verb"]) for one, _, _ in _OPPOSED) else None
    return Claim(question, values, asked, deed) if values or asked or deed else None


def _states(question: str) -> bool:
    if _WHETHER.search(question):
        return True
    return not _ASKS.search(question) and bool(_VERB.search(question) or _DID.match(question))


def _comparable(one: Value, other: Value) -> bool:
    """Whether two values of a kind are of one thing, as far as that is told."""
    if one.kind in ("length", "delay"):
        return one.amount[0] == other.amount[0]
    return bool(one.about & other.about) if one.kind == "count" else True


def _is_its_own_time(one: Value, nearest: Nearest) -> bool:
    """Whether a day is that on which the paragraph was adopted, or a session that of its adoption."""
    if one.kind == "session":
        assembly = _ASSEMBLY.match(nearest.symbol)
        return assembly is not None and one.amount == (float(assembly["session"]),)
    return one.kind in _DAYS and all(a == b for a, b in zip(one.amount, nearest.adopted, strict=True) if a and b)
