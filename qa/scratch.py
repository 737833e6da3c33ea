"""Files without a name, for what a build has no memory for.

The system takes such a file away when its process ends, however it ends: there is nothing to clear up.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self, cast


class Scratch:
    """Gives out such files on the disk of one folder, and closes them all at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = ExitStack()

    def file(self) -> BinaryIO:
        """A new one, empty, for writing and reading; may be closed early.

        Raises:
            OSError: the system refused.
        """
        made = tempfile.TemporaryFile(dir=self.folder, prefix="spool-", suffix=".tmp")  # noqa: SIM115
        self._files.callback(_dismiss, made)
        return cast("BinaryIO", made)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()


def _dismiss(file: IO[bytes]) -> None:
    with suppress(OSError):  # what a full disk did not take is of no use any more
        file.close()
