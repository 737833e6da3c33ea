"""An event loop for processes that listen on one socket, which takes one connection at a time and so leaves some to the others."""

from __future__ import annotations

import asyncio
import socket
from typing import Any


class TurnTaking(asyncio.SelectorEventLoop):
    """asyncio accepts as many waiting connections at once as its backlog is long: of eight that come together one process
    would take all, and the others would have nothing to do.
    """

    async def create_server(  # type: ignore[override]
        self, *arguments: Any, sock: socket.socket, backlog: int, **named: Any
    ) -> asyncio.Server:
        """As asyncio's, over an open socket; `backlog` connections may wait there."""
        server = await super().create_server(*arguments, sock=sock, backlog=1, **named)
        sock.listen(backlog)  # asyncio has made it as short as its turns
        return server
