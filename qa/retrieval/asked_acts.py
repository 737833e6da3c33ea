"""Questions about acts: "what is the Secretary-General asked to do?", "who was asked to report?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.records import Act, Paragraph

_REQUESTING = (
    r"(?:asked|requested|called (?:up)?on|urged|invited|told|instructed|required|supposed|expected|encouraged|mandated)"
)
_WHAT_MUST = re.compile(
    rf"^what (?:is|are|was|were|has|have|else is|exactly is)? ?(?:the )?(?P<who>[\w’' -]{{3,60}}?) (?:been )?"
    rf"{_REQUESTING} to do\b"
    rf"|^what (?:must|should) (?:the )?(?P<who2>[\w’' -]{{3,60}}?) do\b"
    r"|^what (?:does|did) [\w ,'()/.-]{3,60}? (?:ask|request|urge|call upon|want|tell) (?:of )?"
    rf"(?:the )?(?P<who3>[\w’' -]{{3,60}}?) to do\b",
    re.I,
)
_REQUEST_VERBS = re.compile(
    r"request|call|urge|invite|encourage|demand|appeal|authori|instruct|ask|decide|entrust", re.I
)


@dataclass(frozen=True, slots=True)
class AskedActs:
    """The question wants every act addressed to `addressee`."""

    addressee: str


def asked_acts(question: str) -> AskedActs | None:
    """Whether the question asks for all that somebody is asked to do, and who."""
    match = _WHAT_MUST.search(" ".join(question.split()))
    if not match:
        return None
    who = next(group for group in match.groups() if group)
    return AskedActs(who.strip())


def acts_addressed(paragraph: Paragraph, addressee: str) -> tuple[Act, ...]:
    """The acts of a paragraph that ask something of `addressee` (compared without case and article)."""
    wanted = _plain(addressee)
    return tuple(
        act
        for act in paragraph.acts
        if act.addressee is not None and _REQUEST_VERBS.search(act.verb) and wanted in _plain(act.addressee)
    )


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|all)\s+", "", name.casefold().replace("-", " ").strip())
