"""Where a question may name a resolution, a decision or a statement, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from qa.errors import SymbolError
from qa.symbols.beside import Beside
from qa.symbols.numbers import NUMBER, NumberReading, of_year, read_number
from qa.symbols.organs import Organ, SymbolKind
from qa.symbols.symbol import Symbol

_ORGANS: tuple[tuple[str, Organ], ...] = (
    (r"(?:UN\s?)?HRC|UNHRC|(?:UN\s+)?Human\s+Rights\s+Council|A/HRC/RES/?|HRC/RES/?", Organ.HUMAN_RIGHTS_COUNCIL),
    (r"(?:UN\s+)?Commission\s+on\s+Human\s+Rights", Organ.COMMISSION_ON_HUMAN_RIGHTS),
    (r"(?:UN\s+)?ECOSOC|Economic\s+and\s+Social\s+Council|E/RES/?", Organ.ECONOMIC_AND_SOCIAL_COUNCIL),
    (
        r"(?:UN|U\.N\.)?\s?SC(?:/RES/?)?|(?:UN|U\.\s?N\.)?\s?S\.\s?C\.|(?:UN|U\.N\.)?\s?SCR|(?:UN\s+)?Security\s+Council|S/RES/?",
        Organ.SECURITY_COUNCIL,
    ),
    (r"UNEA|(?:United\s+Nations\s+|UN\s+)?Environment\s+Assembly", Organ.ENVIRONMENT_ASSEMBLY),
    (r"UNHA|(?:United\s+Nations\s+|UN-?\s?)?Habitat\s+Assembly", Organ.HABITAT_ASSEMBLY),
    (
        r"(?:UN|U\.N\.)?\s?GA(?:R|/RES/?)?|(?:UN|U\.\s?N\.)?\s?G\.\s?A\.|(?:UN\s+)?General\s+Assembly|A/RES/?",
        Organ.GENERAL_ASSEMBLY,
    ),
)
_ORGAN = "|".join(f"(?P<o{place}>{pattern})" for place, (pattern, _) in enumerate(_ORGANS))
_ORGAN_AFTER = "|".join(f"(?P<p{place}>{pattern})" for place, (pattern, _) in enumerate(_ORGANS))
_WORD = r"(?P<word>resolutions?|res(?:\b\.?|(?=\d))|decisions?|dec\b\.?)"
MENTION = re.compile(
    rf"(?<![\w/.,-])(?=[\d#CDEGHNRSU]|A/|\s[GS])(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:(?:{_ORGAN})(?:['’]s?)?[\s:/-]*)?(?:{_WORD}\s*)?"
    rf"(?:(?:n(?:o\b|\.?[º°])\.?|№|number|nr\.?|#)\s*)?(?:(?<=/)0{{1,3}})?{NUMBER}(?![\w/%])(?!\.\d)(?!-\d)"
    rf"(?:,?\s+(?:of|by|adopted\s+by)\s+the\s+(?:{_ORGAN_AFTER})\b)?",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?<!\s)(?:\s*+(?:,\s*+(?:(?:and|or)\s++)?|&\s*+)|\s++(?:and|or)\s++)(?=[ES\d])"
    + NUMBER
    + r"(?![\w/%])(?!\.\d)(?!-\d)"
)
_OFFICIAL = re.compile(
    r"(?<![\w/])(?:A|S|E|UNEP|HSP|ST|TD|ECE)/[A-Za-z0-9./()-]{2,60}(?:\s?\((?:\d{4}|[IVXLCES-]{1,7})\)|\s[A-Z](?:-[A-Z])?(?!\w))?",
    re.IGNORECASE,
)
_ZEROS = re.compile(r"(?<=/)0+(?=\d)")  # "A/RES/79/069"
_NOT_A_PAIR = re.compile(
    r"(?<!\s)\s*+(?:rule|split|ratio|chance|vision|basis|per\s?cent|percent|%|hours?|days?)\b", re.IGNORECASE
)
_BOTH = re.compile(r"\b(?:both|each\s+of|either)\s+$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"(?<!\w)(?P<year>(?:19|20)\d\d)(?:['’]s?)?\s+$")
_A_PARAGRAPH = re.compile(r",\s[1-9]\d?\s*(?::|$)")
_YEAR_OF = re.compile(r"\b(?:the|its|that|this)\s+$", re.IGNORECASE)
_NAMED = re.compile(r"\s{1,4}+(?!(?:and|or|on|of|in|to|is|does|do|did|says?|with|from)\b)[^\W\d_]", re.IGNORECASE)
_NAMED_RESOLUTION = re.compile(r"\s{1,4}+(?:\w{1,30}+\s{1,4}+)?(?:resolutions?|res|text)\b", re.IGNORECASE)
_ON = re.compile(r"\s{1,4}+(?:on|about|concerning|regarding)\b", re.IGNORECASE)
_COMMITTEE = re.compile(r"\s{1,3}+committee\b(?! (?:members|meetings|sessions|reports|of|on))", re.IGNORECASE)
_FIRST_WITH_COMMITTEE = 100  # no committee is called by a lower number
_SENTENCE = re.compile(r"[.?!;]\s(?=[A-Z])")
_MONTH = re.compile(r"\s{1,4}+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b", re.IGNORECASE)
_WHICH_DOES = re.compile(
    r"\b(?:which|what)\s(?:[\w-]{1,12}\s){0,2}?(?:resolutions?|res|decisions?)\s(?:does|do|did)\s+$", re.IGNORECASE
)
_CITES = re.compile(
    r"\s{1,4}+(?:(?:and|or|expressly|also|itself)\s{1,4}+)?(?:re(?:call|affirm|iterate|fer|peat|scind|place)|cit|mention|quot|not|build|amend|supersede|invok|name|confirm|list)[a-z]{0,2}\b",
    re.IGNORECASE,
)
_CAME_AFTER = re.compile(
    r"\b(?:council|assembly|resolutions?|texts?|decisions?)\b[^.?!;,]{0,60}?"
    r"\b(?:after|before|followed(?:\s+up(?:\s+on)?)?|succeeded|replaced|superseded)\s+$",
    re.IGNORECASE,
)
# "What must States do under 1373?", "does 734 extend UNIFIL?"; not "under 500 tons", "did 734 observers go".
_UNDER = re.compile(
    r"\b(?:under|pursuant\s+to|(?:in\s+accordance|compl(?:y|ies|ied|ying|iance))\s+with|violat(?:e|es|ed|ing|ions?(?:\s+of)?)"
    r"|breach(?:e[sd]|ing)?(?:\s+of)?|implement(?:s|ed|ing|ation\s+of)?|(?:imposed|established|required|created|authori[sz]ed|set\s+up)\s+by)\s+$",
    re.IGNORECASE,
)
_IT_ENDS = re.compile(
    r"\s{0,4}+(?:[?.,;:!)]|$|(?:and|who|what|which|when|where|how|why|must|may|should|can|is|are|do|does|did)\b)",
    re.IGNORECASE,
)
_DOES = re.compile(r"\b(?:does|did)\s+$", re.IGNORECASE)
_ACTS = re.compile(
    r"\s{1,4}+(?:say|state|extend|renew|prolong|ask|call|request|urge|demand|require|mention|impose|establish|decide|authori[sz]e|condemn|cover|apply"
    r"|allow|ban|prohibit|forbid|define|provide|set|give|contain|include|lift|create|mean|want|tell|speak|refer|recommend|endorse|oblige"
    r"|approve|adopt|appoint|proclaim|declare|terminate|suspend|note|thank|welcome|commend|regret|deplore|encourage|invite|reaffirm|recogni[sz]e"
    r"|stress|express|bind|list|fix|name|invoke|cite|recall|quote|amend|replace|build|rely|affect|concern|have|look|come|act|determine|affirm|protect|exempt|consider"
    r"|permit|prevent|punish|freeze|envisage|address|deal|need|note)\b",
    re.IGNORECASE,
)
# "Text of 841", "was 841 adopted unanimously?", "841 and 861": a number that is spoken of as a text, which one that is held may be.
_SPOKEN_OF = re.compile(
    r"(?:\A\W{0,4}|\b(?:of|in|from|by|with|about|on|than|versus|vs\.?|between|compare|and|or|that|is|was|are|were|does|did|do|has|have|had|for|against"
    r"|(?:up|successor|predecessor|version|resolution|reference|response|according|sequel|link|referred|refers?|compared)\s+to|replaced"
    r"|superseded|amended|replaces|supersedes|amends|before|after|since|what|show|summari[sz]e|explain|quote|read|open|find)\s+)$",
    re.IGNORECASE,
)
_AS_A_TEXT = re.compile(
    r"['’]s?\s|\s{0,4}+(?:[?.;:!)]|,(?!\d)|$|(?:\w{3,10}ed|and|or|vs\.?|versus|to|with|compared|about|on|regarding|concerning|still"
    r"|in\s+force|binding|adopted|passed|enter|bind|amend"
    r"|replace|supersede|recall|cite|name|build|differ|deal|been|be|under|a\s|an\s|what|text|preamble|summary|annex|unanimous|welcome|thank"
    r"|commend|regret|deplore|praise|legally|mandatory|follow|does|did|do|come|came|take|work|change|new|important|can|who|which|when|where|how|why|must|may|should)\b)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?: [a-z]{3,20}){1,2}\W{0,9}\Z")  # "757 sport"
_PART_OF = re.compile(
    r"\b(?:sanctions|embargo(?:es)?|measures|cease-?fire|deadlines?|demands|terms|conditions|obligations)\s(?:of|in|under|imposed\sby|set\sby)\s$"
    r"|\b(?:force|mission|mandate|commission|tribunal|committee|prohibition|ban)\s(?:in|under)\s$"
    r"|\b(?:paragraphs?|paras?|text|title|versions?|editions?|preamble|recitals?|provisions?|clauses?|summary|wording|adoption|content)\s(?:of|in)\s+$",
    re.IGNORECASE,
)
_ITS = re.compile(r"\s{1,4}+(?:arms\s{1,4}+)?(?:embargo|sanctions|cease-?fire)\b", re.IGNORECASE)  # "the 864 embargo"
_OF_TIME = re.compile(r"\b(?:by|in|between|since|from|before|after|and|or|to)\s+$", re.IGNORECASE)
_MAY_BE_YEARS = range(1500, 2101)  # behind such words
_FEWEST_DIGITS = 3
_ENDS_THERE = re.compile(r"\s{0,4}+(?:[?.,;:!]|$|\b(?:on|about|concerning|regarding|to|and|with)\b)", re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    r"\b(?:articles?|art\.|rules?|chapters?|principles?|goals?|targets?|items?|section|sect\.|annex|part|table|pages?|step|phase)"
    r"\s+$|\(\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A stretch that is, or may be, a symbol. `listed` numbers the lists ("resolutions 1325 and 1820"). `is_spoken_of`: nothing tells
    it to be one but that it stands where a text may.
    """

    span: tuple[int, int]
    reading: NumberReading
    listed: int
    cued: bool = True
    match: re.Match[str] | None = None
    instead: tuple[Symbol, ...] = ()
    may_be_year: bool = False
    committee: bool = False
    is_spoken_of: bool = False


