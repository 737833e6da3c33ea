"""Symbols of United Nations texts: one type, what people type for it, and where a question mentions it."""

from qa.symbols.asked_places import Place
from qa.symbols.mentions import Mention, Understanding, find_in_question, resolve, understand
from qa.symbols.organs import Organ, SymbolKind
from qa.symbols.symbol import Symbol

__all__ = [
    "Mention",
    "Organ",
    "Place",
    "Symbol",
    "SymbolKind",
    "Understanding",
    "find_in_question",
    "resolve",
    "understand",
]
