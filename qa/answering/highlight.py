"""The answering span inside a paragraph, down to the clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from qa.answering.edges import hangs, tidy
from qa.answering.tables import row_about, rows
from qa.records import Paragraph, Passage, Span
from qa.retrieval.corpus import Floats, Rows
from qa.terms import distinct_terms

# A clause ends at a semicolon, colon or full stop, or at a comma before a word that opens another thing said.
_BREAK = re.compile(
    r"(?=\s)(?:"  # whatever it is, it is blank: looked for first, that takes half the time
    r"(?<=[;:])\s+|(?<=[.?!])\s+(?=[A-Z“\"(])"
    r"|(?<=,)\s+(?=(?:and|or|but|while|which|who|whose|where|when|with|including|inter alia|in particular|as well as|"
    r"taking|bearing|pending|provided|unless|until|so that|in order|to|by|for|through|also|further)\b)"
    r"|(?<!\s)\s+(?=\((?:[a-z]|[ivx]+)\)\s))"
)
_MIN_CLAUSE = 24  # characters: a shorter piece joins the one before
_WHOLE = 200  # characters: a paragraph not longer than this is marked whole
_LONG_ACT = 300  # characters: of an act longer than this only a part is marked
_FAR = 600  # characters: a mark that begins with its act is at most so long
_FARTHEST = 750  # characters: a mark that would begin in the middle of a sentence reaches back until it is so long
_EQUAL = 0.15  # of a clause's score: an act whose best clause lies no farther below the best is marked as well
_TAIL = 120  # characters: what follows a comma up to the end of what is said is marked too where it is not longer


def clauses(text: str, acts: Sequence[Span] = ()) -> list[Span]:
    """The clauses of a paragraph: they cover all of it but the blanks between them, in order; an act begins a clause."""
    breaks = [(match.start(), match.end()) for match in _BREAK.finditer(text)]
    breaks += [(len(text[: act.start].rstrip()), act.start) for act in acts if act.start > 0]
    spans: list[Span] = []
    start = 0
    for end, following in [*sorted(set(breaks)), (len(text), len(text))]:
        starts_act = any(act.start == start for act in acts)
        if spans and not starts_act and (end - start < _MIN_CLAUSE or spans[-1].end - spans[-1].start < _MIN_CLAUSE):
            spans[-1] = Span(spans[-1].start, end)
        elif end > start:
            spans.append(Span(start, end))
        start = max(start, following)
    return spans


@dataclass(frozen=True, slots=True)
class Met:
    """How well each token of a question (rows) is met by each of a paragraph's (columns), and where these stand in it."""

    cosines: Floats
    places: Rows

    @classmethod
    def of(cls, cosines: Floats, places: Rows, passage: Passage, paragraph: Paragraph) -> Met:
        """A ranker's reading of a passage, moved to the paragraph that the passage is a window of; context left out."""
        start = max(0, paragraph.text.find(passage.text))
        head = len(passage.context) + 1 if passage.context else 0
        inside = places[:, 0] >= head
        return cls(cosines[:, inside], places[inside] - head + start)


def highlight(question: str, paragraph: Paragraph, read: Callable[[], Met | None]) -> Span:
    """The stretch of a paragraph's text that answers `question` best, whole clauses without what joins them to others."""
    return tidy(paragraph.text, _best_stretch(question, paragraph, read))


def _best_stretch(question: str, paragraph: Paragraph, read: Callable[[], Met | None]) -> Span:
    """The stretch of a paragraph's text that answers `question` best; the whole text where it is short.

    Each clause scores by meaning (how well the question's tokens are met inside it, which `read` tells; nothing where no
    ranker read) and by the question's terms that it holds. The best one seldom is the answer alone: a question repeats
    what it knows and asks for what stands beside it. So the act that holds it is marked, and of a long act its
    beginning to the clause after the best one. Where that is the same whichever clause is best, nothing is read.
    """
    text = paragraph.text
    if len(text) <= _WHOLE:
        return Span(0, len(text))
    table = [] if paragraph.acts else rows(text)
    if table:
        return row_about(question, text, table) or Span(0, len(text))
    spans = clauses(text, [act.span for act in paragraph.acts])
    if len(spans) < 2:
        return Span(0, len(text))
    marks = [_mark(paragraph, spans, best) for best in range(len(spans))]
    if len(set(marks)) == 1:
        return marks[0]
    scores = 0.4 * _lexical(question, text, spans) + _of_wanted_type(question, text, spans)
    met = read()
    if met is not None:
        scores = scores + _meaning(met, spans)
    return _with_equals(paragraph, spans, scores, marks[int(np.argmax(scores))])


