"""What people type first, of resolutions drawn at random: is it answered, and by the right paragraph first?

python -m tests.torture.basics INDEX [N]   prints one line of JSON; N resolutions (150)

Asked are a symbol alone, what a text says about words of one of its paragraphs (or whether it mentions them), what it asks of States, what it
condemns and welcomes, what reports it asks for, what it recalls, the same of its bare number, what is new in it beside the text before it of
that title and which that is, which resolutions are about its title, when its next report is due, when it is discussed again, and, of the
Council, what it decided about a country in a year and which resolutions condemn that. Right is, first, a paragraph that has the words (verbs and
"report" are looked for by patterns), is addressed to them, is of a text of that title, is not in the text before, or of that year and
speaks of the country; of reports and agendas the paragraph that tells it of the newest text of that title.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator

from eval.opening import open_service, settings_with
from qa.answering.countries import countries_in, is_country
from qa.service import QAService
from qa.store.place import folder_of
from qa.terms import distinct_terms
from qa.wire import AskRequest, Filters, ResolutionOut
from qa.wire_pages import ResolutionSummary

_LONGEST = 100  # code points of a title that somebody would type
_RARE = 3  # paragraphs of a text that hold the words
_WORDS = re.compile(r"\b[a-z]{5,}(?: [a-z]{5,})?\b")
_REPORT = re.compile(r"\b(?:submit|report)\b.{0,200}\bsession\b", re.S)
_AGENDA = re.compile(r"(?:include in the (?:provisional )?agenda|continue (?:its )?consideration)", re.I)
_OF_VERBS = (
    ("condemns", "What does {} condemn?", re.compile(r"\b(?:condemn|deplor)", re.I)),
    ("welcomes", "What does {} welcome?", re.compile(r"\bwelcom", re.I)),
    (
        "reports",
        "Which reports does {} request?",
        re.compile(r"\b(?:request|invit|call|urg|encourag)\w*.*\breport", re.I | re.S),
    ),
    (
        "recalls",
        "Which resolutions does {} recall?",
        re.compile(r"\b(?:\d{1,2}/\d+|\d{1,3} \(19\d\d\)|\d+ \([IVXLS-]+\))"),
    ),
)  # kind, question, what the right paragraphs have
_STATES = re.compile(r"\b(?:States|Governments|countries)\b")


def asked_of(one: ResolutionOut, newest: ResolutionOut, pick: random.Random) -> Iterator[tuple[str, str, set[str]]]:
    """Kind, question, and the paragraphs of which one should come first (or symbols, of lists)."""
    number = one.symbol.partition("RES/")[2]
    operative = {each.id for each in one.paragraphs if each.kind == "operative"}
    yield "symbol", one.symbol, operative
    terms = {each.id: distinct_terms(each.text) for each in one.paragraphs}
    drawn = pick.choice(one.paragraphs)
    for words in pick.sample(found := _WORDS.findall(drawn.text), len(found)):
        wanted = distinct_terms(words)
        holding = {name for name, held in terms.items() if wanted and wanted <= held}
        if 0 < len(holding) <= _RARE:
            yield "says", f"What does resolution {number} say about {words}?", holding
            yield "mentions", f"Does {one.symbol} mention {words}?", holding
            break
    to_states = {
        each.id for each in one.paragraphs if any(act.addressee and _STATES.search(act.addressee) for act in each.acts)
    }
    if to_states:
        yield "acts", f"What does resolution {number} ask of Member States?", to_states
    bare = re.match(r"(\d{3,})\(", number)
    for kind, form, has in _OF_VERBS:
        having = {each.id for each in one.paragraphs if has.search(each.text)}
        if having:
            yield kind, form.format(f"resolution {number}"), having
        if having and bare:
            yield f"{kind}, bare number", form.format(bare[1]), having
    title = one.title[:1].lower() + one.title[1:]
    if not 0 < len(title) <= _LONGEST:
        return
    yield "topic", f"resolutions on {title}", {one.symbol, newest.symbol}
    for kind, form, tells in (
        ("report", "When is the next report on {} due?", _REPORT),
        ("agenda", "When will the Assembly next discuss {}?", _AGENDA),
    ):
        telling = {each.id for each in newest.paragraphs if tells.search(each.text) and "session" in each.text}
        if telling:
            yield kind, form.format(title), telling


def of_a_series(service: QAService, one: ResolutionOut, earlier: list[str]) -> Iterator[tuple[str, str, set[str]]]:
    """What a text has that the one before it of its title has not, and which that is."""
    if not earlier:
        return
    before = service.resolution(earlier[-1])
    had = {" ".join(each.text.split()) for each in before.paragraphs}
    new = {each.id for each in one.paragraphs if " ".join(each.text.split()) not in had}
    if new:
        yield "compare", f"What is new in {one.symbol} compared with {before.symbol}?", new
    yield "version", f"What is the previous version of {one.symbol}?", {before.symbol}
    yield "version", f"Is there a newer version of {before.symbol}?", {one.symbol}


def of_a_year(
    service: QAService, one: ResolutionOut, held: list[ResolutionSummary], pick: random.Random
) -> Iterator[tuple[str, str, set[str]]]:
    """What the Council decided in a year about a country that one of its resolutions speaks of: right is whatever speaks of it then."""
    year = (one.adopted or "")[:4]
    countries = [name for name in countries_in("\n".join(each.text for each in one.paragraphs)) if is_country(name)]
    if not (one.symbol.startswith("S/") and year and countries):
        return
    name = pick.choice(countries)
    then = [each.symbol for each in held if each.symbol.startswith("S/") and (each.adopted or "").startswith(year)]
    right = {each for each in then if any(name in one.text for one in service.resolution(each).paragraphs)}
    yield "country and year", f"What did the Security Council decide about {name} in {year}?", right
    yield "country and year, bare", f"{name} {year}", right
    elsewhere = r"against|in|on|upon|within"  # it happened there, or to them
    blames = re.compile(
        rf"\b(?:condemn|deplor|censur|denounc)\w*(?:(?!\b(?:{elsewhere})\b).){{0,80}}?\b{re.escape(name)}", re.I | re.S
    )
    blaming = {each.id for symbol in then for each in service.resolution(symbol).paragraphs if blames.search(each.text)}
    if blaming:
        yield "condemning", f"Which resolutions of {year} condemn {name}?", blaming


def main() -> None:
    """Draw, ask, print counts."""
    index, *n = sys.argv[1:]
    pick, counts = random.Random(8), Counter[str]()
    with open_service(folder_of(index), settings_with(None, {})) as service:
        _, held = service.resolutions(0, 1_000_000, Filters())
        by_day = sorted(held, key=lambda one: one.adopted or "")
        newest = {one.title.casefold(): one.symbol for one in by_day}
        for one in pick.sample(held, min(len(held), int(n[0]) if n else 150)):
            last = service.resolution(newest[one.title.casefold()] if one.title else one.symbol)
            whole = service.resolution(one.symbol)
            earlier = [
                each.symbol
                for each in by_day
                if each.title == one.title and one.title and (each.adopted or "") < (one.adopted or "")
            ]
            asked = (
                *asked_of(whole, last, pick),
                *of_a_series(service, whole, earlier),
                *of_a_year(service, whole, held, pick),
            )
            for kind, question, right in asked:
                _count(service, kind, question, right, counts)
    print(json.dumps(dict(sorted(counts.items()))))


def _count(service: QAService, kind: str, question: str, right: set[str], counts: Counter[str]) -> None:
    answer = service.ask(AskRequest(question))
    counts[f"{kind}: asked"] += 1
    if answer.status == "answered":
        first = answer.citations[0]
        counts[f"{kind}: answered {'rightly' if {first.id, first.symbol} & right else 'otherwise'}"] += 1


if __name__ == "__main__":
    main()
