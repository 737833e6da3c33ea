"""Searching over the sample: what matches nothing is told, what is held is counted, what is found explained."""

from __future__ import annotations

import pytest

from qa.errors import FilterError
from qa.service import QAService
from qa.wire import AskRequest, Filters


def test_years_that_no_year_is_between_are_refused_with_both_names(service: QAService) -> None:
    turned = Filters(year_from=2010, year_to=2000)
    for refused in (
        lambda: service.ask(AskRequest("forces", filters=turned)),
        lambda: service.search(AskRequest("forces", filters=turned)),
        lambda: service.resolutions(0, 5, turned),
    ):
        with pytest.raises(
            FilterError, match=r"filters\.year_from: 2010 is after filters\.year_to, which is 2000.*swap"
        ):
            refused()
    assert service.resolutions(0, 5, Filters(year_from=2000, year_to=2000))[0] == 1


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("zzzz", "no text that is held has a word of 'zzzz'; what is found is only what is nearest"),
        (
            "zzzz kkkk wwww xxxx yyyy",
            "no text that is held has a word of 'zzzz kkkk wwww xxxx yyyy'; what is found is only what is nearest",
        ),
        (
            "?!?",
            "no word of the question says what it is about: name a subject, a country, a body or a resolution; what is found is only what is nearest",
        ),
        ("does 55/179 mention zebras?", "zebras"),
        ("A/RES/99/1", "the corpus does not hold A/RES/99/1"),
        ("Кто должен вывести войска?", "ask in English. Тексты и поиск здесь на английском языке"),
        ("Quien debe retirar sus tropas de Moldavia?", "ask in English. Los textos"),
    ],
)
def test_a_search_that_matches_nothing_says_so(service: QAService, question: str, note: str) -> None:
    found = service.search(AskRequest(question))
    assert any(note in each for each in found.understood.notes)
    assert found.citations


@pytest.mark.parametrize(
    "question", ["forces in Moldova", "zzzz cooperation", "A/RES/55/179", "OSCE", "19 November 1999"]
)
def test_a_search_that_matches_something_says_nothing_of_the_kind(service: QAService, question: str) -> None:
    notes = service.search(AskRequest(question)).understood.notes
    assert not [each for each in notes if "only what is nearest" in each or "in English" in each]


def test_a_search_that_no_paragraph_passes_says_so(service: QAService) -> None:
    found = service.search(AskRequest("forces", filters=Filters(year_from=2040)))
    assert not found.citations
    assert found.understood.notes == ["no paragraph passes the filters: take one away"]


def test_the_state_tells_paragraphs_from_passages(service: QAService) -> None:
    state = service.ready()
    assert (state.paragraphs, state.resolutions) == (29, 1)
    assert state.passages >= 29


def test_explain_gives_every_stage_that_had_a_say(service: QAService) -> None:
    found = service.search(AskRequest("Moldova troops", k=10, explain=True)).citations
    assert found[0].explain is not None
    assert {"dense", "lexical"} <= {stage.stage for stage in found[0].explain.stages}
    assert "moldova" in found[0].explain.terms
    weights = {**service.settings.retrieval.weights, "ranker": service.settings.retrieval.ranker_weight, "lowered": 1.0}
    for hit in found:
        assert hit.explain is not None
        for stage in hit.explain.stages:
            assert stage.adds != 0.0
            assert stage.score is not None
            assert stage.adds == pytest.approx(weights[stage.stage] * stage.score, abs=1e-3)
        assert sum(stage.adds for stage in hit.explain.stages) == pytest.approx(hit.score, abs=1e-3)


def test_the_rank_of_a_penalty_is_that_among_those_who_have_it_not(service: QAService) -> None:
    found = service.search(AskRequest("Moldova troops", k=29, explain=True)).citations
    ranks = {
        hit.kind: stage.rank
        for hit in found
        for stage in (hit.explain.stages if hit.explain else [])
        if stage.stage == "recital"
    }
    assert set(ranks) == {"preambular"}
    assert ranks["preambular"] == 24  # behind the 23 operative paragraphs, all of them
