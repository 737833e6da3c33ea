"""What a time in a question is the time of, told from the words around it: an adoption, an end, a period, an event."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_MONTH_DAYS = 31


class Role(StrEnum):
    """What a time is the time of; the value is what a note says of it."""

    ADOPTED = "adopted about then is preferred"
    SESSION = "texts of that session of the Assembly are preferred"
    BEFORE = "adopted before is preferred"
    UP_TO = "adopted up to then is preferred"
    SINCE = "adopted since is preferred"
    AFTER = "adopted after is preferred"
    END = "read as an end: paragraphs that name it, adopted before it, are preferred"
    PERIOD = "read as a period that paragraphs name: those, and what was adopted in it or shortly before, are preferred"
    AHEAD = "later than every text held, so not read as a date of adoption: paragraphs that name it are preferred"
    COMPARED = "one of two times that are compared: of each what is most alike is shown"
    ABOUT = "read as the time of what stands before it: adopted about then is preferred"
    EVENT = "read as the year of what is named after it, not of adoption"


OPEN = frozenset({Role.BEFORE, Role.UP_TO, Role.SINCE, Role.AFTER})
"""Those that bound a time on one side only."""

OF_ADOPTION = frozenset({Role.ADOPTED, Role.SESSION}) | OPEN
"""Those of a time in which what is asked for was adopted."""

_STRETCH = r"(?: end of| start of| beginning of| mid-?| early| late)*"
_ENDING = re.compile(
    rf"\b(?:(?:until|till?|through|up to|by|beyond|later than|starting with|(?:year|months|period|biennium) to)(?: its)?(?: the)?{_STRETCH}"
    r"|(?:ending|ends?|ended|expir(?:y|e[sd]?|ing|ation)|lapse[sd]?|lasts?|lasting|runs? out)(?: its)?(?: on| in| at)?(?: the)?"
    rf"{_STRETCH}|(?:extend|prolong|renew|maintain|kept|continu|carried)\w*(?: \w+)? to(?: the)?{_STRETCH})\s*$",
    re.I,
)
_BY_THE = re.compile(r"\bby (?:the|its|their)\s*$", re.I)
_UNTIL = re.compile(r"\b(?:until|till?|up to|through)(?: the)?(?: year| end of)*\s*$", re.I)
_LASTING = re.compile(
    r"\b(?:exten[ds]|prolong|renew|mandate|maintain|keep|kept|stay|force|continu|authori|fund|valid|last|run|expir|terms?\b|exempt"
    r"|suspen|vote|postpon|remain|defer)",
    re.I,
)
_OPEN = re.compile(
    r"\b(?P<side>before|prior to|earlier than|since|after|following)(?P<gap>(?: [\w'’-]+){0,6}?) ?$", re.I
)
_GAP = re.compile(r"\A(?:(?: the| early| late| mid| year)*+|.* (?:in|of|on)| the [\w' -]+ (?:in|of|on))\Z", re.I)
# What stands between such a word and a time is an event ("after the raids on Zambia in 1979"), unless a text is asked for by its place in time.
_STRETCHES = re.compile(r"(?: (?:the|end|start|beginning|middle|close|of|in|year|month|early|late|mid))*+", re.I)
_BY_PLACE = re.compile(
    r"\b(?:last|latest|newest|next|first|earliest|oldest|previous|any|all|list|resolutions|texts|decisions)\b", re.I
)
_BARE = re.compile(r"(?: the| year)*", re.I)
_REPORTS = re.compile(r"\b(?:report\w*|submit\w*|agenda|hand\w* in|due|take up|items?|present\w*|consider\w*)\b", re.I)
_FOR_SESSION = re.compile(r"\b(?:to|for|before|after|until|by|with|of)(?: (?:the|its|their|an?))?\s*$", re.I)
# A year that is part of a name: "the 1951 Convention", "the 2024 Africa Dialogue Series"; not of a text on what is so named.
_TREATY = r"[Cc]onventions?|[Pp]rotocols?|[Cc]ovenants?|[Tt]reat(?:y|ies)|Statutes?|Agreements?|Accords?|Charter|Declarations?|Conference"
_EVENT = re.compile(
    rf" (?:(?:[A-Z][\w'’-]+ ){{1,3}}(?:[a-z]+ )?(?:{_TREATY}|[Cc]onference|[Ss]ummit|[Aa]greements?|[Aa]ccords?|[Rr]eview|[Aa]genda|[Gg]ames"
    rf"|[Oo]lympics|[Ww]ar|[Cc]harter|[Pp]lan|[Dd]eclaration|Series|Forum)|{_TREATY}|Agenda)\b(?! (?:resolution|text|decision)s?\b)"
)
# Where one clause ends, and the words with which a clause asks, or speaks of a text or an organ; a story tells what was done.
_SENTENCE = re.compile(r"[.!?;]\s")
_CLAUSE = re.compile(r"[.!?;]\s|,\s(?=(?:who|what|which|where|why|how|does|did|do|is|are|can|must|should)\b)", re.I)
_LEADS = re.compile(
    r"\b(?:before|after|when|since|once|under|as|following|while|until|if)\b", re.I
)  # into the question that follows
_BECAME = re.compile(r"\b(?:became|become|happened|happen) (?:of|to|with) the\s*$", re.I)
_AT = re.compile(r"\b(?:in|on|since|during|around|about|back in)(?: the)?(?: early| late)? ?$", re.I)
_NO_STORY = re.compile(
    r"\b(?:(?:who|what|which|when|where|why|whose|how|un|u\.n)\b|(?:resolution|text|decision|decid|adopt|council|assembly|united nations"
    r"|session|mandate|renew|exten[ds]|prolong|embargo|sanction|secretary-general|paragraph))",
    re.I,
)
_STORY = re.compile(
    r"\b(?:was|were|got|had|could|came|went|took|broke|began|fell|shot|hit|blew|burst|sank|\w+ed)\b", re.I
)
_OF_A_TEXT = re.compile(
    r"\s(?:[\w'’-]+ ){0,3}?(?:resolutions?|texts?|decisions?|renewals?|extensions?|session|debate)\b", re.I
)
_FOR = re.compile(
    r"\b(?:for|during|budgets? (?:of|in)|(?:financial|fiscal|budget) (?:years?|periods?))(?: the)?"
    r"(?: (?:(?:financial|fiscal|calendar|budget) )?(?:years?|periods?|biennium))?\s*$",
    re.I,
)
_TWO_YEARS = re.compile(r"\d{4}\s?[/–-]\s?\d+")
_MONEY = re.compile(r"\b(?:budget\w*|funds?|appropriat\w+|assessments?|expenditures?|balance|dollars)\b", re.I)


@dataclass(frozen=True, slots=True)
class Setting:
    """A time where it stands in a question: the words before and after it, and what the window is like."""

    question: str
    before: str
    after: str
    text: str
    days: int
    session: bool

    @property
    def long(self) -> bool:
        """Whether it covers more than a month."""
        return self.days > _MONTH_DAYS


def role_of(one: Setting) -> Role:
    """What the time is the time of: the first that its setting speaks for; else an adoption."""
    return next((role for role, speaks in _ROLES if speaks(one)), Role.ADOPTED)


def _session_ahead(one: Setting) -> bool:
    return one.session and bool(_FOR_SESSION.search(one.before) or _REPORTS.search(one.question))


def _until_year(one: Setting) -> bool:
    """A year up to which texts are wanted: no mandate is said to last so long."""
    return one.long and bool(_UNTIL.search(one.before)) and not _LASTING.search(one.question)


def _end(one: Setting) -> bool:
    by_a_text = _BY_THE.search(one.before) and _OF_A_TEXT.match(one.after)
    return bool(_ENDING.search(one.before)) and not by_a_text


def _opened(one: Setting) -> tuple[str, str] | None:
    """Which side of the time is open, by its word, and what stands between the word and the time."""
    found = _OPEN.search(one.before)
    return (found["side"].lower(), found["gap"]) if found and _GAP.fullmatch(found["gap"]) else None


def _before(one: Setting) -> bool:
    opened = _opened(one)
    return opened is not None and opened[0] in ("before", "prior to", "earlier than")


def _after(one: Setting) -> bool:
    """After a year as such; what comes after something in a year may be of that year."""
    opened = _opened(one)
    named = opened is not None and opened[0] in ("after", "following") and _BARE.fullmatch(opened[1])
    return bool(named) and one.long and not re.match(r" \w", one.after)


def _of_an_event(one: Setting) -> bool:
    """The time of an event before or after which something is asked for: of most the resolution is of that time."""
    opened = None if one.session else _opened(one)
    if opened is None or opened[0] == "since" or _STRETCHES.fullmatch(opened[1]):
        return False
    return not _BY_PLACE.search(one.question)


def _in_a_story(one: Setting) -> bool:
    """In a clause about what happened, beside the clause that asks: "in 2006 a power station got bombed. Who pays?"."""
    begins = max((match.end() for match in _SENTENCE.finditer(one.before)), default=0)
    end = _CLAUSE.search(one.after)
    clause = one.before[begins:] + one.after[: end.start() if end else None]
    alone = not begins and (end is None or not one.after[end.end() :].strip())
    if alone or not _AT.search(one.before) or _LEADS.match(clause.lstrip()):
        return False
    return bool(_STORY.search(clause)) and not _NO_STORY.search(clause)


def _period(one: Setting) -> bool:
    if not one.long or _OF_A_TEXT.match(one.after):
        return False
    return bool(_TWO_YEARS.fullmatch(one.text) or _FOR.search(one.before) or _MONEY.search(one.question))


_ROLES: tuple[tuple[Role, Callable[[Setting], bool]], ...] = (
    (Role.END, _session_ahead),
    (Role.SESSION, lambda one: one.session),
    (Role.UP_TO, _until_year),
    (Role.END, _end),
    (Role.ABOUT, _of_an_event),
    (Role.BEFORE, _before),
    (Role.AFTER, _after),
    (Role.SINCE, lambda one: _opened(one) is not None),
    (Role.EVENT, lambda one: one.long and bool(_EVENT.match(one.after))),
    (Role.SINCE, lambda one: bool(_BECAME.search(one.before))),  # of an older text: what came later tells it
    (Role.SINCE, _in_a_story),
    (Role.PERIOD, _period),
)
