"""One request at a time, with a pause before each, as the site wishes it.

The standard library's HTTP client does: one host, one connection, a few requests a minute. What it lacks is here: a limit to
the time and size of a whole answer, a check of its length, redirects that stay on the host, and waiting when asked to.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO

from protego import Protego

from qa.errors import FetchError, MissingTextError, SiteError
from qa.fetching.site import Site, origin_of
from qa.version import NAME, running_version

_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Manners:
    """How to behave: seconds, bytes and counts. `contact` (an address of yours) goes into the user agent."""

    every: float = 3.0
    tries: int = 4
    whole: float = 120.0
    longest_wait: float = 300.0
    most_bytes: int = 50_000_000
    contact: str = ""

    @property
    def user_agent(self) -> str:
        """Who asks, so that the site's people can tell."""
        return f"{NAME}/{running_version()}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, and the address that gave it in the end."""

    body: bytes
    address: str
    content_type: str
    last_modified: str | None
    etag: str | None


@dataclass(slots=True)
class _Again(Exception):  # noqa: N818 - not an error of ours: it never leaves this module
    """Worth another try, after so many seconds where the site named them."""

    why: str
    after: float | None = None


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the host that was asked, and no others."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if origin_of(newurl) != origin_of(req.full_url):
            raise FetchError(req.full_url, f"sends us to {origin_of(newurl)}", "get this text by hand if you trust it")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


@dataclass(slots=True)
class PoliteClient:
    """Gets what the site lets programs get. `sleep` and `now` are parameters for tests."""

    site: Site
    manners: Manners = Manners()
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    _opener: urllib.request.OpenerDirector = field(init=False)
    _rules: Protego | None = field(init=False, default=None)
    _last: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(_SameHost())
        self._opener.addheaders = [("User-Agent", self.manners.user_agent), ("Accept-Encoding", "identity")]

    def get(self, address: str) -> Reply:
        """The whole answer of `address`.

        Raises:
            MissingTextError: the site has nothing there; SiteError: it cannot or does not want to answer now, to
            anything; FetchError: it refuses this address, or answers with what cannot be used.
        """
        rules = self._wishes()
        if not rules.can_fetch(address, NAME):
            raise FetchError(address, "the site's robots.txt asks programs to keep away", "get this text by hand")
        return self._patiently(address)

    def _wishes(self) -> Protego:
        """The site's robots.txt. Without one all is allowed; while it cannot be read nothing is (RFC 9309, 2.3.1)."""
        if self._rules is None:
            try:
                text = self._patiently(self.site.robots).body.decode("utf-8", "replace")
            except (SiteError, MissingTextError) as error:
                if isinstance(error, SiteError):
                    raise
                text = ""
            except FetchError as error:
                if not error.is_client_error:
                    raise SiteError(self.site.robots, error.why, "try again later") from error
                text = ""
            self._rules = Protego.parse(text)
        return self._rules

    def _patiently(self, address: str) -> Reply:
        asked: _Again | None = None
        for attempt in range(self.manners.tries):
            self._pause(attempt, asked.after if asked else None, address)
            try:
                return self._once(address)
            except _Again as again:
                asked = again
        why = f"{asked.why if asked else 'nothing came'}, {self.manners.tries} times"
        raise SiteError(address, why, "try again later; what was fetched is kept")

    def _pause(self, attempt: int, after: float | None, address: str) -> None:
        """Wait until the next request is due: the pause, longer after each failure, or as long as the site says."""
        every = max(self.manners.every, self._crawl_delay())
        wait = every * 2**attempt if attempt else every
        wait = max(wait, after or 0.0)
        if wait > max(self.manners.longest_wait, every):
            raise SiteError(address, f"asks to come back in {wait:.0f} seconds", "do so; what was fetched is kept")
        if self._last is not None:
            left = self._last + wait - self.now()
            if left > 0:
                self.sleep(left)
        self._last = self.now()

    def _crawl_delay(self) -> float:
        return float((self._rules.crawl_delay(NAME) if self._rules is not None else None) or 0.0)

    def _once(self, address: str) -> Reply:
        try:
            with self._opener.open(address, timeout=min(30.0, self.manners.whole)) as answer:
                return Reply(
                    self._read(answer, address),
                    answer.geturl(),
                    answer.headers.get_content_type(),
                    answer.headers.get("Last-Modified"),
                    answer.headers.get("ETag"),
                )
        except urllib.error.HTTPError as error:
            with error:
                raise self._refusal(error, address) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise _Again(
                f"did not answer as it should ({' '.join(str(reason).split()) or type(error).__name__})"
            ) from None

    def _refusal(self, error: urllib.error.HTTPError, address: str) -> Exception:
        if error.code in _GONE:
            return MissingTextError(address, "the site has no such text", "look the symbol up at https://docs.un.org")
        if error.code in _AGAIN:
            return _Again(f"answered {error.code}", _seconds(error.headers.get("Retry-After")))
        mend = "get this text by hand"
        return FetchError(address, f"the site answered {error.code}", mend, is_client_error=400 <= error.code < 500)

    def _read(self, answer: http.client.HTTPResponse, address: str) -> bytes:
        """The body, within the bounds of time and size; one that ends early is worth another try."""
        begun, body = self.now(), bytearray()
        while piece := answer.read1(_PIECE):
            body += piece
            if len(body) > self.manners.most_bytes:
                mend = "get this text by hand"
                raise FetchError(address, f"has more than {self.manners.most_bytes:,} bytes", mend)
            if self.now() - begun > self.manners.whole:
                raise _Again(f"took longer than {self.manners.whole:.0f} seconds")
        told = answer.headers.get("Content-Length", "")
        if told.isdecimal() and int(told) != len(body):
            raise _Again(f"ended after {len(body):,} of {int(told):,} bytes")
        return bytes(body)


def _seconds(text: str | None) -> float | None:
    """What Retry-After asks for: seconds, or a date (RFC 9110, 10.2.3); None where it is absent or unreadable."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp())
