"""Tables whose lines were joined into one paragraph: their rows, and the one that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.numerals import MONTH
from qa.records import Paragraph, Resolution, Span
from qa.terms import distinct_terms

_FIGURE = re.compile(rf"(?<!\S)(?!\(?(?:19|20)\d\d\b)(?:\(?\d[\d.]*[a-z]?\)?|[–—-])(?!\S)(?! (?:{MONTH}))")
# A row ends at a figure before a word, but for a day before its month and figures that a note counts up; a note at its full stop.
_ROW_END = re.compile(
    rf"(?<!\(\d)(?<!\(\d\d)(?<!, \d)(?<!, \d\d)(?<!, \d{{3}})(?:(?<=[\d)–—-])|(?<=\d[a-z])|(?<=[.:]))\s+(?=(?:[a-z] )?[A-Z])(?!(?:{MONTH}))"
)
_FIGURES = 0.25  # of its words: a text with so many bare figures is a table


def rows(text: str) -> list[Span]:
    """The rows of a table, in order; empty where a text is none."""
    words = text.split()
    likely = sum(not word[0].isalpha() for word in words)  # counted first, for it is soon done
    if likely < _FIGURES * len(words) or len(_FIGURE.findall(text)) < _FIGURES * len(words):
        return []
    breaks = [match.span() for match in _ROW_END.finditer(text)]
    starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def row_about(question: str, text: str, found: Sequence[Span]) -> Span | None:
    """The row with figures whose words the question holds, as many and as fully as in no other; None where none has any."""
    wanted = distinct_terms(question)

    def fit(row: Span) -> float:
        words = _words(text, row)
        return len(words & wanted) ** 2 / len(words) if words and _FIGURE.search(text, row.start, row.end) else 0.0

    best = max(found, key=fit)
    return best if fit(best) else None


def table_below(question: str, resolution: Resolution, opening: Paragraph) -> tuple[Paragraph, Span] | None:
    """The table that a paragraph opens ("shall be as follows:") and the row that a question names, by half of the row's words
    or more; None where there is none. The table has no number and stands right below.
    """
    if not opening.text.endswith(":"):
        return None
    at = next((at for at, one in enumerate(resolution.paragraphs, 1) if one.label == opening.label), 0)
    table = resolution.paragraphs[at] if 0 < at < len(resolution.paragraphs) else None
    if table is None or table.number is not None:
        return None
    found = rows(table.text)
    row = row_about(question, table.text, found) if len(found) > 1 else None
    if row is None:
        return None
    words = _words(table.text, row)
    return (table, row) if 2 * len(words & distinct_terms(question)) >= len(words) else None


def _words(text: str, row: Span) -> frozenset[str]:
    return frozenset(one for one in distinct_terms(text[row.start : row.end]) if not one[0].isdigit())
