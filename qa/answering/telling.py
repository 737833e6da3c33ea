"""What an answer says of itself: how the question was read, and why there is no answer."""

from __future__ import annotations

from qa.answering.deciding import Stated
from qa.answering.finding import Found
from qa.answering.weighing import Weighed
from qa.retrieval.order import names_its_time, order_asked
from qa.wire import Understood


def understood(found: Found, k: int) -> Understood:
    """How the question was read, with a note for everything that was restricted, corrected or preferred."""
    expansions = {name: list(forms) for name, forms in found.query.expansions.items()}
    expansions |= {letters: list(names) for letters, names in found.candidates.names.items()}
    dates = tuple(one.note for one in found.query.dates)
    asked = None if names_its_time(found.query) else order_asked(found.query.text)
    late = found.late_note
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


def unsure(
    found: Found, weighed: Weighed, stated: Stated, needed: float, least: float, n_resolutions: int
) -> str | None:
    """Why what was found is not certain enough to be an answer; None where it is.

    `needed` is the least answerability, `least` the least probability that the first hit answers.
    """
    says = stated.answerable >= needed
    if says and stated.first >= least:
        return None
    of = ", ".join(found.filters.symbol) or f"{n_resolutions} resolutions"
    lacks = (
        f"the question asks for {weighed.lacks}, and the nearest paragraph has none"
        if weighed.lacks
        else found.late_note
    )
    unsaid = f"; {lacks}" if lacks else ""
    if says:
        return f"the corpus may say, but of what was found in {of} no paragraph stands out as the answer{unsaid}"
    short = f"nothing found in {of} answers with enough certainty ({stated.answerable:.3f}, needed {needed:.3f})"
    return f"the corpus does not seem to say: {short}{unsaid}"
