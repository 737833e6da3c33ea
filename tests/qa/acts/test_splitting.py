"""A paragraph's acts: verbs, who is asked, by when; measured on a sample that was marked by hand before the code."""

from __future__ import annotations

import datetime as dt
import gzip
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.acts import split_acts
from qa.acts.report import measure, read_sample, sample_texts
from qa.records import Strength
from qa.symbols import Organ
from tests.qa.hostile import is_cheap

SAMPLE = Path(__file__).parent.parent / "acts_sample.jsonl"


def test_a_request_in_mid_paragraph_is_found_with_its_deadline() -> None:
    text = (
        "Decides to include in the provisional agenda of its fifty-sixth session the item entitled “Cooperation”, and "
        "requests the Secretary-General to submit to the General Assembly at its fifty-sixth session a report."
    )
    decides, requests = split_acts(text, 2000, Organ.GENERAL_ASSEMBLY)
    assert (decides.verb, decides.strength, decides.addressee) == ("decides", Strength.DECIDES, None)
    assert (requests.verb, requests.addressee) == ("requests", "the Secretary-General")
    assert text[slice(*requests.span)].startswith("requests the Secretary-General to submit")
    for act in (decides, requests):
        assert act.deadline is not None
        assert (act.deadline.session, act.deadline.year, act.deadline.derived) == (56, 2001, True)


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Condemns and strongly rejects any advocacy", ["condemns", "rejects"]),
        ("Also strongly condemns attacks, and further urges all States to act", ["condemns", "urges"]),
        ("Welcomes efforts in Georgia, and with regard to Abkhazia, Georgia, welcomes the mission", ["welcomes",
         "welcomes"]),
        ("Welcomes the report, also welcomes the dialogue, and encourages them to continue",
         ["welcomes"] * 2 + ["encourages"]),
        ("Recalls paragraph 2, which decides that the unit will stay", ["recalls"]),
        ("Takes note of the requests from States and the calls for restraint", ["takes note"]),
        ("Acting under Chapter VII of the Charter, decides that all States shall act", ["decides"]),
        ("We reaffirm our commitment, and call upon all States to act", ["reaffirms", "calls upon"]),
        ("Continues to invite national institutions to act", ["invites"]),
        ("(a) To submit a report, and requests for assistance", []),
        ("", []),
    ],
)  # fmt: skip
def test_verbs(text: str, verbs: list[str]) -> None:
    assert [act.verb for act in split_acts(text)] == verbs


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Requests the Secretary-General, in consultation with Member States, to report", "the Secretary-General"),
        ("Demands that all parties to the conflict comply with the law", "all parties to the conflict"),
        ("Calls, in this context, upon all States to act", "all States"),
        ("Invites Governments, the regional commissions and relevant organizations, in particular banks, to act",
         "Governments, the regional commissions and relevant organizations"),
        ("Urges States in a position to do so to contribute", "States in a position to do so"),
        ("Encourages the intention of the Organization to create an environment", None),
        ("Encourages further efforts of the Organization to foster security", None),
        ("Welcomes the decision of the Council to act", None),
        ("Decides that all States shall act", None),
        ("Recommends to the General Assembly that it adopt the draft", "the General Assembly"),
        ("Reiterates its request to the Secretary-General to report", "the Secretary-General"),
        ("Reiterates its call upon all States to act", "all States"),
        ("Calls for better coordination among agencies to act", None),
        ("Demands full compensation by South Africa to Botswana for the damage to life", None),
        ("Demands once again that South Africa co-operate with the Council, and others", "South Africa"),
        ("Reiterates the request in resolution 787 (1992) to all States to act", None),
        ("Calls upon the organs of the United Nations, and invites the agencies, to consider the report",
         "the organs of the United Nations"),
    ],
)  # fmt: skip
def test_addressees(text: str, addressee: str | None) -> None:
    assert split_acts(text)[0].addressee == addressee


