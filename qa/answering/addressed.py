"""Whom a question says somebody asked, and whom a paragraph asks: known bodies and offices, the States, and countries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.acts.splitting import split_acts
from qa.answering.countries import countries_in, is_country

# Who may be asked -> how people write it. The first that matches is meant: a president before what he or she presides over.
_NAMES = {
    "a Chair": r"chair(?:man|person|woman|s|men|persons)?(?= of\b)",
    "a Special Rapporteur": r"special rapporteurs?",
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
    "the Food and Agriculture Organization": r"food and agriculture organization|fao",
    "the International Labour Organization": r"international labou?r organi[sz]ation",
    "the World Meteorological Organization": r"world meteorological organi[sz]ation|wmo",
    "UNESCO": r"unesco|(?:un |united nations )?educational, scientific and cultural organization",
    "UN-Women": r"un[ -]women|(?:united nations )?entity for gender equality",
    "UN-Habitat": r"un[ -]habitat|(?:united nations )?human settlements programme",
    "the Office on Drugs and Crime": r"(?:un |united nations )?office on drugs and crime|unodc",
    "the Population Fund": r"(?:un |united nations )?population fund|unfpa",
    "the Board of Auditors": r"board of auditors",
    "the Special Committee": r"special committee",
    "the administering Power": r"administering powers?",
    "the International Criminal Court": r"international criminal court",
    "the Atomic Energy Agency": r"international atomic energy agency|iaea",
    "the African Union": r"organi[sz]ation of african unity|african union|oau",
    "the Arab League": r"league of arab states|arab league",
    "the European Union": r"european union",
    "the Court": r"international court of justice|world court|icj",
    "States": r"(?:all |member |un )*(?:(?<!of arab )(?<!of american )(?<!of independent )(?<!west african )(?<!western african )states"
    r"|governments|countries|(?<!united )nations)",
}
_STATES = "States"
_ANY = "|".join(_NAMES.values())
_WHO = rf"(?P<who>(?:the |all )?(?:{_ANY}))"
_COUNTRY = r"(?P<who>(?:the )?[A-Z][^?;,]{2,60}?)"
_NAMED = {name: re.compile(rf"\b(?:{words})\b", re.I) for name, words in _NAMES.items()}
_HIS = re.compile(r"['’]")  # "the Secretary-General's Special Representative" is another
_FOR_ANOTHER = re.compile(r"\A(?:[\w-]+ ){0,4}?(?:representatives?|envoys?|advis[eo]rs?|members) of\b", re.I)

_ASKS = r"(?:ask|request|urge|invit|instruct|encourag|direct|order|call(?:s|ed)? (?:up)?on)(?:e?s|e?d|ing|e)?"
_ASKED = r"(?:asked|requested|urged|invited|instructed|encouraged|directed|ordered|called (?:up)?on)"
# What a known name is called for short: "the Agency", "the Court".
_HEAD = re.compile(
    r"\b(?:President|Commissioner|Council|Assembly|Commission|Committee|Programme|Fund|Agency|Organization|Union|League|Conference|Court)\b"
)
_ASKING = re.compile(r"\b(?:ask|request|urg|invit|instruct|encourag|direct|order|call)", re.I)
_ASKER = r"\b(?:council|assembly|un|united nations|resolution|text|it)\b"
_AGAIN = r"(?:again |once more |that )?"
_MEANWHILE = r"(?: (?:by|in|on|at|again|once more)\b[^?;,]{0,40}?)?"  # "asked by the Assembly in 2024 to"
_DOES = r"(?P<deed>[a-z]+)"
_OF_NAMES = (
    re.compile(rf"\b(?:was|is) it {_WHO} (?:whom |who |that )[^?;]{{0,60}}?\b{_ASKED}\b(?: to {_DOES})?", re.I),
    re.compile(
        rf"\b(?:is|are|was|were|has|have|had) {_WHO}(?P<more> (?:on|of|for)\b[^?;,]{{2,60}}?)? (?:been )?(?:also |again )?"
        rf"{_ASKED}{_MEANWHILE} to {_DOES}",
        re.I,
    ),
    re.compile(rf"{_ASKER}[^?;]{{0,60}}?\b{_ASKS} {_AGAIN}{_WHO} (?:to |should )?{_DOES}", re.I),
)
_OF_COUNTRIES = (
    re.compile(rf"\b(?i:is|are|was|were) {_COUNTRY} (?:also |again )?(?i:{_ASKED}){_MEANWHILE} to {_DOES}"),
    re.compile(rf"(?i:{_ASKER})[^?;]{{0,60}}?\b(?i:{_ASKS}) {_AGAIN}{_COUNTRY} to {_DOES}"),
)
# What only asks takes it for granted: "by when does the Special Rapporteur have to report?"
_ALSO = r"(?:(?:also|again|next|now|each|first|further) )*"
_TO_BE = (
    r"(?:asked|told|invited|requested|urged|called (?:up)?on|required|authori[sz]ed|obliged|instructed|directed|encouraged|supposed|expected"
    r"|meant|given|due|entrusted)"
)
_OF_WHAT_ONLY_ASKS = (
    re.compile(rf"\b(?:is|are|was|were) {_WHO} {_ALSO}(?:{_TO_BE} )?(?:[^?;,]{{0,40}}? )?to {_DOES}", re.I),
    re.compile(rf"\b(?:has|have|had|does|did|do) {_WHO} {_ALSO}(?:been {_TO_BE}|have|need) to {_DOES}", re.I),
    re.compile(
        rf"\b(?:must|should|shall|will|would|may|can|could) {_WHO} {_ALSO}(?:have to )?(?!(?:and|or|with|in|on|at|not) ){_DOES}",
        re.I,
    ),
)
_OF_COUNTRY = re.compile(r"\A(?:the )?(?:government of )?(?:the )?", re.I)
# Beside what is asked of another these words only name whose or where something is: "views of States", "to send it to Mali".
_NO_ACTOR = re.compile(r"\b(?:of|to|from|in)(?: the| all| its)*(?: government of)?(?: the)? ?\Z", re.I)
_ASKED_IN_TURN = re.compile(r"['’]?s?,? (?:to|who|which|that|should)\b", re.I)
_DEEDS = (
    frozenset(
        "send submit give present provide deliver transmit make report prepare furnish produce issue file".split()
    ),
)  # what is asked, told otherwise


@dataclass(frozen=True, slots=True)
class AskedWhom:
    """Whom a question says to be asked, as it is written there; which of those known it is, or the names of that country; for what deed."""

    words: str
    name: str
    deed: str = ""
    forms: frozenset[str] = frozenset()

    def is_named_in(self, text: str) -> bool:
        """Whether a text has them."""
        return bool(self.places(text))

    def is_called(self, addressee: str) -> bool:
        """Whether an addressee is them, and no representative of theirs."""
        return self.is_named_in(addressee) and not _FOR_ANOTHER.search(addressee)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where a text names them."""
        if not self.forms:
            return [match.span() for match in _NAMED[self.name].finditer(text)]
        plain = text.replace("’", "'").lower()
        return [
            (match.start(), match.end()) for form in self.forms for match in re.finditer(rf"\b{re.escape(form)}", plain)
        ]


