"""From an error to its RFC 9457 problem document. `TABLE` is the whole of it: one row an error class.

`title` is the same for every occurrence of a `type`; `detail` tells of this one (RFC 9457, sections 3.1.3 and 3.1.4).
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from api import errors as e
from qa import errors as q
from qa.store import errors as s

PROBLEM_JSON = "application/problem+json"


class Row(NamedTuple):
    """How one class of error is told: `mend` is what the caller can do about it."""

    status: int
    slug: str
    title: str
    mend: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """An RFC 9457 problem document. `type` is stable and leads to a page that explains it."""

    type: str
    title: str
    status: int
    detail: str
    mend: str
    request_id: str
    field: str | None = None
    candidates: list[str] = []
    nearest: list[str] = []
    retry_after: int | None = None


LATER = 60  # seconds to wait for what an operator must mend
INTERNAL = Row(
    500, "internal", "Something went wrong here", "Try again; if it stays, tell the operator the request id."
)
TABLE: dict[type[Exception], Row] = {
    e.UnreadableBodyError: Row(
        400, "unreadable-body", "The body cannot be read", "Send one JSON object in UTF-8, nested a few levels at most."
    ),
    e.MissingBodyError: Row(400, "missing-body", "A body is needed", "Send a JSON object; see /docs for its fields."),
    e.BodyTypeError: Row(
        415, "body-type", "The body must be JSON", "Send the header: Content-Type: application/json (UTF-8)."
    ),
    e.InvalidFieldError: Row(
        422, "invalid-field", "A field is not acceptable", "Correct the field that is named; /docs gives its bounds."
    ),
    e.UnknownParameterError: Row(
        422, "unknown-parameter", "A query parameter is not known", "Leave it out, or use the name that is suggested."
    ),
    e.BodyTooLargeError: Row(413, "body-too-large", "The body is too large", "Send less at once."),
    e.AddressTooLongError: Row(414, "address-too-long", "The address is too long", "Use POST for long questions."),
    e.HeadersTooLargeError: Row(
        431, "headers-too-large", "The header fields are too large", "Send fewer or shorter header fields."
    ),
    e.OriginRefusedError: Row(
        403, "origin-refused", "Cross-origin use is not allowed", "Ask the operator to add the site to cors.origins."
    ),
    e.OverloadedError: Row(
        503, "overloaded", "Too many questions at once", "Try again after the seconds in Retry-After."
    ),
    e.DeadlineError: Row(503, "deadline", "Not answered in time", "Try again after the seconds in Retry-After."),
    e.RateLimitedError: Row(429, "rate-limited", "Too many requests", "Slow down: wait the seconds in Retry-After."),
    e.NotReadyError: Row(503, "not-ready", "No index is being served", "Wait, and look at /health/ready."),
    e.ClientGoneError: Row(499, "client-gone", "The caller has gone", "Nothing: nobody reads this."),
    e.KeyMissingError: Row(
        401, "key-missing", "A key is needed", "Send the header: Authorization: Bearer <key>, never in the address."
    ),
    e.KeyRefusedError: Row(
        401, "key-refused", "The key is not accepted", "Use a key that is in force; ask the operator for one."
    ),
    e.KeyScopeError: Row(
        403, "key-scope", "The key does not reach this far", "Use a key with the scope that is named."
    ),
    e.NoKeysError: Row(
        403, "no-keys", "No key is configured", "The operator adds [[keys]] to the settings before this route opens."
    ),
    e.FeedbackOffError: Row(
        503,
        "feedback-off",
        "Feedback is not kept here",
        "The operator sets feedback.path to a file that can be written.",
    ),
    e.FeedbackFullError: Row(
        503, "feedback-full", "No more feedback can be kept", "The operator exports it and empties the file."
    ),
    e.FeedbackUnknownError: Row(404, "feedback-unknown", "No such feedback", "Look up its id in the export."),
    q.SymbolError: Row(
        422, "no-symbol", "This is no resolution symbol", "Write it like A/RES/55/179 or S/RES/1244(1999)."
    ),
    q.AmbiguousSymbolError: Row(
        422, "ambiguous-symbol", "The symbol may be more than one", "Name one of the candidates."
    ),
    q.QuestionError: Row(422, "invalid-question", "The question cannot be asked", "Correct the field that is named."),
    q.FilterError: Row(422, "invalid-filter", "A filter means nothing here", "Correct the filter that is named."),
    q.NotFoundError: Row(
        404, "not-in-corpus", "The corpus does not hold it", "Look for it in /v1/resolutions, or ask in words."
    ),
    s.EngineDownError: Row(
        503,
        "engine-away",
        "The database that holds the index does not answer",
        "Try again after the seconds in Retry-After; the operator starts the database.",
    ),
    q.UnsupportedFormatError: INTERNAL,
    q.HostileFileError: INTERNAL,
    q.DamagedFileError: INTERNAL,
    q.ParseError: INTERNAL,
    q.VerbatimError: INTERNAL,
    q.EncodingError: INTERNAL,
    q.AnswerFileError: INTERNAL,
    q.MissingTextError: INTERNAL,
    q.SiteError: INTERNAL,
}
STORE = Row(503, "index-unavailable", "The index cannot be used", "Wait; the operator runs: qa verify --index DIR.")
HTTP_ROWS: dict[int, Row] = {
    400: Row(400, "bad-request", "The request cannot be read", "Correct the request; /docs shows each route."),
    404: Row(404, "no-such-route", "There is nothing at this address", "See /docs for the routes."),
    405: Row(405, "method-not-allowed", "The route does not take this method", "Use a method that Allow names."),
    413: TABLE[e.BodyTooLargeError],
    415: TABLE[e.BodyTypeError],
    422: TABLE[e.InvalidFieldError],
    408: Row(408, "too-slow", "The request came too slowly", "Send the whole request at once."),
    414: TABLE[e.AddressTooLongError],
    431: TABLE[e.HeadersTooLargeError],
    503: TABLE[e.OverloadedError],
}


def row_of(error: Exception) -> Row:
    """The row that tells of an error: its own class's, or else that of the nearest ancestor that has one."""
    for kind in type(error).__mro__:
        if kind in TABLE:
            return TABLE[kind]
        if kind.__name__ == "StoreError":
            return STORE
    return INTERNAL


