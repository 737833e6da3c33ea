"""Resolutions asked for by what they are about."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.answering.lookups.about import texts_about, topic_asked
from qa.answering.lookups.adopted_then import newest
from qa.records import Kind, Passage
from qa.retrieval.order import Order, order_asked
from qa.retrieval.query import Query, understand
from qa.retrieval.retriever import Candidates
from qa.symbols.organs import Organ
from qa.wire import Filters
from tests.qa.looking import put_to


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Which resolution is about barge trafficking?", "barge trafficking"),
        ("list resolutions on Haiti", "Haiti"),
        ("latest resolution on Western Sahara", "Western Sahara"),
        ("all resolutions on Cyprus in 1974", "Cyprus"),
        ("Haiti resolutions 1993", "Haiti"),
        ("sand and dust storms resolution", "sand and dust storms"),
        ("Are there any Security Council resolutions on apartheid?", "apartheid"),
        ("What resolutions did the Security Council adopt on Angola?", "Angola"),
        ("how many resolutions are there on Cyprus", "Cyprus"),
        ("resolutions on Angola since 1992", "Angola"),
        ("What did the Security Council decide about Azerbaijan in 1993?", "Azerbaijan"),
        ("Did the Security Council adopt a resolution on Haiti in 1993?", "Haiti"),
        ("Which resolutions on Cyprus did the Council adopt in 1975?", "Cyprus"),
        ("What happened with Haiti at the Security Council in 1993?", "Haiti"),
        ("Security Council Haiti 1993", "Haiti"),
        ("climate change", "climate change"),
        ("climate change?", "climate change"),
        ("anything on the Afghan girls", "Afghan girls"),
        ("report on sand and dust storms in Asia", None),  # too many words
        ("Which resolution on barges extended the mandate?", None),  # what one did
        ("Who sponsored the climate resolution?", None),
        ("What does the climate resolution say?", None),
        ("operative para 13 of the Haiti oil embargo resolution", None),  # a paragraph of it
        ("What are members encouraged to do in the Tlatelolco resolution?", None),
        ("resolutions on resolution 242 (1967)", None),
        ("What is said of barges?", None),
        ("the resolution", None),
        ("both lakes into the UN", None),  # what is asked is not ended
    ],
)
def test_a_topic_is_asked_for(question: str, topic: str | None) -> None:
    told = topic_asked(understand(question))
    assert (told.name if told else None) == topic


HITS = (
    ("A/RES/80/1#OP1", "Barges", "Takes note of the report of the Secretary-General;", 20251201),
    ("A/RES/80/1#OP2", "Barges", "Urges help;", 20251201),
    ("A/RES/80/2#OP1", "Lakes", "Speaks of barges;", 20251202),
    ("S/RES/3(1990)#PP1", "", "Recalling the barges,", 19900101),
    ("S/RES/3(1990)#OP4", "", "Demands that the barges go;", 19900101),
    ("S/RES/5(1980)#OP1", "", "Decides on barges;", 19800101),
)
CONTEXTS = {"S/RES/3(1990)": "Security Council resolution 3 (1990): Barges, Haitian.", "S/RES/5(1980)": "Chile."}


def _listed(question: str) -> tuple[str, ...] | None:
    passages = [
        Passage(name, name.partition("#")[0], name.partition("#")[2], Kind.PREAMBULAR if "#PP" in name else Kind.OPERATIVE,
                CONTEXTS.get(name.partition("#")[0], f"Title: {title}."), text)
        for name, title, text, _ in HITS
    ]  # fmt: skip
    titles = {name.partition("#")[0]: title for name, title, *_ in HITS}
    corpus = SimpleNamespace(
        passages=lambda rows: [passages[row] for row in rows],
        generation=SimpleNamespace(titles_of=lambda symbols: {one: titles[one] for one in symbols}),
    )
    n = len(HITS)
    found = Candidates(
        np.arange(n, dtype=np.int64), np.zeros((n, 1), np.float32), np.arange(n, 0, -1, dtype=np.float32),
        np.array([day for *_, day in HITS], np.int32), {},
    )  # fmt: skip
    query = understand(question)
    topic = topic_asked(query)
    assert topic is not None
    order = Order.OLDEST if "oldest" in question else None
    read = cast(
        Query, SimpleNamespace(**{name: getattr(query, name) for name in query.__slots__} | {"lexical": topic.name})
    )
    told = texts_about(
        put_to(corpus, read, topic=topic, order=order, hits=found, chosen=Filters(kind=["operative", "preambular"])),
        topic.name,
    )
    return told.paragraphs if told else None


def test_of_each_resolution_that_is_told_to_be_about_it_one_paragraph_is_given() -> None:
    assert _listed("resolutions on barges") == ("A/RES/80/1#OP2", "S/RES/3(1990)#OP4")
    assert _listed("barges") == ("S/RES/3(1990)#OP4", "A/RES/80/1#OP2")  # what has the word first
    assert _listed("oldest resolutions on barges") == ("S/RES/3(1990)#OP4", "A/RES/80/1#OP2")
    assert _listed("Security Council resolutions on barges") == ("S/RES/3(1990)#OP4",)
    assert _listed("resolutions on barges in 1990") == ("S/RES/3(1990)#OP4",)
    assert _listed("resolutions on barges in Haiti") == ("S/RES/3(1990)#OP4",)  # of its people too
    assert _listed("resolutions on barges in 1970") is None
    assert _listed("resolutions on whales") is None
    assert Organ.SECURITY_COUNCIL in understand("Security Council resolutions on barges").organs
    assert understand("resolutions on barges in 1990").dates[0].first == dt.date(1990, 1, 1)


@pytest.mark.parametrize(
    ("question", "symbols"),
    [
        ("latest resolutions", ("A/RES/80/1", "S/RES/3(1990)")),
        ("What is the most recent Security Council resolution?", ("S/RES/3(1990)",)),
        ("show me the oldest resolutions", ("S/RES/3(1990)", "A/RES/80/1")),
        ("the resolutions of the Security Council", None),  # in no order
        ("latest resolution on barges", None),
        ("What was the last resolution of 1990?", ("S/RES/3(1990)",)),
        ("the first resolutions of 2024", None),  # of which none is held
    ],
)
def test_the_newest_and_the_oldest_of_all(question: str, symbols: tuple[str, ...] | None) -> None:
    held = [
        SimpleNamespace(symbol=name, organ=organ, adopted=day, paragraphs=(("PP1", 0, 0), ("OP1", 0, 0)))
        for name, organ, day in (
            ("A/RES/80/1", Organ.GENERAL_ASSEMBLY, "2025-12-01"),
            ("S/RES/3(1990)", Organ.SECURITY_COUNCIL, "1990-01-01"),
        )
    ]

    def then(first: dt.date, last: dt.date, filters: Filters) -> list[SimpleNamespace]:
        return [one for one in held if str(first) <= one.adopted <= str(last)]

    corpus = SimpleNamespace(adopted_between=then)
    query = understand(question)
    asked = order_asked(query)
    told = newest(put_to(corpus, query, order=asked[0] if asked else None))
    assert (tuple(one.partition("#")[0] for one in told.paragraphs) if told else None) == symbols
