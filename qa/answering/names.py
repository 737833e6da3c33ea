"""Names that a question asks for: of States and things, of persons, of places; and whether a text gives one.

A name that the question has itself answers nothing, and neither do the capitals of the United Nations' own vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answering.countries import countries_in

_NAMED = (
    r"countr(?:y|ies)|nations?|states?|governments?|delegations?|capitals?|rooms?|halls?|floors?|airports?|villages?|cit(?:y|ies)"
    r"|towns?|buildings?|streets?|ports?|hotels?|banks?|compan(?:y|ies)|firms?|newspapers?|universit(?:y|ies)|ships?|vessels?|website"
    r"|address|hospitals?|prisons?|schools?|rivers?|roads?|provinces?|districts?|camps?|laborator(?:y|ies)|factor(?:y|ies)"
    r"|reactors?|ministers?|ambassadors?|judges?|generals|kings?|clans?|islands?|airlines?|envoys?|mediators?|officers?|commanders?"
)
# "Under which a State may" asks for nothing; and what States may or must do, all of them may or must.
ASKS_FOR_NAMES = re.compile(
    rf"\bwhich (?!(?:an?|the|any|each|every|all|its|their) )(?:\w+ )?(?:{_NAMED})\b(?! (?:may|must|shall|should|can|could)\b)"
    r"|\b(?:what|whose) (?!can|do|must|should)(?:\w+ )?(?:rooms?|halls?|cit(?:y|ies)|towns?|villages?|streets?|ports?|airports?|compan(?:y|ies)"
    r"|newspapers?|hotels?|banks?|ships?)\b|\bnames? of\b|\bname the\b"
    r"|\bwho (?:(?:was|were) (?:the|its|their|elected|appointed|named|chosen)|served as|acted as|became|brokered|mediated|signed"
    r"|killed|shot|ordered|founded|won)\b",
    re.I,
)
_NAME = re.compile(r"(?<![.;:?!]\s)(?<!\A)(?<!\n)\b[A-Z][\w'-]+")  # a capital, but not one that begins a sentence
# Capitalised words of the United Nations' own vocabulary, which name nobody in particular.
_VOCABULARY = frozenset(
    """
    accord action administrative advisory affairs agency agenda agreement annex april article articles assembly assistance
    august auditors board budget budgetary bureau central chair change chapter charter child children civil climate
    commission commissioner committee common compact conference contributions convention conventions cooperation
    coordination coordinator council countries court covenant day december decade declaration department developed
    developing development director disarmament doctrine document economic education emergency environment envoy
    executive february food force forces forum framework fund future general global goals government governments group
    habitat headquarters health high high-level human humanitarian implementation initiative inspection
    inter-agency interim intergovernmental internal international island january joint july june justice
    landlocked law least march may meeting member members middle-income military ministerial mission monday monitoring
    nations non-governmental non-proliferation november nuclear observer october office operation operations
    organization organizations outcome oversight pact parties part partnership peace peacebuilding peacekeeping periodic
    personnel persons plan political president principles programme protocol questions rapporteur refugees regional relief
    report representative resolution response review rights rule rules science secretary secretary-general section
    security september service services session small social special staff standard state statement states statute
    strategy summit support sustainable system the treaty trust unit united universal verification weapons week women
    working world year youth
    """.split()
)
# And what else no person and no place is called, where two capitals stand together or one after "in".
_NOBODY = _VOCABULARY | frozenset(
    """
    additional african agriculture all american arab armed armistice arms asian asylum atlantic biological black bosnian
    bank combat combating conflict consular crime crimean crimes criminal cross cruel cultural degrading democratic
    destruction digital diplomatic disaster discrimination displaced diversity drugs dust east eastern ending european
    exploration experiencing experts foreign forms friendly gender genetic genocide goal governmental head heads holy identity
    ii iii indigenous information islamic islamophobia iv latin league legal logistics mandate marine migration minister
    ministers money monetary mountain multidimensional muslim muslims national natural new non-self-governing north northern
    other peaceful people peoples permanent plenipotentiaries pollution preparatory prevention prime public racial radiation recalling
    reconstruction red renewed republic resident responsible risk rohingya sand sea senior serious socialist soviet south
    southern space speech sub-committee subcommittee technical technology territories territory their tourism trade
    transit transitional transnational tribunal truce union upper use vice-chair violence waste western white
    """.split()
)

_OFFICE = (
    r"(?:judge|prosecutor|commander|envoy|mediator|representative|rapporteur|president|chair(?:man|person|woman)?|director|mayor"
    r"|secretary-general|minister|ambassador|head|chief|boss|person|man|woman|leader|coordinator|adviser|advocate|(?:co-?)?facilitator"
    r"|successor|general|administrator|commissioner(?:-general)?)"
)
_PUT_THERE = r"(?:elected|appointed|named|chosen|picked|nominated|selected|designated)"
# A person's name, for which a bare office is none; "who is asked to report" and "who is to chair it" may be told by an office or a State.
ASKS_FOR_PERSON = re.compile(
    rf"\bwho(?:['’]s| is| was| were| are| has been| had been| got| became)(?: now)? (?:{_PUT_THERE}\b"
    r"(?! (?:to (?!succeed|chair|lead|head|command|replace|take over|be)|by)\b)|in charge\b"
    rf"|(?:the|its|their|his|her|now|un|[\w-]+['’]s) (?:(?!to\b|for\b|of\b|who\b|that\b|in\b)[\w'’-]+ ){{0,6}}?{_OFFICE}s?\b)"
    rf"|\bwho (?:got|has|had|took) the (?:job|post)\b"
    rf"|\b(?:has|have|had) (?:anybody|anyone|somebody|someone) (?:yet |already |now )?been (?:given|{_PUT_THERE})\b"
    r"|\bwhich (?:(?!is|was|are|were|did|do|does|must|may|should|the|official)[\w-]+ ){0,3}?(?:judge|commander|mayor|ambassador|diplomat|envoy"
    r"|prosecutor|mediator|person|man|woman|general(?= (?:was|is|led|leads|had|has|commanded|in|took|headed)\b|\?))\b(?!-)"
    rf"|\bnames? of (?:[\w'’-]+ ){{0,4}}?{_OFFICE}s?\b|\b(?:his|her|their) names?\W{{0,3}}\Z",
    re.I,
)
# Who chairs or leads may be told by an office, by a group, or by where two are to come from.
ASKS_WHO_LEADS = re.compile(
    r"\bwho(?: (?:chairs|chaired|heads|headed|leads|led|runs|ran|directs|directed|presides|presided|commands|commanded)\b"
    r"|(?:['’]s| is| was| were| are| has been| had been)(?: now)? (?:presiding|chairing|heading|leading|running|in (?:the chair|command))\b)"
    r"|\b(?:first|new|force|present|current) commander\W{0,3}\Z",
    re.I,
)
_LEADS = re.compile(
    r"\b(?:(?:co-)?chair|heads?\b(?! of (?:State|Government))|headed|heading|lead(?:s|er|ership|ing)?\b(?! to\b)|led\b(?! to\b)|presid"
    r"|command(?:ers?\b|ed\b|ing\b| of\b)|direct(?:or|s\b|ed by\b|ion of\b)|convene|facilitat|coordinat|posts? of\b)",
    re.I,
)
_CAPITAL = r"[^\W\d_a-z][\w'’-]*"
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Messrs|Sir|Dame|Lord|Lady|Judge|Justice|Professor|Ambassador|General|Colonel|Count|Prince|Princess)\b\.? "
    rf"(?:{_CAPITAL}\.? ){{0,2}}({_CAPITAL})"
)
_PAIR = re.compile(rf"(?<![\w-])({_CAPITAL})(?: (?:[A-Z]\.|de|van|von|al|bin|ibn|el|da|dos|del|der))* ({_CAPITAL})")
_NO_PERSON = re.compile(r"\b(?:[Tt]he|[Ii]n|[Aa]t|from|near)\s\Z")  # before a place or a thing
# "The appointment of the High Representative as the Special Envoy" says who it is all the same; that of "an Under-Secretary-General" does not.
_WHO_IT_IS = re.compile(
    r"\b(?:appoints|appointed|appointment of|elects|election of|designates|designation of|nominates)\b(?! an? )"
    r"[^.;]{0,120}? as (?:the |an? |its )?[A-Z]"
)

_EVENT = (
    r"(?:held|take place|taking place|meets?|met|convened?|hosted|signed|opened|sits?|gathering|conference|congress|summit|forum"
    r"|session|meeting|ceremony|seminar|talks|celebrated?|concluded?|adopted|launched|seat|based|headquarters|resume|begin)"
)
# Where a text says or asks something is a paragraph's place, not one on the map.
ASKS_FOR_PLACE = re.compile(
    r"\b(?:in|at|to) (?:which|what) (?:[\w-]+ )?(?:place|country|village)\b"
    r"|\b(?:which|what) (?:[\w-]+ )?(?:city|town|venue|capital)\b"
    r"|\bwhere(?:['’]s|(?: and when|,? or when)? (?:will|is|was|were|are|did|do|does|has|have|should|shall|would))\b"
    rf"(?!.{{0,40}}\b(?:says?|speaks?|told|asked)\b).{{0,90}}\b{_EVENT}\b",
    re.I,
)
# The last of the capitals after "in", "the city of", a comma and the like.
_PLACE = re.compile(
    r"(?:\b(?:[Ii]n|[Aa]t|[Nn]ear|[Tt]o|[Ff]rom|[Bb]y|[Oo]f|and|between|hosting|host)(?: [Tt]he)?"
    rf"(?: (?:City|city|town|Government|Republic|State|Kingdom|Sultanate) of(?: the)?)?|,) (?:{_CAPITAL} ){{0,2}}({_CAPITAL})"
)


def names_in(question: str) -> tuple[str, ...]:
    """The names of a question, each once and without a possessive: capitals that begin no sentence, without everyday vocabulary,
    abbreviations, and countries, their people and capitals.
    """
    found = (name.removesuffix("'s") for name in _NAME.findall(question.replace("’", "'")))
    known = {word for one in countries_in(question) for word in one.split()}
    return tuple(
        dict.fromkeys(
            name
            for name in found
            if name.lower() not in _VOCABULARY and name not in known and not name.removesuffix("s").isupper()
        )
    )


def holds_name(question: str, text: str) -> bool:
    """Whether a name stands there that is neither the question's own nor everyday vocabulary."""
    asked = question.lower()
    found = (name.removesuffix("'s").lower() for name in _NAME.findall(text.replace("’", "'")))
    return any(name not in _VOCABULARY and name[:5] not in asked for name in found)