def official_ones(text: str) -> list[Seen]:
    """Every symbol in its official form; those of reports and drafts are left out."""
    found = (_official(text, match, -1 - place) for place, match in enumerate(_OFFICIAL.finditer(text)))
    return [one for one in found if one is not None]


def _official(text: str, match: re.Match[str], listed: int) -> Seen | None:
    words = match[0].rstrip(".,;:-")
    for candidate in (words, re.sub(r"\s.*", "", words).rstrip(".,;:-"), words.rstrip(")")):
        try:
            symbol = Symbol.parse(_ZEROS.sub("", candidate))
        except SymbolError:
            continue
        if symbol.kind in (SymbolKind.DOCUMENT, SymbolKind.DRAFT):
            return None
        return Seen((match.start(), match.start() + len(candidate)), of_year(symbol), listed)
    return None


def loose_ones(text: str, busy: list[tuple[int, int]]) -> list[Seen]:
    """Every number that may be a resolution's, outside the stretches that are `busy`, in order."""
    found: list[Seen] = []
    taken = 0
    numbers = count()
    for match in _outside(text, busy):
        start = match.start()
        if start < taken or _goes_on(text, match, busy):
            continue
        seen = _loose(text, match, next(numbers), busy)
        found += seen
        taken = seen[-1].span[1] if seen else taken
    return found


