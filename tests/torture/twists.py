"""Questions that are answered rightly, each with a name, whom it has asked, a deed or a year exchanged for another: who still gets an answer?

python -m tests.torture.twists INDEX QUESTIONS...   prints one line of JSON

An answer counts as untold where the resolution of its first citation speaks of the new name nowhere (an organ: where the paragraph
is another organ's and neither it nor its context names it; a deed and whom is asked: where it is the paragraph that answered before; a year:
where it neither names it nor was adopted in it). Of countries, bodies and
organs there should be none; of the others as few as may be, for a script makes some
questions that mean the same as before.
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
from qa.answering.organizations import organizations_in
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
FULL_NAMES = (
    "World Bank",
    "World Health Organization",
    "International Court of Justice",
    "High Commissioner for Refugees",
    "European Union",
    "League of Arab States",
)
ORGANS = ("Security Council", "General Assembly", "Human Rights Council")
ASKED = ("Secretary-General", "Special Rapporteur", "General Assembly", "Member States")
DEEDS = {
    "asked": "forbidden",
    "told": "forbidden",
    "encouraged": "forbidden",
    "invited": "excluded",
    "condemned": "praised",
    "welcomed": "condemned",
    "thanked": "rebuked",
    "approved": "rejected",
    "accepted": "rejected",
    "support": "oppose",
    "extend": "end",
    "extended": "ended",
    "renew": "end",
    "renewed": "ended",
    "prolonged": "ended",
    "lifted": "extended",
    "imposed": "lifted",
    "establish": "abolish",
    "established": "abolished",
    "created": "abolished",
    "set up": "closed down",
    "increased": "reduced",
    "raised": "lowered",
    "reduced": "increased",
    "admitted": "expelled",
    "start": "stop",
    "stop": "start",
    "send": "withdraw",
    "withdraw": "send",
}
_YEAR = re.compile(r"(?<![/\d(])(?:19[4-9]|20[0-2])\d(?![/\d)])")


def exchanged(question: str, pick: random.Random) -> Iterator[tuple[str, str, str]]:
    """What kind of name, the new one, and the question with it."""
    countries = [one for one in countries_in(question) if is_country(one)]
    for kind, held, others in (
        ("country", countries, COUNTRIES),
        ("body", list(abbreviations_in(question)), BODIES),
        ("body in full", list(organizations_in(question)), FULL_NAMES),
        ("whom is asked", [one for one in ASKED if one in question], ASKED),
        ("organ", [one for one in ORGANS if one in question], ORGANS),
    ):
        old = pick.choice(held) if held else ""
        new = pick.choice([one for one in others if one not in question])
        if old and re.search(rf"\b{re.escape(old)}\b", question):
            yield kind, new, re.sub(rf"\b{re.escape(old)}\b", new, question)
    years = set(_YEAR.findall(question))
    if len(years) == 1:
        new = str(int(min(years)) + pick.choice((-12, -7, -3, -2, -1, 1, 2, 3, 7)))
        yield "year", new, question.replace(min(years), new)
    done = [one for one in DEEDS if re.search(rf"\b{one}\b", question)]
    if done:
        old = pick.choice(done)
        yield "deed", DEEDS[old], re.sub(rf"\b{old}\b", DEEDS[old], question, count=1)


def is_told(kind: str, new: str, first: CitationOut, before: str, service: QAService) -> bool:
    """Whether what is cited first speaks of the new name, or, of a deed or whom is asked, is another paragraph than `before`."""
    if kind in ("deed", "whom is asked"):
        return first.id != before
    if kind == "year":
        return (first.adopted or "").startswith(new) or new in first.text
    if kind == "organ":
        return first.organ == new or (first.explain is not None and new.casefold() in first.explain.context.casefold())
    whole = service.resolution(first.symbol)
    said = "\n".join([whole.title, *(one.text for one in whole.paragraphs)])
    if kind == "body":
        return new in said
    if kind == "body in full":
        return not unspoken(organizations_in(new), said)
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
                    if not is_told(kind, new, twisted.citations[0], answer.citations[0].id, service):
                        counts[f"{kind}: untold"] += 1
                        untold.append((text, twisted.citations[0].id))
    print(json.dumps({"counts": dict(sorted(counts.items())), "untold": untold}))


if __name__ == "__main__":
    main()
