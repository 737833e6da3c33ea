"""The service over the sample, with the hashing encoder: what must hold whatever the model."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path

import msgspec
import pytest

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.build import build
from qa.errors import FilterError, NotFoundError, QuestionError
from qa.service import QAService
from qa.settings import SettingsError, load_settings
from qa.store.errors import DamagedError
from qa.wire import AskRequest, CitationOut, Filters


def _check(citation: CitationOut, sample: str) -> None:
    exact = "".join(sample[a:b] for a, b in citation.source.spans)
    assert exact == citation.source.exact
    assert " ".join(exact.split()) == citation.text
    raw = sample.encode()
    assert b"".join(raw[a:b] for a, b in citation.source.byte_spans) == exact.encode()


def test_every_citation_is_verbatim(service: QAService, sample_path: Path) -> None:
    sample = sample_path.read_text(encoding="utf-8")
    found = service.search(AskRequest("cooperation in Europe", k=100)).citations
    assert len(found) == 29
    for citation in found:
        _check(citation, sample)


def test_an_exact_reference_beats_meaning(service: QAService) -> None:
    answer = service.ask(AskRequest("para 21 of 55/179"))
    assert (answer.status, [one.id for one in answer.citations]) == ("answered", ["A/RES/55/179#OP21"])
    assert answer.citations[0].citation == "General Assembly resolution 55/179, para. 21"


@pytest.mark.parametrize(
    ("question", "cited", "marked"),
    [
        (
            'Which resolution says "the participation of the Deputy Secretary General in the meeting"?',
            "OP3",
            "the participation of the Deputy Secretary-General in the meeting",
        ),
        ("Find “vivid demonstration ... commitment of the people”", "OP8", None),
        ("Where are the words: including the training of a new Kosovo Police Service?", "OP10", None),
        (
            'Which resolution of 2000 says "pursuant to that resolution, of the organisation for security"?',
            "OP10",
            None,
        ),
        ('Which text recalls "which have been further enhanced in 2000"?', "PP5", None),
    ],
)
def test_quoted_words_come_first_and_are_marked(
    service: QAService, question: str, cited: str, marked: str | None
) -> None:
    answer = service.ask(AskRequest(question))
    assert (answer.status, answer.probability) == ("answered", 1.0)
    assert [one.id for one in answer.citations] == [f"A/RES/55/179#{cited}"]
    assert "the quoted words stand in one paragraph" in answer.understood.notes
    (citation,) = answer.citations
    assert citation.highlight is not None
    assert marked in (None, citation.text[slice(*citation.highlight)])
    assert service.search(AskRequest(question, k=1)).citations[0].id == citation.id


def test_of_many_paragraphs_with_the_words_it_is_said_how_many(service: QAService) -> None:
    answer = service.ask(
        AskRequest('Which resolution says "Organization for Security and Cooperation in Europe"?', k=2)
    )
    assert len(answer.citations) == 2
    assert any(re.match(r"the quoted words stand in \d\d paragraphs", note) for note in answer.understood.notes)


def test_a_quotation_with_a_word_changed_is_told_from_the_closest(service: QAService) -> None:
    answer = service.ask(
        AskRequest('Which resolution says "the participation of the Deputy President in the meeting of"?')
    )
    assert answer.status == "answered"
    assert answer.citations[0].id == "A/RES/55/179#OP3"
    assert answer.probability < 1.0
    assert any("these exact words do not occur" in note for note in answer.understood.notes)
    assert any("9 of the 10" in note for note in answer.understood.notes)


def test_a_quotation_that_occurs_nowhere_is_refused_with_the_nearest(service: QAService) -> None:
    answer = service.ask(AskRequest('Which resolution says "welcomes the report of a new ministry on fishing quotas"?'))
    assert answer.status == "abstained"
    assert answer.reason is not None
    assert "these exact words do not occur in any paragraph of the corpus" in answer.reason
    assert answer.nearest


def test_two_words_that_occur_nowhere_are_refused(service: QAService) -> None:
    answer = service.ask(AskRequest('Which resolution uses the phrase "persistent objector"?'))
    assert (answer.status, answer.probability) == ("abstained", 0.0)
    assert str(answer.reason).startswith("these exact words do not occur in any paragraph of the corpus")


def test_of_two_quotations_the_one_that_does_not_stand_there_is_told(service: QAService) -> None:
    held, other = "the participation of the Deputy Secretary-General in the meeting", "a new ministry on fishing quotas"
    told = service.ask(AskRequest(f'Which resolution says "{held}" and "{other}"?')).understood.notes
    assert f"{other!r} nowhere in the same" in " ".join(told)


def test_what_is_quoted_is_not_named(service: QAService) -> None:
    words = "in implementing Security Council resolution 1244 (1999) of 10 June 1999"
    answer = service.ask(AskRequest(f'Which resolution says "{words}"?'))
    assert answer.citations[0].id == "A/RES/55/179#OP10"
    assert not any("1244" in note or "June" in note for note in answer.understood.notes)


def test_quoted_words_are_looked_up_where_the_question_is_asked(service: QAService) -> None:
    words = '"withdrawal of the Russian forces from the territory"'
    assert service.ask(AskRequest(f"Which resolution says {words}?")).status == "answered"
    answer = service.ask(AskRequest(f"Which resolution after 55/179 says {words}?"))
    assert str(answer.reason).startswith("the corpus holds nothing adopted after A/RES/55/179")


def test_a_fact_that_no_text_holds_is_not_told_by_a_quotation(service: QAService) -> None:
    answer = service.ask(
        AskRequest('Who voted for "the participation of the Deputy Secretary-General in the meeting"?')
    )
    assert answer.status == "abstained"


def test_a_paragraph_that_does_not_exist_is_refused_with_the_nearest(service: QAService) -> None:
    answer = service.ask(AskRequest("55/179, para. 24"))
    assert answer.status == "abstained"
    assert answer.reason is not None
    assert "General Assembly resolution 55/179 (A/RES/55/179) has no para. 24; its last is para. 23" in answer.reason
    assert answer.nearest[0].id == "A/RES/55/179#OP23"


def test_a_resolution_that_is_not_held_is_refused(service: QAService) -> None:
    answer = service.ask(AskRequest("What does Security Council resolution 4127 (2031) require of drone operators?"))
    assert answer.status == "abstained"
    assert "S/RES/4127(2031)" in (answer.reason or "")


def test_an_abbreviation_that_nobody_knows_is_refused(service: QAService) -> None:
    answer = service.ask(AskRequest("what is XYZQ?"))
    assert (answer.status, answer.reason) == (
        "abstained",
        "the corpus does not hold 'XYZQ', and the question names nothing else",
    )
    assert "does not hold" not in (service.ask(AskRequest("Does XYZQ pay for field missions?")).reason or "")


def test_what_is_left_out_of_a_question_is_said(service: QAService) -> None:
    answer = service.ask(AskRequest("I am a student. Who sends troops out of Moldova?"))
    assert answer.question == "I am a student. Who sends troops out of Moldova?"
    assert answer.understood.notes[0] == "not searched, as no part of the question: 'I am a student.'"


def test_acts_asked_of_somebody_are_all_found_and_nothing_else(service: QAService) -> None:
    answer = service.ask(AskRequest("what is the Secretary-General asked to do?"))
    assert [one.id for one in answer.citations] == ["A/RES/55/179#OP21", "A/RES/55/179#OP23"]
    for one in answer.citations:
        start, end = one.highlight or (0, 0)
        assert one.text[start:end].startswith("requests the Secretary-General")


def test_resolutions_of_a_time_are_listed_or_said_not_to_be_held(service: QAService) -> None:
    symbol = service.resolutions(0, 1, Filters())[1][0].symbol
    (year, month) = (service.resolution(symbol).adopted or "").split("-")[:2]
    name = dt.date(int(year), int(month), 1).strftime("%B")
    answer = service.ask(AskRequest(f"Which resolutions were adopted in {name} {year}?"))
    assert answer.status == "answered"
    assert [one.symbol for one in answer.citations] == [symbol]
    assert f"only what was adopted in that time ({name} {year}) is searched" in answer.understood.notes
    asked = f"Which resolutions were adopted in {name} {year}?"
    for filters in (Filters(year_to=1999), Filters(kind=["preambular"])):
        other = service.ask(AskRequest(asked, filters=filters))
        assert not [one for one in (*other.citations, *other.nearest) if one.kind != "preambular"]
        assert not any(note.startswith("resolutions held") for note in other.understood.notes)
    refused = service.ask(AskRequest("Which resolutions were adopted in July 1947?"))
    assert refused.status == "abstained"
    assert "nothing adopted in that time" in (refused.reason or "")


@pytest.mark.parametrize(
    "question",
    [
        "What is said of Moldova before resolution 55/179?",  # nothing is held there: the refusal says so
        "After resolution 55/179, what does paragraph 19 of 55/179 ask for?",  # the text itself is asked about
    ],
)
def test_a_side_that_is_not_searched_is_not_said_to_be(service: QAService, question: str) -> None:
    notes = service.ask(AskRequest(question)).understood.notes
    assert not any(one.startswith("only what was adopted") for one in notes)


def test_nothing_is_held_after_the_last_resolution(service: QAService) -> None:
    answer = service.ask(AskRequest("What did the Assembly do after resolution 55/179?"))
    assert str(answer.reason).startswith("the corpus holds nothing adopted after A/RES/55/179; it holds one resolution")


def test_how_a_state_voted_is_not_in_the_source(service: QAService) -> None:
    answer = service.ask(AskRequest("how did France vote on 55/179?"))
    assert answer.status == "abstained"
    assert "vote" in (answer.reason or "")


def test_filters_restrict_and_unknown_values_are_refused(service: QAService) -> None:
    found = service.search(AskRequest("cooperation", k=50, filters=Filters(kind=["preambular"]))).citations
    assert {one.kind for one in found} == {"preambular"}
    assert len(found) == 6
    with pytest.raises(FilterError, match="operative"):
        service.search(AskRequest("cooperation", filters=Filters(kind=["operativ"])))


def test_filters_that_nothing_passes_are_said(service: QAService) -> None:
    answer = service.ask(AskRequest("What is the latest resolution on Moldova?", filters=Filters(year_from=2040)))
    assert answer.reason == "no paragraph passes the filters"


def test_the_letters_of_items_are_no_quotation(service: QAService) -> None:
    assert service.ask(AskRequest('Which resolution says "(b) (c) (d)"?')).understood.notes == []
    both = service.ask(AskRequest('Which resolution says "also welcomes" and "(a) (b)"?'))
    assert not any("nowhere" in one for one in both.understood.notes)


def test_blanks_in_a_name_are_read_as_one(service: QAService) -> None:
    asked = "Did the Council condemn the attack by Angola on South{}Africa?"
    one, two = (service.ask(AskRequest(asked.format(blanks))) for blanks in (" ", "  "))
    assert one.status == two.status


@pytest.mark.parametrize(("question", "k"), [("", 5), ("  \n", 5), ("x" * 2001, 5), ("x", 0), ("x", 101)])
def test_what_cannot_be_asked_is_refused(service: QAService, question: str, k: int) -> None:
    with pytest.raises(QuestionError):
        service.ask(AskRequest(question, k))


def test_the_longest_question_is_answered(service: QAService) -> None:
    assert service.ask(AskRequest("europe " * 285)).status in {"answered", "abstained"}


def test_a_resolution_and_a_paragraph_are_shown(service: QAService) -> None:
    shown = service.resolution("GA resolution 55/179")
    assert (shown.symbol, shown.adopted, shown.session) == ("A/RES/55/179", "2000-12-19", "55")
    page = service.paragraph("A/RES/55/179#OP19")
    assert [one.label for one in page.before + page.after] == ["OP17", "OP18", "OP20", "OP21"]
    with pytest.raises(NotFoundError, match="OP23"):
        service.paragraph("A/RES/55/179#OP24")
    with pytest.raises(NotFoundError):
        service.resolution("A/RES/55/180")


def test_a_resolution_that_is_not_held_brings_what_is_written_most_alike(service: QAService) -> None:
    with pytest.raises(NotFoundError) as missing:
        service.resolution("A/RES/55/178")
    assert missing.value.nearest == ("A/RES/55/179",)


@pytest.mark.parametrize("question", ["OP19 A/RES/55/179 \u00c5", "Vi\u1ec7t Nam caf\u00e9 Moldova", "T\u00fcrkiye"])
def test_a_text_composed_or_not_is_one_question(service: QAService, question: str) -> None:
    forms = [unicodedata.normalize(form, question) for form in ("NFC", "NFD")]
    assert forms[0] != forms[1]
    found = [[one.id for one in service.search(AskRequest(form, k=10)).citations] for form in forms]
    assert found[0] == found[1]


def test_settings_that_are_no_text_say_so(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes("# für uns".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"mine\.toml: no text in UTF-8"):
        load_settings(tmp_path / "mine.toml")


def test_the_settings_and_the_catalogue_name_the_same_default_encoder() -> None:
    assert load_settings().encoder == load_catalogue().default


@pytest.mark.model
def test_the_question_of_the_readme_is_answered_with_the_clause(tmp_path: Path, sample_path: Path) -> None:
    build([sample_path], tmp_path / "index", load_encoder(load_catalogue().get()))
    with QAService.open(tmp_path / "index") as opened:
        answer = opened.ask(AskRequest("Who must pull their troops out of Moldova, and by when?"))
    first = answer.citations[0]
    assert (answer.status, first.id) == ("answered", "A/RES/55/179#OP19")
    start, end = first.highlight or (0, 0)
    assert (
        "withdrawal of the Russian forces from the territory of the Republic of Moldova by the end of 2002"
        in first.text[start:end]
    )


def _damage(file: Path, old: bytes, new: bytes) -> None:
    """Overwrite in place, as a disk that goes bad does: the open generation reads the new bytes."""
    raw = file.read_bytes()
    assert raw.count(old) == 1
    assert len(old) == len(new)
    with file.open("r+b") as out:
        out.write(raw.replace(old, new))


@pytest.mark.parametrize("file", ["resolutions.blob", "sources.blob"])
def test_a_quotation_that_is_not_what_its_source_holds_is_withheld_and_counted(
    tmp_path: Path, sample_path: Path, file: str
) -> None:
    index = tmp_path / "index"
    build([sample_path], index, load_encoder(load_catalogue().get("hashing")))
    with QAService.open(index, msgspec.structs.replace(load_settings(), ranker="")) as service:
        sample = sample_path.read_text(encoding="utf-8")
        at = sample.index("complete the withdrawal of the Russian forces")
        changes = {
            "sources.blob": (b"complete the withdrawal", b"complete the withdrawel"),
            "resolutions.blob": _moved(index, at),
        }
        _damage(next(index.glob(f"gen-*/{file}")), *changes[file])
        for question in (
            "What must Russia withdraw from Moldova?",
            "What is the Russian Federation asked to do in 55/179?",
        ):
            service.ask(AskRequest(question))  # a country, an addressee: the whole record is looked at
        named = service.ask(AskRequest("para 19 of 55/179"))
        assert (named.status, named.citations, named.withheld) == ("abstained", [], 1)
        assert "verify the index" in (named.reason or "")
        found = service.search(AskRequest("withdrawal of the Russian forces", k=29))
        n_bad = 1 if file == "resolutions.blob" else 29  # the digest of a text speaks for all its paragraphs
        assert (found.withheld, len(found.citations)) == (n_bad, 29 - n_bad)
        for citation in found.citations:
            _check(citation, sample)
        if file == "resolutions.blob":  # else the paragraph itself cannot be shown
            near = service.similar("A/RES/55/179#OP18", 28)
            assert (near.withheld, len(near.citations)) == (1, 27)


def _moved(index: Path, at: int) -> tuple[bytes, bytes]:
    """The record's span that holds character `at`, and the same with its start one later."""
    raw = next(index.glob("gen-*/resolutions.blob")).read_bytes()
    spans = [(int(a), int(b)) for a, b in re.findall(rb'"spans":\[\[(\d+),(\d+)\]', raw)]
    start, end = next((a, b) for a, b in spans if a <= at < b)
    return f'"spans":[[{start},{end}]'.encode(), f'"spans":[[{start + 1},{end}]'.encode()


