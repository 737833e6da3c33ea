"""Is a citation true? The law of quotation (`qa.records`) checked from the outside, by what the answer itself says."""

from __future__ import annotations

import re

from qa.wire import CitationOut

_SHA256 = re.compile(r"[0-9a-f]{64}")


def faults_of(citation: CitationOut) -> list[str]:
    """What is wrong with a citation, one line each; empty where it holds.

    Checked: the id is symbol and paragraph without blanks; the source's own characters, white space collapsed, are the
    clean text; the spans are ordered, and as long as those characters, in code points and in bytes; the highlight lies
    inside the text; the digests are digests.
    """
    source, faults = citation.source, []
    if citation.id != f"{citation.symbol}#{citation.paragraph}" or re.search(r"\s", citation.id):
        faults.append("the id is not its symbol and paragraph")
    if not citation.text:
        faults.append("the text is empty")
    if " ".join(source.exact.split()) != citation.text:
        faults.append("the source's characters are not the quoted text")
    if not _rising(source.spans) or sum(end - start for start, end in source.spans) != len(source.exact):
        faults.append("the spans do not cut the source's characters")
    n_bytes = len(source.exact.encode("utf-8", "surrogatepass"))
    if not _rising(source.byte_spans) or sum(end - start for start, end in source.byte_spans) != n_bytes:
        faults.append("the byte spans do not cut the source's bytes")
    if citation.highlight is not None:
        start, end = citation.highlight
        if not 0 <= start < end <= len(citation.text):
            faults.append("the highlight lies outside the text")
    if not _SHA256.fullmatch(source.sha256) or not _SHA256.fullmatch(source.text_sha256):
        faults.append("a digest is no sha256")
    return [f"{citation.id}: {fault}" for fault in faults]


def faults_against_source(citation: CitationOut, text: str) -> list[str]:
    """What is wrong with a citation against the text that it says it quotes, in code points and in UTF-8 bytes."""
    raw = text.encode("utf-8", "surrogatepass")
    source, faults = citation.source, []
    if "".join(text[start:end] for start, end in source.spans) != source.exact:
        faults.append("the spans cut other characters out of the source")
    if b"".join(raw[start:end] for start, end in source.byte_spans) != source.exact.encode("utf-8", "surrogatepass"):
        faults.append("the byte spans cut other bytes out of the source")
    return [f"{citation.id}: {fault}" for fault in faults]


def _rising(spans: list[tuple[int, int]]) -> bool:
    """Whether spans are non-empty, in order and apart."""
    ends = [0, *(end for _, end in spans)]
    return bool(spans) and all(
        start >= before and end > start for before, (start, end) in zip(ends, spans, strict=False)
    )
