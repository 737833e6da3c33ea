"""An application over the small service, without sockets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.settings import FeedbackSettings, Logs, Rate, Settings
from tests.api.doubles import SmallService


@pytest.fixture
def service() -> SmallService:
    return SmallService()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        rate=Rate(per_minute=0),
        feedback=FeedbackSettings(path=str(tmp_path / "feedback.sqlite3")),
        logs=Logs(access=False),
    )


@pytest.fixture
def client(settings: Settings, service: SmallService) -> Iterator[TestClient[Litestar]]:
    with TestClient(create_app(settings, service)) as opened:
        yield opened