def test_a_record_that_can_no_longer_be_read_is_withheld_too(tmp_path: Path, sample_path: Path) -> None:
    index = tmp_path / "index"
    build([sample_path], index, load_encoder(load_catalogue().get("hashing")))
    with QAService.open(index, msgspec.structs.replace(load_settings(), ranker="")) as service:
        _damage(next(index.glob("gen-*/resolutions.blob")), b'{"symbol":"A/RES', b'["symbol":"A/RES')
        assert service.ask(AskRequest("para 19 of 55/179")).withheld == 1
        with pytest.raises(DamagedError, match=r"resolutions\.blob: changed while it was served"):
            service.resolution("A/RES/55/179")
        with pytest.raises(DamagedError, match=r"resolutions\.blob: changed while it was served"):
            service.cited_by("S/RES/242(1967)")


def test_settings_that_weigh_what_is_not_known_are_refused(tmp_path: Path) -> None:
    shipped = load_settings()
    answerable = msgspec.structs.replace(shipped.answer.read.answerable, weights={"elsewhere": -1.0})
    read = msgspec.structs.replace(shipped.answer.read, answerable=answerable)
    older = msgspec.structs.replace(shipped, answer=msgspec.structs.replace(shipped.answer, read=read))
    with pytest.raises(SettingsError, match=r"answer\.read\.answerable\.weights\.elsewhere: not known; take it out"):
        QAService.open(tmp_path, older)


