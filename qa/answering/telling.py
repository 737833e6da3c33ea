"""What an answer says of itself: how the question was read, and why there is no answer."""

from __future__ import annotations

import math

from qa.answering.deciding import Stated
from qa.answering.finding import Found
from qa.answering.weighing import Weighed
from qa.retrieval.searchable import Searchable
from qa.wire import Filters, Understood

_MAY = 0.35  # probability from which the nearest paragraph may be the answer, where nothing speaks against it
_LISTED = 5  # resolutions that a reason names one by one


def understood(found: Found, k: int, beside: str | None = None) -> Understood:
    """How the question was read, with a note for everything that was restricted, corrected or preferred, and one more beside these."""
    expansions = {name: list(forms) for name, forms in found.query.expansions.items()}
    expansions |= {letters: list(names) for letters, names in found.candidates.names.items()}
    dates = tuple(one.note for one in found.query.dates)
    late = found.late_note
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
    notes = [
        *found.query.notes,
        *read,
        *found.named.notes,
        *found.asked.notes,
        *titled,
        *quoted,
        *more,
        *cut,
        *dates,
        *organs,
        *([beside] if beside else []),
    ]
    return Understood(found.filters, references, expansions, notes)


def held(corpus: Searchable) -> str:
    """What can be searched: how many resolutions, and of which years of which organ."""
    spans = {organ: [f"{a}–{b}" if a < b else str(a) for a, b in years] for organ, years in corpus.years.items()}
    years = "; ".join(f"{organ} {', '.join(each)}" for organ, each in spans.items())
    n = len(corpus.generation.symbols)
    return ("one resolution" if n == 1 else f"{n} resolutions") + (f" ({years})" if years else "")


def searched(found: Found, corpus: Searchable) -> str:
    """What was searched for a question: as `held`, or the texts it is asked of; said where only a part of these passes."""
    filters, when = found.asked.filters, found.asked.when
    given = filters.symbol
    texts = ", ".join(given) if 0 < len(given) <= _LISTED else f"{len(given)} resolutions" if given else held(corpus)
    parts = ["what passes the filters"] if filters != Filters(symbol=given) else []
    parts += [f"what was adopted {when}"] if when else []
    return f"{' and '.join(parts)}, of {texts}" if parts else texts


def unsure(found: Found, weighed: Weighed, stated: Stated, needed: float, corpus: Searchable) -> str | None:
    """Why what was found is not certain enough to be an answer; None where it is.

    `needed` is the least probability that the first hit answers.
    """
    sure = stated.first >= needed
    told = weighed.contradicted.told("nearest") if weighed.contradicted else None
    untrue = weighed.is_untrue
    if sure and not found.is_misdated and not found.unnamed and not untrue:
        return None
    against = found.lacks.unmet if found.lacks else found.late_note or _foreign(weighed)
    if found.is_misdated:
        says, against = f"nothing that was found is of the time that was named ({found.late})", _foreign(weighed)
    elif found.unnamed:
        says = f"the nearest paragraph does not name the time that was named ({found.unnamed})"
    elif untrue and told:
        says, told = told, None
    elif stated.first >= _MAY and against is None and told is None:
        says = "may be answered by one of the nearest paragraphs"
    else:
        says = "probably not answered in what was searched"
    chance = "" if sure or untrue else f" ({_chances(stated.first, needed)})"
    where = f"searched: {searched(found, corpus)}"
    return "; ".join(one for one in (says + chance, found.named.unheld, told, against, where) if one)


def _foreign(weighed: Weighed) -> str | None:
    """That the nearest is about somewhere else; None where it is not."""
    names = " or ".join(repr(one.removesuffix("'s").removesuffix("’s")) for one in weighed.unspoken)
    return f"the nearest resolution does not speak of {names}" if names else None


def _chances(stated: float, needed: float) -> str:
    """That the first of the nearest answers, and what is needed, the one below the other though they round alike."""
    least = math.ceil(needed * 100)
    return f"the first answers with a chance of {min(round(stated * 100), least - 1)}%; {least}% is needed"
