"""The compose file is YAML, names what exists, and every setting in it is one that the service takes."""

from __future__ import annotations

from typing import Any

import pytest

from api.app import create_app
from api.settings import load_settings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    found = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    assert isinstance(found, dict)
    return found


def test_every_name_is_defined(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name, service in services.items():
        assert service["image"], name
        assert set(service.get("depends_on", [])) <= set(services), name
        assert {one["source"] for one in service.get("configs", [])} <= set(compose["configs"]), name
        named = {one.partition(":")[0] for one in service.get("volumes", [])}
        assert named <= set(compose["volumes"]), name


def test_the_replica_starts_with_these_settings(compose: dict[str, Any]) -> None:
    given = compose["services"]["replica"]["environment"]
    settings = load_settings(None, {name: value for name, value in given.items() if name.startswith("QA_")})
    assert settings.index.folder == "postgresql://qa@engine/qa"
    assert (settings.server.host, settings.server.port, settings.feedback.enabled) == ("0.0.0.0", 8000, False)


def test_the_door_asks_for_an_address_that_there_is(compose: dict[str, Any]) -> None:
    rules = compose["configs"]["door"]["content"]
    path = rules.split("httpchk GET ")[1].split()[0]
    assert path in {route.path for route in create_app().routes}
    port = compose["services"]["replica"]["environment"]["QA_SERVER_PORT"]
    assert f"replica:{port} " in rules
    assert all(one.startswith("127.0.0.1:") for one in compose["services"]["door"]["ports"]), "loopback unless asked"


def test_no_secret_stands_in_it(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or str(value).startswith("${POSTGRES_PASSWORD:?"), name
