"""Ours, dense search alone: the package `embeddings` behind the same shell as the others."""

from __future__ import annotations

from pathlib import Path

from tests.bench.peers.shell import Search, Stopwatch, main

MODEL = "all-MiniLM-L6-v2"
CALLERS = 64  # threads that may wait for the encoder, one a client: what it makes batches of


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


def open_search(folder: Path) -> Search:
    from embeddings.asking import AskingEncoder
    from embeddings.catalogue import load_catalogue
    from embeddings.encoders import load_encoder
    from embeddings.threads import cores
    from embeddings.vectors import VectorIndex

    encoder = AskingEncoder(load_encoder(load_catalogue().get(MODEL)), cores(), remembered=0)
    index = VectorIndex.from_file(folder / "index.faiss")

    def search(question: str, k: int) -> list[int]:
        rows: list[int] = index.search(encoder.encode_queries([question]), k)[1][0].tolist()
        return rows

    return search


if __name__ == "__main__":
    main(build, open_search, threads=CALLERS)
