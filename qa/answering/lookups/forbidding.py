"""What acts forbid States to do with another, and what ends that: "Decides that all States shall prevent the sale or supply of arms".

Exceptions, committees, penalties and calls to comply are none, whatever words they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qa.answering.countries import as_spoken, countries_in
from qa.answering.lookups.deeds import done_by
from qa.answering.lookups.targets import without_bystanders
from qa.passages import passage_input
from qa.records import Kind, Paragraph, Passage, Resolution, Strength
from qa.symbols import Organ

_OPENS = 900  # code points in which an act tells what States shall do
_ASKS = 200  # in which one that only asks does
_SAVES = 120  # and in which an act tells that it is an exception

_AGAINST = 3  # States that an act may name: what is forbidden towards more is a truce, not measures against one of them

# What may be forbidden: how a question calls it, and what stands in the act.
GOODS = {
    "arms": (
        r"arms|weapons?|military",
        r"\b(?:arms|weapons?|ammunition|mat[eé]riel|armaments?|military (?:equipment|vehicles|assistance|material)|war material)\b",
    ),
    "oil": (r"oil|petroleum|petrol|fuel", r"\b(?:petroleum|oil|fuel)\b"),
    "trade": (
        r"trade|trading|economic|import|export|commercial|goods",
        r"\b(?:import|export|trade|sale|supply|shipment|commodit|products|trans-?ship|transport|traffic)",
    ),
    "funds": (
        r"financial|assets?|funds?|bank(?:ing)?|investment",
        r"\b(?:funds|financial|assets|payments?|loans|credits?|invest|transfer|banking)",
    ),
    # "using their vessels or aircraft" forbids no flight
    "air": (
        r"air|flights?|aviation",
        r"(?<!vessels or )(?<!vessels and )(?<!stock and )(?<!stock, )(?<!military )(?<!other )\b(?:aircraft|flights?|air\b|airline)",
    ),
    "travel": (r"travel|visa|entry", r"\b(?:entry|passport|travel)"),
    "diplomatic": (r"diplomatic", r"\b(?:diplomatic|consular)"),
    "sports": (r"sports?|cultural|scientific", r"\b(?:sport|cultural|scientific)"),
}
ALL_GOODS = re.compile(
    "|".join(stands for _, stands in GOODS.values()) + r"|\b(?:nuclear|coins|krugerrands?|vessels|postal)\b", re.I
)
_FORBIDS = re.compile(
    r"\b(?:prevent|prohibit|den(?:y|ies)\b|freez|embargo|suspend|cease|refrain|ban\b|interrupt|sever\b|reduce|withhold|discontinu|discourage|boycott"
    r"|impound|not (?:to )?(?:supply|sell|permit|make|allow|provide|carry))",
    re.I,
)
_ENDS = re.compile(
    r"\b(?:terminat\w*|lift\w*|suspend\w*|discontinu\w*|revok\w*|rescind\w*|no longer apply|cease to)\b(?! (?:the |immediately )*suspension)",
    re.I,
)
MEASURES = r"(?:measures|sanctions|embargo|prohibitions?|restrictions)"
"""How acts speak of what was forbidden before."""
_IN_FORCE = re.compile(
    rf"\b{MEASURES}\b.{{0,80}}\b(?:imposed|taken|set (?:out|forth)|against|under|of resolution)\b",
    re.I | re.S,
)
_BY = re.compile(
    r"\b(?:States|Governments|Members|countries)\b|\Adecides to (?:prohibit|impose|establish a ban)",
    re.I,
)
_EXCEPTS = re.compile(
    r"\b(?:not apply|may authori[sz]e|exempt|violat|implement|observ|investigat|terminat|lift\b|resum|report|committee|provisions|readiness|monitor"
    r"|stud(?:y|ies)\b|examin|review|negotiat|information|hijack|parties to|agenda|abide|comply)",
    re.I,
)
_LISTS_EXCEPTIONS = re.compile(r"\bexcept(?:ions?)?\b[^.;]{0,60}:\s*\Z", re.I)
_ENDED_BY = re.compile(r"\A\W*Decides\b|\b(?:Member|all) States\b")
_MAY_END = re.compile(r"\b(?:readiness|review|might|consider)", re.I)
_BINDS = frozenset(map(Strength, "decides calls requests urges demands".split()))
IMPOSES = frozenset({Strength.DECIDES})  # where nobody is named against whom


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: `goods` stand in the acts, `names`: one of them is there; `ends`: of measures that are ended.
    `strengths`: those of the acts that count.
    """

    goods: re.Pattern[str]
    names: tuple[str, ...]
    told: str
    ends: bool = False
    strengths: frozenset[Strength] = _BINDS


def may_do(one: Passage, wanted: Wanted) -> bool:
    """Whether a passage may do it, by what the encoder sees of it: its opening and what its text is about too."""
    read = passage_input(one)
    if wanted.ends:
        return _ENDS.search(read) is not None
    return _FORBIDS.search(read) is not None and wanted.goods.search(read) is not None


def imposing(text: Resolution, wanted: Wanted) -> Iterator[str]:
    """The labels of a text's paragraphs that do it, an opening only where none of its items does. Of other organs than the Council only what
    is decided counts: the Assembly calls upon States to refrain from much that is no sanction.
    """
    if text.symbol.organ is not Organ.SECURITY_COUNCIL:
        wanted = replace(wanted, strengths=wanted.strengths & IMPOSES)
    others = {one.label: one for one in text.paragraphs}
    labels = [one.label for one in text.paragraphs if _does(one, others, wanted)]
    above = {others[label].parent for label in labels}
    yield from (label for label in labels if label not in above)


def _does(one: Paragraph, others: Mapping[str, Paragraph], wanted: Wanted) -> bool:
    done = next(done_by(one, others), None)
    if one.kind is not Kind.OPERATIVE or done is None or done.strength not in wanted.strengths:
        return False
    openings = " ".join(each.text for each in reversed([*_above(one, others)]))
    said = f"{openings[:_OPENS]} {one.text[:_OPENS]}".strip()
    if wanted.ends:
        is_ended = _ENDS.search(said[: _OPENS // 2]) is not None and _IN_FORCE.search(said) is not None
        return is_ended and _ENDED_BY.search(said) is not None and not _MAY_END.search(said[: _OPENS // 2])
    against = not wanted.names or (
        _is_named(wanted.names, f"{openings} {one.text}") and len(countries_in(one.text)) <= _AGAINST
    )
    asks = said if done.strength in IMPOSES else said[:_ASKS]
    forbids = _FORBIDS.search(asks) is not None and wanted.goods.search(one.text) is not None
    if _LISTS_EXCEPTIONS.search(openings):
        return False
    return against and forbids and _BY.search(said) is not None and not _EXCEPTS.search(one.text[:_SAVES])


def _is_named(names: Iterable[str], text: str) -> bool:
    """Whether one of some names stands in a text as it is written, in any case."""
    said = as_spoken(without_bystanders(text))
    return any(re.search(rf"(?<!\w){re.escape(as_spoken(name))}(?!\w)", said) for name in names)


def _above(one: Paragraph, others: Mapping[str, Paragraph]) -> Iterator[Paragraph]:
    while (above := others.get(one.parent or "")) is not None:
        yield above
        one = above