def _mark(paragraph: Paragraph, spans: Sequence[Span], best: int) -> Span:
    """What is marked where a clause is the best one."""
    act = _act_around(paragraph, spans[best])
    if act.end - act.start <= _LONG_ACT:
        return act
    inside = [at for at, span in enumerate(spans) if span.end > act.start and span.start < act.end]
    last = min(inside[-1], best + 1)
    if spans[last].end - act.start <= _LONG_ACT:
        last = min(inside[-1], best + 2)
    last = _to_an_end(paragraph.text, spans, last, inside[-1])
    # From the act's own beginning, so that the mark says who asks whom, unless that lies far before.
    if spans[last].end - act.start <= _FAR:
        return Span(spans[inside[0]].start, spans[last].end)
    first = _from_a_beginning(paragraph.text, spans, max(inside[0], best - 1), inside[0], best, spans[last].end)
    return Span(spans[first].start, spans[last].end)


def _from_a_beginning(text: str, spans: Sequence[Span], at: int, first: int, best: int, end: int) -> int:
    """The clause from which a mark that ends at `end` can be read: the nearest before, else after, that hangs on no other."""
    begins = [one for one in range(first, best + 1) if one == first or not hangs(text, spans[one].start)]
    before = [one for one in begins if one <= at and end - spans[one].start <= _FARTHEST]
    after = [one for one in begins if one > at]
    return before[-1] if before else after[0] if after else at


def _with_equals(paragraph: Paragraph, spans: Sequence[Span], scores: Floats, mark: Span) -> Span:
    """A mark that reaches to the short acts that answer nearly as well, for a question may ask for both; if it stays short."""
    if len(paragraph.acts) < 2:
        return mark
    least = scores.max() - _EQUAL
    acts = [_act_around(paragraph, span) for span, score in zip(spans, scores, strict=True) if score >= least]
    all_of = [mark, *(act for act in acts if act.end - act.start <= _LONG_ACT)]
    start, end = min(one.start for one in all_of), max(one.end for one in all_of)
    return Span(start, end) if end - start <= _FAR else mark


def _to_an_end(text: str, spans: Sequence[Span], at: int, last: int) -> int:
    """The clause at which what is said ends, if that is near: not at a comma in its middle."""
    for end in range(at, last + 1):
        if spans[end].end - spans[at].end > _TAIL:
            break
        if end == last or text[spans[end].end - 1] in ";:.":
            return end
    return at


def _meaning(met: Met, spans: Sequence[Span]) -> Floats:
    """For each clause the mean, over the question's tokens, of the best cosine inside it; 0 where nothing was read."""
    starts = met.places[:, 0]
    within = [met.cosines[:, (starts >= a) & (starts < b)] for a, b in spans]
    return np.array([one.max(axis=1).mean() if one.size else 0.0 for one in within], dtype=np.float32)


_TIME = re.compile(r"\b(?:19|20)\d\d\b|\b(?:days?|weeks?|months?|years?|session)\b", re.I)
_AMOUNT = re.compile(
    r"\d|\b(?:half|third|quarter|hundred|thousand|million|billion|per cent|one|two|three|four|five|six|ten|twelve)\b",
    re.I,
)
_WANTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\bwhen\b|\bhow (?:long|soon|fast|often)\b|\b(?:deadline|date|by what|what (?:day|month|year))\b", re.I
        ),
        _TIME,
    ),
    (
        re.compile(r"\bhow (?:many|much)\b|\b(?:amount|total|number|share|percentage|budget|cost|limit)\b", re.I),
        _AMOUNT,
    ),
)
_TYPE_BONUS = 0.12


def _of_wanted_type(question: str, text: str, spans: Sequence[Span]) -> Floats:
    """A bonus for clauses that hold the kind of thing asked for: a time for "when", a figure for "how many"."""
    bonus = np.zeros(len(spans), dtype=np.float32)
    for asked, given in _WANTED:
        if asked.search(question):
            bonus += np.array([_TYPE_BONUS * bool(given.search(text[a:b])) for a, b in spans], dtype=np.float32)
    return bonus


def _act_around(paragraph: Paragraph, clause: Span) -> Span:
    """The act that holds most of a clause; the whole paragraph where it does nothing or is not operative."""
    whole = Span(0, len(paragraph.text))
    held = [(min(act.span.end, clause.end) - max(act.span.start, clause.start), act.span) for act in paragraph.acts]
    return max(held, key=lambda one: one[0], default=(0, whole))[1] if held else whole


def _lexical(question: str, text: str, spans: Sequence[Span]) -> Floats:
    """For each clause the share of the question's terms that it holds, terms that stand in few clauses counting more."""
    wanted = distinct_terms(question)
    found = [distinct_terms(text[a:b]) & wanted for a, b in spans]
    rarity = {term: 1.0 / sum(term in one for one in found) for term in set().union(*found)}
    total = sum(rarity.values()) or 1.0
    return np.array([sum(rarity[term] for term in one) / total for one in found], dtype=np.float32)
