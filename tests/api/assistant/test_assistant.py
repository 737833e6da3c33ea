"""The MCP server, called by the SDK's own client: in the process, over standard input, and over HTTP."""

from __future__ import annotations

import functools
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp", reason="needs the MCP SDK: pip install -e '.[mcp]'")
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from api.assistant.tools import build_server
from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.build import build
from qa.service import QAService

ROOT = Path(__file__).resolve().parents[3]
PARAGRAPH = "A/RES/55/179#OP19"
Talk = Callable[[Client], Awaitable[Any]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, sample_path: Path) -> Path:
    folder = tmp_path_factory.mktemp("assistant") / "index"
    build([sample_path], folder, load_encoder(load_catalogue().get("hashing")))
    return folder


@pytest.fixture(scope="module")
def service(index: Path) -> Iterator[QAService]:
    with QAService.open(index) as opened:
        yield opened


def talk(server: Any, words: Talk) -> Any:
    async def conversation() -> Any:
        with anyio.fail_after(60):
            async with Client(server) as client:
                return await words(client)

    return anyio.run(conversation)


def call(server: Any, tool: str, **arguments: Any) -> Any:
    async def words(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    return talk(server, words)


def given(server: Any, tool: str, **arguments: Any) -> Any:
    result = call(server, tool, **arguments)
    assert not result.is_error, result.content
    return result.structured_content


def check_verbatim(quotation: dict[str, Any], service: QAService, sample: str) -> None:
    spans = service.paragraph(quotation["id"]).source.spans
    assert quotation["quotation"] == " ".join("".join(sample[a:b] for a, b in spans).split())
    assert quotation["citation"].startswith("General Assembly resolution 55/179, ")
    assert quotation["url"] == "https://docs.un.org/en/A/RES/55/179"


def test_the_tools_tell_what_they_take_and_that_they_only_read(service: QAService) -> None:
    async def words(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in talk(build_server(service), words)}
    assert set(tools) == {"search_resolutions", "ask", "get_paragraph", "get_resolution"}
    for tool in tools.values():
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.output_schema
        assert all("description" in one for one in tool.input_schema["properties"].values() if one.get("type"))


def test_an_answer_carries_quotation_and_citation(service: QAService, sample_path: Path) -> None:
    answer = given(build_server(service), "ask", question="para 19 of 55/179", k=1)
    assert answer["status"] == "answered"
    (quotation,) = answer["quotations"]
    assert quotation["id"] == PARAGRAPH
    check_verbatim(quotation, service, sample_path.read_text("utf-8"))
    assert quotation["answering_words"] is None or quotation["answering_words"] in quotation["quotation"]


def test_an_abstention_says_why(service: QAService) -> None:
    answer = given(build_server(service), "ask", question="How did France vote on 55/179?")
    assert (answer["status"], answer["quotations"]) == ("abstained", [])
    assert "voted" in answer["reason"]


def test_search_gives_as_many_as_asked(service: QAService, sample_path: Path) -> None:
    found = given(build_server(service), "search_resolutions", query="Kosovo elections", k=4)["quotations"]
    assert len(found) == 4
    for quotation in found:
        check_verbatim(quotation, service, sample_path.read_text("utf-8"))


def test_paragraphs_and_resolutions_are_read_in_place(service: QAService) -> None:
    server = build_server(service)
    page = given(server, "get_paragraph", paragraph_id=PARAGRAPH)
    assert page["citation"] == "General Assembly resolution 55/179, para. 19"
    assert [one["id"][-2:] for one in (*page["before"], page["paragraph"], *page["after"])] == [
        "17",
        "18",
        "19",
        "20",
        "21",
    ]
    text = given(server, "get_resolution", symbol="resolution 55/179", first=28, n=5)
    assert (text["n_paragraphs"], [one["id"][-4:] for one in text["paragraphs"]]) == (29, ["OP22", "OP23"])


@pytest.mark.parametrize(
    ("tool", "arguments", "hint"),
    [
        ("get_paragraph", {"paragraph_id": "A/RES/55/179#OP99"}, "OP23"),
        ("get_resolution", {"symbol": "A/RES/55/180"}, "does not hold"),
        ("get_resolution", {"symbol": "53/1"}, "may be"),
        ("ask", {"question": "  "}, "ask something"),
        ("ask", {"question": "what?", "organ": ["Parliament"]}, "General Assembly"),
        ("ask", {"question": "what?", "k": 0}, "k"),
    ],
)
def test_what_is_wrong_is_told_with_the_mend(service: QAService, tool: str, arguments: Any, hint: str) -> None:
    result = call(build_server(service), tool, **arguments)
    assert result.is_error
    assert hint in result.content[0].text
    assert "Traceback" not in result.content[0].text


def test_over_standard_input(index: Path) -> None:
    line = ["-m", "qa.cli", "mcp", "--index", str(index)]
    server = StdioServerParameters(command=sys.executable, args=line, cwd=str(ROOT), env={"PYTHONPATH": str(ROOT)})
    answer = given(server, "ask", question="para 19 of 55/179", k=1)
    assert answer["quotations"][0]["id"] == PARAGRAPH


def test_over_http(index: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "qa.cli", "mcp", "--index", str(index), "--http", "--port", str(port)]
    process = subprocess.Popen(line, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        wait_for(functools.partial(socket.create_connection, ("127.0.0.1", port), 1))
        answer = given(f"http://127.0.0.1:{port}/mcp", "ask", question="para 19 of 55/179", k=1)
        assert answer["quotations"][0]["id"] == PARAGRAPH
    finally:
        process.terminate()
        _, told = process.communicate(timeout=15)
    assert b"55/179" not in told, "a question was logged"


def wait_for(opens: Callable[[], socket.socket]) -> None:
    for _ in range(300):
        try:
            opens().close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not start")


def test_without_an_index_it_ends_in_one_line(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "qa.cli", "mcp", "--index", str(tmp_path / "none")]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "qa build" in done.stderr
    assert len(done.stderr.splitlines()) == 1
