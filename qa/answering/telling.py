"""What an answer says of itself: how the question was read, and why there is no answer."""

from __future__ import annotations

import math

from qa.answering.choosing import NEAREST
from qa.answering.deciding import Stated, band
from qa.answering.found import Found
from qa.answering.names import names_in
from qa.answering.other_times import OtherTimes
from qa.answering.readings import readings
from qa.answering.weighing import Weighed
from qa.retrieval.english import is_english
from qa.retrieval.expansion import worded
from qa.retrieval.features import FEATURES
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.settings import Certainty
from qa.store.columns import Stretch
from qa.symbols.organs import Organ
from qa.terms import terms_of
from qa.wire import Filters, Understood

NO_WORDS = "no word of the question says what it is about: name a subject, a country, a body or a resolution"
_LISTED = 5  # resolutions that a reason names one by one
_SHOWN = 80  # characters of a question that a note repeats


def understood(found: Found, k: int, corpus: Searchable, beside: str | None = None) -> Understood:
    """How the question was read, with a note for everything that was restricted, corrected or preferred, and one more beside these."""
    expansions = {letters: list(names) for letters, names in found.candidates.names.items()}
    dates = tuple(one.note for one in found.query.dates)
    late = None if found.first else found.late_note
    dates += (late,) if late else ()
    organs = {organ: _preferred(organ, found, corpus) for organ in found.query.organs}
    unread = found.query.n_unread
    cut = (f"the question is long: its last {unread} words were searched as words only",) if unread else ()
    read = (found.query.reading.note,) if found.query.reading.note else ()
    references = list(found.first or found.named.symbols)
    refused = found.looked_up is not None and found.looked_up.refuses and found.first == found.looked_up.paragraphs
    n_named = 0 if refused else len(found.first)  # the nearest are not meant
    shown = f"{k} are" if k > 1 else "is"
    more = (f"{n_named} paragraphs are meant: the first {shown} shown",) if n_named > k else ()
    titled = (found.looked_up.note,) if found.looked_up and not found.looked_up.refuses else ()
    quoted = (found.quoted.note,) if found.quoted and found.quoted.refusal is None else ()
    ordered = found.ordered.notes if not references else ()  # what is named outright comes first whatever its order
    strange = () if found.quoted or found.query.language else _strange(found, corpus)
    notes = [
        *found.query.notes,
        *ordered,
        *read,
        *(found.named.notes if not (found.looked_up and found.looked_up.instead) else ()),
        *found.asked.notes,
        *titled,
        *quoted,
        *more,
        *cut,
        *dates,
        *(one for one in organs.values() if one),
        *strange,
        *([beside] if beside else []),
    ]
    read_as = readings(found.query, {organ: note or f"the {organ.value}" for organ, note in organs.items()}, corpus)
    return Understood(found.filters, references, expansions, notes, n_named, read_as)


def unmatched(found: Found, corpus: Searchable) -> str | None:
    """That what a search brings has nothing of the question's words or names, or is of another language; None where it has.

    An answer is refused for these with the same words; a search shows what is nearest all the same.
    """
    if found.query.language is not None:
        return found.query.language.mend
    looked_up = found.looked_up.note if found.looked_up and found.looked_up.refuses else None
    refusal = found.named.refusal or (found.quoted.refusal if found.quoted else None) or looked_up
    refusal = refusal or (None if found.first else _wordless(found, corpus))
    if refusal is None:
        return "no paragraph passes the filters: take one away" if not found.candidates.n else None
    return f"{refusal}; what is found is only what is nearest" if found.candidates.n else refusal


def _wordless(found: Found, corpus: Searchable) -> str | None:
    """That the question has no word at all, or none that a text has, by any name that is known for it."""
    query = found.query
    if query.abbreviations or query.dates or query.organs or query.mentions:
        return None
    if not has_words(query):
        return NO_WORDS
    held = corpus.lexical.held(frozenset(terms_of(worded(query.question))))
    return None if held else f"no text that is held has a word of {query.question[:_SHOWN]!r}"


def has_words(query: Query) -> bool:
    """Whether any word of a question, or of what it goes on from, says what it is about: not "x"."""
    return any(len(term) > 1 for term in terms_of(query.text))


def _preferred(organ: Organ, found: Found, corpus: Searchable) -> str:
    """That the texts of an organ are preferred, or that none is held; "" where that is not known, as of an index in a database."""
    years = corpus.years
    if organ in years or (not years and (found.candidates.features[:, FEATURES.index("organ")] > 0).any()):
        return f"texts of the {organ.value} are preferred"
    return f"no text of the {organ.value} is held" if years else ""


def held(corpus: Searchable) -> str:
    """What can be searched: how many resolutions, and how many of which years of which organ."""
    spans = {organ: ", ".join(map(_stretch, years)) for organ, years in corpus.years.items() if years}
    years = "; ".join(f"{organ}: {each}" for organ, each in spans.items())
    n = len(corpus.generation.symbols)
    return ("one resolution" if n == 1 else f"{n} resolutions") + (f" ({years})" if years else "")


def _stretch(one: Stretch) -> str:
    return f"{one.n} of {one.first}–{one.last}" if one.first < one.last else f"{one.n} of {one.first}"


