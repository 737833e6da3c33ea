"""Chroma, embedded and persistent, with its own sentence-transformers function."""

from pathlib import Path

from shell import Search, Stopwatch, main

SLAB = 500  # paragraphs an `add`: Chroma bounds it


def _collection(folder: Path):
    import chromadb
    from chromadb.config import Settings
    from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction
    from weights import MODEL

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    function = SentenceTransformerEmbeddingFunction(model_name=MODEL, device="cpu", normalize_embeddings=True)
    return client.get_or_create_collection(
        "paragraphs", embedding_function=function, configuration={"hnsw": {"space": "cosine"}}
    )


def build(paragraphs: list[str], folder: Path) -> dict[str, float]:
    watch = Stopwatch()
    collection = _collection(folder)
    opened = watch.lap()
    for start in range(0, len(paragraphs), SLAB):
        slab = paragraphs[start : start + SLAB]
        collection.add(ids=[str(start + at) for at in range(len(slab))], documents=slab)
    return {"open": opened, "build": watch.lap()}


def open_search(folder: Path) -> Search:
    collection = _collection(folder)

    def search(question: str, k: int) -> list[int]:
        return [int(one) for one in collection.query(query_texts=[question], n_results=k)["ids"][0]]

    return search


if __name__ == "__main__":
    main(build, open_search, threads=2)
