"""What can go wrong in `qa`. Every error names the mend; HTTP status lives in `api.errors`, as a table.

QAError
├── SymbolError              a text is no symbol of a United Nations resolution
│   └── AmbiguousSymbolError it may be more than one: the candidates are given
├── ReadError                a file could not be read
│   ├── UnsupportedFormatError
│   ├── HostileFileError     refused for safety: DOCTYPE, bomb, limits exceeded
│   └── DamagedFileError     empty, truncated, undecodable
├── ParseError               the text is no resolution that we understand
├── StoreError               see `qa.store.errors`
├── QuestionError            a question that cannot be asked: empty, too long
├── FilterError              a filter that names nothing known
├── FetchError               a text that could not be brought from the United Nations' document site
│   ├── MissingTextError     the site has none
│   └── SiteError            the site does not answer, or asks us to come back later: nothing more is tried
└── NotFoundError            a symbol or paragraph that the corpus does not hold
"""

from __future__ import annotations

import shlex
from pathlib import Path


def typed(path: Path | str) -> str:
    """A path as it is typed in a terminal."""
    quoted = shlex.quote(str(path))
    return f"./{quoted}" if quoted.startswith("-") else quoted


class QAError(Exception):
    """Root of every error that `qa` raises on purpose; its text is one line and names the mend."""


class SymbolError(QAError):
    """A text that is no symbol of a resolution."""

    def __init__(self, text: str, why: str = "it has none of the known forms") -> None:
        super().__init__(
            f"{text!r} is no resolution symbol: {why}; write it like A/RES/55/179, S/RES/1244(1999) or A/HRC/RES/53/1"
        )
        self.text = text


class AmbiguousSymbolError(SymbolError):
    """A text that fits several symbols."""

    def __init__(self, text: str, candidates: tuple[str, ...]) -> None:
        QAError.__init__(self, f"{text!r} may be {' or '.join(candidates)}: name the one you mean")
        self.text = text
        self.candidates = candidates


class ReadError(QAError):
    """A file that could not be read as a resolution's text."""

    def __init__(self, name: str, why: str, mend: str) -> None:
        super().__init__(f"{name}: {why}; {mend}")
        self.name = name
        self.why = why
        self.mend = mend


class UnsupportedFormatError(ReadError):
    """No reader knows the file's form."""


class HostileFileError(ReadError):
    """Refused for safety."""


class DamagedFileError(ReadError):
    """Empty, truncated or undecodable."""


class ParseError(QAError):
    """A text in which no resolution was understood."""

    def __init__(self, name: str, why: str, file: Path | None = None) -> None:
        super().__init__(f"{name}: {why}; look at it with: qa parse {typed(file or name)}")
        self.name = name
        self.why = why


class QuestionError(QAError):
    """A question that cannot be asked."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field


class FilterError(QuestionError):
    """A filter whose value means nothing here."""


class VerbatimError(QAError):
    """A paragraph whose text is not the slices of the source that it claims to be."""

    def __init__(self, paragraph: str, why: str, file: Path | None = None) -> None:
        name = "FILE" if file is None else typed(file)
        super().__init__(f"{paragraph}: {why}; this is a fault of the parser: look at it with: qa parse {name}")
        self.paragraph = paragraph
        self.why = why


class EncodingError(QAError):
    """An encoder that gives no usable vectors."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"model {name}: {why}; check its files with: qa models")
        self.name = name
        self.why = why


class AnswerFileError(QAError):
    """A file that holds no answer of this service."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}; give the JSON that `qa ask --json` or the HTTP API gave")
        self.path = path
        self.why = why


class FetchError(QAError):
    """A text that could not be brought; `is_client_error` where the site answered 4xx."""

    def __init__(self, address: str, why: str, mend: str, *, is_client_error: bool = False) -> None:
        super().__init__(f"{address}: {why}; {mend}")
        self.address = address
        self.why = why
        self.is_client_error = is_client_error


class MissingTextError(FetchError):
    """The site has no text at this address."""


class SiteError(FetchError):
    """The site as a whole: it does not answer, or asks us to come back later."""


class NotFoundError(QAError):
    """A resolution or paragraph that the corpus does not hold; `nearest` names what it does hold."""

    def __init__(self, wanted: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"the corpus does not hold {wanted}{hint}")
        self.wanted = wanted
        self.nearest = nearest
