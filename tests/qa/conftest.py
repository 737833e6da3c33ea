"""The service that the tests of its manners share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.build import build
from qa.service import QAService
from qa.settings import load_settings
from tests.qa.corpora import write_corpus


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, sample_path: Path) -> Iterator[QAService]:
    """Over the sample, with the hashing encoder, which has no meaning and no tokens."""
    index = tmp_path_factory.mktemp("index")
    build([sample_path], index, load_encoder(load_catalogue().get("hashing")))
    settings = msgspec.structs.replace(load_settings(), ranker="")
    with QAService.open(index, settings) as opened:
        yield opened


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of made-up resolutions."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where an index may be built."""
    return tmp_path / "index"
