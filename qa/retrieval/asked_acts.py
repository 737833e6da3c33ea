"""Questions about acts: "what is the Secretary-General asked to do?", "who was asked to report?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.records import Act, Paragraph

_REQUESTING = (
    r"(?:asked|requested|called (?:up)?on|urged|invited|told|instructed|required|supposed|expected|encouraged|mandated)"
)
_WHAT_MUST = re.compile(
    rf"^\s*what\s+(?:is|are|was|were|has|have|else\s+is|exactly\s+is)?\s*(?:the\s+)?(?P<who>[\w’' -]{{3,60}}?)\s+(?:been\s+)?"
    rf"{_REQUESTING}\s+to\s+do\b"
    rf"|^\s*what\s+(?:must|should)\s+(?:the\s+)?(?P<who2>[\w’' -]{{3,60}}?)\s+do\b"
    r"|^\s*what\s+(?:does|did)\s+[\w ,'()/.-]{3,60}?\s+(?:ask|request|urge|call upon|want|tell)\s+(?:of\s+)?"
    rf"(?:the\s+)?(?P<who3>[\w’' -]{{3,60}}?)\s+to\s+do\b",
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
    match = _WHAT_MUST.search(question)
    if not match:
        return None
    who = next(group for group in match.groups() if group)
    return AskedActs(re.sub(r"\s+", " ", who).strip())


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
