"""Several configurations over the same questions: what each ingredient is worth, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from eval.errors import SweepError
from eval.files import lines_of
from eval.opening import open_service, settings_with
from eval.originals import Originals
from eval.records import Question
from eval.report import write_report
from eval.running import run_questions
from eval.serving import facts_of, settings_of
from eval.wire import SweepRow
from qa.store.place import Place, place_of


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name and the settings that differ from the shipped ones; `index` where it needs an index of its own."""

    name: str
    settings: dict[str, Any] = {}
    index: str | None = None


class Configurations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: `[[configuration]]` tables."""

    configuration: list[Configuration]


def read_configurations(path: Path) -> tuple[Configuration, ...]:
    """The configurations of a TOML file, in its order.

    Raises:
        SweepError: the file is no such list, is empty, or names one twice or with a path in the name.
    """
    try:
        listed = msgspec.toml.decode("".join(lines_of(path)), type=Configurations).configuration
    except msgspec.DecodeError as error:
        raise SweepError(
            f"{path}: {error}; write [[configuration]] tables with name and [configuration.settings]"
        ) from error
    names = [one.name for one in listed]
    bad = [name for name in names if names.count(name) > 1 or name in ("", ".", "..") or "/" in name]
    if bad or not names:
        raise SweepError(f"{path}: names must be there, differ, and hold no slash: {', '.join(bad) or 'none given'}")
    return tuple(listed)


def sweep_all(
    index: Place,
    questions: Sequence[Question],
    configurations: Sequence[Configuration],
    *,
    k: int,
    out: Path,
    questions_file: Path,
    settings: Path | None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[SweepRow]:
    """Run every configuration, each into its own folder under `out`.

    All settings are read before the first question is asked, so that a typing error costs nothing.
    """
    chosen = [settings_with(settings, one.settings) for one in configurations]
    rows: list[SweepRow] = []
    total = len(questions) * len(configurations)
    for number, (one, these) in enumerate(zip(configurations, chosen, strict=True)):
        where = place_of(one.index) if one.index else index
        service = open_service(where, these, f"configuration {one.name}" if "encoder" in one.settings else settings)
        originals = Originals(where, service.generation)
        done = number * len(questions)
        found = run_questions(
            service,
            questions,
            k=k,
            out=out / one.name,
            name=one.name,
            index=where,
            questions_file=questions_file,
            service_facts=facts_of(where, service.generation),
            settings=settings_of(these),
            checks=[originals],
            progress=lambda inner, _, done=done: progress(done + inner, total),  # type: ignore[misc]
        )
        write_report(found)
        originals.close()
        service.close()
        rows.append(SweepRow(one.name, str(found.path), found.measures))
    (out / "sweep.json").write_bytes(msgspec.json.encode(rows))
    return rows
