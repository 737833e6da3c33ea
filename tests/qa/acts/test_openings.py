"""Recitals and operative paragraphs are told apart by their first words."""

from __future__ import annotations

import gzip
import json
from functools import partial
from pathlib import Path

import pytest

from qa.acts import is_operative_opening, is_preambular_opening, opening_verb
from qa.acts.openings import base_form, participle
from qa.acts.verbs import VERBS
from tests.qa.hostile import is_cheap


@pytest.mark.parametrize(
    ("text", "verb", "phrase"),
    [
        ("3. Also calls upon States to", "calls upon", "Also calls upon"),
        ("Decides to remain seized of the matter.", "decides", "Decides"),
        ("R e q u e s t s the Secretary-General to", "requests", "R e q u e s t s"),
        ("| Demands that", "demands", "Demands"),
        ("Strongly condemns all attacks", "condemns", "Strongly condemns"),
        ("Calls, in this regard, upon all States", "calls upon", "Calls, in this regard, upon"),
        ("Expresses its deep and grave concern about", "expresses concern", "Expresses its deep and grave concern"),
        ("Expresses its appreciation to the", "expresses appreciation", "Expresses its appreciation"),
        ("Takes note with appreciation of the report", "takes note with appreciation", "Takes note with appreciation"),
        ("Takes due note of the", "takes note", "Takes due note"),
        ("(a) Requests the Secretary-General", "requests", "Requests"),
        ("The Security Council reiterates its call for", "reiterates call", "reiterates its call"),
        ("We reaffirm our commitment", "reaffirms", "reaffirm"),
        ("Once again urges the parties", "urges", "Once again urges"),
        ("Calls on all parties", "calls upon", "Calls on"),
        ("Recogn1zes that the", "recognizes", "Recogn1zes"),
    ],
)
def test_the_opening_verb_is_normalised_and_quoted(text: str, verb: str, phrase: str) -> None:
    assert opening_verb(text) == (verb, phrase)
    assert is_operative_opening(text)
    assert not is_preambular_opening(text)


@pytest.mark.parametrize(
    "text",
    [
        "Recalling its resolution", "Deeply concerned that", "Bearing in mind the", "Convinced of the need",
        "Also noting",
        "Having considered the report", "Whereas the", "Mindful of", "Recal1ing its resolutions",
        "Reca1ling the",
        "Strongly condemning all", "Acting under Chapter VII", "Taking note of", "Guided by the purposes",
        "Gravely alarmed",
        "Expressing its appreciation", "Further recalling", "Noting with deep concern", "REAFFIRMING its",
    ],
)  # fmt: skip
def test_recital_openings(text: str) -> None:
    assert is_preambular_opening(text)
    assert not is_operative_opening(text)
    assert opening_verb(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "   ", "States should ensure that", "Nothing in this Declaration", "19 December 2000", "To strengthen the",
     "Article 1",      "Notes by the", "Removing the threat", "Providing assistance",
        "Following the conclusion", "The report of the", "1."],
)  # fmt: skip
def test_what_opens_neither(text: str) -> None:
    assert not is_preambular_opening(text)
    assert text.startswith("Notes") or not is_operative_opening(text)


def test_forms_of_a_verb() -> None:
    assert [participle(v) for v in ("notes", "expresses", "regrets", "agrees", "transmits", "stresses", "decides")] == [
        "noting", "expressing", "regretting", "agreeing", "transmitting", "stressing", "deciding",
    ]  # fmt: skip
    assert [base_form(v) for v in ("notes", "expresses", "ratifies", "stresses", "is")] == [
        "note", "express", "ratify", "stress", "are",
    ]  # fmt: skip


def test_every_verb_of_the_table_opens_a_paragraph_as_itself() -> None:
    for verb in VERBS:
        found = opening_verb(f"{verb.capitalize()} that all States act")
        assert found is not None, verb
        assert found[0] == verb


def test_openings_agree_with_the_reference(data_folder: Path) -> None:
    recitals = called_operative = acts = called_recital = 0
    with gzip.open(data_folder / "reference" / "paragraphs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["paragraphs"]:
                verb = paragraph.get("action_verb", "")
                if paragraph.get("paragraph_type") == "preambular" and verb.endswith("ing") and verb[0].isupper():
                    recitals += 1
                    called_operative += is_operative_opening(paragraph["text"])
                if paragraph.get("paragraph_type") == "operative" and verb.endswith("s") and verb[0].isupper():
                    acts += 1
                    called_recital += is_preambular_opening(paragraph["text"])
    assert recitals > 30_000
    assert acts > 40_000
    assert called_operative / recitals < 0.001
    assert called_recital / acts < 0.001


def test_hostile_text_is_cheap() -> None:
    for text in (
        "Also " * 20_000,
        "Calls, " * 15_000,
        "The Security " * 8_000,
        "a" * 100_000,
        "(" * 100_000,
        "We, " * 25_000,
    ):
        assert is_cheap(partial(is_operative_opening, text)), text[:20]
        assert is_cheap(partial(is_preambular_opening, text)), text[:20]
        assert is_cheap(partial(opening_verb, text)), text[:20]
