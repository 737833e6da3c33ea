"""Paragraphs that name the time that a question names, where it is not one of adoption: "until 15 June 1991", "report to the
eightieth session", "the budget for 2025", "the conference of 2028".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from qa.retrieval.corpus import Corpus, Floats, Matches, Rows, Scope
from qa.retrieval.dates import DateMention
from qa.retrieval.roles import Role

_MOST = 100  # passages read for each time
_EXACT = 1.0  # a mandate ends on one day or in one month
_VAGUE = 0.3  # many paragraphs of a text name the session that is next, and all parts of a budget its year
_MONTH_DAYS = 31
_WHERE_OR_WHEN = re.compile(
    r"\b(?:where|when|(?:which|what) (?:cit(?:y|ies)|towns?|countr(?:y|ies)|months?|days?|dates?))\b", re.I
)
_TEXT = "(?:resolution|text|decision)"
_NAMED = frozenset({Role.END, Role.PERIOD, Role.AHEAD})


def asks_where_or_when(question: str) -> bool:
    """Whether a place or a day is asked for."""
    return _WHERE_OR_WHEN.search(question) is not None


def with_ahead(dates: tuple[DateMention, ...], question: str, corpus: Corpus) -> tuple[DateMention, ...]:
    """The times of a question; one after which no text was adopted is not a time of adoption, unless a text is said to be of it
    ("the 2031 resolution"), and of some nothing is held.
    """
    return tuple(
        replace(one, role=Role.AHEAD)
        if _is_ahead(one, corpus) and not _is_of_a_text(one, question)
        else replace(one, is_held=_is_held(one, corpus))
        for one in dates
    )


def _is_of_a_text(one: DateMention, question: str) -> bool:
    time = re.escape(one.text)
    return re.search(rf"{time} {_TEXT}\b|\b{_TEXT}s? (?:of|from|adopted in) {time}", question, re.I) is not None


def _is_held(one: DateMention, corpus: Corpus) -> bool:
    """Whether some text was adopted in the year or years of a time of adoption; true where that is not known."""
    if one.role is not Role.ADOPTED or not corpus.years:
        return True
    held = (stretch for stretches in corpus.years.values() for stretch in stretches)
    return any(stretch.first <= one.last.year and one.first.year <= stretch.last for stretch in held)


def _is_ahead(one: DateMention, corpus: Corpus) -> bool:
    if one.role not in (Role.ADOPTED, Role.SESSION, Role.PERIOD):
        return False
    first = int(f"{one.first:%Y%m%d}")
    return corpus.adopted_when(lambda adopted: adopted + (adopted % 10000 == 0) * 1231 >= first, None) is None


def rows_naming(
    dates: Iterable[DateMention], corpus: Corpus, pools: Sequence[Scope | None], question: Matches
) -> dict[int, float]:
    """Rows whose text names a time that is not one of adoption, with what that is worth.

    Of the pools the first holds all rows that may be brought, the last those adopted when the question says: a time still to
    come is looked for in all.

    Looked at are those that match the time's words best; of a period or a year to come, which many texts name, those that match
    the question.
    """
    found: dict[int, float] = {}
    for one in dates:
        if one.role in _NAMED or (one.session is not None and one.role is not Role.COMPARED):
            vague = one.session is not None or (one.role is not Role.END and one.days > _MONTH_DAYS)
            matches = question if vague and one.session is None else corpus.lexical.match(one.words)
            rows = matches.best(_MOST, pools[0 if one.role is Role.AHEAD else -1]).tolist()
            inputs = corpus.inputs(rows) if rows else []
            worth = _VAGUE if vague else _EXACT
            for row, (text, _) in zip(rows, inputs, strict=True):
                if one.named_in(text.split("\n", 1)[-1]):
                    found[row] = max(worth, found.get(row, 0.0))
    return found


def worth_of(naming: dict[int, float], rows: Rows) -> Floats:
    """For each row what `rows_naming` found it worth; 0 for others."""
    return np.array(
        [naming.get(row, 0.0) for row in rows.tolist()] if naming else np.zeros(len(rows)), dtype=np.float32
    )
