"""Resolutions and paragraphs as people name them: alone ("UNGA res 55/179") or inside a question ("OP4 of 1325").

    mention   = [place] [organ] ["resolution"] number [place]     ("para 21 of resolution 55/179", "55/179, para. 24")
    number    = canonical symbol | session/n | n (year) | n (ROMAN) | n, where a word before it says that it is one
    place     = "para" n | "OP" n | "PP" n | "annex para" n, each with sub-paragraphs: "5 (a) (ii)"

A number that only looks like a symbol is left alone: 2023/24, 24/7, a year, a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.errors import AmbiguousSymbolError, SymbolError
from qa.symbols.organs import Organ
from qa.symbols.sessions import security_council_year
from qa.symbols.symbol import Symbol


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a resolution; several `candidates` where the form is ambiguous, best first.

    `label` is that of the paragraph named with it ("OP4(a)", "PP3", "A1.12"), if one is.
    """

    span: tuple[int, int]
    text: str
    candidates: tuple[Symbol, ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text that should name one resolution may mean; `why` says why it is not one."""

    text: str
    candidates: tuple[Symbol, ...]
    why: str | None = None

    def one(self) -> Symbol:
        """The only candidate.

        Raises:
            AmbiguousSymbolError: several. SymbolError: none.
        """
        if not self.candidates:
            raise SymbolError(self.text, self.why or "it has none of the known forms")
        if len(self.candidates) > 1:
            raise AmbiguousSymbolError(self.text, tuple(str(one) for one in self.candidates))
        return self.candidates[0]


_ASSEMBLY = r"(?:UN ?GA|GA|(?:UN )?General Assembly(?:['’]s)?)"
_SECURITY = r"(?:UN ?SC|SC|(?:UN )?Security Council(?:['’]s)?)"
_RIGHTS = r"(?:UN ?HRC|HRC|(?:UN )?Human Rights Council(?:['’]s)?)"
_SOCIAL = r"(?:ECOSOC|Economic and Social Council(?:['’]s)?)"
_ORGANS: tuple[tuple[re.Pattern[str], tuple[Organ, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), organs)
    for pattern, organs in (
        (rf"{_ASSEMBLY}|UNGAR|GAR", (Organ.GENERAL_ASSEMBLY,)),
        (rf"{_SECURITY}|UNSCR|SCR", (Organ.SECURITY_COUNCIL,)),
        (_RIGHTS, (Organ.HUMAN_RIGHTS_COUNCIL,)),
        (_SOCIAL, (Organ.ECONOMIC_AND_SOCIAL_COUNCIL,)),
        (r"Council", (Organ.HUMAN_RIGHTS_COUNCIL, Organ.ECONOMIC_AND_SOCIAL_COUNCIL, Organ.SECURITY_COUNCIL)),
    )
)
_SUBS = r"(?:\s?\((?:[a-z]{1,2}|[ivx]{1,5})\)){0,3}"
_NAMED = r"(?:(?:operative|preambular)\s)?(?:paragraphs?|paras?\.?|OP|PP|pp\.|op\.)"
_PLACE = rf"(?:annex,?\s(?:{_NAMED}\s?)?|{_NAMED}\s?)\d{{1,3}}{_SUBS}(?!\d)"
_NUMBER = (
    r"(?P<symbol>(?:A|S|E|HSP|UNEP)/(?=[A-Z0-9./-]*\d)[A-Z0-9./-]*[A-Z0-9](?:\s?\((?:\d{4}|[IVXL]+)\))?(?: ?[A-F](?![\w/’']))?)"
    r"|(?P<session>(?:S-|ES-)?\d{1,4})/(?P<of>\d{1,3})(?: ?(?P<part>[A-F](?:-[A-F])?)(?![\w’']))?"
    r"|(?P<early>\d{1,4}(?: [A-F])?) ?\((?P<roman>[IVXL]+)\)"
    r"|(?P<dated>\d{1,4})(?: ?\(| of )(?P<year>(?:19|20)\d\d)(?:\)|(?!\d))"
    r"|(?P<bare>\d{1,4})"
)
_MENTION = re.compile(
    rf"(?<![\w/.-])(?:(?P<before>{_PLACE})\s(?:of|in|to|from)\s(?:the\s)?)?"
    rf"(?:(?P<organ>{_ASSEMBLY}|{_SECURITY}|{_RIGHTS}|{_SOCIAL}|Council)\s)?"
    rf"(?P<word>(?:resolutions?|res\.?|UNSCR|SCR|UNGAR|GAR)\s?(?:no\.?\s?)?)?"
    rf"(?:{_NUMBER})(?![\w/]|\.\d|,\d)"
    rf"(?:[\s,#]{{1,3}}(?:at\s)?(?P<after>{_PLACE}))?",
    re.IGNORECASE,
)
_FIRST_SLASHED = 31  # the session from which the Assembly numbers its texts n/m
_LAST_SESSION = 99
_NOT_SYMBOLS = re.compile(r"24/7|9/11|7/7|50/50")


def find_in_question(text: str) -> tuple[Mention, ...]:
    """Every resolution that `text` names, in order of appearance."""
    found = []
    for match in _MENTION.finditer(text):
        candidates = _candidates(match)
        if candidates:
            place = match["after"] or match["before"]
            found.append(Mention(match.span(), match.group(), candidates, label_of_place(place) if place else None))
    return tuple(found)


def understand(text: str) -> Understanding:
    """What `text`, which should name one resolution, may mean."""
    stripped = " ".join(text.split())
    exact = _exact(stripped)
    if exact is not None:
        return Understanding(text, (exact,))
    alone = stripped if re.search(r"[a-z]", stripped, re.IGNORECASE) or "/" in stripped else f"resolution {stripped}"
    mentions = find_in_question(alone)
    if len(mentions) != 1:
        return Understanding(text, (), "it names several" if mentions else None)
    return Understanding(text, mentions[0].candidates)


def _exact(text: str) -> Symbol | None:
    """The symbol that is officially spelled so; words with blanks between them are none, unless they spell a resolution."""
    try:
        symbol = Symbol.parse(text)
    except SymbolError:
        return None
    return symbol if symbol.is_resolution or " " not in text else None


def label_of_place(place: str) -> str:
    """The label that words name: "paragraph 4 (a)" is OP4(a), "annex para 12" A1.12, "PP 3" PP3."""
    number = "".join(re.findall(r"\d+|\([a-z]+\)", place.lower()))
    if place.lower().startswith("annex"):
        return f"A1.{number}"
    return f"PP{number}" if re.match(r"pp|preambular", place, re.IGNORECASE) else f"OP{number}"


def _candidates(match: re.Match[str]) -> tuple[Symbol, ...]:
    organs = _organs_of(match["organ"] or match["word"] or "")
    if match["symbol"]:
        return _parsed([match["symbol"], *_dated_council(match["symbol"])])[:1]
    if match["early"]:
        prefixes = {Organ.ECONOMIC_AND_SOCIAL_COUNCIL: "E/RES/"}
        prefix = next((prefixes[organ] for organ in organs if organ in prefixes), "A/RES/")
        return _parsed([f"{prefix}{match['early'].replace(' ', '')}({match['roman'].upper()})"])
    if match["session"]:
        return _slashed(match, organs)
    return _numbered(match, organs)


def _organs_of(words: str) -> tuple[Organ, ...]:
    return next((organs for pattern, organs in _ORGANS if pattern.match(words.strip())), ())


def _slashed(match: re.Match[str], organs: tuple[Organ, ...]) -> tuple[Symbol, ...]:
    """n/m: the Assembly's from session 31 on, the Human Rights Council's to about 60, ECOSOC's where n is a year."""
    session, number, part = match["session"].upper(), match["of"], (match["part"] or "").upper()
    named = bool(match["word"] or match["organ"] or match["before"] or match["after"])
    if _NOT_SYMBOLS.fullmatch(f"{session}/{number}") and not named:
        return ()
    if session.isdecimal() and int(session) > 1900:
        return _parsed([f"E/RES/{session}/{number}"]) if named and int(number) < 100 else ()
    if not session.isdecimal():
        forms = [f"A/RES/{session}/{number}", f"A/HRC/RES/{session}/{number}"]
    else:
        if not named and not _FIRST_SLASHED <= int(session) <= _LAST_SESSION:
            return ()
        forms = [f"A/RES/{session}/{number}{part}"] if _FIRST_SLASHED <= int(session) <= _LAST_SESSION else []
        forms += [f"A/HRC/RES/{session}/{number}"] if int(session) <= 62 and int(number) <= 60 and not part else []
    parsed = _parsed(forms)
    return tuple(one for one in parsed if one.organ in organs) or parsed if organs else parsed


def _numbered(match: re.Match[str], organs: tuple[Organ, ...]) -> tuple[Symbol, ...]:
    """A plain number is the Security Council's, with its year printed or looked up; only where a word says so."""
    number = match["dated"] or match["bare"]
    named = bool(match["word"] or match["organ"] or match["before"])
    if match["dated"]:
        spelled = "(" in match.group(0) and not (1900 < int(number) < 2100)
        return _parsed([f"S/RES/{number}({match['year']})"]) if named or spelled else ()
    if not named or (organs and Organ.SECURITY_COUNCIL not in organs):
        return ()
    year = security_council_year(int(number))
    return _parsed([f"S/RES/{number}({year})"]) if year else ()


def _dated_council(symbol: str) -> list[str]:
    """S/RES/1244 without its year, with it."""
    match = re.fullmatch(r"S/RES/(\d+)", symbol, re.IGNORECASE)
    year = security_council_year(int(match.group(1))) if match else None
    return [f"{symbol}({year})"] if year else []


def _parsed(forms: list[str]) -> tuple[Symbol, ...]:
    found = []
    for form in forms:
        try:
            found.append(Symbol.parse(form))
        except SymbolError:
            continue
    return tuple(dict.fromkeys(one for one in found if one.is_resolution))
