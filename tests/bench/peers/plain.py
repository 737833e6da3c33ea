"""What a script of twenty lines does: sentence-transformers and faiss."""

from pathlib import Path

from shell import Search, Stopwatch, main

SAMPLE = 256  # paragraphs of the naive loop, which would take too long over all


def build(paragraphs: list[str], folder: Path) -> dict[str, float]:
    watch = Stopwatch()
    import faiss
    from sentence_transformers import SentenceTransformer
    from weights import MODEL

    model = SentenceTransformer(MODEL, device="cpu")
    opened = watch.lap()
    vectors = model.encode(paragraphs, normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "index.faiss"))
    took = watch.lap()
    sample = paragraphs[:SAMPLE]
    for start in range(0, len(sample), 32):  # as they come, 32 at a time: nothing sorted by length
        model.encode(sample[start : start + 32], normalize_embeddings=True)
    return {"open": opened, "build": took, "naive_per_second": len(sample) / watch.lap()}


def open_search(folder: Path) -> Search:
    import faiss
    from sentence_transformers import SentenceTransformer
    from weights import MODEL

    model = SentenceTransformer(MODEL, device="cpu")
    index = faiss.read_index(str(folder / "index.faiss"))

    def search(question: str, k: int) -> list[int]:
        return index.search(model.encode([question], normalize_embeddings=True), k)[1][0].tolist()

    return search


if __name__ == "__main__":
    main(build, open_search, threads=2)
