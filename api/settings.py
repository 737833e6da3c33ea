"""Settings: one TOML file, then environment variables over it; decoded once and strictly.

An environment variable is `QA_<SECTION>_<FIELD>`: `QA_SERVER_PORT=9000`, `QA_CORS_ORIGINS=https://a.org,https://b.org`.
`docs/settings.md` lists every field; `qa serve --show-config` prints what is in force.
"""

from __future__ import annotations

import difflib
import os
import tomllib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.errors import SettingsError
from api.networks import check_networks
from qa.store.place import place_of

Count = Annotated[int, Meta(ge=1, le=1_000_000)]
Seconds = Annotated[float, Meta(gt=0, le=600)]
Origin = Annotated[str, Meta(pattern=r"^(\*|https?://[A-Za-z0-9.\-\[\]:]+)$", max_length=300)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
PREFIX = "QA_"


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Root of the settings' sections."""


class Index(Section, frozen=True):
    """Where the index lies; `retrieval` and `models` name files to use instead of those that are shipped."""

    folder: Annotated[str, Meta(min_length=1)] = "index"
    retrieval: str = ""
    models: str = ""


class Server(Section, frozen=True):
    """Where to listen, and how the server treats connections.

    `receive_seconds` is the whole time a request may take to arrive, headers and body; `send_seconds` how long a reader
    may stand still; `drain_seconds` how long answers in flight may take after SIGTERM.
    """

    host: Annotated[str, Meta(min_length=1, max_length=255)] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8000
    workers: Annotated[int, Meta(ge=1, le=64)] = 1
    connections: Count = 2048
    receive_seconds: Seconds = 10.0
    send_seconds: Seconds = 15.0
    keep_alive_seconds: Seconds = 5.0
    drain_seconds: Seconds = 8.0
    https: bool = False


class Limits(Section, frozen=True):
    """How much one request may bring."""

    body_bytes: Annotated[int, Meta(ge=1024, le=16_777_216)] = 65_536
    header_bytes: Annotated[int, Meta(ge=1024, le=65_536)] = 16_384
    url_bytes: Annotated[int, Meta(ge=256, le=65_536)] = 8_192


class GateSettings(Section, frozen=True):
    """How many requests are worked on at once (0: as many as cores, shared out
    among the workers), how many wait in each worker, and for how long altogether.
    """

    concurrency: Annotated[int, Meta(ge=0, le=1024)] = 0
    queue: Annotated[int, Meta(ge=0, le=100_000)] = 12
    deadline_seconds: Seconds = 5.0


class Rate(Section, frozen=True):
    """How often one client may call `/v1`; `per_minute = 0`: no limit. `clients` bounds what is remembered."""

    per_minute: Annotated[int, Meta(ge=0, le=1_000_000)] = 300
    burst: Count = 60
    clients: Annotated[int, Meta(ge=64, le=1_048_576)] = 16_384


class Proxy(Section, frozen=True):
    """Addresses or networks of proxies whose X-Forwarded-For is believed. Nobody's by default."""

    trusted: list[str] = []


class Cors(Section, frozen=True):
    """Sites whose scripts may call the public routes; `*` is all of them, without credentials."""

    origins: list[Origin] = []


class Widget(Section, frozen=True):
    """Sites that may show the widget's page in a frame."""

    frame_ancestors: list[Origin] = []


class Key(Section, frozen=True):
    """One key: the SHA-256 of its text. `read` sees feedback and metrics, `admin` may also delete."""

    name: Annotated[str, Meta(min_length=1, max_length=64)]
    sha256: Digest
    scope: Literal["read", "admin"] = "read"
    expires: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class FeedbackSettings(Section, frozen=True):
    """Where feedback is kept: a SQLite file; empty keeps it as `feedback.sqlite3` in the index folder."""

    enabled: bool = True
    path: str = ""
    entries: Count = 100_000


class Logs(Section, frozen=True):
    """`questions = true` writes the text of questions to the log; they are personal data, so the default is not to."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    questions: bool = False
    access: bool = True


class Metrics(Section, frozen=True):
    """Who may read `/metrics`: anyone, the holder of a key, or nobody."""

    access: Literal["open", "key", "off"] = "open"


class Traces(Section, frozen=True):
    """Where OpenTelemetry spans are sent: the OTLP/HTTP address of a collector. Empty: no spans, nothing imported."""

    endpoint: Annotated[str, Meta(pattern=r"^(https?://\S+)?$", max_length=500)] = ""
    service: Annotated[str, Meta(min_length=1, max_length=100)] = "un-resolution-qa"


class Settings(Section, frozen=True):
    """All that can be set."""

    index: Index = Index()
    server: Server = Server()
    limits: Limits = Limits()
    gate: GateSettings = GateSettings()
    rate: Rate = Rate()
    proxy: Proxy = Proxy()
    cors: Cors = Cors()
    widget: Widget = Widget()
    keys: list[Key] = []
    feedback: FeedbackSettings = FeedbackSettings()
    logs: Logs = Logs()
    metrics: Metrics = Metrics()
    traces: Traces = Traces()


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from a TOML file (defaults where None) with the environment's values over it.

    Raises:
        SettingsError: the file cannot be read, a key is unknown or a value out of bounds; the text names where.
    """
    found = _read(path) if path is not None else {}
    merged = _overlay(found, os.environ if environ is None else environ)
    where = str(path) if path is not None else "settings"
    try:
        settings = msgspec.convert(merged, type=Settings)
    except msgspec.ValidationError as error:
        reason, _, at = str(error).partition(" - at `$.")
        place = at.rstrip("`") or "the top level"
        raise SettingsError(f"{where}: {place}: {reason}; docs/settings.md lists what may stand there") from None
    check_networks(settings.proxy.trusted)
    return settings


def _read(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); give the path of a TOML file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is no TOML: {error}") from None


def _overlay(found: dict[str, object], environ: Mapping[str, str]) -> dict[str, object]:
    """The file's values with those of `QA_<SECTION>_<FIELD>` variables over them."""
    merged = dict(found)
    _refuse_unknown(environ)
    for section in msgspec.structs.fields(Settings):
        if not (isinstance(section.type, type) and issubclass(section.type, Section)):
            continue
        prefix = f"{PREFIX}{section.name.upper()}_"
        fields = {field.name.upper(): field for field in msgspec.structs.fields(section.type)}
        for name, raw in environ.items():
            if not name.startswith(prefix):
                continue
            field = fields.get(name.removeprefix(prefix))
            if field is None:
                known = ", ".join(prefix + each for each in fields)
                raise SettingsError(f"{name}: no such setting; {prefix}* may be {known}")
            table = merged.get(section.name)
            merged[section.name] = {
                **(table if isinstance(table, dict) else {}),
                field.name: _value(name, raw, field.type),
            }
    return merged


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    """A variable of ours whose section does not exist is a slip of the pen, and must not be passed over.

    Raises:
        SettingsError: there is one.
    """
    sections = [field.name.upper() for field in msgspec.structs.fields(Settings) if field.name != "keys"]
    for name in environ:
        if name.startswith(PREFIX) and not name.startswith(tuple(f"{PREFIX}{each}_" for each in sections)):
            if name.startswith(f"{PREFIX}KEYS"):
                raise SettingsError(f"{name}: keys are set in the file (--config), as [[keys]]")
            near = difflib.get_close_matches(name.removeprefix(PREFIX).partition("_")[0], sections, n=1) or sections
            raise SettingsError(
                f"{name}: no such setting; did you mean {' or '.join(f'{PREFIX}{each}_*' for each in near)}?"
            )


def _value(name: str, raw: str, kind: object) -> object:
    """An environment variable's text as the type of its field; lists are separated by commas."""
    if typing.get_origin(kind) is list:
        return [part.strip() for part in raw.split(",") if part.strip()]
    if isinstance(kind, types.UnionType) and raw == "":
        return None
    try:
        return msgspec.convert(raw, type=kind, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{name}: {error}; docs/settings.md lists what may stand there") from None


def show_settings(settings: Settings) -> str:
    """The settings in force, as TOML. Digests of keys are cut short."""
    lines: list[str] = []
    built = msgspec.to_builtins(settings)
    for section, table in built.items():
        if section == "keys":
            for key in table:
                shown = {name: value for name, value in key.items() if value is not None}
                lines += ["[[keys]]", *(_line(name, value) for name, value in shown.items()), ""]
        else:
            lines += [f"[{section}]", *(_line(name, value) for name, value in table.items()), ""]
    return "\n".join(lines)


def _line(name: str, value: object) -> str:
    if name == "sha256":
        value = f"{str(value)[:12]}..."
    if name == "folder":
        value = str(place_of(str(value)))  # a database's URL without its password
    return f"{name} = {msgspec.json.encode(value).decode()}"
