"""Citations held against what they quote: the text in the index, and the original files where they are at hand."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from eval.citations import faults_against_source
from eval.errors import OpenError
from qa.wire import CitationOut

if TYPE_CHECKING:
    from qa.store.place import Place
    from qa.store.published import Published


class Originals:
    """Checks citations against their sources; satisfies `asking.CitationCheck`.

    The text kept in the index is read past the service, so that a service that quotes wrongly cannot vouch for itself.
    """

    def __init__(self, index: Place, generation: str, folder: Path | None = None) -> None:
        """Open the sources of `generation`.

        Args:
            index: Where the index lies.
            generation: The generation that answers.
            folder: Where the original files lie; None leaves them out.

        Raises:
            OpenError: the folder is not there. StoreError: the generation is damaged or gone.
        """
        from qa.opening import read

        if folder is not None and not folder.is_dir():
            raise OpenError(f"{folder}: no such folder; --sources names the folder that the index was built from")
        self._generation: Published = read(index, generation)
        self._folder = folder

    def __call__(self, citation: CitationOut) -> list[str]:
        """What is wrong with a citation, one line each."""
        text = self._generation.resolution(citation.symbol).source.text
        faults = faults_against_source(citation, text)
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != citation.source.text_sha256:
            faults.append(f"{citation.id}: text_sha256 is not that of the text")
        if self._folder is not None and citation.source.sha256 not in self._digests:
            faults.append(f"{citation.id}: no original file has the sha256 that it names ({citation.source.name})")
        return faults

    def close(self) -> None:
        """Give back files and locks."""
        self._generation.close()

    @cached_property
    def _digests(self) -> frozenset[str]:
        """The digests of all original files, and of their lines where a file holds a resolution a line."""
        digests = set()
        for path in self._folder.rglob("*") if self._folder else ():
            if path.is_file():
                raw = path.read_bytes()
                digests.add(hashlib.sha256(raw).hexdigest())
                if path.suffix == ".jsonl":
                    digests |= {hashlib.sha256(line).hexdigest() for line in raw.splitlines()}
        return frozenset(digests)
