"""Settings: strict, bounded, with the place of every fault; and what is shown can be read again."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from api.errors import SettingsError
from api.settings import Cors, Key, Proxy, Section, Settings, load_settings, show_settings

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "settings.md"


def test_defaults_file_and_environment_in_this_order(tmp_path: Path) -> None:
    assert load_settings(None, {}) == Settings()
    file = tmp_path / "qa.toml"
    file.write_text('[server]\nport = 9000\nhost = "0.0.0.0"\n[cors]\norigins = ["https://a.org"]\n', "utf-8")
    found = load_settings(
        file, {"QA_SERVER_PORT": "9001", "QA_CORS_ORIGINS": "https://b.org, https://c.org", "PATH": "x"}
    )
    assert (found.server.host, found.server.port) == ("0.0.0.0", 9001)
    assert found.cors.origins == ["https://b.org", "https://c.org"]
    assert (
        load_settings(None, {"QA_LOGS_QUESTIONS": "true", "QA_GATE_DEADLINE_SECONDS": "2.5"}).gate.deadline_seconds
        == 2.5
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[server]\nport = 70000\n", "server.port"),
        ("[server]\nports = 1\n", "ports"),
        ("[sever]\nport = 1\n", "sever"),
        ('[server]\nport = "8000"\n', "server.port"),
        ("[limits]\nbody_bytes = 0\n", "limits.body_bytes"),
        ('[cors]\norigins = ["a.org"]\n', "cors.origins[0]"),
        ('[proxy]\ntrusted = ["*"]\n', "proxy.trusted"),
        ('[[keys]]\nname = "a"\nsha256 = "secret"\n', "keys[0].sha256"),
        ("server = 5\n", "server"),
        ("[server\n", "no TOML"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "qa.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as fault:
        load_settings(file, {})
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QA_SEVER_PORT", "1"),
        ("QA_KEYS_NAME", "a"),
        ("QA_SERVER", "1"),
        ("QA_SERVER_PORTS", "1"),
        ("QA_SERVER_PORT", "many"),
        ("QA_SERVER_PORT", "70000"),
    ],
)
def test_a_faulty_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings(None, {name: value})


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "none.toml", {})


def test_what_is_shown_can_be_read_again_and_keeps_digests_short() -> None:
    settings = Settings(cors=Cors(["https://a.org"]), proxy=Proxy(["10.0.0.0/8"]))
    assert msgspec.convert(tomllib.loads(show_settings(settings)), type=Settings) == settings
    shown = show_settings(Settings(keys=[Key("a", "0" * 52 + "123456789abc")]))
    assert "123456789abc" not in shown
    assert 'name = "a"' in shown


def test_every_setting_is_documented_with_its_default() -> None:
    text = DOCS.read_text("utf-8")
    for section in msgspec.structs.fields(Settings):
        kind = Key if section.name == "keys" else section.type
        assert issubclass(kind, Section)
        part = text.partition(f"## {section.name}\n")[2].partition("\n## ")[0]
        assert part, f"docs/settings.md has no section {section.name}"
        for field in msgspec.structs.fields(kind):
            assert f"| `{field.name}` |" in part, f"docs/settings.md does not tell of {section.name}.{field.name}"
            if field.default is not msgspec.NODEFAULT and not isinstance(field.default, list):
                shown = msgspec.json.encode(field.default).decode()
                assert f"| `{field.name}` | `{shown}` |" in part, f"{section.name}.{field.name}: the default is {shown}"
