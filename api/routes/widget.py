"""The widget's one file: the newest at `/widget.js`, each version for good at `/widget/<version>.js`."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import brotli
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from api.desk import Caller

_NAME = re.compile(r"widget-(\d+)\.(\d+)\.(\d+)\.js")
_SOON = "public, max-age=3600"
_FOR_GOOD = "public, max-age=31536000, immutable"


def versions() -> dict[str, str]:
    """The versions held, oldest first, and the name of each one's file."""
    names = [each.name for each in (files("api") / "assets").iterdir() if _NAME.fullmatch(each.name)]
    ordered = sorted(names, key=lambda name: [int(n) for n in _NAME.fullmatch(name).groups()])  # type: ignore[union-attr]
    return {name.removeprefix("widget-").removesuffix(".js"): name for name in ordered}


def integrity(version: str) -> str:
    """The subresource-integrity hash of a version, for the `integrity` attribute."""
    digest = hashlib.sha384((files("api") / "assets" / versions()[version]).read_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


@get("/widget.js", include_in_schema=False)
async def newest(request: Caller) -> Response[bytes]:
    """The newest version: for pages that do not pin one."""
    return _reply(request, list(versions().values())[-1], _SOON)


@get("/widget/{name:str}", include_in_schema=False)
async def one_version(request: Caller, name: FromPath[str]) -> Response[bytes]:
    """One version, which never changes: for pages with a subresource-integrity hash."""
    file = versions().get(name.removesuffix(".js")) if name.endswith(".js") else None
    if file is None:
        raise NotFoundException
    return _reply(request, file, _FOR_GOOD)


def _reply(request: Caller, file: str, kept: str) -> Response[bytes]:
    accepted = {each.partition(";")[0].strip() for each in request.headers.get("accept-encoding", "").split(",")}
    coding = next((each for each in ("br", "gzip") if each in accepted), "")
    body, tag = _encoded(file, coding)
    headers = {"ETag": tag, "Cache-Control": kept, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers=headers)
    if coding:
        headers["Content-Encoding"] = coding
    return Response(body, headers={**headers, "Content-Type": "text/javascript; charset=utf-8"})


@lru_cache(maxsize=16)
def _encoded(file: str, coding: str) -> tuple[bytes, str]:
    """A file's bytes in a content coding, and their entity tag."""
    plain = (files("api") / "assets" / file).read_bytes()
    body = {"br": brotli.compress, "gzip": lambda text: gzip.compress(text, 9, mtime=0), "": bytes}[coding](plain)
    return body, f'"{hashlib.sha256(plain).hexdigest()[:20]}-{coding}"'


HANDLERS: list[Any] = [newest, one_version]


def main() -> None:
    """Print, for each version held, the tag that pins it."""
    for version in versions():
        address = f"https://HOST/widget/{version}.js"
        print(  # noqa: T201
            f'<script type="module" crossorigin="anonymous" src="{address}" integrity="{integrity(version)}"></script>'
        )


if __name__ == "__main__":
    main()
