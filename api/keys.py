"""API keys: kept as SHA-256, compared in constant time, never in the address or log. None configured: no entry."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, date, datetime
from typing import Literal

from api.errors import KeyMissingError, KeyRefusedError, KeyScopeError, NoKeysError
from api.settings import Settings

Scope = Literal["read", "admin"]


def require_key(settings: Settings, authorization: str | None, scope: Scope, off: bool = False) -> str:
    """The name of the key that the caller holds.

    Raises:
        AccessError: none is configured, none was sent, it is not accepted, or its scope is too small.
    """
    if off or not settings.keys:
        raise NoKeysError("this route is closed: no key is configured for it")
    scheme, _, text = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise KeyMissingError("this route needs a key")
    digest = hashlib.sha256(text.strip().encode()).hexdigest()
    held = None
    for key in settings.keys:  # all are compared, so that the time tells nothing of which one fits
        if hmac.compare_digest(key.sha256, digest):
            held = key
    if held is None:
        raise KeyRefusedError("the key is not known")
    if held.expires is not None and date.fromisoformat(held.expires) < datetime.now(UTC).date():
        raise KeyRefusedError("the key has expired")
    if scope == "admin" and held.scope != "admin":
        raise KeyScopeError("the route needs a key with the scope admin")
    return held.name
