"""Zip archives (DOCX) are looked over before anything unpacks them."""

from __future__ import annotations

import io
import zipfile
import zlib

from qa.errors import DamagedFileError, HostileFileError

MAX_ENTRIES = 10_000
MAX_TOTAL = 500_000_000  # bytes, unpacked
MAX_RATIO = 100
_FREE = 1_000_000  # bytes that may be unpacked at any ratio
_STEP = 1 << 16
_MEND = "save the document anew in a word processor"


def check_archive(raw: bytes, name: str) -> None:
    """Unpack every entry, counting, and keep none: sizes that the archive declares are not believed.

    Raises:
        DamagedFileError: no archive, or truncated.
        HostileFileError: too many entries, too large, too dense, names that leave the folder, or XML with a DOCTYPE.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise HostileFileError(name, f"{len(entries):,} entries in the archive", _MEND)
            total = 0
            for entry in entries:
                _check_name(entry, name)
                total += _check_entry(archive, entry, name, len(raw), total)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        why = f"no readable archive ({type(error).__name__})"
        raise DamagedFileError(name, why, "fetch the file again") from error


def _check_name(entry: zipfile.ZipInfo, name: str) -> None:
    path = entry.filename.replace("\\", "/")
    link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    if path.startswith("/") or ".." in path.split("/") or ":" in path or link:
        raise HostileFileError(name, "an entry's name leads out of the archive", _MEND)


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, packed: int, before: int) -> int:
    size = 0
    head = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_STEP):
            size += len(chunk)
            head = head or chunk[:4096]
            total = before + size
            if total > MAX_TOTAL or (total > _FREE and total > MAX_RATIO * packed):
                raise HostileFileError(name, f"it unpacks to more than {total:,} bytes", _MEND)
    if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in head:
        raise HostileFileError(name, "XML with a DOCTYPE in the archive", _MEND)
    return size
