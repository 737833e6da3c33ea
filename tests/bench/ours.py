"""Ours, dense search alone: the package `embeddings` behind the same shell as the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench.peers.shell import Stopwatch, Submit, main

MODEL = "all-MiniLM-L6-v2"


def build(paragraphs: list[str], folder: Path) -> dict[str, float]:
    watch = Stopwatch()
    from embeddings.catalogue import load_catalogue
    from embeddings.encoders import load_encoder
    from embeddings.threads import cores
    from embeddings.vectors import VectorIndex, choose_kind

    encoder = load_encoder(load_catalogue().get(MODEL), lanes=cores())
    opened = watch.lap()
    vectors = encoder.encode_passages(paragraphs)
    (folder / "index.faiss").write_bytes(VectorIndex.build(vectors, choose_kind(len(vectors)), cores()).to_bytes())
    return {"open": opened, "build": watch.lap()}


def open_search(folder: Path) -> Submit:
    from embeddings.catalogue import load_catalogue
    from embeddings.encoders import load_encoder
    from embeddings.sharing import Shared
    from embeddings.threads import cores
    from embeddings.vectors import VectorIndex

    encoder = load_encoder(load_catalogue().get(MODEL))
    index = VectorIndex.from_file(folder / "index.faiss")

    def search_all(asked: Sequence[tuple[str, int]], alone: bool) -> list[list[int]]:
        vectors, k = encoder.encode_queries([question for question, _ in asked]), max(k for _, k in asked)
        return [rows[:mine].tolist() for rows, (_, mine) in zip(index.search(vectors, k)[1], asked, strict=True)]

    shared = Shared(search_all, cores(), size=lambda asked: len(asked[0]))
    return lambda question, k: shared.submit((question, k))


if __name__ == "__main__":
    main(build, open_search)
