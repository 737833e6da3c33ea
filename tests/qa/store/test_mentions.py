"""Who cites whom: the short way through the records finds what the long way does."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.build import build
from qa.records import Reference, ReferenceKind, Resolution, Span
from qa.service import QAService
from qa.store.codec import RecordCodec
from qa.store.mentions import Citing, mentions_of
from tests.qa.corpora import parse_lines, read_lines


def resolution(folder: Path, symbol: str, cited: list[tuple[str | None, str | None]]) -> Resolution:
    path = folder / (symbol.replace("/", "_") + ".txt")
    path.write_text(f"{symbol}\nTitle\nPP1|Recalling what was said\nOP1|Decides to do more\n")
    bare = parse_lines(next(read_lines(path)))
    references = tuple(
        Reference(f"as in {one}", ReferenceKind.RESOLUTION, Span(0, 2), one, paragraph) for one, paragraph in cited
    )
    return replace(bare, paragraphs=(replace(bare.paragraphs[0], references=references), *bare.paragraphs[1:]))


def test_mentions_are_found_in_order_without_those_of_itself(tmp_path: Path) -> None:
    first = resolution(tmp_path, "A/RES/78/1", [("A/RES/77/9", "3"), (None, None), ("A/RES/78/1", None)])
    second = resolution(tmp_path, "A/RES/78/2", [("A/RES/77/9", None), ("A/RES/78/1", None), ("A/RES/77/9", "4")])
    codec = RecordCodec()
    found = mentions_of([codec.encode_resolution(first), codec.encode_resolution(second)])
    assert found == {
        "A/RES/77/9": (
            Citing("A/RES/78/1", "PP1", "as in A/RES/77/9", "3"),
            Citing("A/RES/78/2", "PP1", "as in A/RES/77/9", None),
            Citing("A/RES/78/2", "PP1", "as in A/RES/77/9", "4"),
        ),
        "A/RES/78/1": (Citing("A/RES/78/2", "PP1", "as in A/RES/78/1", None),),
    }


def test_cited_by_is_cites_the_other_way_round(tmp_path: Path, sample_path: Path) -> None:
    index = tmp_path / "index"
    build([sample_path], index, load_encoder(load_catalogue().get("hashing")))
    with QAService.open(index) as service:
        cites = service.cites("A/RES/55/179")
        assert cites
        for symbol in {link.symbol for link in cites}:
            there = [(link.id, link.text, link.paragraph) for link in cites if link.symbol == symbol]
            back = [(link.id, link.text, link.paragraph) for link in service.cited_by(symbol)]
            assert back == there
            assert {link.symbol for link in service.cited_by(symbol)} == {"A/RES/55/179"}
        assert service.cited_by("A/RES/54/117") == []