def _outside(text: str, busy: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches that touch no busy stretch; behind one that does it goes on where that stretch ends: "OP 4 of |1973 (2011)"."""
    match = MENTION.search(text)
    while match is not None:
        touched = [b for a, b in busy if a < match.end() and match.start() < b]
        if not touched:
            yield match
        match = MENTION.search(text, max(match.start() + 1, min([match.end(), *touched])))


def _goes_on(text: str, match: re.Match[str], busy: list[tuple[int, int]]) -> bool:
    """Whether a number without a word follows another number ("5 600"), which is no paragraph's."""
    start = match.start()
    bare = match[0][:1].isdecimal() and text[max(0, start - 2) : start].strip().isdecimal()
    return bare and not any(b == start - 1 for _, b in busy)


def _loose(text: str, match: re.Match[str], listed: int, busy: list[tuple[int, int]]) -> list[Seen]:
    """What one match and the list that it opens ("resolutions 1325 and 1820") may name."""
    organ, decision = named_organ(match), is_decision(match)
    start, end = match.span()
    reading = read_number(match, organ, decision)
    instead: tuple[Symbol, ...] = ()
    cued = organ is not None or match["word"] is not None
    if not reading.candidates:
        instead = read_number(match, None, decision).candidates if organ is not None and not decision else ()
        if not instead:
            return []
    elif match["bare"] and (dated := _dated_before(text, start, reading)):
        start, cued = dated, True
    cued = cued or (
        _WHICH_DOES.search(text[max(0, start - 40) : start]) is not None and _CITES.match(text, end) is not None
    )
    cued = cued or _is_beside(text, match) or _is_asked_bare(text, match)
    may_be_year = _is_plain_year(match["bare"]) and not _is_strong(match)
    committee = not cued and _is_committee(text, match)
    cued = cued or committee
    spoken_of = not cued and _is_spoken_of(text, match)
    cued = cued or spoken_of
    sure = (cued and _is_number(match)) or start < match.start() or _is_sure(text, match, reading)
    if instead:  # "the General Assembly 193 members" is not told from a resolution without a word for one
        sure = match["word"] is not None or bool(re.match(r"[AS]/RES/", match[0], re.IGNORECASE))
    found = [Seen((start, end), reading, listed, sure, match, instead, may_be_year, committee, spoken_of)]
    both = _BOTH.search(text[max(0, start - 16) : start]) is not None
    while cued or both:
        following = _NEXT.match(text, end)
        if _is_singular(match["word"]) and _A_PARAGRAPH.match(text, end):
            break  # "res 743, 11: ..."
        if following is None or (following["bare"] and not match["bare"]) or _is_plain_year(following["bare"]):
            break
        reading = read_number(following, organ, decision)
        start, end = following.end() - len(following[0].lstrip(" ,&andor")), following.end()
        if not reading.candidates or any(a < end and start < b for a, b in busy) or _MONTH.match(text, end):
            break
        found.append(Seen((start, end), reading, listed, sure or cued, following, is_spoken_of=spoken_of))
    return found


def _is_committee(text: str, match: re.Match[str]) -> bool:
    """Whether a number names the committee that a resolution of the Council set up: "the |1540 Committee"."""
    bare = match["bare"]
    named = bare is not None and not _is_plain_year(bare) and int(bare) > _FIRST_WITH_COMMITTEE
    start = match.start()
    return (
        named
        and bool(_COMMITTEE.match(text, match.end()))
        and not _OTHER_NUMBER.search(text[max(0, start - 14) : start])
    )


def _is_beside(text: str, match: re.Match[str]) -> bool:
    """Whether a number names the resolution after which others are asked for: "what did the Council do after |211?"."""
    bare, start = match["bare"], match.start()
    counts = bare is not None and not _is_plain_year(bare) and int(bare) > _FIRST_WITH_COMMITTEE
    return (
        counts
        and _ENDS_THERE.match(text, match.end()) is not None
        and _CAME_AFTER.search(text[max(0, start - 90) : start]) is not None
    )


def _is_singular(word: str | None) -> bool:
    return word is not None and word.lower().rstrip(".") in ("resolution", "res", "decision", "dec")


def _dated_before(text: str, start: int, reading: NumberReading) -> int | None:
    """Where "1990's |678" or "1990 |resolution 678" begins: the year must be that of the number."""
    match = _YEAR_BEFORE.search(text[max(0, start - 8) : start])
    fits = match is not None and any(symbol.printed_year == int(match["year"]) for symbol in reading.candidates)
    return max(0, start - 8) + match.start() if match and fits else None


def _is_number(match: re.Match[str]) -> bool:
    """Whether what stands after a word for a resolution or an organ is its number, and no year."""
    if match["bare"] and _is_plain_year(match["bare"]):
        return _is_strong(match) or (match["word"] is not None and not match["word"].lower().endswith("s"))
    return True


def _is_strong(match: re.Match[str]) -> bool:
    """Whether it is written as a symbol: SCR 1325, S/RES/1325."""
    return (
        bool(re.search(r"R\b|RES/?$", match[0].split(match["bare"] or "\0")[0].rstrip(), re.IGNORECASE))
        and not match["word"]
    )


def _is_asked_bare(text: str, match: re.Match[str]) -> bool:
    """Whether a number alone is spoken of as a text is: something is under it, or it does something."""
    bare = match["bare"]
    if bare is None or len(bare) < _FEWEST_DIGITS or _is_plain_year(bare):
        return False
    before = text[max(0, match.start() - 24) : match.start()]
    under = _UNDER.search(before) and _IT_ENDS.match(text, match.end())
    return bool(under or (_DOES.search(before) and _ACTS.match(text, match.end())))


def _is_spoken_of(text: str, match: re.Match[str]) -> bool:
    """Whether a number alone stands where a text may, and a quantity hardly: "text of |841"."""
    bare = match["bare"]
    if bare is None or len(bare) < _FEWEST_DIGITS or _is_plain_year(bare):
        return False
    before = text[max(0, match.start() - 24) : match.start()]
    if int(bare) in _MAY_BE_YEARS and _OF_TIME.search(before):
        return False
    if _SHORT.match(text, match.end()) and not text[: match.start()].strip():
        return True
    if _ITS.match(text, match.end()) and not _OTHER_NUMBER.search(before):
        return True
    stands = _SPOKEN_OF.search(before) and _AS_A_TEXT.match(text, match.end()) and not _OTHER_NUMBER.search(before)
    return bool(stands or _PART_OF.search(before))


def _is_sure(text: str, match: re.Match[str], reading: NumberReading) -> bool:
    """Whether a number without a word for a resolution is one by its form, and no year, date, fraction or quantity."""
    if match["bare"] or match["dated"]:
        return False
    if match["early"] or match["council"] or _is_plain_year(match["number"]):
        return bool(reading.candidates)
    session = match["session"]
    if not session.isdecimal():
        return True
    return 31 < int(session) < 100 and int(session) != 50 and not _NOT_A_PAIR.match(text, match.end())


def is_meant(text: str, seen: Seen, beside: Beside) -> bool:
    """Whether a number that nothing else tells to be a resolution's has a paragraph named of it: "OP4 of |1325"."""
    if not beside.close or not beside.places[0].is_numbered:
        return False
    bare = seen.match["bare"] if seen.match else None
    if bare is None:
        return True
    before = text[max(0, seen.span[0] - 14) : seen.span[0]]
    if beside.places[0].unit and (not beside.of or len(bare) < 3):
        return False  # "breach of 253 Article 25", "rule 3 of 10"
    is_year = _is_plain_year(bare) and (not beside.of or bool(beside.places[0].unit))
    return not is_year and not _OTHER_NUMBER.search(before)


def is_year_beside(text: str, seen: Seen, others: list[Seen]) -> bool:
    """Whether a bare number is the year of what is named after it: "the |2025 declaration, 80/117", "the |2030 Agenda".

    "The |1973 resolution" may be number 1973, unless it is said what that is on, or another symbol stands in the sentence.
    """
    bare = seen.match["bare"] if seen.match and not seen.cued else None
    start, end = seen.span
    if not _is_plain_year(bare) or not _YEAR_OF.search(text[max(0, start - 8) : start]) or not _NAMED.match(text, end):
        return False
    named = _NAMED_RESOLUTION.match(text, end)
    return (
        named is None
        or _ON.match(text, named.end()) is not None
        or any(
            one is not seen and not _SENTENCE.search(text, min(end, one.span[1]), max(start, one.span[0]))
            for one in others
        )
    )


def _is_plain_year(number: str | None) -> bool:
    return number is not None and 1945 <= int(number) <= 2035


def named_organ(match: re.Match[str]) -> Organ | None:
    """The organ that a match of `MENTION` names before its number or after it."""
    groups = match.groupdict()
    for place, (_, organ) in enumerate(_ORGANS):
        if groups.get(f"o{place}") or groups.get(f"p{place}"):
            return organ
    return None


def is_decision(match: re.Match[str]) -> bool:
    """Whether a match of `MENTION` says decision, not resolution."""
    return (match["word"] or "").lower().startswith("dec")
