"""What an answer says of itself: how the question was read, and why there is no answer."""

from __future__ import annotations

import math

from qa.answering.deciding import Stated
from qa.answering.finding import Found
from qa.retrieval.order import order_asked
from qa.retrieval.searchable import Searchable
from qa.wire import Understood

_EVEN = 0.45  # rounded to tenths, five in ten


def understood(found: Found, k: int) -> Understood:
    """How the question was read, with a note for everything that was restricted, corrected or preferred."""
    expansions = {name: list(forms) for name, forms in found.query.expansions.items()}
    expansions |= {letters: list(names) for letters, names in found.candidates.names.items()}
    dates = tuple(one.note for one in found.query.dates)
    asked, late = order_asked(found.query.text), found.late_note
    dates += (f"{asked[1]!r}: of what fits about equally the {asked[0].value}",) if asked else ()
    dates += (late,) if late else ()
    organs = tuple(f"{organ.value} is preferred" for organ in found.query.organs)
    unread = found.query.n_unread
    cut = (f"the question is long: its last {unread} words were searched as words only",) if unread else ()
    read = (found.query.reading.note,) if found.query.reading.note else ()
    references = list(found.first or found.named.symbols)
    n_named = len(found.first)
    more = (f"{n_named} paragraphs are named: the first {k} are shown; ask for more (k)",) if n_named > k else ()
    titled = (found.by_name.note,) if found.by_name else ()
    notes = [*found.query.notes, *read, *found.named.notes, *titled, *more, *cut, *dates, *organs]
    return Understood(found.filters, references, expansions, notes)


def held(corpus: Searchable) -> str:
    """What can be searched: how many resolutions, and of which years of which organ."""
    spans = {organ: [f"{a}–{b}" if a < b else str(a) for a, b in years] for organ, years in corpus.years.items()}
    years = "; ".join(f"{organ} {', '.join(each)}" for organ, each in spans.items())
    return f"{len(corpus.generation.symbols)} resolutions" + (f" ({years})" if years else "")


def unsure(found: Found, stated: Stated, needed: float, least: float, corpus: Searchable) -> str | None:
    """Why what was found is not certain enough to be an answer; None where it is.

    `needed` is the least answerability, `least` the least probability that the first hit answers.
    """
    if stated.answerable >= needed and stated.first >= least:
        return None
    searched = f"searched: {', '.join(found.filters.symbol) or held(corpus)}"
    if stated.answerable >= needed:
        says = "probably answered in what was searched, but no paragraph stands out as the answer"
        chances = _chances(stated.first, least)
    elif stated.answerable >= _EVEN:
        says, chances = "the nearest paragraphs may answer, but not surely enough", _chances(stated.answerable, needed)
    else:
        says, chances = "probably not answered in what was searched", _chances(stated.answerable, needed)
    lacks = found.lacks.unmet if found.lacks else found.late_note
    return "; ".join(one for one in (f"{says} ({chances})", lacks, searched) if one)


def _chances(stated: float, needed: float) -> str:
    """Both in tenths, the one below the other also where they would be rounded to the same."""
    most = math.ceil(needed * 10)
    return f"about {min(round(stated * 10), most - 1)} in 10; {most} in 10 are needed"
