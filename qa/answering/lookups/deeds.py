"""What paragraphs do, and the verbs that ask for it: "worry" is met by "Expresses concern", "establish" by "Decides to set up"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qa.records import Act, Kind, Paragraph, Strength

_OPENS = 160  # code points in which an act says what it decides


@dataclass(frozen=True, slots=True)
class Done:
    """What one paragraph does: an act, an item of one that lists what it does, or what a recital begins with."""

    label: str
    kind: Kind
    verb: str
    strength: Strength
    text: str
    addressee: str | None = None
    has_deadline: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """What a text may do: `verbs` ask for it, in any form `asked`; `stems`, those that do it; `strength`, that of all acts that do it as well.

    `decided`: it is done by what is decided ("Decides to establish"), and a text that has no such act may do it in other words. `kin`: the first
    verb of the row of what is near it and not the same ("deplores" beside "condemns").
    """

    verbs: tuple[str, ...]
    asked: re.Pattern[str]
    stems: re.Pattern[str]
    strength: Strength | None = None
    decided: bool = False
    kin: str = ""

    def is_done_by(self, one: Done) -> bool:
        """Whether an act, or a recital, does it."""
        if self.decided:
            decides = f"{one.verb}\n{one.text[:_OPENS]}"
            return one.strength is Strength.DECIDES and self.stems.search(decides) is not None
        return (self.strength is not None and one.strength is self.strength) or self.stems.match(one.verb) is not None


def _inflected(verb: str) -> str:
    """A pattern for a verb, `_` being a blank, in any form: "ban" for "banned", "call_for" for "calls for"."""
    first, *rest = verb.split("_")
    stem = re.escape(first.removesuffix("e"))
    ied = "|".join([stem, *([rf"{stem[:-1]}i"] if stem.endswith("y") else [])])
    return " ".join([rf"(?:{ied})(?:{stem[-1]}?ing|{stem[-1]}?ed|{stem[-1]}?en|e|es|s|d)?", *map(re.escape, rest)])


def _deed(asked: str, stems: str, strength: Strength | None = None, *, decided: bool = False, kin: str = "") -> Deed:
    does = (
        rf"(?:\A|\n|(?<!\bnot )\b(?:to|shall|should|would|will)(?: be)? )(?:[a-z]+ly |hereby |also |again )?(?:{stems})"
    )
    verbs = tuple(asked.split())
    forms = "|".join(map(_inflected, verbs))
    return Deed(
        verbs, re.compile(forms, re.I), re.compile(does if decided else rf"\b(?:{stems})", re.I), strength, decided, kin
    )


DEEDS = (
    _deed("condemn", r"(?:(?:expresses|reiterates|renews) )?condemn", kin="blame"),
    _deed("deplore", "deplor", kin="blame"),
    _deed("denounce", "denounc", kin="blame"),
    _deed("censure", "censur", kin="blame"),
    _deed("reject", "reject|repudiat", kin="blame"),
    _deed("blame criticize criticise", "condemn|deplor|denounc|censur|reject|repudiat", Strength.CONDEMNS),
    _deed("welcome hail", "welcom|hail", Strength.WELCOMES),
    _deed(
        "thank commend praise congratulate applaud appreciate honour express_appreciation express_gratitude express_thanks express_appreciation_to",
        r"commend|thank|prais|congratulat|applaud|appreciat|pa(?:ys|ying) tribute|express\w* (?:\w+ )?(?:appreciation|gratitude|thanks)"
        r"|(?:recogni|acknowledg)\w+ with (?:appreciation|gratitude)",
    ),
    _deed(
        "regret lament express_concern express_concern_about express_concern_at express_concern_over express_regret worry_about",
        r"regret|concern|alarm|dismay|disturb|appal|express\w* (?:\w+ ){0,2}(?:concern|regret|alarm|dismay)",
        Strength.CONCERNED,
    ),
    _deed("encourage", "encourag", Strength.ENCOURAGES),
    _deed("invite", "invit"),
    _deed("recommend suggest propose", "recommend|suggest|propos"),
    _deed("urge", "urg", Strength.URGES),
    _deed("demand insist insist_on", "demand|insist", Strength.DEMANDS),
    _deed("request ask_for", "request|ask", Strength.REQUESTS),
    _deed("call_for call_on call_upon appeal appeal_for appeal_to", "call|appeal", Strength.CALLS),
    _deed("reaffirm affirm reiterate confirm", "re-?affirm|affirm|reiterat|confirm"),
    _deed("recognize recognise acknowledge", "recogni|acknowledg"),
    _deed("stress emphasize emphasise underline underscore highlight", "stress|re-?emphasi|emphasi|underlin|underscor|highlight"),
    _deed("endorse support", "endors|support"),
    _deed("note take_note_of take_note", r"tak\w+ note|not(?:es|ing)"),
    _deed("determine find_that conclude", "determin|finds|conclud"),
    _deed("decide resolve", "decid|resolv", Strength.DECIDES),
    _deed("establish create set_up found", "establish|creat|set up|setting up|institut", decided=True),
    _deed("extend renew prolong", "exten[ds]|renew|prolong", decided=True),
    _deed(
        "terminate end lift dissolve abolish discontinue suspend revoke rescind repeal",
        r"terminat|end\b|lift|dissol|abolish|discontinu|suspen|revok|rescind|repeal",
        decided=True,
    ),
    _deed("authorize authorise allow permit", "authori|allow|permit", decided=True),
    _deed("approve adopt", "approv|adopt", decided=True),
    _deed("proclaim declare designate", "proclaim|declar|designat", decided=True),
    _deed("impose", r"impos|prevent|prohibit|ban\b|freez|not |refrain", decided=True),
    _deed("ban prohibit forbid", r"ban\b|prohibit|forb|prevent|not |refrain", decided=True),
    _deed("appoint elect", "appoint|elect", decided=True),
    _deed("appropriate", "appropriat", decided=True),
)  # fmt: skip


# What is done to somebody, and what is asked of somebody, by the first verb of the row.
THANKING = next(one for one in DEEDS if one.verbs[0] == "thank")
TO_SOMEBODY = (*(one for one in DEEDS if "blame" in (one.verbs[0], one.kin)), THANKING)
OF_SOMEBODY = tuple(
    one for one in DEEDS if one.verbs[0] in ("call_for", "urge", "request", "invite", "encourage", "demand")
)


def deed_of(verb: str) -> Deed | None:
    """What a verb asks for; None for verbs that are in no row."""
    return next((one for one in DEEDS if one.asked.fullmatch(verb)), None)


def kin_of(deed: Deed) -> Deed | None:
    """What is near a deed and not the same; None for most."""
    return deed_of(deed.kin) if deed.kin else None


_OFTEN = r"(?:(?:also|further|deeply|strongly|gravely|seriously|noting|expressing) )*"
_RECITES = re.compile(
    rf"(?:\A\W*+{_OFTEN}(?P<opens>\w+)|(?:,| and) (?:and )?{_OFTEN}(?P<goes_on>\w{{3,12}}ing))(?P<more>(?:\W+\w+){{0,3}})",
    re.I,
)


def done_by(one: Paragraph, others: Mapping[str, Paragraph]) -> Iterator[Done]:
    """All that a paragraph does; an item without an act of its own does what the last act of its opening does. `others`: label -> paragraph."""
    for act in one.acts:
        yield _done(one, act, one.text[act.span.start : act.span.end], has_deadline=act.deadline is not None)
    above = others.get(one.parent or "")
    if not one.acts and above is not None and above.acts:
        yield _done(one, above.acts[-1], one.text, has_deadline=False)
    elif one.kind is Kind.PREAMBULAR:
        for part in _RECITES.finditer(one.text):
            yield Done(
                one.label, one.kind, f"{part['opens'] or part['goes_on']}{part['more']}", Strength.UNKNOWN, one.text
            )


def _done(one: Paragraph, act: Act, text: str, *, has_deadline: bool) -> Done:
    return Done(one.label, one.kind, act.verb, act.strength, text, act.addressee, has_deadline)
