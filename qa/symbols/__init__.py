"""Symbols of United Nations texts: one type, what people type for it, and where a question mentions it."""

from qa.symbols.organs import Organ, SymbolKind
from qa.symbols.symbol import Symbol

__all__ = ["Organ", "Symbol", "SymbolKind"]
