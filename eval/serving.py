"""What is being measured, in the words of its index and its settings, for the conditions of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.place import Place


def facts_of(index: Place, generation: str) -> dict[str, str]:
    """The manifest's facts: encoder and digest of its weights, corpus digest, parsers, how vectors are kept.

    Raises:
        StoreError: the manifest is gone or damaged.
    """
    from qa.opening import read

    opened = read(index, generation)
    manifest = opened.manifest
    opened.close()
    return {
        "encoder": manifest.encoder.name,
        "encoder sha256": manifest.encoder.sha256,
        "corpus sha256": manifest.corpus_sha256,
        "index built": manifest.created,
        "vectors": manifest.vectors,
        "parsers": ", ".join(manifest.parsers),
        "resolutions": str(manifest.counts.resolutions),
        "paragraphs": str(manifest.counts.paragraphs),
        "passages": str(manifest.counts.passages),
    }


def settings_of(settings: Settings) -> dict[str, object]:
    """Settings as plain values."""
    plain: dict[str, object] = msgspec.to_builtins(settings)
    return plain