def holds_person(question: str, text: str) -> bool:
    """Whether a person is named that the question does not name, or it is said of an office that it is whom it asks for."""
    asked = question.lower()
    return bool(_WHO_IT_IS.search(text)) or any(_is_new(name, asked) for name in _persons(text))


def holds_leader(question: str, text: str) -> bool:
    """Whether it is said of somebody or something that it chairs or leads, or a person is named."""
    return _LEADS.search(text) is not None or holds_person(question, text)


def holds_place(question: str, text: str) -> bool:
    """Whether a place is named that the question does not name."""
    asked = question.lower()
    return "Headquarters" in text or any(_is_new(name, asked) for name in _PLACE.findall(text))


def _persons(text: str) -> Iterator[str]:
    """The last words of what may be persons' names: after a title, or two capitals outside the vocabulary that are no country."""
    yield from _TITLED.findall(text)
    for match in _PAIR.finditer(text):
        given, family = match[1].lower(), match[2].lower()
        if (
            given not in _NOBODY
            and family not in _NOBODY
            and not _NO_PERSON.search(text, max(0, match.start() - 5), match.start())
            and not countries_in(match[0])
        ):
            yield match[2]


def _is_new(name: str, asked: str) -> bool:
    """Whether a name is neither vocabulary nor in the question (in small letters), whatever it ends in."""
    small = name.lower().replace("’", "'").removesuffix("'s")
    return (
        name[0].isupper()
        and not _NOBODY.intersection((small, small.partition("-")[0]))
        and not re.search(rf"(?<!\w){re.escape(small[:5])}", asked)
    )
