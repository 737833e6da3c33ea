"""Whom a question says somebody asked, and whom a paragraph asks: known bodies and offices, the States, and countries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.acts.splitting import split_acts
from qa.answering.countries import countries_in

# Who may be asked -> how people write it. The first that matches is meant: a president before what he or she presides over.
_NAMES = {
    "the President of the General Assembly": r"president of the (?:general )?assembly|assembly president|pga",
    "the President of the Security Council": r"president of the (?:security )?council|council president",
    "the High Commissioner for Human Rights": r"(?:office of the )?(?:un |united nations )?high commissioner for human rights|ohchr",
    "the High Commissioner for Refugees": r"(?:un |united nations )?high commissioner for refugees|unhcr",
    "the Secretary-General": r"secretary[ -]general|un chief|(?:un )?secretariat|guterres|waldheim|u thant|hammarskj(?:o|ö)ld"
    r"|boutros[ -](?:boutros[ -])?ghali|p(?:e|é)rez de cu(?:e|é)llar|trygve lie",
    "the Security Council": r"security council|unsc",
    "the General Assembly": r"general assembly|unga",
    "the Economic and Social Council": r"economic and social council|ecosoc",
    "the Human Rights Council": r"human rights council|unhrc",
    "the Commission on the Status of Women": r"commission on the status of women|csw",
    "the Committee on the Elimination of Discrimination against Women": r"committee on the elimination of discrimination against women|cedaw",
    "the International Law Commission": r"international law commission|ilc",
    "the Peacebuilding Commission": r"peacebuilding commission",
    "the Conference on Disarmament": r"conference on disarmament",
    "the Disarmament Commission": r"disarmament commission",
    "the Advisory Committee": r"advisory committee on administrative and budgetary questions|acabq",
    "the Environment Programme": r"(?:un |united nations )?environment programme|unep",
    "the Development Programme": r"(?:un |united nations )?development programme|undp",
    "the Children's Fund": r"(?:un |united nations )?children['’]s fund|unicef",
    "the Relief and Works Agency": r"relief and works agency|unrwa",
    "the World Health Organization": r"world health organi[sz]ation",
    "the Atomic Energy Agency": r"international atomic energy agency|iaea",
    "the African Union": r"organi[sz]ation of african unity|african union|oau",
    "the Arab League": r"league of arab states|arab league",
    "the European Union": r"european union",
    "the Court": r"international court of justice|world court|icj",
    "States": r"(?:all |member |un )*(?:states|governments|countries|nations)",
}
_STATES = "States"
_ANY = "|".join(_NAMES.values())
_WHO = rf"(?P<who>(?:the |all )?(?:{_ANY}))"
_NAMED = {name: re.compile(rf"\b(?:{words})\b", re.I) for name, words in _NAMES.items()}
_HIS = re.compile(r"['’]")  # "the Secretary-General's Special Representative" is another
_FOR_ANOTHER = re.compile(r"\b(?:representatives?|envoys?|advis[eo]rs?|members) of\b", re.I)

_ASKS = r"(?:ask|request|urge|invit|instruct|encourag|direct|order|call(?:s|ed)? (?:up)?on)(?:e?s|e?d|ing|e)?"
_ASKED = r"(?:asked|requested|urged|invited|instructed|encouraged|directed|ordered|called (?:up)?on)"
# What a known name is called for short: "the Agency", "the Court".
_HEAD = re.compile(
    r"\b(?:President|Commissioner|Council|Assembly|Commission|Committee|Programme|Fund|Agency|Organization|Union|League|Conference|Court)\b"
)
_ASKING = re.compile(r"\b(?:ask|request|urg|invit|instruct|encourag|direct|order|call)", re.I)
_ASKER = r"\b(?:council|assembly|un|united nations|resolution|text|it)\b"
_CLAIMS = (
    re.compile(rf"\b(?:was|is) it {_WHO} (?:whom |who |that )[^?;]{{0,60}}?\b{_ASKED}\b", re.I),
    re.compile(rf"\b(?:is|are|was|were|has|have|had) {_WHO} (?:been )?(?:also |again )?{_ASKED} to\b", re.I),
    re.compile(
        rf"{_ASKER}[^?;]{{0,60}}?\b{_ASKS} (?:again |once more |that )?{_WHO} (?:to |should )?\w",
        re.I,
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a question says to be asked: as it is written there, and which of those known it is."""

    words: str
    name: str


def asked_in(question: str) -> Asked | None:
    """Whom a question says somebody asked for something, where it is one of those known."""
    for pattern in _CLAIMS if _ASKING.search(question) else ():
        match = pattern.search(question)
        name = _name(match["who"]) if match and not _HIS.match(question, match.end("who")) else None
        if match and name:
            return Asked(match["who"], name)
    return None


def others_asked(asked: Asked, paragraph: str, opening: str) -> tuple[str, ...]:
    """Whom a paragraph, or what opens it, asks in the place of those; none where it names them at all, or somebody who is not known."""
    text = f"{opening}\n{paragraph}"
    head = _HEAD.search(asked.name)
    if _NAMED[asked.name].search(text) or (head and re.search(rf"\bthe {head[0]}\b(?! (?:of|for|on)\b)", text)):
        return ()
    acts = split_acts(paragraph) or split_acts(opening)
    asked_there = [one.addressee for one in acts if one.addressee]
    if not all(_is_another(one, asked) for one in asked_there):
        return ()
    return tuple(dict.fromkeys(asked_there))


def _is_another(addressee: str, asked: Asked) -> bool:
    """Whether an addressee is known, and is neither a part nor a representative of what is asked."""
    if _FOR_ANOTHER.search(addressee):
        return False
    return _name(addressee) is not None or (asked.name != _STATES and bool(countries_in(addressee)))


def _name(words: str) -> str | None:
    return next((name for name, pattern in _NAMED.items() if pattern.search(words)), None)
