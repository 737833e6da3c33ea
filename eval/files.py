"""Text files that others wrote: UTF-8, gzip or not."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from eval.errors import UnreadableError


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a text file, each with its end, unpacked where its name ends in `.gz`.

    Raises:
        UnreadableError: it is no UTF-8, or was packed and is cut or damaged.
        OSError: it is not there, a folder, or may not be read.
    """
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8-sig", newline="\n") as file:
            yield from file
    except UnicodeDecodeError as error:
        raise UnreadableError(
            path, f"no text in UTF-8 ({error.reason} at byte {error.start})", "save it as UTF-8"
        ) from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableError(path, f"a damaged or cut gzip file ({error})", "fetch or pack it again") from None
