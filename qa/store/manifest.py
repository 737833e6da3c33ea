"""The manifest of a generation: what lies in the folder, and what it was made with.

On disk it is one line of JSON whose last field is the sha256 of the rest as it stands, so that damage to the manifest
shows too. It guards against corruption, not against someone who can write to the folder.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from qa.store.errors import DamagedError, SchemaError

SCHEMA = 1
MANIFEST_NAME = "MANIFEST.json"
_MAX_SIZE = 16 << 20  # a manifest is a few kilobytes; more is none


class _Disk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Root of the structs on disk."""


class FileEntry(_Disk, frozen=True):
    """One file of the generation."""

    size: int
    sha256: str


class EncoderEntry(_Disk, frozen=True):
    """The model that made the vectors: anything here that differs makes other vectors."""

    name: str
    sha256: str
    dim: int
    query_prefix: str = ""
    passage_prefix: str = ""


class Counts(_Disk, frozen=True):
    """How much is inside."""

    resolutions: int
    paragraphs: int
    passages: int


class Manifest(_Disk, frozen=True):
    """`files` are relative to the generation's folder; `id` is its name without `gen-`; `created` is UTC, ISO."""

    schema: int
    id: str
    parent: str | None
    created: str
    encoder: EncoderEntry
    vectors: str
    parsers: list[str]
    passage_version: int
    lexical_version: int
    counts: Counts
    corpus_sha256: str
    files: dict[str, FileEntry]


class _Envelope(_Disk, frozen=True):
    manifest: msgspec.Raw
    sha256: str


class _SchemaOnly(msgspec.Struct, frozen=True):
    schema: int


def render(manifest: Manifest) -> bytes:
    """The manifest as it stands on disk."""
    return _seal(msgspec.json.encode(manifest))


def _seal(inner: bytes) -> bytes:
    envelope = _Envelope(msgspec.Raw(inner), hashlib.sha256(inner).hexdigest())
    return msgspec.json.encode(envelope) + b"\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the generation in `folder`.

    Raises:
        DamagedError: it is missing, changed, or names files outside the folder.
        SchemaError: another schema.
    """
    path = folder / MANIFEST_NAME
    try:
        if path.stat().st_size > _MAX_SIZE:
            raise DamagedError(path, "far too large for a manifest")
        raw = path.read_bytes()
    except OSError as error:
        raise DamagedError(path, f"cannot be read ({error.strerror})") from error
    return decode(raw, path)


def decode(raw: bytes, path: Path) -> Manifest:
    """Check and decode the bytes of a manifest; `path` is only for the messages."""
    try:
        envelope = msgspec.json.decode(raw, type=_Envelope)
        inner = bytes(envelope.manifest)
        if _seal(inner) != raw:
            raise DamagedError(path, "changed since it was written (its sha256 differs)")
        schema = msgspec.json.decode(inner, type=_SchemaOnly).schema
        if schema != SCHEMA:
            raise SchemaError(path, schema, SCHEMA)
        manifest = msgspec.json.decode(inner, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(path, f"not a manifest ({error})") from error
    for name in manifest.files:
        if not is_safe_name(name):
            raise DamagedError(path, f"names a file outside the generation: {name!r}")
    return manifest


def is_safe_name(name: str) -> bool:
    """Whether `name` is a plain relative path of at most two parts, such as `lexical/rows.npy`."""
    parts = name.split("/")
    return len(parts) <= 2 and all(
        part and part not in {".", ".."} and part.isascii() and not set(part) & set("\\:\0") for part in parts
    )
