"""Which paragraphs a question names: "paras. 3 to 5", "58 (c) and (d)", "last operative paragraph", "section II, OP 4"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.numerals import NUMBERS, ONES, ORDINALS, TENS, from_roman, to_roman
from qa.symbols.places import ORDINAL_WORDS

_WORD = rf"(?:(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(ONES[:9])}))?|{'|'.join(ONES)})\b"
_FROM_END = {
    **dict.fromkeys(("last", "very last", "final", "closing", "concluding"), -1),
    **dict.fromkeys(("penultimate", "second last", "second to last", "next to last", "last but one"), -2),
    **dict.fromkeys(("antepenultimate", "third last", "third to last", "last but two"), -3),
}
_END_WORDS = "|".join(word.replace(" ", r"[\s-]") for word in sorted(_FROM_END, key=len, reverse=True))
_LATIN = r"bis|ter|quater"
_SUB = r"(?:\s?\((?:[a-z]|[ivx]{1,5})\))"
_HALF = r"\s?[a-m]\)|[a-hj-m](?![\w'’)])"  # "4 e)", "4e"
_LETTER = r"\s?(?:[b-hj-m]|[ai](?=\s*(?:[,.;:?!)]|of\b|in\b|under\b|$)))(?![\w'’)])"
_BEFORE_WORDS = "and|or|to|through|of|in|from|under|on|say|says|is|are|do|does|did|for|respectively|please|pls"
_NO_SYMBOL = r"(?!(?![a-hj-m](?![\w'’]))\w|[/%]|\.\d|\s?/\s?\d|\s?\((?:19|20)?\d\d\))"
_ROMAN = r"(?-i:[VX][IVX]{0,5}|I[IVX]{1,5})\b"
_FIRST = rf"(?:0*[1-9]\d{{0,2}}(?:\s?(?:{_LATIN})\b)?|{_WORD}|{_ROMAN}){_NO_SYMBOL}(?:{_SUB}+|{_HALF}|{_LETTER})?"
_SEPARATOR = r"(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|to|through)\s+|\s*[&–—-]\s*)"
_FURTHER = (
    rf"(?:(?:\s+(?:to|through)\s+|\s*[–—-]\s*)(?:0*[1-9]\d{{0,2}}|{_WORD}){_NO_SYMBOL}(?:{_SUB}+|{_HALF})?"
    rf"|{_SEPARATOR}(?:(?:0*[1-9]\d{{0,2}}(?:\s?(?:{_LATIN})\b)?|(?!one\b){_WORD}){_NO_SYMBOL}(?:{_SUB}+|{_HALF})?"
    rf"(?=\s*(?:$|[,.;:?!)&–—-]|(?:{_BEFORE_WORDS})\b))|{_SUB}+))"
)
_SUBS = rf"{_SUB}+(?:{_SEPARATOR}{_SUB}+)*"
_LIST = rf"(?:{_FIRST}(?:{_FURTHER}){{0,12}}|{_SUBS})"
_PARA = r"para(?:graph)?s?\b"
_KIND = (
    rf"(?:(?P<pp>preamb(?:ular|le)\s+(?:{_PARA}|clauses?)|pp\.?\s+{_PARA}|pps?(?![a-z])|p\.\s?p\b|recitals?)"
    rf"|(?P<op>operative(?:\s+(?:{_PARA}|clauses?))?|ops?\.?\s+{_PARA}|ops?(?![a-z])|o\.\s?p\b)"
    rf"|(?P<plain>(?:sub-?\s?)?(?:para(?:graph)?s?(?![a-z])|clauses?)|pars?\b|¶{{1,2}}|§{{1,2}}))"
    r"[\s.#:-]*(?:(?:nos?\b\.?|numbers?)\s*)?"
)
_ORDINAL = rf"(?:{_END_WORDS}|(?:{ORDINAL_WORDS})|[1-9]\d{{0,2}}(?:st|nd|rd|th))\b"
_SUB_WORD = r"(?:sub-?\s?(?:para(?:graph)?s?|clauses?)|letters?)\b\.?\s*"
_ENDS = (
    rf"(?:(?P<end>first|last|final)\s+(?P<many>{_WORD}|[2-9]|1\d)|(?P<so_many>{_WORD}|[2-9]|1\d)\s+(?P<of_end>first|last|final))\s+"
    rf"(?:(?P<end_kind>preambular|operative)\s+)?(?P<end_word>{_PARA}\.?|clauses?\b|ops?\b|pps?\b|recitals?\b)"
)
_ORDINALS = (
    rf"(?P<ordinals>{_ORDINAL}(?:{_SEPARATOR}(?:the\s+)?{_ORDINAL}){{0,2}}+)\s+"
    rf"(?:(?P<ordinal_kind>preambular|operative)\s+)?(?P<ordinal_word>{_PARA}\.?|clauses?\b|ops?\b|pps?\b|recitals?\b)"
)


def _where(place: int) -> str:
    """Annex or section, as pattern; twice in one group, before the paragraph and after it."""
    return (
        rf"(?:(?P<annex{place}>annex(?:es)?)\b(?:\s+(?P<which{place}>[IVX]{{1,4}}|\d)\b)?"
        rf"|(?:section|sect?\b|part)\.?\s+(?P<section{place}>[IVXL]{{1,6}}|[A-Z]|\d{{1,2}})\b)"
    )


_GROUP = re.compile(
    rf"(?<!\w)(?=[ac-fhln-pr-tvw¶§\d])"
    r"(?:(?:(?:para(?:graph)?|clause|op|one|what|which)\s+)(?:(?:right|just|immediately|directly|that|which|comes?|stands?)\s+)*"
    r"(?P<step>after|before|following|preceding|follows|precedes)\s+(?:the\s+)?)?"
    rf"(?:{_where(0)}[\s,]+(?:(?:in|of)\s+)?)?"
    r"(?:(?P<preamble>preamble)\s*,\s*|chapeau\s+(?:of|to)\s+(?:the\s+)?)?"
    rf"(?:{_SUB_WORD}(?P<subs>{_SUBS})\s+(?:of|in|to|under)\s+(?:the\s+)?)?"
    rf"(?:{_KIND}(?P<list>{_LIST})(?:(?:\s*,\s*|\s+){_SUB_WORD}(?P<below>{_SUBS})|,?\s+\(?(?:the\s+)?chapeau\b\)?)?|{_ENDS}|{_ORDINALS})"
    r"(?P<of_preamble>\s*,?\s+(?:of|in)\s+(?:the|its)\s+preamble\b)?"
    rf"(?:(?:\s*,\s*|\s+)(?:(?:of|in|to|under)\s+)?(?:the\s+)?{_where(1)}(?P<inside>{_SUB}+)?)?",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"para|\b[op]ps?(?:\b|\d)|\bo\.\s?p|\bp\.\s?p|\bpars?\b|[¶§]|clause|recital|operative", re.IGNORECASE
)
_PIECE = re.compile(
    rf"(?P<range>\bto\b|\bthrough\b|[–—-])|(?P<number>\d+|\b{_WORD}|\b{_ROMAN})"
    rf"(?:\s?(?P<latin>{_LATIN})\b)?(?P<sub>{_SUB}+|\s?[a-m]\)?(?!\w))?|(?P<only>{_SUB}+)",
    re.IGNORECASE,
)
_BARE_AFTER = re.compile(
    rf"[\s,:]{{1,4}}+(?P<list>(?:[1-9]\d{{0,2}}(?:{_SUB}+|{_HALF})(?:{_FURTHER}){{0,12}}|\((?:[a-h])\)"
    r"|(?<=,\s)[1-9]\d?(?=\s*(?::|$))))(?!\w)"
)
_IN_SECTION = re.compile(
    r"[\s,:]{1,4}+(?:(?:(?i:section|sect?\.|part)\s+)?(?P<section>[IVX]{1,6})(?:\.\s?|\s*,\s*)|(?P<apart>[VX][IVX]{0,5}|[IVX]{2,6})\s+)"
    rf"(?P<list>[1-9]\d{{0,2}}{_NO_SYMBOL}{_SUB}*(?:{_FURTHER}){{0,12}})(?!\w)"
)
_AGAIN = re.compile(
    rf"\s(?:of|in)\s(?:[\w./()-]{{1,30}}\s){{1,4}}?(?:and|or|&)\s(?P<list>[1-9]\d{{0,2}}{_SUB}*)\s(?:of|in)\s"
    r"(?=(?:the\s)?(?:res|SC|GA|UN|[AS]/|\d))",
    re.IGNORECASE,
)
_BARE_BEFORE = re.compile(rf"(?<![\w/.,(])(?P<list>[1-9]\d{{0,2}}(?:{_SUB}+|\s[a-h]))\s+(?:of|in)\s+(?:the\s+)?$")
_PART_BEFORE = re.compile(rf"(?<!\w){_where(0)}\s+(?:of|in|to)\s+(?:the\s+)?$", re.IGNORECASE)
_EXACT = re.compile(
    r"#(?P<label>(?:[A-Z]+\.)?(?:(?:PP|OP)\d{1,3}|A\d\.u?\d{1,3}(?:~[A-Z]+)?)(?:\([a-z]{1,4}\))*)", re.IGNORECASE
)
_STEPS = dict.fromkeys(("after", "following", "follows"), 1) | dict.fromkeys(("before", "preceding", "precedes"), -1)
_LONGEST_RANGE = 40


@dataclass(frozen=True, slots=True)
class Place:
    """One paragraph as a question names it.

    `kind` is "OP" or "PP". `number` counts from the end where negative; None where only a sub-paragraph is named. `annex`
    is 0 where none is named. `plain`: only "paragraph" was said, which an annex may have too. `step` 1 is the paragraph
    after it, -1 the one before. `exact` is a whole label, written as in an address. `unit` is the sign of the article or rule
    in which it stands ("Art5"); without a number all of that article. `whole` is every paragraph of a kind, of an annex, of a
    section, or with none of these of the whole text. `alone`: what opens it is meant, without its items ("chapeau of paragraph 7").
    """

    kind: str = "OP"
    number: int | None = None
    sub: str = ""
    section: str = ""
    annex: int = 0
    plain: bool = False
    step: int = 0
    exact: str = ""
    unit: str = ""
    whole: bool = False
    alone: bool = False

    @property
    def is_numbered(self) -> bool:
        """Whether it says which paragraph, or which article, of a text."""
        return self.number is not None or bool(self.unit)

    def __str__(self) -> str:
        if self.exact:
            return self.exact
        if self.whole:
            return self.section or (f"A{self.annex}" if self.annex else self.kind)
        section = f"{self.section}." if self.section else ""
        number = "" if self.number is None else str(self.number)
        if self.number is not None and self.number < 0:
            number = f" {-self.number} from the end"
        if self.unit:
            number = f".{number}" if number else ""
            label = f"{section}A{self.annex}.{self.unit}{number}" if self.annex else f"{section}{self.unit}{number}"
        else:
            label = f"{section}A{self.annex}.{number}" if self.annex else f"{section}{self.kind}{number}"
        steps = {1: " (the one after it)", -1: " (the one before it)"}
        return f"{label}{self.sub}{steps.get(self.step, '')}"


@dataclass(frozen=True, slots=True)
class Places:
    """Paragraphs named in one breath; `span`, half-open, holds the words."""

    span: tuple[int, int]
    places: tuple[Place, ...]


def find_places(text: str) -> list[Places]:
    """Every naming of paragraphs, in order, whatever text they are of."""
    if not _HINT.search(text):
        return []
    found = []
    for match in _GROUP.finditer(text):
        found.append(Places(match.span(), _read(match)))
        again = _AGAIN.match(text, match.end()) if match["list"] else None
        if again:
            base = Place(found[-1].places[0].kind, plain=bool(match["plain"]))
            found.append(Places(again.span("list"), tuple(_listed(again["list"], base))))
    return found


def bare_after(text: str, end: int) -> Places | None:
    """A number with a letter, or a letter, right behind a symbol: "551 (1984)| 1 (b)"; or a label: "78/61|#OP9"."""
    exact = _EXACT.match(text, end)
    if exact:
        label = re.sub(r"PP|OP|\bA(?=\d)", lambda found: found[0].upper(), exact["label"], flags=re.IGNORECASE)
        return Places(exact.span(), (Place(exact=label),))
    part = _IN_SECTION.match(text, end)
    if part:
        base = Place(plain=True, section=_roman(part["section"] or part["apart"]))
        return Places(
            (part.start("section" if part["section"] else "apart"), part.end()), tuple(_listed(part["list"], base))
        )
    match = _BARE_AFTER.match(text, end)
    return Places(match.span("list"), tuple(_listed(match["list"], Place(plain=True)))) if match else None


def bare_before(text: str, start: int) -> Places | None:
    """A number with a letter right before a symbol: "10 d of |841 (1993)"."""
    begin = max(0, start - 30)
    match = _BARE_BEFORE.search(text[begin:start])
    if match is None:
        return None
    at, to = match.span("list")
    return Places((begin + at, begin + to), tuple(_listed(match["list"], Place(plain=True))))


def part_before(text: str, start: int) -> Places | None:
    """The section or annex right before a symbol, as a place without a number: "section VIII of |79/258"."""
    begin = max(0, start - 30)
    match = _PART_BEFORE.search(text[begin:start])
    if match is None:
        return None
    section, annex = match["section0"], _annex(match["which0"]) if match["annex0"] else 0
    part = Place(section=_roman(section or ""), annex=annex)
    return Places((begin + match.start(), start), (part,))


def _read(match: re.Match[str]) -> tuple[Place, ...]:
    step = _STEPS.get((match["step"] or "").lower(), 0)
    section = match["section0"] or match["section1"] or ""
    base = Place(
        section=_roman(section),
        annex=_annex(match["which0"] or match["which1"]) if match["annex0"] or match["annex1"] else 0,
        step=step,
        alone="chapeau" in match[0].lower(),
    )
    if end := match["end"] or match["of_end"]:
        word, many = (match["end_kind"] or match["end_word"]).lower(), _number(match["many"] or match["so_many"])
        base = replace(base, kind=_kind(word))
        numbers = range(1, many + 1) if end.lower() == "first" else range(-many, 0)
        found = [replace(base, number=number) for number in numbers]
    elif match["ordinals"]:
        word = (match["ordinal_kind"] or match["ordinal_word"]).lower()
        plain = not match["ordinal_kind"] and word.startswith(("para", "clause"))
        base = replace(base, kind=_kind(word), plain=plain)
        ordinals = re.findall(_ORDINAL, match["ordinals"], re.IGNORECASE)
        found = [replace(base, number=_ordinal(one)) for one in ordinals]
    else:
        base = replace(base, kind="PP" if match["pp"] else "OP", plain=bool(match["plain"]))
        found = _listed(match["list"], base)
    if match["preamble"] or match["of_preamble"]:
        found = [replace(one, kind="PP", plain=False) for one in found]
    if under := match["subs"] or match["below"] or match["inside"]:
        subs = [one.sub for one in _listed(under, base)]
        found = [replace(one, sub=one.sub + sub) for one in found for sub in subs]
    return tuple(found)


def _kind(word: str) -> str:
    return "PP" if word.startswith(("pre", "pp", "recital")) else "OP"


def _listed(text: str, base: Place) -> list[Place]:
    """The places of a list such as "3, 4 and 6 to 8" or "58 (c) and (d)", in order."""
    found: list[Place] = []
    ranged = False
    for piece in _PIECE.finditer(text):
        if piece["range"]:
            ranged = True
            continue
        if piece["only"]:
            last = found[-1] if found else base
            place = replace(last, sub=_beside(last.sub, _dense(piece["only"])))
        else:
            word = piece["number"].lower()
            sub = _dense(piece["sub"] or "")
            sub = f"({sub.rstrip(')')})" if sub and not sub.startswith("(") else sub
            latin = (piece["latin"] or "").lower()
            place = replace(base, number=_number(word), sub=f"{latin}{sub}")
        found += _between(found[-1], place) if ranged and found else []
        found.append(place)
        ranged = False
    return found


def _number(word: str) -> int:
    return (
        int(word) if word.isdecimal() else NUMBERS.get("-".join(word.lower().split())) or from_roman(word.upper()) or 0
    )


def _between(first: Place, last: Place) -> list[Place]:
    """What lies between the two ends of a range, of numbers or of letters."""
    if not first.sub and not last.sub and first.number and last.number:
        between = range(first.number + 1, min(last.number, first.number + _LONGEST_RANGE))
        return [replace(first, number=number) for number in between]
    a, b = first.sub[-2:-1], last.sub[-2:-1]
    if first.number == last.number and len(first.sub) == len(last.sub) and a < b:
        return [replace(first, sub=f"{first.sub[:-2]}{chr(code)})") for code in range(ord(a) + 1, ord(b))]
    return []


def _beside(sub: str, other: str) -> str:
    """A sub-paragraph named after another: "(c)" beside "(a)" is "(c)", "(ii)" beside "(a)(i)" is "(a)(ii)"."""
    known, given = re.findall(r"\([^()]*\)", sub), re.findall(r"\([^()]*\)", other)
    return "".join([*known[: max(0, len(known) - len(given))], *given])


def _dense(text: str) -> str:
    return re.sub(r"\s", "", text).lower()


def _ordinal(word: str) -> int:
    plain = " ".join(word.lower().replace("-", " ").split())
    return _FROM_END.get(plain) or ORDINALS.get("-".join(plain.split())) or int(re.sub(r"\D", "", plain))


def _annex(which: str | None) -> int:
    return int(which) if which and which.isdecimal() else from_roman((which or "I").upper()) or 1


def _roman(section: str) -> str:
    return to_roman(int(section)) if section.isdecimal() and int(section) else section.upper()
