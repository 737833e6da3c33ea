"""Questions that are answered rightly, each with the country, the body or the organ in it exchanged for another: who still gets an answer?

python -m tests.torture.twists INDEX QUESTIONS...   prints one line of JSON

An answer counts as untold where the resolution of its first citation speaks of the new name nowhere (an organ: where the paragraph
is another organ's and neither it nor its context names it). Of these there should be none.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from eval.labels import fold
from eval.opening import open_service, settings_with
from eval.question_files import read_questions
from qa.answering.countries import countries_in, is_country, unspoken
from qa.retrieval.abbreviations import abbreviations_in
from qa.service import QAService
from qa.store.place import folder_of
from qa.wire import AskRequest, CitationOut

COUNTRIES = (
    "Brazil",
    "Norway",
    "Kenya",
    "Peru",
    "Thailand",
    "Canada",
    "Ghana",
    "Poland",
    "Chile",
    "Sweden",
    "Nepal",
    "Jordan",
)
BODIES = ("UNIFIL", "UNDOF", "UNFICYP", "MINURSO", "ONUSAL", "UNTAC", "UNAMIR", "UNIKOM")
ORGANS = ("Security Council", "General Assembly", "Human Rights Council")


def exchanged(question: str, pick: random.Random) -> Iterator[tuple[str, str, str]]:
    """What kind of name, the new one, and the question with it."""
    countries = [one for one in countries_in(question) if is_country(one)]
    for kind, held, others in (
        ("country", countries, COUNTRIES),
        ("body", list(abbreviations_in(question)), BODIES),
        ("organ", [one for one in ORGANS if one in question], ORGANS),
    ):
        old = pick.choice(held) if held else ""
        new = pick.choice([one for one in others if one not in question])
        if old and re.search(rf"\b{re.escape(old)}\b", question):
            yield kind, new, re.sub(rf"\b{re.escape(old)}\b", new, question)


def is_told(kind: str, new: str, first: CitationOut, service: QAService) -> bool:
    """Whether what is cited first speaks of the new name."""
    if kind == "organ":
        return first.organ == new or (first.explain is not None and new.casefold() in first.explain.context.casefold())
    whole = service.resolution(first.symbol)
    said = "\n".join([whole.title, *(one.text for one in whole.paragraphs)])
    if kind == "body":
        return new in said
    return not unspoken(countries_in(new), said)


def main() -> None:
    """Ask, exchange, ask again; counts by kind, and the untold ones."""
    index, *files = sys.argv[1:]
    pick, counts = random.Random(11), Counter[str]()
    untold: list[tuple[str, str]] = []
    with open_service(folder_of(index), settings_with(None, {})) as service:
        for question in (
            one for path in files for one in read_questions(Path(path)) if one.paragraphs and not one.history
        ):
            answer = service.ask(AskRequest(question.text))
            wanted = {fold(one) for one in question.paragraphs}
            if answer.status != "answered" or fold(answer.citations[0].id) not in wanted:
                continue
            for kind, new, text in exchanged(question.text, pick):
                twisted = service.ask(AskRequest(text, explain=True))
                if twisted.understood.references:  # named outright, and given whatever else is said
                    continue
                counts[f"{kind}: asked"] += 1
                if twisted.status == "answered":
                    counts[f"{kind}: answered"] += 1
                    if not is_told(kind, new, twisted.citations[0], service):
                        counts[f"{kind}: untold"] += 1
                        untold.append((text, twisted.citations[0].id))
    print(json.dumps({"counts": dict(sorted(counts.items())), "untold": untold}))


if __name__ == "__main__":
    main()
