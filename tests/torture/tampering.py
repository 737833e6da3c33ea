"""Ways of changing a citation so that it is no longer true; each must be found out, however small.

A change may leave a citation as it was (a letter that it does not hold); such a one is not tampered with.
"""

from __future__ import annotations

import copy
import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

Citation = dict[str, Any]
Tamper = Callable[[Citation, random.Random], None]

OTHER_WORDS = "other words"
"""The words and the source of another true citation, of this document or of another, under this one's name."""


def _other_character(one: Citation, rng: random.Random) -> None:
    field = rng.choice(["text", "exact"])
    holder = one if field == "text" else one["source"]
    at = rng.randrange(len(holder[field]))
    new = rng.choice([letter for letter in "aeiou§" if letter != holder[field][at]])
    holder[field] = holder[field][:at] + new + holder[field][at + 1 :]


def _both_texts(change: Callable[[str], str]) -> Tamper:
    def tamper(one: Citation, rng: random.Random) -> None:
        one["text"], one["source"]["exact"] = change(one["text"]), change(one["source"]["exact"])

    return tamper


def _moved_span(one: Citation, rng: random.Random) -> None:
    field = rng.choice(["spans", "byte_spans"])
    at, end = rng.randrange(len(one["source"][field])), rng.randrange(2)
    span = list(one["source"][field][at])
    span[end] += rng.choice([-2, -1, 1, 2])
    one["source"][field][at] = span


def _other_document(one: Citation, rng: random.Random) -> None:
    field = rng.choice(["sha256", "text_sha256"])
    one["source"][field] = "".join(reversed(one["source"][field]))


def _other_name(one: Citation, rng: random.Random) -> None:
    _, hash_, label = one["id"].partition("#")
    changes = {
        "id": f"A/RES/55/999{hash_}{label}",
        "symbol": "A/RES/55/999",
        "citation": f"{one['citation']} (a)",
        "title": "Another title",
        "adopted": "1899-01-01",
        "paragraph": f"{label}9",
        "organ": "Parliament",
        "kind": "annex" if one["kind"] != "annex" else "operative",
        "url": "https://example.org/A/RES/55/179",
        "chapeau": "Decides that nothing of this holds:",
    }
    field = rng.choice([*changes])
    one[field] = changes[field]


def _other_source(one: Citation, rng: random.Random) -> None:
    field, value = rng.choice(
        [("name", "official.pdf"), ("format", "odt"), ("reader", "none-1"), ("parser", "un-0"), ("page", 99)]
    )
    one["source"][field] = value


def _other_label(one: Citation, rng: random.Random) -> None:
    symbol, _, label = one["id"].partition("#")
    one["id"] = f"{symbol}#OP1" if label != "OP1" else f"{symbol}#OP2"


def _no_span(one: Citation, rng: random.Random) -> None:
    one["source"]["spans"], one["source"]["byte_spans"], one["source"]["exact"], one["text"] = [], [], "", ""


def _cut_short(one: Citation, rng: random.Random) -> None:
    """A quotation that is true word for word and leaves the end away, spans and all."""
    source = one["source"]
    source["spans"] = [[source["spans"][0][0], source["spans"][0][0] + 12]]
    source["byte_spans"] = [[source["byte_spans"][0][0], source["byte_spans"][0][0] + 12]]
    source["exact"] = source["exact"][:12]
    one["text"], one["highlight"] = " ".join(source["exact"].split()), None


TAMPERS: dict[str, Tamper] = {
    "one character": _other_character,
    "moved span": _moved_span,
    "other document": _other_document,
    "other name": _other_name,
    "other source": _other_source,
    "other label": _other_label,
    "decomposed": _both_texts(lambda text: unicodedata.normalize("NFD", text.replace("e", "é", 1))),
    "homoglyph": _both_texts(lambda text: text.replace("a", "а", 1)),
    "curly quotes": _both_texts(lambda text: "“" + text + "”"),
    "added negation": _both_texts(lambda text: re.sub(r"\bthe\b", "not the", text, count=1, flags=re.IGNORECASE)),
    "dropped word": _both_texts(lambda text: re.sub(r"\s\S+", "", text, count=1)),
    "no span": _no_span,
    "cut short": _cut_short,
    "glued": _both_texts(lambda text: text + " " + text),
}


def tamper(
    good: Sequence[Citation], n: int, rng: random.Random, ways: Sequence[str] = (OTHER_WORDS, *TAMPERS)
) -> list[tuple[str, Citation]]:
    """`n` changed copies, the ways of changing taken in turn, each with the name of its way."""
    changed: list[tuple[str, Citation]] = []
    turn = 0
    while len(changed) < n:
        way, one = ways[turn % len(ways)], rng.choice(good)
        bad = copy.deepcopy(one)
        if way == OTHER_WORDS:
            bad |= {name: copy.deepcopy(other[name]) for other in [rng.choice(good)] for name in ("text", "source")}
        else:
            TAMPERS[way](bad, rng)
        if bad != one:
            changed.append((way, bad))
        turn += 1
    return changed
