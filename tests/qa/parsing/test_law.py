"""The law of `qa.records`, on generated texts: spans joined are the paragraph, and nothing is lost between them."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import QAError
from qa.parsing import parse
from qa.reading.source import make_source
from qa.records import Resolution

N = 10_000 if os.environ.get("FULL_TESTS") else 300

SOME_WORDS = """
the General Assembly Secretary- General report of 2019 19492 26 May 1993,1 peace,2 and security co- operate resolution
1244 (1999) A/RES/55/179 annex. data- sharing — “quoted” ligature\ufb01 é 😀 3/4 (a) ;
"""
WORDS = st.sampled_from([*SOME_WORDS.split(), "\u00a0", "\u00ad", "\u202f"])
LINES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    st.sampled_from(
        [
            "",
            "",
            " ",
            "\f",
            "1. Decides",
            "2.",
            "(a) That",
            "(i) Those;",
            "l. Requests",
            "Recalling its work,",
            "Annex",
            "Article 2",
            "Rule 3 [Deleted]",
            "3. (a) The owners",
            "Mr. Ash TREE (Egypt)",
            "shall fence such trees",
            "A",
            "II",
            "Heading",
            "The General Assembly,",
            "__________________",
            " " * 40,
            "1 See A/1.",
            "2  Ibid.",
            "3/13",
            "23-24985",
            "A/RES/99/1",
            "47th plenary meeting",
            "8 December 2023",
            "Adopted unanimously at the 9th meeting.",
            "1/ S/1.",
            "Requests the Secretary-",
            "10 June 1999, and",
            "“1. Decides",
            "* Reissued.",
            "Rule 4",
            "I. Name",
        ]
    ),
)
TEXTS = st.lists(LINES, min_size=1, max_size=60).map("\n".join)
TITLED = TEXTS.map(lambda body: "99/1. A title\n\nThe General Assembly,\n\n" + body)


def check(resolution: Resolution) -> None:
    text = resolution.source.text
    labels = [p.label for p in resolution.paragraphs]
    assert len(set(labels)) == len(labels)
    assert resolution.paragraphs
    for p in resolution.paragraphs:
        assert p.text
        assert " ".join("".join(text[a:b] for a, b in p.spans).split()) == p.text
        assert all(a < b for a, b in p.spans)
        assert p.parent is None or p.parent in labels
    at = 0
    for a, b in sorted([s for p in resolution.paragraphs for s in p.spans] + [s for s, _ in resolution.dropped]):
        assert a >= at, "spans overlap"
        assert not text[at:a].strip(), f"{text[at:a]!r} is nowhere"
        at = b
    assert not text[at:].strip()
    for note in resolution.footnotes:
        assert note.text or note.reason
        for label, offset in note.anchors:
            paragraph = next(p for p in resolution.paragraphs if p.label == label)
            assert 0 <= offset <= len(paragraph.text)


@settings(max_examples=N, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(TITLED, TEXTS, st.text(max_size=400).map(lambda t: "99/1. A\n\n" + t)))
def test_law_holds(text: str) -> None:
    source = make_source(
        text, text.encode("utf-8", "surrogatepass"), name="A_RES_99_1.txt", format_="txt", reader="test"
    )
    try:
        resolution = parse(source)
    except QAError:
        return  # no resolution in it
    check(resolution)


@settings(max_examples=max(50, N // 10), deadline=None)
@given(TITLED)
def test_parse_is_deterministic(text: str) -> None:
    source = make_source(text, text.encode(), name="A_RES_99_1.txt", format_="txt", reader="test")
    try:
        assert parse(source) == parse(source)
    except QAError:
        return
