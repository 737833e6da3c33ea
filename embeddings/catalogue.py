"""The catalogue of models: `models.toml`, strictly decoded.

The file lies in this package, so that a wheel carries it; `models.toml` at the top of the repository is a link to it.
Paths in a catalogue are relative to the folder of the file that names them. A second file (`load_catalogue(path)`)
adds tables, or replaces those of the same name.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta, Struct

from embeddings.errors import CatalogueError, UnknownModelError

BUILT_IN = Path(__file__).resolve().parent / "models.toml"

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Revision = Annotated[str, Meta(pattern="^[0-9a-f]{40}$")]
FileName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_\-][A-Za-z0-9_.\-]*(/[A-Za-z0-9_\-][A-Za-z0-9_.\-]*)*$")]
PackageName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._\-]*[A-Za-z0-9])?$")]
TokenLimit = Annotated[int, Meta(ge=8, le=131_072)]
Dimension = Annotated[int, Meta(ge=1, le=65_536)]


class _Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No unknown keys."""


class _Place(_Strict, frozen=True, kw_only=True, tag_field="from"):
    """Where weights are; `sha256` is that of model.safetensors, checked before it is opened."""

    sha256: Sha256 | None = None


class FolderSource(_Place, frozen=True, kw_only=True, tag="folder"):
    """Weights in a folder, as sentence-transformers saves them."""

    path: str


class PackageSource(_Place, frozen=True, kw_only=True, tag="package"):
    """Weights inside an installed distribution; `path` is the folder within site-packages."""

    package: PackageName
    path: FileName


class HubSource(_Place, frozen=True, kw_only=True, tag="hub"):
    """Weights on the Hugging Face hub, at one commit and no other."""

    repository: Annotated[str, Meta(pattern=r"^[\w.\-]+/[\w.\-]+$")]
    revision: Revision


Source = FolderSource | PackageSource | HubSource


class _Table(_Strict, frozen=True, kw_only=True, tag_field="kind"):
    """What all kinds share. `name` and `root` come from the table's place, never from its keys."""

    max_tokens: TokenLimit = 256
    licence: str = ""
    note: str = ""
    name: str = ""
    root: str = ""


class OnnxEncoderSpec(_Table, frozen=True, kw_only=True, tag="onnx"):
    """An encoder exported to ONNX with its tokenizer: what serving uses."""

    role: ClassVar[str] = "encoder"
    folder: str
    dim: Dimension
    token_dim: Annotated[int, Meta(ge=0, le=1024)] = 0  # of the tokens' own vectors; 0: the graph gives none
    files: dict[FileName, Sha256]
    query_prefix: str = ""
    passage_prefix: str = ""
    source: Source | None = None


class TorchEncoderSpec(_Table, frozen=True, kw_only=True, tag="torch"):
    """An encoder as sentence-transformers loads it: the reference, and what an export starts from."""

    role: ClassVar[str] = "encoder"
    source: Source
    dim: Dimension
    files: dict[FileName, Sha256]
    query_prefix: str = ""
    passage_prefix: str = ""


class HashingEncoderSpec(_Table, frozen=True, kw_only=True, tag="hashing"):
    """Hashed words: no weights, no meaning, always the same; for tests and dry runs."""

    role: ClassVar[str] = "encoder"
    dim: Dimension = 256


class OnnxPairSpec(_Table, frozen=True, kw_only=True, tag="onnx-pairs"):
    """A cross-encoder exported to ONNX with its tokenizer."""

    role: ClassVar[str] = "pair scorer"
    folder: str
    files: dict[FileName, Sha256]
    source: Source | None = None


class TorchPairSpec(_Table, frozen=True, kw_only=True, tag="torch-pairs"):
    """A cross-encoder as sentence-transformers loads it."""

    role: ClassVar[str] = "pair scorer"
    source: Source
    files: dict[FileName, Sha256]


class OverlapPairSpec(_Table, frozen=True, kw_only=True, tag="overlap-pairs"):
    """Shared words: no weights; for tests and dry runs."""

    role: ClassVar[str] = "pair scorer"


ModelSpec = OnnxEncoderSpec | TorchEncoderSpec | HashingEncoderSpec | OnnxPairSpec | TorchPairSpec | OverlapPairSpec


class _File(_Strict, frozen=True, kw_only=True):
    """A whole `models.toml`."""

    models: dict[str, ModelSpec]
    default: str | None = None
    default_pairs: str | None = None


class Catalogue(Struct, frozen=True):
    """All models by name, the default encoder's name and, where one is named, the default pair scorer's."""

    models: dict[str, ModelSpec]
    default: str
    default_pairs: str | None
    path: Path

    def get(self, name: str | None = None) -> ModelSpec:
        """The table of that name; without one, the default encoder's.

        Raises:
            UnknownModelError: no such table.
        """
        wanted = self.default if name is None else name
        if wanted not in self.models:
            raise UnknownModelError(wanted, sorted(self.models), self.path)
        return self.models[wanted]


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue that ships with the package, with the tables of `path` laid over it where one is given.

    Raises:
        CatalogueError: a file is unreadable or breaks the schema; the message holds the TOML path.
        UnknownModelError: a default names no table.
    """
    files = [BUILT_IN] if path is None or path.resolve() == BUILT_IN else [BUILT_IN, path]
    models: dict[str, ModelSpec] = {}
    default: str | None = None
    default_pairs: str | None = None
    for file in files:
        found = _read(file)
        models |= found.models
        default = found.default or default
        default_pairs = found.default_pairs or default_pairs
    if default is None:
        raise CatalogueError(files[-1], "no default model is named")
    catalogue = Catalogue(models=models, default=default, default_pairs=default_pairs, path=files[-1])
    for name, role in ((default, "encoder"), (default_pairs, "pair scorer")):
        if name is not None and catalogue.get(name).role != role:
            raise CatalogueError(files[-1], f"the default {name!r} is no {role}")
    return catalogue


def _read(path: Path) -> _File:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        found = msgspec.convert(raw, _File)
    except OSError as error:
        raise CatalogueError(path, error.strerror or str(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(path, str(error)) from error
    for name, spec in found.models.items():
        if spec.name or spec.root:
            raise CatalogueError(path, f"models.{name} may not hold the keys `name` or `root`")
    root = str(path.resolve().parent)
    placed = {name: msgspec.structs.replace(spec, name=name, root=root) for name, spec in found.models.items()}
    return msgspec.structs.replace(found, models=placed)
