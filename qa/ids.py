"""Ids of paragraphs, "S/RES/841(1993)#OP4": a symbol, and behind the sign the paragraph's label."""

from __future__ import annotations


def parts_of(paragraph_id: str) -> tuple[str, str]:
    """Its symbol and its label; without the sign all of it is the symbol."""
    symbol, _, label = paragraph_id.partition("#")
    return symbol, label


def symbol_of(paragraph_id: str) -> str:
    """The symbol of its text."""
    return parts_of(paragraph_id)[0]


def label_of(paragraph_id: str) -> str:
    """Its label, by which its text alone knows it."""
    return parts_of(paragraph_id)[1]
