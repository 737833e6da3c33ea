"""Where the official texts lie, and the symbols of a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from qa.errors import FetchError, SymbolError
from qa.symbols import Symbol, SymbolKind

OFFICIAL = "https://documents.un.org"
MOST_OF_A_SESSION = 999


@dataclass(frozen=True, slots=True)
class Site:
    """A server with the addresses of the United Nations' document site.

    Source: the site's own links, `/api/symbol/access?s=SYMBOL&l=LANGUAGE&t=FORM`; it answers with a redirect to the file.

    Raises:
        FetchError: `address` is no http or https address of a host.
    """

    address: str = OFFICIAL

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
            raise FetchError(self.address, "is no address of a site", f"write it like {OFFICIAL}")

    @property
    def robots(self) -> str:
        """The address of the site's wishes about programs."""
        return f"{self.origin}/robots.txt"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return origin_of(self.address)

    def text_of(self, symbol: Symbol) -> str:
        """The address of the English PDF of a symbol. The letters of an early resolution share one."""
        if symbol.kind in {SymbolKind.DRAFT, SymbolKind.DOCUMENT}:
            raise SymbolError(str(symbol), "it names a document, not an adopted text")
        return f"{self.origin}/api/symbol/access?s={symbol.url.partition('/en/')[2]}&l=en&t=pdf"


def origin_of(address: str) -> str:
    """Scheme, host and port of an address, in lower case."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def symbols_of_session(session: str) -> Iterator[Symbol]:
    """The Assembly's symbols of one session in the order of their numbers; which of them exist, only the site knows.

    Raises:
        SymbolError: no session, or one of those whose symbols count on from session to session.
    """
    name = session.strip().upper()
    if name.isdecimal() and int(name) <= 30:
        raise SymbolError(f"session {session}", "sessions 1 to 30 share one count, so name the symbols: A/RES/1514(XV)")
    Symbol.parse(f"A/RES/{name}/1")
    return (Symbol.parse(f"A/RES/{name}/{number}") for number in range(1, MOST_OF_A_SESSION + 1))
