"""Resolutions in, cited answers out: reading, passages, retrieval, answers, the index folder.

Start with `qa.service.QAService`, the one door that the API and the evaluation share.
The words used here are those of `docs/architecture.md`.
"""
