"""Reading and parsing in a child process: a file can take its child down, never the service or the batch.

One child serves many files and is started anew when it dies, so that a batch costs one start, not one a file.
"""

from __future__ import annotations

import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from qa import errors
from qa.errors import DamagedFileError, HostileFileError, ParseError, ReadError
from qa.program import program
from qa.reading.frames import Done, Frame, Parsed, Refused, Unparsed, job, split_frame, write_frame
from qa.records import Resolution, SourceText

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: bytes of address space, seconds of processor, seconds until the next sign of life."""

    memory: int = 2_000_000_000
    cpu_seconds: int = 30
    silence_seconds: float = 60.0


class SafeReader:
    """Reads files in a child process; use it as a context manager.

    `read` and `parse` go together: the child does both, and `parse` hands out what it made of a text that `read` gave.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._data = bytearray()
        self._parsed: dict[tuple[str, str], Resolution | str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        self._data.clear()
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def read(self, path: Path, encoding: str | None = None) -> Iterator[SourceText]:
        """The texts in a file; each is ready to be handed to `parse`.

        Raises:
            ReadError: the file cannot be read, or took more than its limits.
        """
        for frame in self._frames(path, encoding):
            source = frame.resolution.source if isinstance(frame, Parsed) else frame.source
            key = (source.name, source.text_sha256)
            self._parsed[key] = frame.resolution if isinstance(frame, Parsed) else frame.why
            yield source
            self._parsed.pop(key, None)

    def parse(self, source: SourceText) -> Resolution:
        """What the child understood of a text that `read` gave last.

        Raises:
            ParseError: no resolution was understood, or the text is not the last one given.
        """
        found = self._parsed.get((source.name, source.text_sha256), "the text was not read just before")
        if isinstance(found, str):
            raise ParseError(source.name, found)
        return found

    def resolutions(self, path: Path, encoding: str | None = None) -> Iterator[Resolution | ParseError]:
        """Read and parse: each text's resolution, or why there is none.

        Raises:
            ReadError: the file cannot be read, or took more than its limits.
        """
        for frame in self._frames(path, encoding):
            yield frame.resolution if isinstance(frame, Parsed) else ParseError(frame.source.name, frame.why)

    def _frames(self, path: Path, encoding: str | None) -> Iterator[Parsed | Unparsed]:
        child = self._start()
        finished = False
        try:
            if child.stdin is None:
                raise DamagedFileError(path.name, "its reader did not start", "try again")
            with suppress(BrokenPipeError):
                write_frame(child.stdin, job(path.absolute(), encoding, self._limits.cpu_seconds))  # type: ignore[arg-type]
            while not isinstance(frame := self._next(child, path.name), Done):
                if isinstance(frame, Refused):
                    finished = isinstance(self._next(child, path.name), Done)
                    raise _error(frame, path.name)
                yield frame
            finished = True
        finally:
            if not finished:
                self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            command = program("qa.reading.child", str(self._limits.memory))
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._child

    def _next(self, child: subprocess.Popen[bytes], name: str) -> Frame:
        """The next frame, or the error that the child's silence or end is."""
        deadline = time.monotonic() + self._limits.silence_seconds
        while True:
            try:
                frame = split_frame(self._data)
            except ValueError as error:  # msgspec's errors are ValueErrors too
                raise HostileFileError(name, "its reader answered nonsense", "give it in another form") from error
            if frame is not None:
                return frame
            left = deadline - time.monotonic()
            if child.stdout is None or left <= 0 or not select.select([child.stdout], [], [], left)[0]:
                why = f"its reader was silent for {self._limits.silence_seconds:.0f} seconds"
                raise HostileFileError(name, why, "split it by resolution")
            chunk = child.stdout.read1(_CHUNK)  # type: ignore[attr-defined]
            if not chunk:
                raise _death(child, name, self._limits)
            self._data += chunk


def _death(child: subprocess.Popen[bytes], name: str, limits: Limits) -> ReadError:
    code = child.wait()
    if code in (-24, -9):  # SIGXCPU, SIGKILL
        return HostileFileError(name, f"it took more than {limits.cpu_seconds} seconds", "split it by resolution")
    return HostileFileError(name, f"it brought its reader down (exit {code})", "give it in another form")


def _error(frame: Refused, name: str) -> ReadError:
    kind = getattr(errors, frame.kind, DamagedFileError)
    if not (isinstance(kind, type) and issubclass(kind, ReadError)):
        kind = DamagedFileError
    return kind(name, frame.why, frame.mend)


def read_safely(path: Path, limits: Limits | None = None) -> Iterator[Resolution | ParseError]:
    """Read and parse one file in a child of its own.

    Raises:
        ReadError: the file cannot be read, or took more than its limits.
    """
    with SafeReader(limits) as reader:
        yield from reader.resolutions(path)