def problem(row: Row, detail: str, request_id: str, **extra: object) -> Problem:
    """A problem document from a row and the words for this occurrence."""
    return Problem(
        type=f"/problems/{row.slug}",
        title=row.title,
        status=row.status,
        detail=detail,
        mend=row.mend,
        request_id=request_id,
        **extra,  # type: ignore[arg-type]
    )


def problem_of(error: Exception, request_id: str) -> Problem:
    """The problem document of an error. One that the table does not know tells nothing of its inside."""
    row = row_of(error)
    if row.status == 500:
        return problem(row, "The server failed on this request; the cause is in its log.", request_id)
    if row is STORE:  # what is wrong with it names folders of this machine
        return problem(row, "The index cannot be read; the cause is in the log.", request_id, retry_after=LATER)
    return problem(
        row,
        str(error),
        request_id,
        field=getattr(error, "field", None),
        candidates=list(getattr(error, "candidates", ())),
        nearest=list(getattr(error, "nearest", ())),
        retry_after=_retry_after(error, row),
    )


def headers_of(error: Exception) -> dict[str, str]:
    """The header fields that belong to an error's answer."""
    wait = _retry_after(error, row_of(error))
    if wait is not None:
        return {"Retry-After": str(wait)}
    if isinstance(error, (e.KeyMissingError, e.KeyRefusedError)):
        return {"WWW-Authenticate": 'Bearer realm="un-resolution-qa"'}
    return {}


def _retry_after(error: Exception, row: Row) -> int | None:
    """Seconds to wait: what the error says, or a minute for any other 503; None where waiting does not help."""
    wait: int | None = getattr(error, "retry_after", LATER if row.status == 503 else None)
    return wait
