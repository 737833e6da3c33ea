"""What a paragraph opens with: a participle (a recital) or a verb in the third person (an operative paragraph).

Table lookups on the first few words, tolerant of numbering, organ names before the verb ("The Council decides"),
one OCR slip in a long word ("Recal1ing") and early texts ("Having received", "Whereas").
"""

from __future__ import annotations

import re

from qa.acts.verbs import ADVERBS, RECITAL_ADJECTIVES, RECITAL_VERBS, SPELLINGS, UNRECITED, VERBS

_NUMBERING = re.compile(
    r"[\s*_|~\"'“”‘’•·–—-]*(?:(?:\d{1,3}|[IVX]{1,6}|[A-Za-z])[.)]\s+|\([A-Za-z0-9]{1,4}\)\s*)?[\s*_\"'“”‘’]*"
)
_WORD = re.compile(r"[A-Z](?: [a-z]){3,}(?![a-z])|[^\W_](?:[\w'’\]|!-]*[\w\]|!])?")  # also "R e q u e s t s"
_SUBJECT = re.compile(
    r"The (?:(?:General |Environment |United Nations Environment |UN-Habitat )?Assembly|(?:Security |Human Rights |"
    r"Economic and Social |Governing |Executive )?Council|Commission(?: on Human Rights)?|Conference|Committee)\s+"
)
_WE = re.compile(r"We(?:,[^,]{1,120},)?\s+")
_ASIDE = re.compile(r",[^,;]{1,120},")
_SLIPS = str.maketrans({"1": "l", "|": "l", "!": "l", "]": "l", "0": "o", "5": "s"})
_BESIDE = frozenset(("in", "this", "regard", "principle", "context", "that", "connection"))
_SHORTEST_MENDED = 7
_LOOKED_AT = 400


def base_form(verb: str) -> str:
    """The plural or bare form of a third-person word: "notes" -> "note", "expresses" -> "express"."""
    if verb in ("is", "has"):
        return {"is": "are", "has": "have"}[verb]
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x)es$", verb):
        return verb[:-2]
    return verb[:-1]


def participle(verb: str) -> str:
    """The -ing form of a third-person word: "notes" -> "noting", "permits" -> "permitting"."""
    stem = base_form(verb)
    irregular = {"are": "being", "have": "having", "agree": "agreeing", "set": "setting", "submit": "submitting",
                 "admit": "admitting", "permit": "permitting", "commit": "committing", "recommit": "recommitting",
                 "regret": "regretting", "defer": "deferring", "refer": "referring", "transfer": "transferring",
                 "confer": "conferring", "transmit": "transmitting", "put": "putting"}  # fmt: skip
    if stem in irregular:
        return irregular[stem]
    return (stem[:-1] if stem.endswith("e") and not stem.endswith("ee") else stem) + "ing"


_THIRD_PERSON = frozenset(
    {verb.split()[0] for verb in VERBS} | {spelling.split()[0] for spelling in SPELLINGS}
)  # "is" and "has" open operatives only in full ("is concerned")
PLURAL = {base_form(word): word for word in _THIRD_PERSON}
"""The bare form of every head word, as in "We reaffirm" and "continues to urge", with its third person."""

_PARTICIPLES = (
    frozenset(participle(word) for word in ((_THIRD_PERSON - UNRECITED) | set(RECITAL_VERBS))) | RECITAL_ADJECTIVES
)


def _neighbours(words: frozenset[str]) -> dict[str, str]:
    """Every long word of a table with one letter left out, but for its last two: those tell recital from act."""
    return {
        word[:place] + word[place + 1 :]: word
        for word in sorted(words)
        if len(word) >= _SHORTEST_MENDED
        for place in range(len(word) - 2)
    }


_NEAR_VERBS = _neighbours(_THIRD_PERSON)
_NEAR_PARTICIPLES = _neighbours(_PARTICIPLES)


def _mended(word: str, table: frozenset[str], near: dict[str, str]) -> str | None:
    """The word of `table` that `word` is, one OCR slip allowed in a long one."""
    if word in table:
        return word
    plain = word.translate(_SLIPS)
    if plain in table:
        return plain
    if len(plain) < _SHORTEST_MENDED:
        return None
    if plain in near and plain[-2:] == near[plain][-2:]:
        return near[plain]
    for place in range(len(plain) - 2):
        shorter = plain[:place] + plain[place + 1 :]
        if len(shorter) >= _SHORTEST_MENDED and shorter in table:
            return shorter
        if shorter in near and len(near[shorter]) == len(plain) and near[shorter][-2:] == plain[-2:]:
            return near[shorter]
    return None


def first_words(text: str) -> tuple[list[re.Match[str]], bool]:
    """The first words after numbering and a leading organ's name, and whether the paragraph speaks as "We"."""
    head = text[:_LOOKED_AT]
    numbering = _NUMBERING.match(head)
    start = numbering.end() if numbering else 0
    subject = _SUBJECT.match(head, start)
    we = None if subject else _WE.match(head, start)
    start = subject.end() if subject else we.end() if we else start
    words: list[re.Match[str]] = []
    wanted = 7
    while len(words) < wanted:
        word = _WORD.match(head, start)
        if word is None:
            break
        words.append(word)
        start = word.end()
        lower = word[0].lower()
        if wanted == 7 and lower not in ADVERBS and lower not in _BESIDE:
            wanted = min(7, len(words) + 1)  # this one tells, and the next whether it is a noun
        aside = _ASIDE.match(head, start) if lower in ADVERBS or lower == "in" else None
        start = aside.end() if aside else start
        while start < len(head) and head[start] in " \t\n\u00a0,":
            start += 1
    return words, we is not None


def opening_match(text: str) -> tuple[int, int, str] | None:
    """Where the opening verb's head word stands, and its third-person form; None where none opens the paragraph."""
    return opening_among(*first_words(text), text)


def opening_among(words: list[re.Match[str]], plural: bool, text: str) -> tuple[int, int, str] | None:
    """The same, of the text's `first_words`."""
    for place, match in enumerate(words):
        word = match[0].lower().replace(" ", "")
        third = PLURAL.get(word) if plural else _mended(word, _THIRD_PERSON, _NEAR_VERBS)
        if third is not None and not _is_noun(third, place, words, text):
            return match.start(), match.end(), third
        if word not in ADVERBS and word not in _BESIDE:
            return None
    return None


def _is_noun(word: str, place: int, words: list[re.Match[str]], text: str) -> bool:
    """Whether a word that may be a noun ("States", "Notes", "Measures") is one here."""
    after = words[place + 1][0].lower() if place + 1 < len(words) else ""
    if word == "states":
        return after not in ("that", "its", "once", "again", "clearly")
    if word in ("is", "has"):
        return f"{word} {after}" not in VERBS
    if word in ("lists", "sets", "names", "acts", "charges", "presses", "orders", "tasks", "offers", "shares"):
        return after in ("", "and", "of", "should", "shall", "must", "may", "in")
    return False


def is_operative_opening(text: str) -> bool:
    """Whether the paragraph opens as an operative one does: "Decides", "Also calls upon", "The Council urges"."""
    return opening_match(text) is not None


def is_preambular_opening(text: str) -> bool:
    """Whether the paragraph opens as a recital does: "Recalling", "Deeply concerned", "Having considered"."""
    words, plural = first_words(text)
    if plural:
        return False
    for match in words:
        word = match[0].lower().replace(" ", "")
        if _mended(word, _PARTICIPLES, _NEAR_PARTICIPLES) is not None:
            return True
        if word not in ADVERBS:
            return False
    return False
