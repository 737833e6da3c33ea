"""Questions that nobody would ask, to the real service over the sample: `python -m tests.api.fuzz` asks 5,000.

Blanks, control characters, lone surrogates, bidi marks, zero-width and combining floods, emoji sequences, search
operators, regular expressions, markup, and what the service has words for (symbols, paragraphs, dates, organs), mixed.
"""

from __future__ import annotations

import json
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.settings import FeedbackSettings, Index, Logs, Rate, Settings
from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.build import build
from qa.settings import load_settings
from qa.wire import AnswerOut, SearchOut
from tests.api.hostile import TEXTS

JSON = {"Content-Type": "application/json"}
_WORDS = [
    "A/RES/55/179", "55/179", "para. 19", "paragraph 4 (a) (ii)", "resolution 1244 (1999)", "S/RES/", "OP19", "#", "Security Council",
    "in 1999", "on 31 February 2000", "who voted", "when", "Moldova", "café", "naïve", "Việt Nam", "Côte d'Ivoire", "Türkiye",
    "AND", "OR NOT", "NEAR(a, 5)", "title:", "*", "\"", "^1.5", "[a TO b]", "~2", "(?:x+x+)+y", "%s %d", "${7*7}", "\x00", "\x1b[31m",
    "\u202e", "\u200b", "\u200d", "\ufeff", "\u0301", "👩‍👩‍👧‍👦", "🇺🇳", "שלום", "مرحبا", "讓我們", "ﬁ", "Å", "<b>", "</script>", "\u2028",
]  # fmt: skip
_RUNS = st.builds(
    lambda text, times: (text * times)[:2000], st.sampled_from([*_WORDS, "a", " ", "?", "1"]), st.integers(1, 2000)
)
QUESTIONS = st.one_of(
    st.sampled_from(TEXTS),
    st.text(st.characters(), max_size=200),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zs", "Co"]), max_size=80),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30).map(" ".join),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30).map("".join),
    _RUNS,
    st.integers(1_990, 2_010).map(lambda length: "é" * length),
    st.integers(0, 1).map(lambda more: "q" * (1_000_000 + more)),
)


@dataclass
class Asked:
    """What came back: statuses, what is wrong, the slowest answer in seconds, and how many twins were compared."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    twins: int = 0


def ask_questions(count: int, sample: Path, folder: Path, start: int = 1) -> Asked:
    """`count` questions, each asked and, where its composed and decomposed forms differ, searched for in both."""
    asked = Asked()
    build([sample], folder / "index", load_encoder(load_catalogue().get(load_settings().encoder)))
    settings = Settings(
        index=Index(str(folder / "index")),
        rate=Rate(per_minute=0),
        feedback=FeedbackSettings(enabled=False),
        logs=Logs(level="error", access=False),
    )
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:

        @seed(start)
        @given(question=QUESTIONS)
        @hypothesis_settings(
            max_examples=count,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def one(question: str) -> None:
            _ask(client, question, asked)

        one()
    return asked


def _ask(client: TestClient[Litestar], question: str, asked: Asked) -> None:
    body = json.dumps({"question": question}).encode()
    began = time.monotonic()
    answer = client.post("/v1/ask", content=body, headers=JSON)
    asked.slowest = max(asked.slowest, time.monotonic() - began)
    asked.statuses[answer.status_code] += 1
    if answer.status_code not in _right(question, len(body)):
        asked.wrong.append(f"{question[:60]!r} ({len(question)} characters): {answer.status_code}")
    elif answer.status_code == 200:
        msgspec.json.decode(answer.content, type=AnswerOut)
        forms = {unicodedata.normalize(form, question) for form in ("NFC", "NFD")}
        if len(forms) == 2 and max(map(len, forms)) <= 2000:
            asked.twins += 1
            first, second = (_found(client, form) for form in sorted(forms))
            if first != second:
                asked.wrong.append(f"{question[:60]!r}: the twin finds {second}, not {first}")


def _right(question: str, size: int) -> set[int]:
    """The statuses that a question may bring."""
    if size > 65_536:
        return {413}
    if any("\ud800" <= one <= "\udfff" for one in question):
        return {400, 422}
    return {200} if question.strip() and len(question) <= 2000 else {422}


def _found(client: TestClient[Litestar], question: str) -> list[str]:
    answer = client.post("/v1/search", json={"question": question, "k": 10})
    return [one.id for one in msgspec.json.decode(answer.content, type=SearchOut).citations]
