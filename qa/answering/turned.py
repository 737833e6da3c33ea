"""Deeds that a paragraph tells the other way round: what a question has an organ welcome and the paragraph regrets, what is to be
recognized and is "not to be".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ORGAN = r"(?:(?:security|human rights) council|general assembly|council|assembly|un|united nations|unsc|unga)"
_TIME = r"(?:(?:in|on|at|of) (?:[\w’'-]+ ){1,4}?)?"
_OFTEN = r"(?:really |ever |also |again |indeed |strongly )?"
_DID = re.compile(
    rf"\A\W*(?:did |does |has |have |had )?{_TIME}(?:the )?{_ORGAN} {_TIME}{_OFTEN}(?:(?:decide[ds]?|vote[ds]?|agree[ds]?) (?:in \w+ )?to )?"
    r"(?P<verb>[a-z]+)\b",
    re.I,
)


def _forms(*stems: str) -> str:
    return rf"(?:{'|'.join(stems)})(?:e?s|e?d|ing|e|ment)?"


_PRAISES = _forms("commend", "prais", "welcom", "congratulat", "applaud", "hail", "salut")
_PLEASED = r"appreciat\w*|satisf\w*|gratitude|grateful|thanks?|tribute|support\w*|endors\w*"
_BLAMES = _forms("condemn", "deplor", "censur", "denounc")
_REGRETS = r"(?:regrets?|regretted|regretting|concern|concerned|alarm|alarmed|dismay|dismayed|indignation)"
_ENDS = _forms("lift", "terminat", "remov", "revok", "rescind", "abolish")
_PROLONGS = _forms("extend", "renew", "prolong")
_KEEPS = r"(?:reaffirm|maintain|extend|renew|prolong)(?:s|ed|ing)?|remains? in force"
_LESSENS = rf"{_forms('reduc', 'decreas', 'shrink', 'lower', 'diminish', 'downsiz')}|cut(?:s|ting)?|reductions?|shrank|withdraw\w*"
_ENLARGES = rf"{_forms('expand', 'enlarg', 'increas', 'augment')}|expansions?"
_ACCEPTS = rf"{_forms('accept', 'approv', 'endors')}|approvals?|acceptance"
_REJECTS = rf"{_forms('reject', 'repudiat')}|rejections?|unacceptable"
_FOUNDS = rf"{_forms('establish', 'creat')}|sets? up|setting up"
_MAY_FOUND = (
    r"possib(?:le|ility of) (?:the )?(?:establish|creat|setting up)\w*|undertakes to (?:examine|consider|study)"
)

# What a question has done -> what in the paragraph may mean it -> what is the opposite.
_OPPOSED = tuple(
    (re.compile(rf"(?:{deed})\Z", re.I), re.compile(rf"\b(?:{same})\b", re.I), re.compile(rf"\b(?:{opposite})\b", re.I))
    for deed, same, opposite in (
        (_PRAISES, rf"{_PRAISES}|{_PLEASED}", rf"{_BLAMES}|{_REGRETS}"),
        (_BLAMES, _BLAMES, _PRAISES),
        (r"regret(?:s|ted)?", rf"{_REGRETS}|{_BLAMES}", _PRAISES),
        (_ENDS, _ENDS, _KEEPS),
        (_PROLONGS, _KEEPS, _ENDS),
        (r"cut|reduced?|shrink|shrank|decreased?|downsized?|lower(?:ed)?", _LESSENS, _ENLARGES),
        (r"expand(?:ed)?|enlarged?|increased?|augment(?:ed)?", _ENLARGES, _LESSENS),
        (r"accept(?:ed)?|approved?|endorsed?", rf"{_ACCEPTS}|{_PRAISES}", _REJECTS),
        (r"reject(?:ed)?|repudiated?", rf"{_REJECTS}|{_BLAMES}", _ACCEPTS),
        (
            r"establish(?:ed)?|created?",
            rf"(?:decides|resolves) to (?:{_FOUNDS})|establishes|hereby establish\w*",
            _MAY_FOUND,
        ),
    )
)
_ASKING = r"\b(?:ask|call|request|urg|invit|demand|instruct|direct|order|decid|appeal)\w*"
_TO = re.compile(
    rf"{_ASKING}[^?;,]{{0,60}}? to (?P<verb>(?!them\b|this\b|that\b|these\b|those\b|their\b|other\b)[a-z]{{5,}})\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nor|none|nobody|nothing|without|against|end|ends|ended|ban|bans|banned)\b|n['’]t\b"
    r"|\b(?:refrain|stop|ceas|desist|avoid|prevent|den(?:y|ie)|reject|refus|forb[ia]d|prohibit|abstain|withh[eo]ld)\w*",
    re.I,
)
_NOT_TO = re.compile(r"\b(?:not to|refrain from|abstain from|desist from|neither to)\b", re.I)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a question has an organ do, and what it has somebody told to do: as it is written there, "" where there is none."""

    done: str = ""
    told: str = ""

    def turned_in(self, paragraph: str, opening: str) -> tuple[str, str] | None:
        """The question's word and the paragraph's, where that does or tells the opposite and nothing like it."""
        for deed, same, opposite in _OPPOSED if self.done else ():
            if deed.match(self.done):
                held = opposite.search(paragraph)
                if held and not same.search(f"{opening}\n{paragraph}"):
                    return self.done, held[0]
        return self._denied(paragraph) if self.told and _NOT_TO.search(paragraph) else None

    def _denied(self, paragraph: str) -> tuple[str, str] | None:
        stem = re.escape(self.told.lower().removesuffix("e"))
        named = re.findall(rf"\b{stem}\w*", paragraph, re.I)
        denied = re.findall(rf"{_NOT_TO.pattern} (?:\w+ly )?{stem}\w*", paragraph, re.I)
        return (self.told, denied[0]) if denied and len(denied) == len(named) else None


def deeds_in(question: str) -> Deeds | None:
    """What a question has done or told to be done, where a paragraph may tell it the other way round."""
    did, to = _DID.match(question), _TO.search(question)
    done = did["verb"] if did and any(one.match(did["verb"]) for one, _, _ in _OPPOSED) else ""
    told = to["verb"] if to and not _DENIES.search(question) else ""
    return Deeds(done, told) if done or told else None


def begins_with_deed(question: str) -> bool:
    """Whether a question begins with an organ and a verb: "the Council lifted ..."."""
    return _DID.match(question) is not None
