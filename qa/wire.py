"""What leaves the service: the JSON shapes shared by the command line, the HTTP API and `answers.jsonl`.

Separate from `qa.records`, so that a rename inside breaks no client. Offsets count Unicode code points, half-open.
"""

from __future__ import annotations

import msgspec

Pair = tuple[int, int]


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """Root of every wire type: frozen, and strict when decoded."""


class Filters(Wire, frozen=True):
    """What the searched paragraphs must satisfy; an empty field does not restrict. Years are of adoption, inclusive."""

    organ: list[str] = []
    session: list[str] = []
    year_from: int | None = None
    year_to: int | None = None
    symbol: list[str] = []
    kind: list[str] = []
    verb: list[str] = []


class AskRequest(Wire, frozen=True):
    """A question, how many citations it may bring, and what to search. `history`: earlier questions, oldest first.

    `ignore`: words of the question that are not to be read as a time, an organ, a reference or an event; they count as words alone.
    """

    question: str
    k: int = 5
    filters: Filters = Filters()
    history: list[str] = []
    explain: bool = False
    ignore: list[str] = []


class SourceRef(Wire, frozen=True):
    """Where a quotation stands. `exact` is the source's own characters: the slices `spans` of the text, joined.

    `sha256` is of the raw file, `text_sha256` of the text extracted from it; the two are equal for UTF-8 plain text.
    `byte_spans` are the same slices counted in UTF-8 bytes.
    """

    sha256: str
    text_sha256: str
    name: str
    format: str
    reader: str
    parser: str
    spans: list[Pair]
    byte_spans: list[Pair]
    exact: str
    page: int | None = None


class Stage(Wire, frozen=True):
    """How one stage of retrieval saw a hit: its rank by what the stage adds (from 1; equal ones share it) and its score there.

    `adds` is what it adds to the hit's score: its weight times its own score.
    """

    stage: str
    rank: int | None
    score: float | None
    adds: float = 0.0


class Explanation(Wire, frozen=True):
    """Why a paragraph was brought: every stage that had a say, and the question's words that it holds."""

    stages: list[Stage]
    terms: list[str]
    context: str


class CitationOut(Wire, frozen=True):
    """One paragraph that answers. `text` is clean, `source.exact` verbatim; `highlight` counts in `text`.

    `score` orders citations within one answer. `also` lists near-identical paragraphs of other resolutions.
    """

    id: str
    symbol: str
    paragraph: str
    title: str
    adopted: str | None
    organ: str
    kind: str
    text: str
    highlight: Pair | None
    score: float
    citation: str
    url: str
    source: SourceRef
    chapeau: str | None = None
    also: list[str] = []
    explain: Explanation | None = None


class ReadingOut(Wire, frozen=True):
    """Words of the question that were read as a time, an organ, a reference or an event, and as which."""

    text: str
    read_as: str


class Understood(Wire, frozen=True):
    """What was read out of the question: each of the `readings` can be taken off by its `text` in `AskRequest.ignore`.

    `meant` counts the paragraphs that the question names or asks to be listed, 0 where it is weighed: ask with a larger `k` for the rest.
    """

    filters: Filters
    references: list[str] = []
    expansions: dict[str, list[str]] = {}
    notes: list[str] = []
    meant: int = 0
    readings: list[ReadingOut] = []


class AnswerOut(Wire, frozen=True):
    """An answer, or an abstention with its reason. `probability` that the first citation answers, calibrated.

    `answerability` is the probability that the corpus answers the question at all: where it is low, an answer is refused.

    `withheld` counts quotations kept back because they are not what their source holds: the index is damaged then.
    """

    status: str  # "answered" or "abstained"
    question: str
    probability: float
    citations: list[CitationOut]
    understood: Understood
    generation: str
    model: str
    reason: str | None = None
    nearest: list[CitationOut] = []
    timings: dict[str, float] = {}
    withheld: int = 0
    answerability: float = 0.0


class SearchOut(Wire, frozen=True):
    """Ranked paragraphs without the answering step; `withheld` as in an answer."""

    question: str
    citations: list[CitationOut]
    understood: Understood
    generation: str
    model: str
    timings: dict[str, float] = {}
    withheld: int = 0


class ActOut(Wire, frozen=True):
    verb: str
    phrase: str
    strength: str
    span: Pair
    addressee: str | None = None
    deadline: DeadlineOut | None = None


class DeadlineOut(Wire, frozen=True):
    text: str
    session: int | None = None
    date: str | None = None
    year: int | None = None
    derived: bool = False


class ReferenceOut(Wire, frozen=True):
    text: str
    kind: str
    span: Pair
    symbol: str | None = None
    paragraph: str | None = None


class ParagraphOut(Wire, frozen=True):
    """One paragraph, with its place in the source."""

    id: str
    label: str
    kind: str
    number: str | None
    level: int
    text: str
    verb: str | None
    spans: list[Pair]
    parent: str | None = None
    section: list[str] = []
    part: str | None = None
    annex: int | None = None
    page: int | None = None
    acts: list[ActOut] = []
    references: list[ReferenceOut] = []
    footnotes: list[str] = []


class FootnoteOut(Wire, frozen=True):
    marker: str
    text: str | None
    spans: list[Pair] = []
    anchors: list[tuple[str, int]] = []
    reason: str | None = None


class HeadingOut(Wire, frozen=True):
    text: str
    level: int
    span: Pair
    before: str | None = None


class VoteOut(Wire, frozen=True):
    text: str
    adopted_without_vote: bool
    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None


class ResolutionSource(Wire, frozen=True):
    sha256: str
    text_sha256: str
    name: str
    format: str
    reader: str
    parser: str


class DroppedOut(Wire, frozen=True):
    span: Pair
    why: str


class ResolutionOut(Wire, frozen=True):
    """The structure of one resolution: what `qa parse --json` prints and `GET /v1/resolutions/{symbol}` returns."""

    symbol: str
    organ: str
    session: str | None
    title: str
    adopted: str | None
    meeting: str | None
    vote: VoteOut | None
    agenda_item: str | None
    origin: str | None
    url: str
    citation: str
    paragraphs: list[ParagraphOut]
    headings: list[HeadingOut]
    footnotes: list[FootnoteOut]
    references: list[ReferenceOut]
    dropped: list[DroppedOut]
    absent: dict[str, str]
    derived: dict[str, str]
    source: ResolutionSource
