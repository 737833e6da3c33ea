"""What a question names outright: resolutions and paragraphs. An exact reference beats meaning."""

from __future__ import annotations

from dataclasses import dataclass

from qa.retrieval.searchable import Searchable
from qa.symbols import Mention


@dataclass(frozen=True, slots=True)
class Named:
    """The references of a question, resolved against a corpus.

    `symbols` are held by the corpus; `paragraphs` are ids that exist; `notes` say to people what was read how; `refusal`
    is set where the question is about a text or a paragraph that the corpus does not hold, with the `nearest` ids it has.
    """

    symbols: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str | None = None
    nearest: tuple[str, ...] = ()


def resolve(mentions: tuple[Mention, ...], corpus: Searchable) -> Named:
    """Look every mention up. Where a mention may be several resolutions, those that the corpus holds are all meant."""
    held: dict[str, None] = {}
    paragraphs: list[str] = []
    notes: list[str] = []
    missing: list[str] = []
    nearest: list[str] = []
    for mention in mentions:
        candidates = [str(symbol) for symbol in mention.candidates]
        found = [symbol for symbol in candidates if corpus.holds(symbol)]
        if not found:
            missing.append(" or ".join(candidates))
            continue
        if len(found) > 1:
            notes.append(f"{mention.text!r} may be {' or '.join(found)}: all were searched")
        held.update(dict.fromkeys(found))
        if mention.label is None:
            continue
        ids = [name for symbol in found for name in corpus.paragraph_ids(symbol, mention.label)]
        paragraphs += ids
        if not ids:
            missing.append(" or ".join(f"{symbol}#{mention.label}" for symbol in found))
            nearest += [name for symbol in found for name in corpus.nearest_ids(symbol, mention.label)]
    refusal = (
        f"the corpus does not hold {', '.join(missing)}"
        if missing and not paragraphs and (nearest or not held)
        else None
    )
    if missing and refusal is None:
        notes.append(f"the corpus does not hold {', '.join(missing)}")
    return Named(tuple(held), tuple(paragraphs), tuple(notes), refusal, tuple(nearest))
