"""Does a generation fit the model that is to search it? A wrong one gives plausible nonsense, not a crash."""

from __future__ import annotations

from qa.lexical import LEXICAL_VERSION
from qa.passages import PASSAGE_VERSION
from qa.store.errors import EncoderMismatchError, OldPassagesError, OldTermsError
from qa.store.manifest import EncoderEntry
from qa.store.published import Published


def check_encoder(generation: Published, asked: EncoderEntry) -> None:
    """Refuse a generation that another model made.

    Raises:
        EncoderMismatchError: name, sha256, dimension or a prefix differs.
    """
    built = generation.manifest.encoder
    for name in EncoderEntry.__struct_fields__:
        has, wanted = getattr(built, name), getattr(asked, name)
        if has != wanted:
            raise EncoderMismatchError(generation.place, name, str(has), str(wanted))


def check_served(generation: Published, asked: EncoderEntry) -> None:
    """Refuse to search a generation that another model made, or whose words were split otherwise than the question's will be.

    Raises:
        EncoderMismatchError: name, sha256, dimension or a prefix differs; OldTermsError: the version of the lexical index does.
    """
    check_encoder(generation, asked)
    built = generation.manifest.lexical_version
    if built != LEXICAL_VERSION:
        raise OldTermsError(generation.place, built, LEXICAL_VERSION)


def check_passages(generation: Published) -> None:
    """Refuse to add to a generation whose passages were made otherwise.

    Raises:
        OldPassagesError: the version differs.
    """
    built = generation.manifest.passage_version
    if built != PASSAGE_VERSION:
        raise OldPassagesError(generation.place, built, PASSAGE_VERSION)