def searched(found: Found, corpus: Searchable) -> str:
    """What was searched for a question: as `held`, or the texts it is asked of; said where only a part of these passes."""
    filters, when = found.asked.filters, found.asked.when
    given = filters.symbol
    texts = ", ".join(given) if 0 < len(given) <= _LISTED else f"{len(given)} resolutions" if given else held(corpus)
    parts = ["what passes the filters"] if filters != Filters(symbol=given) else []
    parts += [f"what was adopted {when}"] if when else []
    return f"{' and '.join(parts)}, of {texts}" if parts else texts


def is_ruled_out(found: Found, weighed: Weighed) -> bool:
    """Whether what was found is of another time, place or organ than the question's, or states something else: it answers nothing,
    however near. Of a text that is named, or chosen by a filter, it may answer without the names that the question has.
    """
    unspoken_of = bool(found.ordered.foreign or found.ordered.other_organ) and not found.asked.filters.symbol
    return unspoken_of or found.ordered.unnamed is not None or found.is_misdated or weighed.is_untrue


def is_sure(found: Found, weighed: Weighed, stated: Stated, certainty: Certainty) -> bool:
    """Whether what was found is certain enough to be an answer, and neither its time nor what it states is another than the question's."""
    return stated.first >= certainty.threshold and not is_ruled_out(found, weighed)


def unsure(
    found: Found, weighed: Weighed, stated: Stated, certainty: Certainty, other: OtherTimes | None, corpus: Searchable
) -> str:
    """Why what was found is not certain enough to be an answer. `other`: what of other times is shown before it, where anything is."""
    where = f"searched: {searched(found, corpus)}"
    if other is not None and other.places:
        return "; ".join(one for one in (other.said, found.named.unheld, where) if one)
    told = weighed.contradicted.told("nearest") if weighed.contradicted else None
    unheld = (found.named.unheld, _unheld(found, corpus))
    speaks = bool(told or unheld[1] or found.ordered.lacks or found.late_note or what_is_unspoken(found))
    chances = None
    if not is_ruled_out(found, weighed) and stated.first < certainty.threshold:
        chances = _chances(stated, certainty, None if speaks else found.candidates.n)
    unnamed = (
        f"the nearest paragraph does not name the time that was named ({found.ordered.unnamed})"
        if found.ordered.unnamed
        else None
    )
    lacks = found.ordered.lacks.unmet if found.ordered.lacks and not found.is_misdated else found.late_note
    against = (other.said, lacks) if other else (lacks or what_is_unspoken(found),)
    return "; ".join(one for one in (told, chances, *unheld, unnamed, *against, where) if one)


def what_is_unspoken(found: Found) -> str | None:
    """That the nearest is about somewhere or something else, or another organ's; None where it is not. Of a word only its paragraph was asked."""
    names = " or ".join(map(repr, found.ordered.foreign))
    told = [f"the nearest resolution does not speak of {names}"] if names else []
    if found.unsaid and found.unsaid not in found.ordered.foreign:
        told.append(f"the nearest paragraph does not speak of {found.unsaid!r}")
    if found.ordered.other_organ:
        told.append(found.ordered.other_organ)
    return "; ".join(told) or None


def _unheld(found: Found, corpus: Searchable) -> str | None:
    """That no paragraph has an abbreviation of the question's, nor a name that is known for it; None where all are held."""
    known = found.query.known
    unknown = [
        repr(one)
        for one in found.query.abbreviations
        if known is not None and one not in known.rows and not is_english(one) and _is_unheld(one, corpus)
    ]
    return f"no paragraph that is held has the abbreviation {' or '.join(unknown)}" if unknown else None


def _strange(found: Found, corpus: Searchable) -> tuple[str, ...]:
    """That no text has some names of the question: what is found is then about something else, or calls it otherwise."""
    question = worded(found.query.question)
    names = [repr(one) for one in names_in(question) if _is_unheld(one, corpus)]
    return (f"no text that is held has the word {' or '.join(names)}",) if names else ()


def _is_unheld(letters: str, corpus: Searchable) -> bool:
    terms = set(terms_of(letters))
    return not terms <= corpus.lexical.held(terms)


def _chances(stated: Stated, certainty: Certainty, n_found: int | None) -> str:
    """How likely the first of the nearest answers and how likely it must; then the share of like cases that one of the nearest
    answers, or, where nobody counted, how likely the texts answer at all. Without `n_found`, where something speaks against the first,
    nothing of other cases: they were counted whether anything does or not.
    """
    first, least = _below(stated.first, certainty.threshold)
    shares = certainty.nearest
    begins = f"not certain enough: the first answers with a chance of {first}, {least} is needed"
    if n_found is None:
        return begins
    if shares and n_found >= NEAREST:
        of_ten = round(10 * shares[band(stated.answerable, len(shares))])
        more = f"one of the {NEAREST} nearest answers in {f'about {of_ten}' if of_ten else 'fewer than 1'} of 10 such cases"
    else:
        more = f"that what was searched answers it at all has a chance of {stated.answerable:.0%}"
    return f"{begins}; {more}"


def _below(stated: float, needed: float) -> tuple[str, str]:
    """Both in whole percent, the first cut, so that what passes never reads as less than is needed, nor what falls short as enough."""
    first, least = math.floor(round(stated * 100, 4)), round(needed * 100)
    return (f"{first}%" if first < least else f"just under {least}%"), f"{least}%"
