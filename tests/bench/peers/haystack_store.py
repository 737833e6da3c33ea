"""Haystack: its in-memory store, embedders and pipeline."""

from pathlib import Path

from shell import Search, Stopwatch, main


def build(paragraphs: list[str], folder: Path) -> dict[str, float]:
    watch = Stopwatch()
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack.utils import ComponentDevice
    from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersDocumentEmbedder
    from weights import MODEL

    embedder = SentenceTransformersDocumentEmbedder(
        model=MODEL, device=ComponentDevice.from_str("cpu"), normalize_embeddings=True, progress_bar=False
    )
    embedder.warm_up()
    opened = watch.lap()
    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    documents = [Document(id=str(at), content=text) for at, text in enumerate(paragraphs)]
    store.write_documents(embedder.run(documents)["documents"])
    store.save_to_disk(str(folder / "store.json"))
    return {"open": opened, "build": watch.lap()}


def open_search(folder: Path) -> Search:
    from haystack import Pipeline
    from haystack.components.retrievers import InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack.utils import ComponentDevice
    from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersTextEmbedder
    from weights import MODEL

    pipeline = Pipeline()
    embedder = SentenceTransformersTextEmbedder(
        model=MODEL, device=ComponentDevice.from_str("cpu"), normalize_embeddings=True, progress_bar=False
    )
    pipeline.add_component("embedder", embedder)
    store = InMemoryDocumentStore.load_from_disk(str(folder / "store.json"))
    pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")
    pipeline.warm_up()

    def search(question: str, k: int) -> list[int]:
        found = pipeline.run({"embedder": {"text": question}, "retriever": {"top_k": k}})
        return [int(one.id) for one in found["retriever"]["documents"]]

    return search


if __name__ == "__main__":
    main(build, open_search, threads=2)
