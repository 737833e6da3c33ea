"""What can go wrong with an index folder. Every message names the file and the mend.

StoreError
├── NoIndexError             no generation is there
├── NotAFolderError          a file lies where the folder would
├── SamePlaceError           an index copied onto itself
├── DamagedError             a file is not what the manifest says
├── SchemaError              written by another version of this program
├── EncoderMismatchError     built with another model than the one asked to search it
├── OldPassagesError         passages made otherwise than this program makes them
├── OldTermsError            a lexical index of other terms than questions have
├── ClosedError              asked after it was closed
├── BusyError                another process is building into the folder
├── DiskError                the system refused to write or read
├── EmptyCorpusError         nothing to publish
├── ArchiveError             an exported index that cannot be taken in
├── ClusterError             no workers to build on
├── ShareError               work for one of them that failed
├── PlaceError               a database named where only a folder will do
└── EngineError              a database that cannot be used as it is
    └── EngineDownError      it does not answer just now
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.errors import QAError, typed


def _build(place: object) -> str:
    """The command that builds the index anew in which a file or a generation lies."""
    path = place if isinstance(place, Path) else Path()
    folder = next((one.parent for one in (path, *path.parents) if one.name.startswith("gen-")), None)
    return f"qa build SOURCE... --index {'INDEX' if folder is None else typed(folder)}"


class StoreError(QAError):
    """Root of the errors of `qa.store`."""


class NoIndexError(StoreError):
    """A folder that holds no usable generation; `refused` says why each that lies there was refused."""

    def __init__(self, index: object, why: str = "no index there", refused: tuple[str, ...] = ()) -> None:
        reasons = f" ({'; '.join(refused)})" if refused else ""
        super().__init__(f"{index}: {why}{reasons}; build one with: qa build SOURCE... --index {typed(str(index))}")
        self.index = index
        self.refused = refused


class NotAFolderError(StoreError):
    """A file where an index would lie."""

    def __init__(self, index: Path, file: Path) -> None:
        super().__init__(
            f"{index}: {'it' if file == index else file} is a file, and an index is a folder; name a folder"
        )
        self.index = index


class SamePlaceError(StoreError):
    """An index that would be copied onto itself."""

    def __init__(self, place: object) -> None:
        super().__init__(f"{place}: the index cannot be copied onto itself; name another folder or database")
        self.place = place


class DamagedError(StoreError):
    """A file, or a database's record, that is missing, cut, changed or not understood."""

    def __init__(self, path: object, why: str, mend: str = "") -> None:
        again = mend or f"bring it back from a copy, or build the index again with: {_build(path)}"
        super().__init__(f"{path}: {why}; {again}")
        self.path = path
        self.why = why


class SchemaError(StoreError):
    """A generation of another schema."""

    def __init__(self, path: Path, found: int, expected: int) -> None:
        super().__init__(f"{path}: schema {found}, this program reads {expected}; rebuild with: {_build(path)}")
        self.path = path
        self.found = found
        self.expected = expected


class EncoderMismatchError(StoreError):
    """A generation whose vectors another model made."""

    def __init__(self, index: object, field: str, built: str, asked: str) -> None:
        super().__init__(
            f"{index}: built with another model: {field} is {built}, not {asked}; "
            f"use --model {built if field == 'name' else 'of that build'}, or rebuild with: qa build SOURCE... --index {typed(str(index))}"
        )
        self.index = index
        self.field = field
        self.built = built
        self.asked = asked


class OldPassagesError(StoreError):
    """A generation of other passages: it can be searched, but what is added to it would be made otherwise."""

    def __init__(self, index: object, built: int, now: int) -> None:
        super().__init__(
            f"{index}: its passages are of version {built}, this program makes version {now}, and one index holds one kind; "
            f"build it anew with: qa build SOURCE... --index {index}"
        )
        self.index = index
        self.built = built
        self.now = now


class OldTermsError(StoreError):
    """A generation whose lexical index has other terms than a question would have: it would miss words that are there."""

    def __init__(self, index: object, built: int, now: int) -> None:
        super().__init__(
            f"{index}: its lexical index is of version {built}, this program searches version {now}; "
            f"make it anew, with nothing encoded again: qa build SOURCE... --index {index}"
        )
        self.index = index
        self.built = built
        self.now = now


class ClosedError(StoreError):
    """A question after the index was closed."""

    def __init__(self, index: object) -> None:
        super().__init__(f"{index}: closed; open it again to ask")
        self.index = index


class BusyError(StoreError):
    """One builder at a time."""

    def __init__(self, index: object) -> None:
        super().__init__(f"{index}: another process is building into this index; wait until it has ended")
        self.index = index


class DiskError(StoreError):
    """The operating system could not do what was asked of a file; `state` says what the index is now."""

    def __init__(self, path: Path, cause: OSError, state: str = "the index is as it was before") -> None:
        super().__init__(
            f"{path}: the disk said: {cause.strerror or cause}; "
            f"{state}: make room or mend the disk, then run the same command again"
        )
        self.path = path
        self.cause = cause
        self.errno = cause.errno


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Whatever the system refuses within is told as a DiskError of `path`."""
    try:
        yield
    except OSError as error:
        raise DiskError(path, error) from error


class EmptyCorpusError(StoreError):
    """No resolution to publish; `reasons` says of each refused source why."""

    def __init__(self, index: Path, reasons: tuple[str, ...]) -> None:
        shown = "; ".join(reasons[:3]) + (f"; and {len(reasons) - 3} more" if len(reasons) > 3 else "")
        tail = f" (refused: {shown})" if reasons else ""
        super().__init__(f"{index}: no resolution to index{tail}; give files or folders that hold resolutions")
        self.index = index
        self.reasons = reasons


class ArchiveError(StoreError):
    """An archive that is no export of an index, or not to be trusted."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}; export it again with: qa export")
        self.path = path
        self.why = why


class PlaceError(StoreError):
    """A command that works on folders only."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place}: this works on an index folder; bring the index into one with: qa index copy {place} FOLDER"
        )
        self.place = place


class EngineError(StoreError):
    """A database that cannot hold or give an index until somebody has mended something."""

    def __init__(self, place: str, why: str, mend: str) -> None:
        super().__init__(f"{place}: {why}; {mend}")
        self.place = place
        self.why = why


class EngineDownError(EngineError):
    """A database that does not answer just now; every later call tries it again. `retry_after` is in seconds."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(place, why, "ask again: it is tried anew at every question; the operator starts the database")
        self.retry_after = 2


class ClusterError(StoreError):
    """No cluster to build on."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"Ray at {address!r}: {why}; name the address of a running cluster, or local, and run again")
        self.address = address


class ShareError(StoreError):
    """A share of the files that could not be done."""

    def __init__(self, first: Path, why: str) -> None:
        super().__init__(f"the share that begins with {first} failed: {why}; run again: what is done stays done")
        self.first = first
