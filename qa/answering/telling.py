"""What an answer says of itself: how the question was read, and why there is no answer."""

from __future__ import annotations

import math

from qa.answering.deciding import Stated
from qa.answering.finding import Found
from qa.answering.weighing import Weighed
from qa.retrieval.order import order_asked
from qa.retrieval.searchable import Searchable
from qa.wire import Understood

_LIKELY = 0.8  # answerability from which the corpus probably says it, though no paragraph stands out
_EVEN = 0.5  # and from which it may
_LISTED = 5  # resolutions that a reason names one by one


def understood(found: Found, k: int) -> Understood:
    """How the question was read, with a note for everything that was restricted, corrected or preferred."""
    expansions = {name: list(forms) for name, forms in found.query.expansions.items()}
    expansions |= {letters: list(names) for letters, names in found.candidates.names.items()}
    dates = tuple(one.note for one in found.query.dates)
    asked = order_asked(found.query)
    late = found.late_note
    dates += (f"{asked[1]!r}: of what fits about equally the {asked[0].value}",) if asked else ()
    dates += (late,) if late else ()
    organs = tuple(f"{organ.value} is preferred" for organ in found.query.organs)
    unread = found.query.n_unread
    cut = (f"the question is long: its last {unread} words were searched as words only",) if unread else ()
    read = (found.query.reading.note,) if found.query.reading.note else ()
    references = list(found.first or found.named.symbols)
    n_named = len(found.first)
    more = (f"{n_named} paragraphs are meant: the first {k} are shown; ask for more (k)",) if n_named > k else ()
    titled = (found.by_name.note,) if found.by_name else ()
    quoted = (found.quoted.note,) if found.quoted and found.quoted.refusal is None else ()
    notes = [*found.query.notes, *read, *found.named.notes, *titled, *quoted, *more, *cut, *dates, *organs]
    return Understood(found.filters, references, expansions, notes)


def held(corpus: Searchable) -> str:
    """What can be searched: how many resolutions, and of which years of which organ."""
    spans = {organ: [f"{a}–{b}" if a < b else str(a) for a, b in years] for organ, years in corpus.years.items()}
    years = "; ".join(f"{organ} {', '.join(each)}" for organ, each in spans.items())
    n = len(corpus.generation.symbols)
    return ("one resolution" if n == 1 else f"{n} resolutions") + (f" ({years})" if years else "")


def unsure(found: Found, weighed: Weighed, stated: Stated, needed: float, corpus: Searchable) -> str | None:
    """Why what was found is not certain enough to be an answer; None where it is.

    `needed` is the least probability that the first hit answers.
    """
    if stated.first >= needed:
        return None
    if stated.answerable >= _LIKELY:
        says = "probably answered in what was searched, but no paragraph stands out as the answer"
    elif stated.answerable >= _EVEN:
        says = "the nearest paragraphs may answer, but not surely enough"
    else:
        says = "probably not answered in what was searched"
    against = (found.named.unheld, found.lacks.unmet if found.lacks else found.late_note or _foreign(weighed))
    given = found.filters.symbol
    searched = ", ".join(given) if 0 < len(given) <= _LISTED else f"{len(given)} resolutions" if given else held(corpus)
    return "; ".join(
        one for one in (f"{says} ({_chances(stated.first, needed)})", *against, f"searched: {searched}") if one
    )


def _foreign(weighed: Weighed) -> str | None:
    """That the nearest is about somewhere else; None where it is not."""
    names = " or ".join(map(repr, weighed.unspoken))
    return f"the nearest resolution does not speak of {names}" if names else None


def _chances(stated: float, needed: float) -> str:
    """That the first of the nearest answers, and what is needed, both in tenths; the one below the other though they round alike."""
    most = math.ceil(needed * 10)
    return (
        f"the first answers with a chance of about {min(round(stated * 10), most - 1)} in 10; {most} in 10 are needed"
    )
