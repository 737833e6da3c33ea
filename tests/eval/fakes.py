"""A service that ranks by shared words: enough to run an evaluation end to end without an index."""

from __future__ import annotations

import hashlib
import re

from qa.errors import NotFoundError, QuestionError
from qa.wire import (
    AnswerOut,
    AskRequest,
    CitationOut,
    Explanation,
    Filters,
    ParagraphOut,
    SearchOut,
    SourceRef,
    Stage,
    Understood,
)
from qa.wire_pages import ParagraphPage, ResolutionSummary

TEXTS = {
    "A/RES/1/1#OP1": "Requests the Secretary-General to submit a report on landmines by 2026;",
    "A/RES/1/1#OP2": "Decides to hold the next session in Geneva;",
    "A/RES/1/1#OP2(a)": "two delegates from each region shall attend in Geneva;",
    "A/RES/1/2#PP1": "Recalling its resolution on landmines,",
    "A/RES/1/2#OP1": "Condemns the use of cluster munitions;",
    "S/RES/5(1950)#OP3": "Calls upon all Members to withdraw troops from the border;",
}


def citation(identifier: str, score: float = 1.0, rank: int = 1, *, explain: bool = False) -> CitationOut:
    """A citation that keeps the law of quotation."""
    text = TEXTS[identifier]
    symbol, _, label = identifier.partition("#")
    half = text.index(" ") + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = SourceRef(
        sha256=digest,
        text_sha256=digest,
        name="x.txt",
        format="text",
        reader="fake",
        parser="fake",
        spans=[(10, 10 + half), (30, 30 + len(text) - half)],
        byte_spans=[(10, 10 + half), (30, 30 + len(text) - half)],
        exact=text,
    )
    return CitationOut(
        id=identifier,
        symbol=symbol,
        paragraph=label,
        title="A title",
        adopted="2020-01-02",
        organ="General Assembly",
        kind="operative",
        text=text,
        highlight=(0, half),
        score=score,
        citation=f"resolution {symbol}",
        url="https://docs.un.org/",
        source=source,
        explain=Explanation([Stage("dense", rank, score, score)], [], "") if explain else None,
    )


class FakeService:
    """Answers by word overlap; abstains where fewer than two words are shared; refuses the question 'refuse'."""

    generation = "fake-1"

    def ask(self, request: AskRequest) -> AnswerOut:
        found = self.search(request).citations
        best = found[0].score if found else 0.0
        answered = best >= 2
        return AnswerOut(
            status="answered" if answered else "abstained",
            question=request.question,
            probability=min(best / 6.0, 1.0),
            citations=found[: request.k] if answered else [],
            understood=Understood(Filters()),
            generation=self.generation,
            model="overlap",
            reason=None if answered else "nothing near enough",
            nearest=[] if answered else found[:1],
            timings={"retrieve": 1.0, "answer": 0.5},
        )

    def search(self, request: AskRequest) -> SearchOut:
        if request.question == "refuse":
            raise QuestionError("question", "refused for the test")
        asked = _words(" ".join([*request.history, request.question]))
        scored = sorted((-len(asked & _words(text)), identifier) for identifier, text in TEXTS.items())
        ranked = [(identifier, float(-score)) for score, identifier in scored if score < 0][: request.k]
        citations = [
            citation(identifier, score, rank, explain=request.explain)
            for rank, (identifier, score) in enumerate(ranked, 1)
        ]
        return SearchOut(request.question, citations, Understood(Filters()), self.generation, "overlap")

    def paragraph(self, paragraph_id: str) -> ParagraphPage:
        if paragraph_id not in TEXTS:
            raise NotFoundError(paragraph_id)
        symbol, _, label = paragraph_id.partition("#")
        one = ParagraphOut(paragraph_id, label, "operative", None, 1, TEXTS[paragraph_id], None, [(0, 5)])
        quoted = citation(paragraph_id)
        summary = ResolutionSummary(symbol, quoted.title, quoted.organ, None, None, quoted.citation, quoted.url, 1)
        return ParagraphPage(summary, one, quoted.citation, quoted.url, quoted.source)

    def close(self) -> None:
        return None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - {"the", "to", "a", "of", "on", "in", "by", "its"}