def test_of_one_text_it_is_said_that_it_asks_nothing_of_somebody(service: QAService) -> None:
    answer = service.ask(AskRequest("What does resolution 55/179 ask of Sylvania?"))
    assert answer.status == "abstained"
    assert (answer.reason or "").startswith("no act of A/RES/55/179 is addressed to 'Sylvania'; ")


def test_a_text_by_its_symbol_alone_is_its_operative_part(service: QAService) -> None:
    for question in ("A/RES/55/179", "What does resolution 55/179 say?", "summarize 55/179", "what is 55/179 about?"):
        answer = service.ask(AskRequest(question, k=30))
        assert answer.status == "answered"
        labels = [one.id.partition("#")[2] for one in answer.citations]
        assert labels == [f"OP{n}" for n in range(1, len(labels) + 1)]
        assert answer.understood.notes[0].startswith(f"all {len(labels)} paragraphs of the operative part are meant")
    assert service.ask(AskRequest("When was 55/179 adopted?")).status == "abstained"


def test_of_the_one_text_about_a_topic_what_it_decides_comes_in_its_order(service: QAService) -> None:
    shown = service.ask(AskRequest("resolutions on security and cooperation in Europe", k=30)).citations
    labels = [f"OP{number}" for number in range(1, 24)]  # first it takes note of a report, last it sets an agenda
    assert [one.paragraph for one in shown] == [*labels[1:22], labels[0], labels[22]]


def test_filters_are_kept_to_where_a_text_is_named(service: QAService) -> None:
    asked = "What does 55/179 say about Kosovo?"
    assert any("of A/RES/55/179 have" in note for note in service.ask(AskRequest(asked)).understood.notes)
    kept = service.ask(AskRequest(asked, filters=Filters(kind=["preambular"])))
    assert all(one.kind == "preambular" for one in (*kept.citations, *kept.nearest))
    alone = service.ask(AskRequest("A/RES/55/179", k=10, filters=Filters(kind=["preambular"])))
    assert {one.kind for one in alone.citations} == {"preambular"}
    listed = service.ask(AskRequest("Which resolutions mention Kosovo?", filters=Filters(kind=["preambular"])))
    assert all(one.kind == "preambular" for one in (*listed.citations, *listed.nearest))
