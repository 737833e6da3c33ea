"""What can go wrong at the door. HTTP status exists only here and in `api.problems`, as a table.

APIError
├── RequestError
│   ├── UnreadableBodyError    the body is no JSON: bad syntax, bad UTF-8, nested too deeply
│   ├── MissingBodyError       a body was needed
│   ├── BodyTypeError          the body is not called JSON
│   ├── InvalidFieldError      readable, but a field breaks its bounds
│   ├── UnknownParameterError  a query parameter that the route does not know
│   ├── BodyTooLargeError
│   ├── AddressTooLongError
│   ├── HeadersTooLargeError
│   └── OriginRefusedError     a preflight from a site that is not on the list
├── LoadError
│   ├── OverloadedError        the queue is full
│   ├── DeadlineError          not answered in time
│   ├── RateLimitedError       one client asked too often
│   ├── NotReadyError          no index is being served yet, or no more
│   └── ClientGoneError        nobody waits for the answer any more
├── AccessError
│   ├── KeyMissingError        the route needs a key
│   ├── KeyRefusedError        the key is unknown, revoked or expired
│   ├── KeyScopeError          the key is good for less than this
│   └── NoKeysError            no key is configured, so nobody may
├── FeedbackError
│   ├── FeedbackOffError       no file to keep it in
│   ├── FeedbackFullError      the file has reached its bound
│   └── FeedbackUnknownError   no such entry
└── SetupError                 never reaches HTTP: the server does not start
    ├── SettingsError
    ├── TracesError
    └── PortError
"""

from __future__ import annotations


class APIError(Exception):
    """Root of every error that `api` raises on purpose; its text is one line and names the mend."""


class RequestError(APIError):
    """The request is at fault; `field` names where."""

    def __init__(self, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.field = field


class UnreadableBodyError(RequestError):
    """The body is no JSON."""


class MissingBodyError(RequestError):
    """A body was needed and none came."""


class BodyTypeError(RequestError):
    """The body is not called JSON."""


class InvalidFieldError(RequestError):
    """Readable, but not acceptable."""


class UnknownParameterError(RequestError):
    """A query parameter that the route does not know."""


class BodyTooLargeError(RequestError):
    """More bytes than the limit."""


class AddressTooLongError(RequestError):
    """Path and query are longer than the limit."""


class HeadersTooLargeError(RequestError):
    """The header fields together are larger than the limit."""


class OriginRefusedError(RequestError):
    """A preflight from an origin, or for a method or header, that the list does not hold."""


class LoadError(APIError):
    """Not now: `retry_after` is in whole seconds."""

    def __init__(self, detail: str, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class OverloadedError(LoadError):
    """The queue is full."""


class DeadlineError(LoadError):
    """The answer was not ready in time."""


class RateLimitedError(LoadError):
    """One client asked too often."""


class NotReadyError(LoadError):
    """No index is being served."""


class ClientGoneError(LoadError):
    """Nobody waits for the answer any more."""


class AccessError(APIError):
    """The caller may not."""


class KeyMissingError(AccessError):
    """The route needs a key."""


class KeyRefusedError(AccessError):
    """The key is unknown, revoked or expired."""


class KeyScopeError(AccessError):
    """The key's scope does not reach this route."""


class NoKeysError(AccessError):
    """No key is configured, so nobody may."""


class FeedbackError(APIError):
    """Feedback could not be kept or found."""


class FeedbackOffError(FeedbackError):
    """There is no file to keep it in."""


class FeedbackFullError(FeedbackError):
    """The file has reached its bound."""


class FeedbackUnknownError(FeedbackError):
    """No such entry."""


class SetupError(APIError):
    """The server cannot start."""


class SettingsError(SetupError):
    """A settings file or environment variable that cannot be used."""


class TracesError(SetupError):
    """Traces are asked for, and what makes them is not installed."""


class PortError(SetupError):
    """The address to listen on is not to be had."""
