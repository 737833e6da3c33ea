"""For those who run the server: is it alive, is it ready, what is it, how does it do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import HeaderParameter

from api.desk import Caller, Desk
from api.errors import NotReadyError
from api.keys import require_key
from api.meters import CONTENT_TYPE
from api.wire import HealthOut, VersionOut
from qa.version import NAME, running_version

_NEVER = {"Cache-Control": "no-store"}


@get("/health/live", summary="Is the process alive", tags=["operations"])
async def live() -> Response[HealthOut]:
    """200 as long as the process answers at all."""
    return Response(HealthOut("ok"), headers=_NEVER)


@get(["/healthz", "/health/ready"], summary="Can it answer", tags=["operations"])
async def ready(desk: NamedDependency[Desk]) -> Response[HealthOut]:
    """200 when an index is being served; 503 until then, and while shutting down."""
    state = desk.look()
    if not state.ready:
        raise NotReadyError("no index is being served", 2)
    out = HealthOut(
        "degraded" if state.degraded else "ok",
        state.generation,
        state.model,
        state.resolutions,
        state.passages,
        [_without_paths(each, desk.settings.index.folder) for each in state.degraded],
    )
    return Response(out, headers=_NEVER)


@get("/version", summary="What is running", tags=["operations"])
async def what_runs(desk: NamedDependency[Desk]) -> Response[VersionOut]:
    """The software's version, the index generation and the model."""
    out = VersionOut(NAME, running_version(), desk.service.generation, desk.service.model)
    return Response(out, headers=_NEVER)


@get("/metrics", summary="Metrics for Prometheus", tags=["operations"], media_type="text/plain", produces="text/plain")
async def metrics(
    request: Caller,
    desk: NamedDependency[Desk],
    authorization: Annotated[str | None, HeaderParameter(name="Authorization", max_length=300)] = None,
) -> Response[bytes]:
    """Prometheus's text form."""
    if desk.settings.metrics.access != "open":
        require_key(desk.settings, authorization, "read", off=desk.settings.metrics.access == "off")
    desk.look()
    headers = {**_NEVER, "Content-Type": CONTENT_TYPE}
    return Response(desk.meters.text(), headers=headers, media_type="text/plain")


def _without_paths(text: str, folder: str) -> str:
    """What is wrong with the index, with "index" for the folder's place on this machine."""
    for path in (str(Path(folder).absolute()), folder):
        text = text.replace(path, "index")
    return text
