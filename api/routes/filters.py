"""Filters as query parameters: repeat a name to give several values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypeVar

import msgspec
from litestar.params import QueryParameter

from api.errors import InvalidFieldError
from api.plain import in_plain_words
from api.wire import AskBody, FilterBody

T = TypeVar("T")

Texts = Annotated[
    list[str] | None, QueryParameter(max_items=20, description="One or more values; repeat the parameter.")
]
Kinds = Annotated[
    list[Literal["preambular", "operative", "annex"]] | None,
    QueryParameter(max_items=3, description="Kinds of paragraph; repeat the parameter."),
]
YearParameter = Annotated[int | None, QueryParameter(ge=1945, le=2100, description="Year of adoption, inclusive.")]


def filters_of(
    organ: list[str] | None = None,
    session: list[str] | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    symbol: list[str] | None = None,
    kind: Sequence[str] | None = None,
    verb: list[str] | None = None,
) -> FilterBody:
    """The filters, held to the same bounds as those of a body.

    Raises:
        InvalidFieldError: one breaks them.
    """
    given: dict[str, object] = {
        "organ": organ or [],
        "session": session or [],
        "year_from": year_from,
        "year_to": year_to,
        "symbol": symbol or [],
        "kind": kind or [],
        "verb": verb or [],
    }
    return _held(given, FilterBody)


def ask_of(question: str, k: int, filters: FilterBody, history: list[str] | None, ignore: list[str] | None) -> AskBody:
    """A question from an address, held to the same bounds as a body.

    Raises:
        InvalidFieldError: it breaks them.
    """
    given: dict[str, object] = {
        "question": question,
        "k": k,
        "filters": msgspec.to_builtins(filters),
        "history": history or [],
        "ignore": ignore or [],
    }
    return _held(given, AskBody)


def _held(given: dict[str, object], kind: type[T]) -> T:
    try:
        return msgspec.convert(given, type=kind)
    except msgspec.ValidationError as error:
        why, _, where = str(error).partition(" - at `$.")
        name = where.rstrip("`").partition("[")[0]
        raise InvalidFieldError(f"{name}: {in_plain_words(why, name, kind)}", name) from None
