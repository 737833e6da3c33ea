"""Made-up texts of the Council and the Assembly, read, indexed and asked as any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.build import build
from qa.service import QAService
from qa.settings import load_settings

COUNCIL = """RESOLUTION {number} ({year})

Adopted by the Security Council at its {meeting} meeting,
on {day} {year}

The Security Council,

{recitals}

{acts}
"""


ASSEMBLY = """United Nations {symbol}
General Assembly

{session} session

Resolution adopted by the General Assembly on {day}

{title}

The General Assembly,

{recitals}

{acts}
"""


@contextmanager
def served(folder: Path, texts: Mapping[str, str]) -> Iterator[QAService]:
    """A service over texts (name of the file without its ending -> text), without a ranker."""
    (folder / "texts").mkdir()
    for name, text in texts.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    build([folder / "texts"], folder / "index", load_encoder(load_catalogue().get("hashing")))
    with QAService.open(folder / "index", msgspec.structs.replace(load_settings(), ranker="")) as opened:
        yield opened
