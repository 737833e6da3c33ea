"""Where an index lies: in a folder (the default), or in a PostgreSQL database. One line of configuration names either."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from qa.store.errors import PlaceError

SCHEMES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Database:
    """A database by its URL, as libpq takes it: several hosts may stand in it. Shown without its password."""

    url: str

    def __str__(self) -> str:
        """The URL without what nobody should read in a log."""
        address = urlsplit(self.url)
        user, at, hosts = address.netloc.rpartition("@")
        return f"{address.scheme}://{user.partition(':')[0]}{at}{hosts}{address.path}"


Place = Path | Database


def place_of(text: str | Path) -> Place:
    """What an index's name means: a URL names a database, all else a folder."""
    scheme, mark, _ = str(text).partition("://")
    return Database(str(text)) if mark and scheme in SCHEMES else Path(text)


def folder_of(text: str | Path) -> Path:
    """The folder that a name means.

    Raises:
        PlaceError: it names a database, where only a folder will do.
    """
    place = place_of(text)
    if isinstance(place, Database):
        raise PlaceError(str(place))
    return place
