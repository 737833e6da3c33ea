"""The page that shows what was understood of a file: complete, inert, and true to the source."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.cli.parsed_page import render_page
from qa.cli.parsed_text import printable, stretches
from qa.parsing import parse
from qa.reading import read
from qa.records import Act, Dropped, Heading, Kind, Paragraph, Resolution, SourceText, Span, Strength
from qa.symbols import Symbol

ODD = "ab<>&\"'\n\r\t \x00\x0b\x0c\x1f\x7f\x85\u00ad\u2028\ud800\ufffe\U0001f54a"  # what pages and parsers stumble over
NASTY = "</pre><script>alert(1)</script>\"'&amp;<b>"


class Page(HTMLParser):
    """What a browser would see: the text of the source column, the tags, the identifiers and what points at them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.source: list[str] = []
        self.marked: list[tuple[str, str]] = []  # class of the innermost element, text
        self._open: list[str] = []
        self._classes: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag not in {"meta", "!doctype"}:
            self._open.append(tag)
            self._classes.append(found.get("class", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, "tags must nest"
        self._classes.pop()

    def handle_data(self, data: str) -> None:
        if "pre" in self._open:
            self.source.append(data)
            self.marked.append((self._classes[-1], data))

    @property
    def source_text(self) -> str:
        return "".join(self.source).removeprefix("\n")  # a browser drops the line break that follows <pre>

    @property
    def ids(self) -> list[str]:
        return [found["id"] for _, found in self.tags if "id" in found]


def page_of(*resolutions: Resolution, name: str = "a.txt") -> str:
    return "".join(render_page(name, resolutions))


def made(text: str, paragraphs: tuple[Paragraph, ...], dropped: tuple[tuple[Span, Dropped], ...] = ()) -> Resolution:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    source = SourceText(text, digest, digest, NASTY, "txt", NASTY, pages=(0, len(text) // 2))
    return Resolution(
        symbol=Symbol.parse("A/RES/78/1"),
        organ=NASTY,
        title=NASTY,
        paragraphs=paragraphs,
        source=source,
        session="78",
        adopted=dt.date(2023, 12, 8),
        origin=NASTY,
        headings=(Heading(NASTY, 1, Span(0, 1), None),),
        dropped=dropped,
        absent={"vote": NASTY},
        derived={"symbol": NASTY},
        parser="lines 1",
    )


@pytest.fixture(scope="module")
def seed(sample_path: Path) -> Resolution:
    return parse(next(read(sample_path)))


def test_the_source_column_is_the_source(seed: Resolution) -> None:
    page = Page(page_of(seed))
    assert page.source_text == seed.source.text


def test_every_paragraph_is_marked_and_both_sides_point_at_each_other(seed: Resolution) -> None:
    page = Page(page_of(seed))
    assert len(page.ids) == len(set(page.ids))
    for number, paragraph in enumerate(seed.paragraphs):
        marked = "".join(text for classes, text in page.marked if f"r1p{number}" in classes.split())
        assert " ".join(marked.split()) == paragraph.text
        assert any(f"{paragraph.kind.value} r1p{number}" == classes for classes, _ in page.marked)
    targets = {found["href"] for tag, found in page.tags if tag == "a"}
    assert {target.removeprefix("#") for target in targets} <= set(page.ids)
    assert len(targets) == 2 * len(seed.paragraphs)


def test_what_was_dropped_is_named_with_its_reason(seed: Resolution) -> None:
    page = Page(page_of(seed))
    grey: dict[str, str] = {}
    for classes, text in page.marked:
        if classes.startswith("dropped "):
            grey[classes.split()[1]] = grey.get(classes.split()[1], "") + text
    assert grey.keys() == {why.value for _, why in seed.dropped}
    assert "A/50/790" in grey["footnote"]
    assert "The General Assembly," in grey["enacting"]
    names = [found["data-why"] for _, found in page.tags if "data-why" in found]
    assert {"title", "enacting", "footnote", "closing"} == set(names)
    assert all("title" in found for tag, found in page.tags if found.get("class", "").startswith("dropped "))


def test_tooltips_name_the_verb_and_whom_it_asks(seed: Resolution) -> None:
    page = Page(page_of(seed))
    tips = {found["title"].split(":")[0]: found["title"] for tag, found in page.tags if tag == "mark"}
    assert tips["OP21"].splitlines() == ["OP21: operative", "welcomes", "requests → the Secretary-General"]
    assert tips["OP23"].endswith("requests → the Secretary-General; when: at its fifty-sixth session")


def test_a_paragraph_broken_by_a_page_foot_says_that_it_goes_on(seed: Resolution) -> None:
    labels = [found["data-label"] for tag, found in Page(page_of(seed)).tags if "data-label" in found]
    assert "… OP16" in labels
    assert [one for one in labels if not one.startswith("…")] == [one.label for one in seed.paragraphs]


def test_the_page_needs_nothing_else_and_runs_nothing(seed: Resolution) -> None:
    html = page_of(seed)
    page = Page(html)
    assert not {"script", "img", "link", "iframe", "object", "form"} & {tag for tag, _ in page.tags}
    assert "http" not in html.replace("http-equiv", "")
    assert not re.search(r"url\(|@import", html)
    assert not any(name.startswith("on") for _, found in page.tags for name in found)
    policy = next(found["content"] for tag, found in page.tags if found.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_everything_from_a_file_is_escaped() -> None:
    text = f"{NASTY} requests {NASTY}\n"
    act = Act(verb=NASTY, phrase=NASTY, strength=Strength.REQUESTS, span=Span(0, len(NASTY)), addressee=NASTY)
    clean = " ".join(text.split())
    paragraph = Paragraph(
        NASTY, Kind.OPERATIVE, NASTY, 1, clean, (Span(0, len(text)),), acts=(act,), footnotes=(NASTY,)
    )
    resolution = made(text, (paragraph,))
    for resolutions in ((resolution,), (resolution, resolution)):
        page = Page(page_of(*resolutions, name=NASTY))
        assert "script" not in {tag for tag, _ in page.tags}
        assert page.source_text.removeprefix("\n").replace("\n\n", "\n").startswith(NASTY)
        assert len(page.ids) == len(set(page.ids))
    assert "<script" not in page_of(resolution, name=NASTY)


def test_several_resolutions_of_one_file_are_listed(seed: Resolution) -> None:
    page = Page(page_of(seed, seed))
    assert {"r1", "r2", "r1s0", "r2s0"} <= set(page.ids)
    assert page.source_text.count("55/179. Cooperation") == 2


def test_what_nothing_accounts_for_is_shown_as_a_fault() -> None:
    text = "1. Requests peace;\nlost words\n"
    paragraph = Paragraph("OP1", Kind.OPERATIVE, "1", 1, "Requests peace;", (Span(3, 18),))
    resolution = made(text, (paragraph,), ((Span(0, 2), Dropped.NUMBER),))
    assert [text[one.start : one.end] for one in stretches(resolution) if one.why == "unaccounted"] == [
        "\nlost words\n"
    ]
    assert 'data-why="unaccounted"' in page_of(resolution)


@settings(max_examples=60)
@given(st.text(alphabet=ODD, max_size=40), st.lists(st.integers(0, 40), max_size=8))
def test_any_text_is_shown_from_end_to_end(text: str, cuts: list[int]) -> None:
    """Overlapping, unordered or outlying spans change what is marked, never what is shown."""
    borders = [min(one, len(text)) for one in cuts]
    spans = tuple(Span(*sorted(pair)) for pair in zip(borders[::2], borders[1::2], strict=False))
    paragraphs = tuple(Paragraph(f"OP{n}", Kind.OPERATIVE, None, 1, "x", (span,)) for n, span in enumerate(spans))
    pieces = stretches(made(text, paragraphs))
    assert "".join(text[one.start : one.end] for one in pieces) == text
    shown = Page(page_of(made(text, paragraphs))).source_text
    assert len(shown) == len(text)
    assert all(a == b or b in "\ufffd␡" or 0x2400 <= ord(b) < 0x2420 for a, b in zip(text, shown, strict=True))


def test_characters_that_a_page_cannot_hold_keep_their_place() -> None:
    assert printable("a\x00b\r\n<\x0c\ud800\x85") == "a\u2400b&#13;\n&lt;\x0c\ufffd\ufffd"
