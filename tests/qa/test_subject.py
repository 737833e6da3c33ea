"""What an untitled text is about: names first, and no lists of numbers and dates."""

from __future__ import annotations

import pytest

from qa.passages import cut
from qa.records import Kind, Paragraph, Resolution, SourceText
from qa.subject import subject_of
from qa.symbols import Symbol

NUMBERS = (
    "Reaffirming its resolutions 696 (1991) of 30 May 1991, 747 (1992) of 24 March 1992, "
    "and 785 (1992) of 30 October 1992,"
)


def paragraph(label: str, text: str) -> Paragraph:
    kind = Kind.PREAMBULAR if label.startswith("PP") else Kind.OPERATIVE
    return Paragraph(label=label, kind=kind, number=None, level=1, text=text, spans=())


def resolution(*texts: str, title: str = "") -> Resolution:
    """Of recitals (they end in a comma) and operative paragraphs."""
    source = SourceText(text="", sha256="", text_sha256="", name="x", format="text", reader="r")
    labels = (f"{'PP' if text.endswith(',') else 'OP'}{number}" for number, text in enumerate(texts, 1))
    paragraphs = tuple(paragraph(label, text) for label, text in zip(labels, texts, strict=True))
    return Resolution(Symbol.parse("S/RES/864(1993)"), "Security Council", title, paragraphs, source)


def test_a_printed_title_is_the_subject() -> None:
    assert subject_of(resolution(NUMBERS, title="Safety of journalists")) == "Safety of journalists"


@pytest.mark.parametrize(
    ("texts", "subject"),
    [
        ((), ""),
        (("Decides to meet on 3 May 1993.",), ""),
        ((NUMBERS, "Condemns the attacks on the people of Angola;"), "Angola"),
        (("Recalling resolution 421 (1977), by which it named a body,",), "by which it named a body,"),
        (
            ("Noting the report of 2 May 1991 on the border of Iraq,",),
            "Iraq. Noting the report of 2 May 1991 on the border of Iraq,",
        ),
        # Most paragraphs first; what is part of a longer name is said once; what is rare beside the first is left out.
        (
            (
                *["Urges the Government of Cyprus and Greece to talk;"] * 5,
                *["Extends the United Nations Peace-keeping Force in Cyprus;"] * 4,
                "Thanks the Ambassador of Chile;",
            ),
            "Greece, Peace-keeping Force in Cyprus",
        ),
        (("Thanks Angola, the Angolan people and the Secretary-General’s Special Representative for Iraq;",), "Angola, Angolan, Iraq"),
        (
            ("Calls upon the National Union for the Total Independence of Angola to yield. In particular it shall leave;",),
            "National Union for the Total Independence of Angola",
        ),
        (("Asks the United States of America and the President of the Security Council to act;",), "United States of America"),
    ],
)  # fmt: skip
def test_an_untitled_text_is_about_the_names_that_most_of_it_holds(texts: tuple[str, ...], subject: str) -> None:
    assert subject_of(resolution(*texts)) == subject


def test_names_take_no_more_room_than_is_theirs() -> None:
    many = "Thanks " + ", ".join(f"Alpha{letter} Beta{letter}" for letter in "abcdefghijkl") + ";"
    assert len(subject_of(resolution(many)).split()) == 12


def test_every_passage_of_an_untitled_text_says_what_it_is_about() -> None:
    one = resolution(NUMBERS, "Condemns UNITA in Angola;", "Requests a report on paragraph 1 above;")
    for passage in cut(one, 256, lambda texts: [len(text.split()) for text in texts]):
        assert "Angola" in passage.context
        assert "696" not in passage.context
