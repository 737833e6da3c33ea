"""Who is asked: the noun phrase between a directing verb and what it directs."""

from __future__ import annotations

import re

from qa.acts.verbs import ADVERBS, listed

ASKS = frozenset(
    {
        *(
            "requests",
            "asks",
            "invites",
            "calls upon",
            "urges",
            "encourages",
            "appeals",
            "exhorts",
            "directs",
            "instructs",
        ),
        *(
            "authorizes",
            "mandates",
            "entrusts",
            "tasks",
            "demands",
            "insists",
            "recommends",
            "suggests",
            "implores",
            "calls",
        ),
        *("orders", "empowers", "charges", "beseeches", "presses", "reiterates request", "renews request"),
        *("reiterates call", "renews call", "repeats call", "reiterates invitation", "renews invitation"),
        *("reiterates appeal", "renews appeal", "reiterates demand", "renews demand", "reiterates encouragement"),
        *(
            "renews encouragement",
            "reiterates recommendation",
            "repeats request",
            "summons",
            "requires",
            "strongly urges",
        ),
    }
)
"""Verbs that ask somebody for something."""

_ONLY_CLAUSES = frozenset({"demands", "insists", "requires", "reiterates demand", "renews demand"})
_LEAD = re.compile(
    r"[\s,._]*(?:in (?:this|that) (?:regard|respect|context|connection)\s+)?(?:(?:to|upon|on|of)\s+(?=\S))?"
)
_WORD = re.compile(r"[A-Za-z-]+")
_FOR = re.compile(r"\A\s*for\b")
_TO = re.compile(r"to(?<!\wto)\b[\s,]*([A-Za-z0-9'’-]*)")
_THAT = re.compile(r"\A[\s,]*+(?:to\s++(?P<to>[^,;]{3,90}?)(?<!\s)\s++|(?P<adverbs>(?:[a-z]++\s++){1,3}))?that\s+")
_ASIDE_OPENERS = frozenset(
    listed("""
    in within with through by on upon at under for from when where including especially particularly inter taking
    bearing subject working pursuant without if during after before notably while consistent based drawing acting
    according together who which that whose inasmuch via using following building making recalling noting recognizing
    having being guided given depending considering also throughout without acting pending until irrespective
    """)
)
_NO_NOUNS = frozenset(
    listed("""
    the a an all its their any this these those each such other no our his her them it both every some those several
    """)
)
_DEEDS = frozenset(
    listed("""
    efforts effort intention use adoption work role initiative initiatives steps step measures measure cooperation
    support progress dialogue exchange exchanges sharing participation contributions contribution attention
    information consideration continuation establishment development implementation strengthening improvement
    ratification accession investment investments research engagement involvement action actions activities activity
    application creation promotion provision inclusion integration conclusion reports report enhancement expansion
    proposals partnerships partnership assistance training readiness willingness decision coordination collaboration
    negotiations consultations discussion discussions approach approaches access commitment elaboration convening
    commencement completion resumption restoration universalization release comments views submission deployment
    preparation appointment
    """)
)
_ACTS_OF_OTHERS = frozenset(
    listed("""
    comply co-operate cease ensure take allow facilitate refrain respect immediately fully implement cooperate
    end stop withdraw proceed
    permit provide abide engage halt prepare designate submit report continue be consider adopt should shall must can
    may will not make give accept act resume release hold establish disarm return enter adhere desist end fulfil
    guarantee grant observe put agree work cooperates undertake urgently unconditionally promptly without lift address
    pursue protect remove renounce strictly carry support keep assume disengage conclude have explore develop include
    convene review enhance urgently participate meet do bring find use pay settle also urgently exercise hand maintain
    strengthen intensify give conduct play reach begin start vacate dismantle and/or recognize recognise verify
    """)
)
_BEFORE_OTHER_INFINITIVES = (
    *(
        "position",
        "able",
        "with a view",
        "willing",
        "wish",
        "wishing",
        "yet",
        "regard",
        "respect",
        "ability",
        "capacity",
    ),
    *("opportunity", "right", "needed", "required", "failed", "failing", "relevant", "intending", "tried", "seeking"),
)
_MOST_WORDS_TO_COMMA = 10
_LONGEST = 420


