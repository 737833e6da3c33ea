"""Header fields that every answer carries, and which sites may read it (CORS).

The table in `docs/http.md` is this module in words; `tests/api/test_matrix.py` holds every route to it.
"""

from __future__ import annotations

from api.errors import OriginRefusedError
from api.settings import Settings

Header = tuple[bytes, bytes]
JSON_POLICY = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors {}"
)
ALWAYS: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
METHODS = ("GET", "POST")
REQUEST_FIELDS = ("content-type", "if-none-match", "x-request-id")
EXPOSED = b"ETag, Retry-After, RateLimit, RateLimit-Policy, Server-Timing, X-Request-ID"
_PRIVATE = ("/v1/admin/", "/metrics")


class Headers:
    """The header fields of one configuration."""

    def __init__(self, settings: Settings) -> None:
        self._origins = frozenset(origin.encode() for origin in settings.cors.origins)
        ancestors = " ".join(settings.widget.frame_ancestors) or "'none'"
        self._framed = bool(settings.widget.frame_ancestors)
        self._page = _PAGE_POLICY.format("'none'").encode()
        self._widget = _PAGE_POLICY.format(ancestors).encode()
        self._always = list(ALWAYS)
        if settings.server.https:
            self._always.append((b"strict-transport-security", b"max-age=31536000"))

    def security(self, path: str, content_type: bytes) -> list[Header]:
        """What protects the reader, by kind of answer."""
        widget = path == "/widget"
        page = content_type.startswith(b"text/html")
        policy = (self._widget if widget else self._page) if page else JSON_POLICY
        shared = (widget and self._framed) or is_widget_script(path) or (is_public(path) and bool(self._origins))
        fields = [*self._always, (b"content-security-policy", policy)]
        fields.append((b"cross-origin-resource-policy", b"cross-origin" if shared else b"same-origin"))
        if page and not (widget and self._framed):
            fields.append((b"x-frame-options", b"DENY"))
        return fields

    def cors(self, path: str, origin: bytes | None) -> list[Header]:
        """What lets a listed site's scripts read the answer. No credentials, ever: there are no cookies."""
        if not is_public(path) or not (self._origins or is_widget_script(path)):
            return []
        if b"*" in self._origins or is_widget_script(path):
            return [(b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", EXPOSED)]
        fields: list[Header] = [(b"vary", b"Origin")]
        if origin in self._origins:
            fields += [(b"access-control-allow-origin", origin or b""), (b"access-control-expose-headers", EXPOSED)]
        return fields

    def preflight(self, path: str, origin: bytes, method: bytes, asked: bytes) -> list[Header]:
        """The answer to a preflight.

        Raises:
            OriginRefusedError: the site, the method or a header field is not on the list.
        """
        if not is_public(path) or not ({b"*", origin} & self._origins):
            raise OriginRefusedError("this site's scripts may not call this route", "origin")
        if method.decode("latin-1") not in METHODS:
            raise OriginRefusedError(
                f"other sites may use {' and '.join(METHODS)} only", "access-control-request-method"
            )
        wanted = {name.strip().lower() for name in asked.decode("latin-1").split(",") if name.strip()}
        if unknown := sorted(wanted - set(REQUEST_FIELDS) - {"accept", "accept-language"}):
            raise OriginRefusedError(f"other sites may not send {unknown[0][:40]!r}", "access-control-request-headers")
        return [
            (b"access-control-allow-methods", ", ".join(METHODS).encode()),
            (b"access-control-allow-headers", ", ".join(REQUEST_FIELDS).encode()),
            (b"access-control-max-age", b"600"),
        ]


def is_public(path: str) -> bool:
    """Whether other sites may be let in at all."""
    return not path.startswith(_PRIVATE)


def is_widget_script(path: str) -> bool:
    """Whether this is the widget's own file, which any site may load: it is the same for all and holds no answers."""
    return path == "/widget.js" or (path.startswith("/widget/") and path.endswith(".js"))
