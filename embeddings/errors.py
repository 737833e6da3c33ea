"""What can go wrong in `embeddings`; every error carries its values and names the mend.

::

    EmbeddingsError
    ├── CatalogueError        models.toml cannot be read, or says what it must not
    │   └── UnknownModelError   no table of that name
    ├── WeightsError
    │   ├── WeightsMissingError   file, folder or package is not there
    │   └── WeightsTamperedError  sha256 differs from the pinned one
    ├── WrongKindError        an encoder was asked of a pair scorer's table, or the reverse
    ├── ExtraMissingError     a library of the extra `models` is not installed
    ├── ExportError           a model cannot be exported safely
    ├── TextTooLongError      a text is over the model's limit; nothing is ever cut silently
    └── VectorError
        ├── BadVectorsError     wrong type, shape or dimension; NaN, infinite or zero rows
        └── IndexFileError      a vector index cannot be read from its file
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class EmbeddingsError(Exception):
    """Root of all errors of this package."""


class CatalogueError(EmbeddingsError):
    """The catalogue of models is unreadable, or a table in it is wrong."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}. Correct the file; every key is described in docs/models.md")


class UnknownModelError(CatalogueError):
    """No model of that name is in the catalogue."""

    def __init__(self, name: str, known: Sequence[str], path: Path) -> None:
        self.name = name
        self.known = tuple(known)
        EmbeddingsError.__init__(self, f"no model named {name!r} in {path}; known: {', '.join(known) or 'none'}")
        self.path = path
        self.reason = f"no model named {name!r}"


class WeightsError(EmbeddingsError):
    """The weights of a model are not as the catalogue says."""


class WeightsMissingError(WeightsError):
    """A weight file, its folder or its package is not there."""

    def __init__(self, model: str, missing: str, mend: str) -> None:
        self.model = model
        self.missing = missing
        self.mend = mend
        super().__init__(f"model {model}: {missing} is missing; run: {mend}")


class WeightsTamperedError(WeightsError):
    """A weight file's sha256 is not the pinned one."""

    def __init__(self, model: str, path: Path, expected: str, found: str) -> None:
        self.model = model
        self.path = path
        self.expected = expected
        self.found = found
        super().__init__(
            f"model {model}: {path} has sha256 {found}, but models.toml pins {expected}; the file was changed or cut "
            f"short. Restore it (git checkout, reinstall, or: qa models export {model})"
        )


class WrongKindError(EmbeddingsError):
    """The table in the catalogue is of another kind than asked for."""

    def __init__(self, model: str, kind: str, wanted: str) -> None:
        self.model = model
        self.kind = kind
        self.wanted = wanted
        super().__init__(f"model {model} is of kind {kind!r}, which is no {wanted}; name another with --model")


class ExtraMissingError(EmbeddingsError):
    """A library of the extra `models` is not installed."""

    def __init__(self, library: str, purpose: str) -> None:
        self.missing = library
        self.purpose = purpose
        super().__init__(f"{purpose} needs {library}; in the clone of this project: make models")


class ExportError(EmbeddingsError):
    """A model cannot be exported safely or at all."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"cannot export {source}: {reason}")


class TextTooLongError(EmbeddingsError):
    """Texts over the model's limit. Raised instead of cutting: cut windows by `count_tokens` first.

    `rows` are positions in the list that was handed in, `n_tokens` their counts.
    """

    def __init__(self, rows: Sequence[int], n_tokens: Sequence[int], max_tokens: int) -> None:
        self.rows = tuple(rows)
        self.n_tokens = tuple(n_tokens)
        self.max_tokens = max_tokens
        super().__init__(
            f"{len(self.rows)} text(s) over the model's limit of {max_tokens} tokens; the first is text {self.rows[0]} "
            f"with {self.n_tokens[0]}. Shorten it, or cut it into windows"
        )


class VectorError(EmbeddingsError):
    """Vectors or an index of them are unusable."""


class BadVectorsError(VectorError):
    """Vectors of a wrong type, shape or dimension, or rows that are NaN, infinite or zero."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"unusable vectors: {reason}")


class IndexFileError(VectorError):
    """A vector index cannot be read."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(
            f"{path}: no readable vector index ({reason}); build the index anew: qa build SOURCE... --index INDEX"
        )
