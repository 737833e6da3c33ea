"""Opening the service that the settings name; its heavy imports happen here and no earlier."""

from __future__ import annotations

from pathlib import Path

from api.ports import Service
from api.settings import Settings


def open_service(settings: Settings) -> Service:
    """The service over the index of the settings: a folder, or a database by its URL.

    Raises:
        QAError, EmbeddingsError: the index or its model cannot be used.
    """
    from embeddings.catalogue import load_catalogue
    from qa.service import QAService
    from qa.settings import load_settings
    from qa.store.place import place_of

    given = settings.index
    service = QAService.open(
        place_of(given.folder),
        load_settings(Path(given.retrieval)) if given.retrieval else None,
        load_catalogue(Path(given.models)) if given.models else None,
        given.retrieval or None,
    )
    service.warm()
    service.watch()
    return service
