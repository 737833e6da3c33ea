"""Strings in, float32 vectors out, nearest rows: knows nothing of the United Nations.

Encoders (`encode_queries`, `encode_passages`), pair scorers for re-ranking, and the FAISS vector index.
The catalogue of models is `models.toml`, strictly decoded by `embeddings.catalogue`.
"""
