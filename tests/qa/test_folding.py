"""Windows of one paragraph are one hit; the fifth paragraphs of two resolutions are two."""

from __future__ import annotations

from pathlib import Path

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.build import run_build
from qa.service import QAService
from qa.wire import AskRequest
from tests.qa.corpora import workshop, write_corpus


def test_every_paragraph_is_a_hit_of_its_own(tmp_path: Path) -> None:
    encoder = load_encoder(load_catalogue().get("hashing"))
    run_build([write_corpus(tmp_path / "corpus", 6)], workshop(tmp_path / "index", encoder))  # type: ignore[arg-type]
    with QAService.open(tmp_path / "index") as service:
        found = [one.id for one in service.search(AskRequest("report on troops", k=100)).citations]
    wanted = {f"A/RES/78/{number}#{label}" for number in range(1, 7) for label in ("PP1", "OP1", "OP2")}
    assert len(found) == len(set(found))
    assert set(found) == wanted
