"""How many words of a question are read."""

from __future__ import annotations

from qa.retrieval.query import shorten


def test_a_short_question_is_not_counted_and_a_long_one_is_cut() -> None:
    counted: list[str] = []

    def count(texts: list[str]) -> list[int]:
        counted.extend(texts)
        return [len(text.split()) for text in texts]

    assert shorten("peace " * 30, 256, count) == ("peace " * 30, 0)
    assert counted == []
    assert shorten("paix à tous", 256, count) == ("paix à tous", 0)
    assert counted == ["paix à tous"]
    assert shorten("peace " * 300, 256, count) == (" ".join(["peace"] * 256), 44)
