"""The whole way over the bundled sample, through the service that is served, with the hashing encoder."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from eval.cli.app import app
from eval.errors import OpenError
from eval.opening import open_service, settings_with
from eval.originals import Originals
from qa.build import build
from qa.wire import AskRequest

QUESTIONS = str(files("eval.questions").joinpath("sample.jsonl"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, sample_path: Path) -> Path:
    folder = tmp_path_factory.mktemp("index") / "index"
    build([sample_path], folder, load_encoder(load_catalogue().get("hashing")))
    return folder


def test_a_run_over_the_sample(index: Path, tmp_path: Path, sample_path: Path) -> None:
    arguments = ["run", "--index", str(index), "--questions", QUESTIONS, "--out", str(tmp_path / "run"), "--json"]
    got = CliRunner().invoke(app, [*arguments, "--sources", str(sample_path.parent)])
    assert got.exit_code == 0, got.output
    measures = json.loads(got.stdout)
    assert measures["counts"]["missing_expected"] == []
    assert measures["counts"]["errors"] == 0
    assert measures["citations"]["checked"] > 0
    assert measures["citations"]["broken"] == 0, measures["citations"]["faults"]
    assert measures["kinds"]["identifier"]["Success@1"]["value"] == 1.0
    assert measures["folded"]["R@100"]["value"] == 1.0  # 29 paragraphs: whatever the encoder, all of them fit
    conditions = json.loads((tmp_path / "run" / "conditions.json").read_text())
    assert conditions["service"]["encoder"] == "hashing"
    assert len(conditions["service"]["corpus sha256"]) == 64


def test_two_runs_give_the_same_ranking(index: Path, tmp_path: Path) -> None:
    runs = []
    for name in ("a", "b"):
        arguments = ["run", "--index", str(index), "--questions", QUESTIONS, "--out", str(tmp_path / name), "--json"]
        assert CliRunner().invoke(app, arguments).exit_code == 0
        runs.append([line.rsplit(" ", 1)[0] for line in (tmp_path / name / "run.trec").read_text().splitlines()])
    assert runs[0] == runs[1]
    assert len(runs[0]) > 100


def test_a_citation_that_lies_is_caught_against_the_kept_text(index: Path, tmp_path: Path) -> None:
    with open_service(index, settings_with(None, {})) as service:
        (citation,) = service.ask(AskRequest("para 19 of 55/179")).citations
        originals = Originals(index, service.generation)
        assert originals(citation) == []
        source = citation.source
        moved = msgspec.structs.replace(source, spans=[(start + 1, end + 1) for start, end in source.spans])
        assert "other characters" in originals(msgspec.structs.replace(citation, source=moved))[0]
        digest = msgspec.structs.replace(source, text_sha256="0" * 64)
        assert "text_sha256" in originals(msgspec.structs.replace(citation, source=digest))[0]
        originals.close()
        elsewhere = Originals(index, service.generation, tmp_path)  # a folder without the original
        assert "no original file" in elsewhere(citation)[0]
        elsewhere.close()
        with pytest.raises(OpenError, match="no such folder"):
            Originals(index, service.generation, tmp_path / "none")


@pytest.mark.parametrize("command", ["run", "sweep"])
def test_an_encoder_that_the_index_was_not_built_with_is_refused(index: Path, tmp_path: Path, command: str) -> None:
    settings, listed = tmp_path / "mine.toml", tmp_path / "sweep.toml"
    settings.write_text(files("qa").joinpath("settings.toml").read_text("utf-8"), encoding="utf-8")
    listed.write_text('[[configuration]]\nname = "a"\n[configuration.settings]\nencoder = "nope"\n', encoding="utf-8")
    more = ["--settings", str(settings)] if command == "run" else ["--configurations", str(listed)]
    arguments = [command, "--index", str(index), "--questions", QUESTIONS, "--out", str(tmp_path / "run"), *more]
    got = CliRunner().invoke(app, arguments)
    assert got.exit_code == 2, got.output
    assert f"and {index} was built with 'hashing'; write encoder = \"hashing\"" in got.stderr
    assert got.stderr.startswith(f"qa-eval: {settings}:" if command == "run" else "qa-eval: configuration a:")


def test_no_index_ends_in_one_line(tmp_path: Path) -> None:
    arguments = ["run", "--index", str(tmp_path / "none"), "--questions", QUESTIONS, "--out", str(tmp_path / "run")]
    got = CliRunner().invoke(app, arguments)
    assert got.exit_code == 2
    assert got.stderr.count("\n") == 1
    assert not (tmp_path / "run").exists()


def test_nothing_is_learnt_from_one_resolution(index: Path) -> None:
    got = CliRunner().invoke(app, ["tune", "--index", str(index), "--questions", QUESTIONS])
    assert got.exit_code == 2
    assert "too few questions to learn from" in got.output
