"""The domain's records as JSON on disk, and back.

The parts of a resolution are written by msgspec by the field names of `qa.records`. A test pins those names: whoever
changes a record must raise `qa.store.manifest.SCHEMA`, and then old generations say "rebuild" instead of being misread.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec.structs import replace

from qa.records import Dropped, Footnote, Heading, Paragraph, Passage, Resolution, SourceText, Span, Vote
from qa.symbols import Symbol


class StoredResolution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A resolution as it lies on disk: the symbol in canonical form, the source without its text (kept beside it)."""

    symbol: str
    organ: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    source: SourceText
    session: str | None
    adopted: dt.date | None
    meeting: str | None
    vote: Vote | None
    agenda_item: str | None
    origin: str | None
    headings: tuple[Heading, ...]
    footnotes: tuple[Footnote, ...]
    dropped: tuple[tuple[Span, Dropped], ...]
    absent: dict[str, str]
    derived: dict[str, str]
    parser: str


_COPIED = tuple(name for name in StoredResolution.__struct_fields__ if name not in {"symbol", "source"})


class RecordCodec:
    """Encodes and decodes; one may be used by many threads."""

    def __init__(self) -> None:
        self._encoder = msgspec.json.Encoder()
        self._resolutions = msgspec.json.Decoder(StoredResolution)
        self._passages = msgspec.json.Decoder(Passage)

    def encode_resolution(self, resolution: Resolution) -> bytes:
        """The record without the source's text."""
        copied = {name: getattr(resolution, name) for name in _COPIED}
        bare = replace(resolution.source, text="")
        return self._encoder.encode(StoredResolution(symbol=str(resolution.symbol), source=bare, **copied))

    def decode_resolution(self, raw: bytes, text: str) -> Resolution:
        """The record that `encode_resolution` wrote, with its source's `text` put back."""
        stored = self._resolutions.decode(raw)
        copied = {name: getattr(stored, name) for name in _COPIED}
        return Resolution(symbol=Symbol.parse(stored.symbol), source=replace(stored.source, text=text), **copied)

    def encode_passage(self, passage: Passage, tokens: bytes = b"") -> bytes:
        """A passage as JSON; behind it, after a NUL, the vectors of its tokens where the encoder gives them."""
        return self.with_tokens(self._encoder.encode(passage), tokens)

    @staticmethod
    def with_tokens(passage: bytes, tokens: bytes) -> bytes:
        """What `encode_passage` gives, from what it gave without tokens."""
        return passage + b"\0" + tokens if tokens else passage

    def decode_passage(self, raw: bytes) -> Passage:
        """The passage that `encode_passage` wrote."""
        return self._passages.decode(raw.partition(b"\0")[0])

    @staticmethod
    def tokens_in(raw: bytes) -> bytes:
        """The token vectors that `encode_passage` put behind a passage; empty where there are none."""
        return raw.partition(b"\0")[2]