def asked_in(question: str, *, states: bool) -> AskedWhom | None:
    """Whom a question says somebody asked for something, where it is one of those known or a country.

    One that `states` nothing may take it for granted.
    """
    if states and not _ASKING.search(question):
        return None
    for pattern in (*_OF_NAMES, *(() if states else _OF_WHAT_ONLY_ASKS)):
        match = pattern.search(question)
        name = _name(match["who"]) if match and not _HIS.match(question, match.end("who")) else None
        if match and name:
            return AskedWhom(match["who"], name, (match["deed"] or "").lower())
    for pattern in _OF_COUNTRIES:
        match = pattern.search(question)
        country = _OF_COUNTRY.sub("", match["who"]) if match else ""
        named = countries_in(country) if country else {}
        if match and list(named) == [country] and is_country(country):
            return AskedWhom(match["who"], country, match["deed"].lower(), named[country])
    return None


def called(who: str, addressee: str) -> bool:
    """Whether an addressee is whom a question calls `who`: by a known name of theirs, else as it is written there."""
    name = _name(who)
    if name is not None:
        return AskedWhom(who, name).is_called(addressee)
    return _plain(who) in _plain(addressee)


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|all)\s+", "", name.casefold().replace("-", " ").strip())


def others_asked(asked: AskedWhom, paragraph: str, opening: str) -> tuple[str, ...]:
    """Whom a paragraph, or what opens it, asks in the place of those; none where it asks them, or somebody who is not known.

    Where it names them otherwise, or they are a country, the same must be asked of the others.
    """
    text = f"{opening}\n{paragraph}"
    places = asked.places(text)
    head = _HEAD.search(asked.name)
    if not asked.forms and head and re.search(rf"\bthe {head[0]}\b(?! (?:of|for|on)\b)", text):
        return ()
    if not all(_NO_ACTOR.search(text[:start]) and not _ASKED_IN_TURN.match(text, end) for start, end in places):
        return ()
    acts = split_acts(paragraph) or split_acts(opening)
    asked_there = [one.addressee for one in acts if one.addressee]
    if not all(_is_another(one, asked) for one in asked_there):
        return ()
    if (places or asked.forms) and not any(_is_asked_for(asked.deed, one, text) for one in asked_there):
        return ()
    return tuple(dict.fromkeys(asked_there))


def _is_another(addressee: str, asked: AskedWhom) -> bool:
    """Whether an addressee is known, and is neither a part nor a representative of what is asked."""
    if _FOR_ANOTHER.search(addressee) or asked.is_named_in(addressee):
        return False
    name = _name(addressee)
    if asked.forms:
        return name != _STATES and (name is not None or bool(countries_in(addressee)))
    return name is not None or (asked.name != _STATES and bool(countries_in(addressee)))


def _is_asked_for(deed: str, addressee: str, text: str) -> bool:
    """Whether an addressee is asked for a deed, or for one that is told like it."""
    like = next((one for one in _DEEDS if deed in one), frozenset({deed}))
    after = text.partition(addressee)[2]
    return any(re.search(rf"\bto (?:\w+ )?{one}\b", after) for one in like)


def _name(words: str) -> str | None:
    return next((name for name, pattern in _NAMED.items() if pattern.search(words)), None)
