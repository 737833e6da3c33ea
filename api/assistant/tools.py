"""The tools: search_resolutions, ask, get_paragraph, get_resolution. They read only, and reach nothing but the index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from api.assistant.shapes import (
    Answer,
    Found,
    ParagraphInPlace,
    ResolutionText,
    answer_of,
    in_place,
    quotation_of,
    stretch_of,
)
from api.ports import Service
from qa.errors import QAError
from qa.version import NAME, running_version
from qa.wire import AskRequest, Filters

_INSTRUCTIONS = """\
United Nations resolutions, quoted word for word. Put each `quotation` between quotation marks, unchanged, with its
`citation` and `url`; shorten only by an ellipsis. Where `status` is "abstained", say that the texts held here do not tell,
give the `reason`, and do not present `nearest` as an answer. An opening such as "Recalling" (kind "preambular") states no
obligation. How a State voted and what was said in debate is not in these texts."""
_READS_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="A question in plain words, in English.", max_length=2000)]
Words = Annotated[
    str, Field(description="What the paragraphs should be about, in plain words or a symbol.", max_length=2000)
]
Number = Annotated[int, Field(description="How many paragraphs at most.", ge=1, le=20)]
Organs = Annotated[list[str] | None, Field(description="Only these organs, such as 'Security Council'.")]
Year = Annotated[int | None, Field(description="Year of adoption, inclusive.")]
ParagraphId = Annotated[str, Field(description="Such as A/RES/55/179#OP19.", max_length=200)]
SymbolText = Annotated[
    str, Field(description="Such as A/RES/55/179, S/RES/1244(1999) or 'resolution 55/179'.", max_length=200)
]
First = Annotated[int, Field(description="The paragraph to begin with, counted from 1.", ge=1)]
Length = Annotated[int, Field(description="How many paragraphs.", ge=1, le=100)]


def build_server(service: Service) -> MCPServer[None]:
    """An MCP server over a service; close the service yourself."""
    server: MCPServer[None] = MCPServer(
        NAME,
        title="United Nations resolutions",
        instructions=_INSTRUCTIONS,
        version=running_version(),
        log_level="WARNING",  # at INFO the SDK writes refused arguments, and with them questions, to its log
    )

    @server.tool(annotations=_READS_ONLY, structured_output=True)
    def search_resolutions(
        query: Words, k: Number = 5, organ: Organs = None, year_from: Year = None, year_to: Year = None
    ) -> Found:
        """Find paragraphs of United Nations resolutions by meaning and words, best first, each verbatim and cited."""
        with _told():
            request = AskRequest(query, k, _filters(organ, year_from, year_to))
            return Found([quotation_of(one) for one in service.search(request).citations])

    @server.tool(annotations=_READS_ONLY, structured_output=True)
    def ask(
        question: Question, k: Number = 3, organ: Organs = None, year_from: Year = None, year_to: Year = None
    ) -> Answer:
        """Answer a question by the paragraphs that say it, verbatim and cited, or abstain where the texts do not say."""
        with _told():
            return answer_of(service.ask(AskRequest(question, k, _filters(organ, year_from, year_to))))

    @server.tool(annotations=_READS_ONLY, structured_output=True)
    def get_paragraph(paragraph_id: ParagraphId) -> ParagraphInPlace:
        """One paragraph by its id, verbatim and cited, with its neighbours."""
        with _told():
            return in_place(service.paragraph(paragraph_id))

    @server.tool(annotations=_READS_ONLY, structured_output=True)
    def get_resolution(symbol: SymbolText, first: First = 1, n: Length = 60) -> ResolutionText:
        """The paragraphs of one resolution in order, verbatim; ask again with `first` where it has more than `n`."""
        with _told():
            return stretch_of(service.resolution(symbol), first, n)

    return server


def _filters(organ: list[str] | None, year_from: int | None, year_to: int | None) -> Filters:
    return Filters(organ=organ or [], year_from=year_from, year_to=year_to)


@contextmanager
def _told() -> Iterator[None]:
    """An error raised on purpose becomes the tool's own words, which name the mend."""
    try:
        yield
    except QAError as error:
        raise ToolError(str(error)) from error
