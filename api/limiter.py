"""How often one client may call: a leaky bucket in 16 bytes a client, in one table of fixed size.

The generic cell rate algorithm needs one number a client, the "theoretical arrival time". The table is a mapped file,
so that all workers share one limit, and it never grows: each client may stand in one of `WAYS` places, and a newcomer
takes the place of the one whose limit would have run out first. Clients are kept as keyed hashes, not as addresses.
Source: ITU-T I.371, annex A (GCRA, virtual scheduling).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import math
import mmap
import os
import struct
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WAYS = 4
_CELL = struct.Struct("<Qd")
_CLOCK = 1e-6  # seconds: what a difference of two times since 1970 may be off, as numbers of 8 bytes


class Verdict(NamedTuple):
    """Whether a call may pass, how many more could follow at once, and when to come back (seconds)."""

    allowed: bool
    remaining: int
    retry_after: float


class SharedLimit(NamedTuple):
    """What several workers share: the table's file, and the secret under which clients are hashed."""

    path: Path
    salt: bytes


class Limiter:
    """`per_minute` calls a client in the long run, `burst` at once; `shared` where several workers have one limit."""

    def __init__(self, per_minute: int, burst: int, clients: int, shared: SharedLimit | None = None) -> None:
        self._interval = 60.0 / per_minute
        self._tolerance = self._interval * burst
        self._sets = max(1, clients // WAYS)
        self._salt = shared.salt if shared is not None else os.urandom(16)
        size = self._sets * WAYS * _CELL.size
        self._shared = shared is not None
        if shared is None:
            handle, name = tempfile.mkstemp(prefix="rate-")
            os.unlink(name)
        else:
            handle = os.open(shared.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.ftruncate(handle, size)
            self._table = mmap.mmap(handle, size)
        except OSError:
            os.close(handle)
            raise
        self._handle = handle

    def close(self) -> None:
        """Give the table back."""
        self._table.close()
        os.close(self._handle)

    def take(self, client: bytes, cost: int = 1, now: float | None = None) -> Verdict:
        """Count a call of `client`, unless it is refused: a refused call costs nothing."""
        now = time.time() if now is None else now
        digest = hashlib.blake2b(client, digest_size=16, key=self._salt).digest()
        tag = int.from_bytes(digest[:8], "little") or 1
        first = (int.from_bytes(digest[8:], "little") % self._sets) * WAYS * _CELL.size
        with self._locked(first):
            at, arrival = self._find(first, tag, now)
            later = max(arrival, now) + cost * self._interval
            wait = later - now - self._tolerance
            if wait > 1e-9:
                return Verdict(False, 0, wait)
            _CELL.pack_into(self._table, at, tag, later)
        return Verdict(True, math.floor((self._tolerance - (later - now) + _CLOCK) / self._interval), 0.0)

    def _find(self, first: int, tag: int, now: float) -> tuple[int, float]:
        """The client's cell and its arrival time; for a newcomer the cell that is worth least."""
        oldest, least = first, math.inf
        for way in range(WAYS):
            at = first + way * _CELL.size
            found, arrival = _CELL.unpack_from(self._table, at)
            if found == tag:
                return at, arrival
            if arrival < least:
                oldest, least = at, arrival
        return oldest, now

    @contextlib.contextmanager
    def _locked(self, first: int) -> Iterator[None]:
        """Between processes only: within one, the event loop's thread is the only caller."""
        if not self._shared:
            yield
            return
        length = WAYS * _CELL.size
        fcntl.lockf(self._handle, fcntl.LOCK_EX, length, first)
        try:
            yield
        finally:
            fcntl.lockf(self._handle, fcntl.LOCK_UN, length, first)