@pytest.mark.parametrize(
    ("text", "organ", "deadline"),
    [
        ("Requests the Secretary-General to report by 31 December 2002", None, (None, dt.date(2002, 12, 31), 2002,
         False)),
        ("Requests the Office to report to the Human Rights Council at its fifty-third session", None, (53, None,
         2023, True)),
        ("Requests the Office to report at its fifty-third session", Organ.HUMAN_RIGHTS_COUNCIL, (53, None, 2023,
         True)),
        ("Requests the Secretary-General to report within three months", None, (None, None, None, False)),
        ("Requests him to report no later than 60 days after adoption", None, (None, None, None, False)),
        ("Decides to extend the mandate until 30 June 2024", None, (None, dt.date(2024, 6, 30), 2024, False)),
        ("Decides to conclude it by the end of 2027 at the latest", None, (None, None, 2027, False)),
        ("Decides to finish no later than the end of March 2014", None, (None, dt.date(2014, 3, 31), 2014, False)),
        ("Decides to convene, in 1985, a conference", None, (None, None, 1985, False)),
        ("Requests him to report by 31 February 2002", None, (None, None, 2002, False)),
    ],
)  # fmt: skip
def test_deadlines(text: str, organ: Organ | None, deadline: tuple[object, ...]) -> None:
    found = split_acts(text, None, organ)[0].deadline
    assert found is not None
    assert (found.session, found.date, found.year, found.derived) == deadline
    assert found.text in text


@pytest.mark.parametrize(
    "text",
    [
        "Welcomes the decision of the Assembly at its fifty-sixth session",
        "Requests the Secretary-General to report on the 2030 Agenda for Sustainable Development",
        "Requests the Secretary-General to recall the report of its fifty-sixth session",
        "Invites all States to celebrate the proclamation by the General Assembly on 10 December 1948",
        "Requests the Secretary-General to act within existing resources",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert split_acts(text)[0].deadline is None


def test_the_hand_marked_sample_is_reached(data_folder: Path) -> None:
    sample = read_sample(SAMPLE)
    assert len(sample) >= 150
    assert len({marked.symbol for marked in sample}) >= 60
    acts, deadlines, count = measure(sample_texts(sample, data_folder / "reference" / "paragraphs.jsonl.gz"))
    assert count == len(sample)
    assert acts.f1 >= 0.97, acts.differences
    assert deadlines.f1 >= 0.95, deadlines.differences


def test_the_bundled_resolution_is_split_as_marked(tmp_path: Path) -> None:
    sample = [marked for marked in read_sample(SAMPLE) if marked.symbol == "A/RES/55/179"]
    nothing = tmp_path / "reference.jsonl.gz"
    nothing.write_bytes(gzip.compress(b""))
    acts, deadlines, count = measure(sample_texts(sample, nothing))
    assert count == len(sample) == 12
    assert (acts.f1, deadlines.f1) == (1.0, 1.0)


@given(st.text(alphabet="Requests and, welcomes the to that at its fifth session;", max_size=200))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    acts = split_acts("Requests " + text)
    starts = [act.span.start for act in acts]
    assert starts == sorted(set(starts))
    for act in acts:
        assert 0 <= act.span.start < act.span.end <= len(text) + 9
        assert ("Requests " + text)[act.span.start : act.span.end].startswith(act.phrase)


def test_hostile_text_is_cheap() -> None:
    hostile = (
        "Requests " + "and requests " * 8_000,
        "Requests that " * 7_000,
        "Decides " + ", decides" * 11_000,
        "Requests " + "the Secretary-General, in consultation, " * 2_500,
        "Requests to be " + "at its of the main part of the " * 3_200,
        "Decides by " + "1 January " * 10_000,
        "Welcomes " + "which whos " * 9_000 + "and welcomes",
        "Requests" + " " * 100_000 + "x",
        "Requests" + "," * 100_000,
        "Also, " * 16_000 + "requests",
        "We, " + "a" * 100_000,
    )
    for text in hostile:
        assert is_cheap(partial(split_acts, text)), text[:40]
