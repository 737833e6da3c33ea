"""Symbols in, files in a folder out: each fetched once, checked to be a PDF, and entered in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from qa.errors import FetchError, MissingTextError, SiteError
from qa.fetching.ledger import Ledger, Provenance
from qa.fetching.polite import PoliteClient
from qa.fetching.site import symbols_of_session
from qa.symbols import Symbol

GAP = 10
"""So many numbers in a row without a text, and a session is held to have no more (some numbers have lettered texts only)."""

_LISTS = ("fetched", "there", "missing")
Told = Callable[[str, str], None]
"""Called with a symbol and what became of it: fetched, there, missing or refused."""


@dataclass(slots=True)
class FetchReport:
    """What became of each symbol. `ended` says why the rest was not tried, where it was not."""

    folder: str
    fetched: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    ended: str | None = None


def fetch(
    symbols: Sequence[Symbol], sessions: Sequence[str], folder: Path, client: PoliteClient, told: Told
) -> FetchReport:
    """Bring the texts of `symbols`, then those of each session, into `folder`; what is there is not asked for again.

    A text that cannot be had does not end the work; a site that does not answer does.

    Raises:
        SymbolError: a session that is none; FetchError: the folder's ledger cannot be read; OSError: it cannot be written.
    """
    counted = [symbols_of_session(session) for session in sessions]
    folder.mkdir(parents=True, exist_ok=True)
    ledger, report = Ledger(folder), FetchReport(str(folder))
    try:
        for symbol in symbols:
            _note(symbol, _outcome(symbol, ledger, client, report), report, told)
        for session in counted:
            _fetch_session(session, ledger, client, report, told)
    except SiteError as error:
        report.ended = str(error)
    return report


def _fetch_session(
    session: Iterable[Symbol], ledger: Ledger, client: PoliteClient, report: FetchReport, told: Told
) -> None:
    """Count up until the numbers end; the misses that told of the end are none."""
    missed: list[Symbol] = []
    for symbol in session:
        outcome = _outcome(symbol, ledger, client, report)
        if outcome == "missing":
            missed.append(symbol)
            if len(missed) == GAP:
                return
            continue
        for one in missed:
            _note(one, "missing", report, told)
        missed.clear()
        _note(symbol, outcome, report, told)


def _outcome(symbol: Symbol, ledger: Ledger, client: PoliteClient, report: FetchReport) -> str:
    try:
        return _fetch_one(symbol, ledger, client)
    except MissingTextError:
        return "missing"
    except SiteError:
        raise
    except FetchError as error:
        report.refused[str(symbol)] = str(error)
        return "refused"


def _note(symbol: Symbol, outcome: str, report: FetchReport, told: Told) -> None:
    if outcome in _LISTS:
        getattr(report, outcome).append(str(symbol))
    told(str(symbol), outcome)


def file_of(symbol: Symbol) -> str:
    """The name that a symbol's file gets, from which the symbol can be read again."""
    return f"{str(symbol).replace('/', '_')}.pdf"


def _fetch_one(symbol: Symbol, ledger: Ledger, client: PoliteClient) -> str:
    file = file_of(symbol)
    if ledger.has(file):
        return "there"
    if (ledger.folder / file).exists():
        mend = "move it away, or fetch into another folder with --out"
        raise FetchError(str(ledger.folder / file), "is there and is not what was fetched, so it is left alone", mend)
    asked = client.site.text_of(symbol)
    reply = client.get(asked)
    if not reply.body.startswith(b"%PDF-"):
        raise FetchError(asked, f"the site answered with {reply.content_type}, no PDF", "get this text by hand")
    record = Provenance(
        symbol=str(symbol),
        file=file,
        asked=asked,
        address=reply.address,
        fetched=datetime.now(UTC).isoformat(timespec="seconds"),
        sha256=hashlib.sha256(reply.body).hexdigest(),
        n_bytes=len(reply.body),
        content_type=reply.content_type,
        user_agent=client.manners.user_agent,
        last_modified=reply.last_modified,
        etag=reply.etag,
    )
    ledger.keep(record, reply.body)
    return "fetched"
