"""The catalogue: strict, and paths relative to the file that names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.catalogue import BUILT_IN, HashingEncoderSpec, OnnxEncoderSpec, TorchEncoderSpec, load_catalogue
from embeddings.errors import CatalogueError, UnknownModelError

REFERENCE = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_the_default_is_served_from_onnx_and_its_reference_is_pinned() -> None:
    catalogue = load_catalogue()
    spec = catalogue.get()
    assert isinstance(spec, OnnxEncoderSpec)
    assert (spec.name, spec.dim, spec.max_tokens) == ("un-minilm", 384, 256)

    plain = catalogue.get("all-MiniLM-L6-v2")
    assert isinstance(plain, OnnxEncoderSpec)
    assert (spec.token_dim, plain.token_dim) == (48, 0)
    reference = catalogue.get("all-MiniLM-L6-v2-reference")
    assert isinstance(reference, TorchEncoderSpec)
    assert reference.files["model.safetensors"] == REFERENCE


def test_the_file_at_the_top_is_the_one_in_the_package() -> None:
    assert (BUILT_IN.parent.parent / "models.toml").read_bytes() == BUILT_IN.read_bytes()


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownModelError, match=r"'bert'.*all-MiniLM-L6-v2.*hashing"):
        load_catalogue().get("bert")


def test_a_second_file_adds_replaces_and_names_its_own_folder(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'default = "tiny"\n[models.tiny]\nkind = "hashing"\ndim = 16\n[models.hashing]\nkind="hashing"\ndim=8\n'
    )
    catalogue = load_catalogue(own)
    tiny = catalogue.get()
    assert isinstance(tiny, HashingEncoderSpec)
    assert (tiny.name, tiny.dim, tiny.root) == ("tiny", 16, str(tmp_path))
    hashing = catalogue.get("hashing")
    assert isinstance(hashing, HashingEncoderSpec)
    assert hashing.dim == 8
    assert catalogue.get("all-MiniLM-L6-v2").root == str(BUILT_IN.parent)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[models.a]\nkind = "hashing"\ndim = 0', r"\$\.models\[\.\.\.\]\.dim"),
        ('[models.a]\nkind = "hashing"\ncolour = 1', "colour"),
        ('[models.a]\nkind = "pickle"', "pickle"),
        ('[models.a]\nkind = "hashing"\nname = "b"', "name"),
        ('[models.a]\nkind = "onnx"\nfolder = "x"\ndim = 3\nfiles."../x" = "' + "0" * 64 + '"', "files"),
        ('[models.a]\nkind = "onnx"\nfolder = "x"\ndim = 3\nfiles.x = "abc"', "files"),
        ('[models.a]\nkind = "onnx"\nfolder = "x"\ndim = 3\nfiles = {}\ntoken_dim = -1', "token_dim"),
        ('[models.a]\nkind = "hashing"\ntoken_dim = 8', "token_dim"),
        ('[models.a]\nkind="torch"\ndim=3\nfiles={}\nsource={from="hub",repository="a/b",revision="main"}', "revision"),
        ("[models.a", "TOML|line|Expected"),
        ('default = "overlap"\n[models]', "no encoder"),
        ('default = "nowhere"\n[models]', "nowhere"),
        ("\x00", "TOML|line|control|Invalid"),
    ],
)
def test_what_breaks_the_schema_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(CatalogueError, match=said) as caught:
        load_catalogue(own)
    assert str(own) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"no\.toml"):
        load_catalogue(tmp_path / "no.toml")