def find_addressee(text: str, verb: str, shared: bool = False) -> str | None:
    """Who the act asks; `text` follows its verb phrase. None where nobody is named or the verb asks nobody.

    `shared` says that the infinitive stands in the next act ("encourages A, and invites B, to ...").
    """
    if verb not in ASKS:
        return None
    read = text[:_LONGEST]
    claim = _THAT.match(read) if verb not in ("calls upon", "encourages", "invites") else None
    if claim is not None and claim["to"] and not _infinitive(claim["to"]):
        return _tidy(claim["to"])
    if claim is not None and not claim["to"] and _only_adverbs(claim["adverbs"] or ""):
        return _subject(read[claim.end() :])
    if _FOR.match(read):
        return None
    if verb in _ONLY_CLAUSES:
        return None
    start = _skip_lead(read)
    end = _infinitive(read[start:])
    if end is None and verb in ("entrusts", "tasks", "charges"):
        place = read.find(" with ", start)
        end = place - start if place > 0 else None
    if end is None:
        if not shared and verb != "calls upon":
            return None
        end = len(read) - start if len(read) < _LONGEST else 0
    return _tidy(read[start : start + end])


def _only_adverbs(text: str) -> bool:
    return all(word in ADVERBS for word in re.findall(r"[a-z]+", text.lower()))


def _skip_lead(text: str) -> int:
    """Past adverbs, asides between commas and a preposition that stand before the noun phrase."""
    place = 0
    for _ in range(4):
        lead = _LEAD.match(text, place)
        place = lead.end() if lead else place
        word = _WORD.match(text, place)
        opener = word[0].lower() if word else ""
        if opener in ADVERBS and opener != "most":
            place = word.end() if word else place
        elif opener in _ASIDE_OPENERS or opener == "as":
            comma = text.find(",", place)
            if not 0 < comma - place < 160:
                return place
            place = comma + 1
        else:
            return place
    return place


def _infinitive(text: str) -> int | None:
    """Where " to <verb>" begins; a "to" before a noun phrase or in "in a position to do so" is none."""
    for match in _TO.finditer(text):
        word = match[1]
        before = text[: match.start()].rstrip()
        if not word or word[0].isupper() or word[0].isdecimal() or word.lower() in _NO_NOUNS:
            continue
        if word == "do" and text[match.end() : match.end() + 3] == " so":
            continue
        if before.endswith(_BEFORE_OTHER_INFINITIVES):
            continue
        return match.start()
    return None


def _subject(text: str) -> str | None:
    """The subject of a that-clause: the words before its verb or first comma."""
    for match in re.finditer(r"[A-Za-z'’/-]+|[,;:]", text[:200]):
        if match[0] in _ACTS_OF_OTHERS:
            return _tidy(text[: match.start()])
        if match[0] in ",;:":
            before = text[: match.start()]
            return _tidy(before) if before.count(" ") < _MOST_WORDS_TO_COMMA else None
    return None


def _tidy(text: str) -> str | None:
    """The phrase without asides; None where it names a deed and no actor."""
    pieces = text.strip(" ,;:").split(",")
    kept = pieces[0]
    for piece in pieces[1:]:
        words = re.findall(r"[A-Za-z]+", piece.lower())
        opener = words[0] if words else ""
        if opener in ("and", "or") and len(words) > 1 and words[1] in _ASIDE_OPENERS:
            opener = words[1]
        aside = opener in _ASIDE_OPENERS or (opener == "as" and words[1:3] != ["well", "as"]) or opener in ADVERBS
        if aside and not kept.endswith((" and", " or")):
            break
        kept += "," + piece
    kept = " ".join(kept.split()).strip(" ,;:")
    words = kept.split(" ")
    while len(words) > 1 and words[-1].lower() in ADVERBS | {"and", "or"}:
        words.pop()
    kept = " ".join(words)
    return kept if kept and words[0] not in ("resolution", "paragraph") and not _is_deed(words) else None


def _is_deed(words: list[str]) -> bool:
    """Whether the head of the phrase, the word before its first preposition, is something done."""
    head = words[0].lower()
    for word in words:
        lower = word.lower().strip(",")
        if lower in ("of", "in", "by", "for", "on", "between", "among", "at", "with", "from", "to", "towards", "aimed"):
            break
        head = lower
        if lower in _DEEDS and lower == words[-1].lower():
            break
    return head in _DEEDS
