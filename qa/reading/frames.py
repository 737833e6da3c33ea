"""What parent and child say to each other: length-prefixed msgpack; nothing that comes from a child is executed."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

import msgspec

from qa.records import Resolution, SourceText

MAX_FRAME = 1_000_000_000
_LENGTH = struct.Struct("<I")


class Job(msgspec.Struct, frozen=True, tag="job"):
    """Read this file."""

    path: str
    encoding: str | None
    cpu_seconds: int


class Parsed(msgspec.Struct, frozen=True, tag="parsed"):
    """One text, understood."""

    resolution: Resolution


class Unparsed(msgspec.Struct, frozen=True, tag="unparsed"):
    """One text, read but not understood."""

    source: SourceText
    why: str


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The file cannot be read; `kind` names the class of `qa.errors`."""

    kind: str
    why: str
    mend: str


class Done(msgspec.Struct, frozen=True, tag="done"):
    """Nothing more comes of this file."""


Frame = Parsed | Unparsed | Refused | Done
_ENCODER = msgspec.msgpack.Encoder()
_FRAMES: msgspec.msgpack.Decoder[Frame] = msgspec.msgpack.Decoder(Frame)
_JOBS = msgspec.msgpack.Decoder(Job)


def write_frame(stream: BinaryIO, frame: Frame | Job) -> None:
    """Send one frame."""
    body = _ENCODER.encode(frame)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def split_frame(data: bytearray) -> Frame | None:
    """Take the first whole frame out of `data`, in place; None while it is not all there.

    Raises:
        ValueError: what came is no frame.
    """
    if len(data) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack_from(data)
    if length > MAX_FRAME:
        raise ValueError("a frame larger than any resolution")
    if len(data) < _LENGTH.size + length:
        return None
    body = bytes(data[_LENGTH.size : _LENGTH.size + length])
    del data[: _LENGTH.size + length]
    return _FRAMES.decode(body)


def read_job(stream: BinaryIO) -> Job | None:
    """The next job; None when the parent has closed the pipe."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    return _JOBS.decode(stream.read(length))


def job(path: Path, encoding: str | None, cpu_seconds: int) -> Job:
    """A job for a file."""
    return Job(str(path), encoding, cpu_seconds)
