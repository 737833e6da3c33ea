"""Feedback on answers, kept durably in SQLite and given back as a set of questions to evaluate with."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from api.errors import FeedbackFullError, FeedbackOffError, FeedbackUnknownError
from api.wire import FeedbackBody
from qa.ids import symbol_of

_TABLE = "CREATE TABLE IF NOT EXISTS feedback (id TEXT PRIMARY KEY, at TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID"


class FeedbackStore:
    """One file, shared by all workers. An entry that was acknowledged survives a loss of power."""

    def __init__(self, path: Path | None, entries: int) -> None:
        self._path = path
        self._entries = entries
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    def add(self, entry: FeedbackBody) -> str:
        """Keep an entry and give its id, which no one can guess.

        Raises:
            FeedbackOffError: there is nowhere to keep it.
            FeedbackFullError: the bound is reached.
        """
        with self._connected() as db:
            (count,) = db.execute("SELECT count(*) FROM feedback").fetchone()
            if count >= self._entries:
                raise FeedbackFullError(f"{count} entries are kept, which is the bound (feedback.entries)")
            name = uuid.uuid4().hex
            now = datetime.now(UTC).isoformat(timespec="seconds")
            db.execute("INSERT INTO feedback VALUES (?, ?, ?)", (name, now, msgspec.json.encode(entry)))
        return name

    def delete(self, name: str) -> None:
        """Forget an entry.

        Raises:
            FeedbackUnknownError: there is none of this id.
        """
        with self._connected() as db:
            if db.execute("DELETE FROM feedback WHERE id = ?", (name,)).rowcount == 0:
                raise FeedbackUnknownError(f"no entry {name[:40]!r} is kept")

    def entries(self) -> list[tuple[str, str, FeedbackBody]]:
        """Every entry: id, time, body; oldest first."""
        with self._connected() as db:
            rows = db.execute("SELECT id, at, body FROM feedback ORDER BY at, id").fetchall()
        return [(name, at, msgspec.json.decode(body, type=FeedbackBody)) for name, at, body in rows]

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """The open file, one thread at a time, in a transaction that is on the disk when it ends."""
        if self._path is None:
            raise FeedbackOffError("feedback is switched off (feedback.enabled)")
        with self._lock:
            try:
                if self._open is None:
                    self._open = sqlite3.connect(self._path, check_same_thread=False, timeout=2.0)
                    self._open.execute("PRAGMA journal_mode=WAL")
                    self._open.execute("PRAGMA synchronous=FULL")
                    self._open.execute(_TABLE)
                with self._open:
                    yield self._open
            except sqlite3.Error as error:
                raise FeedbackOffError(f"the feedback file cannot be used ({error})") from error


def right_of(body: FeedbackBody) -> list[str]:
    """The paragraphs that answer, by what the reader said; none where the reader knew no better."""
    return list(body.right) or (list(body.citations[:1]) if body.verdict == "helpful" else [])


def export_questions(entries: list[tuple[str, str, FeedbackBody]]) -> Iterator[bytes]:
    """Lines of a question file, as `qa-eval run --questions` takes it.

    Paragraphs are those that the reader called right; for a helpful answer without such, its first citation.
    """
    for name, at, body in entries:
        right = right_of(body)
        line = {
            "id": name,
            "question": body.question,
            "kind": "feedback" if right else "unjudged",
            "symbol": symbol_of(right[0]) if right else "",
            "paragraphs": right,
            "history": list(body.history),
            "notes": f"{body.verdict}, {at}" + (f": {body.note}" if body.note else ""),
        }
        yield msgspec.json.encode(line) + b"\n"
