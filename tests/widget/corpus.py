"""Made-up answers in the service's own shapes, one for every state of the widget."""

from __future__ import annotations

import msgspec

from qa.wire import AnswerOut, CitationOut, Filters, ParagraphOut, SearchOut, SourceRef, Understood
from qa.wire_pages import ParagraphPage, ResolutionSummary

SYMBOL = "A/RES/55/179"
TITLE = "Cooperation between the United Nations and the Organization for Security and Cooperation in Europe"
TEXT = (
    "Welcomes the commitment by the Russian Federation to complete the withdrawal of its forces from the territory of "
    "the Republic of Moldova by the end of 2002, and calls for its early and full implementation;"
)
WORDS = (31, 155)
ARABIC = "ترحب بالتزام الاتحاد الروسي بإتمام سحب قواته من أراضي جمهورية مولدوفا بحلول نهاية عام 2002؛"
SHA = "0" * 64
GENERATION = "gen-1"


def citation(
    n: int = 19, text: str = TEXT, highlight: tuple[int, int] | None = WORDS, **changed: object
) -> CitationOut:
    spans = [(0, len(text))]
    made = CitationOut(
        f"{SYMBOL}#OP{n}",
        SYMBOL,
        f"OP{n}",
        TITLE,
        "2000-12-19",
        "General Assembly",
        "operative",
        text,
        highlight,
        1.0 / n,
        f"General Assembly resolution 55/179, para. {n}",
        f"https://docs.un.org/en/{SYMBOL}",
        SourceRef(SHA, SHA, "A_RES_55_179.txt", "text", "text/1", "1", spans, spans, text),
    )
    return msgspec.structs.replace(made, **changed)


def long_citation() -> CitationOut:
    """8,000 characters, the answering words in the middle."""
    filler = "Recalling also the reports of the Secretary-General and the views expressed by Member States thereon, "
    before, words = filler * 40, "decides to convene the review conference in Geneva in 2027"
    return citation(3, before + words + ", " + filler * 38, (len(before), len(before) + len(words)))


def answer(question: str, citations: list[CitationOut], probability: float = 0.93, **changed: object) -> AnswerOut:
    made = AnswerOut(
        "answered", question, probability, citations, Understood(Filters()), GENERATION, "double", timings={"all": 3.0}
    )
    return msgspec.structs.replace(made, **changed)


def answer_to(question: str) -> AnswerOut:
    """What the stub answers; words in the question choose."""
    asked = question.casefold()
    if "nothing" in asked:
        reason = "the best paragraph found says too little of what was asked"
        return answer(
            question, [], 0.07, status="abstained", reason=reason, nearest=[citation(n, highlight=None) for n in (4, 9)]
        )
    if "forty" in asked:
        return answer(question, [citation(n) for n in range(1, 41)], 0.71, understood=Understood(Filters(), meant=40))
    if "long" in asked:
        return answer(question, [long_citation()], 0.66)
    if any("\u0600" <= letter <= "\u06ff" for letter in question):
        return answer(question, [citation(19, ARABIC, (5, 90)), citation(18)], 0.9)
    if "council" in asked:
        understood = Understood(Filters(organ=["Security Council"], year_from=1999), notes=["read 1999 as a year"])
        council = citation(
            5,
            organ="Security Council",
            symbol="S/RES/1244(1999)",
            citation="Security Council resolution 1244 (1999), para. 5",
            also=["S/RES/1239(1999)"],
            chapeau="Acting under Chapter VII of the Charter of the United Nations,",
        )
        return answer(question, [council], 0.88, understood=understood)
    return answer(question, [citation(19), citation(18, kind="preambular"), citation(20, kind="annex")])


def paragraph(n: int) -> ParagraphOut:
    return ParagraphOut(f"{SYMBOL}#OP{n}", f"OP{n}", "operative", f"{n}.", 1, TEXT, "welcomes", [(0, len(TEXT))])


def paragraph_page() -> ParagraphPage:
    url = f"https://docs.un.org/en/{SYMBOL}"
    summary = ResolutionSummary(
        SYMBOL, TITLE, "General Assembly", "55", "2000-12-19", "General Assembly resolution 55/179", url, 30
    )
    cited = citation(19)
    return ParagraphPage(
        summary,
        paragraph(19),
        cited.citation,
        url,
        cited.source,
        [paragraph(17), paragraph(18)],
        [paragraph(20), paragraph(21)],
    )


def similar() -> SearchOut:
    return SearchOut("x", [citation(7, highlight=None)], Understood(Filters()), GENERATION, "double")
