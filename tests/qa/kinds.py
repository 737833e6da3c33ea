"""What a text lacks of what a question asks for, by name."""

from __future__ import annotations

from qa.answering.answer_kind import lacking as lacking_kind


def lacking(question: str, text: str) -> str | None:
    kind = lacking_kind(question, text)
    return kind.name if kind else None
