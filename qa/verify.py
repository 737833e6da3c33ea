"""Checks an answer against the files it quotes, without the index and without the service.

What is checked of every citation: the sha256 of the file and of its text; the spans, in code points and in UTF-8
bytes; that the exact quotation is those slices and nothing else; that the clean text is the quotation with white space
collapsed; and that the file is the resolution cited, with that paragraph at those spans. `docs/verify.md` does all but
the last in thirty lines of standard Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from qa.collect import Line, list_files, standard_line
from qa.errors import AnswerFileError, QAError
from qa.records import Paragraph, Resolution, SourceText
from qa.verbatim import exact_text, why_not_verbatim


class _Source(msgspec.Struct, frozen=True):
    """Fields that a later version adds are no reason to fail."""

    sha256: str
    text_sha256: str
    spans: list[tuple[int, int]]
    byte_spans: list[tuple[int, int]]
    exact: str
    name: str = ""
    parser: str = ""


class _Citation(msgspec.Struct, frozen=True):
    id: str
    symbol: str
    text: str
    source: _Source
    title: str
    adopted: str | None
    citation: str
    highlight: tuple[int, int] | None = None
    chapeau: str | None = None


class _Answer(msgspec.Struct, frozen=True):
    citations: list[_Citation]
    nearest: list[_Citation] = []


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one citation; `why` is None where everything held."""

    id: str
    why: str | None


def verify_answer(answer: Path, sources: Sequence[Path], line: Line | None = None) -> list[Checked]:
    """Check every citation of the answer in the file `answer` against the files or folders `sources`.

    A citation of a text that is not among them has not been verified, and counts as wrong.

    Raises:
        AnswerFileError: `answer` is no answer.
        ReadError: a source cannot be read.
    """
    try:
        decoded = msgspec.json.decode(answer.read_bytes(), type=_Answer)
    except OSError as error:
        raise AnswerFileError(answer, f"cannot be read ({error.strerror})") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise AnswerFileError(answer, f"is no answer ({error})") from error
    if line is None:
        with standard_line() as line:
            texts = _read_all(sources, line)
    else:
        texts = _read_all(sources, line)
    return [Checked(one.id, _why_wrong(one, texts)) for one in (*decoded.citations, *decoded.nearest)]


Texts = dict[tuple[str, str], tuple[SourceText, Resolution | str]]


def _read_all(sources: Iterable[Path], line: Line) -> Texts:
    """Every text by its two digests, with the resolution that it is, or why it is none."""
    found: Texts = {}
    for path in list_files(list(sources)):
        for text in line.read(path):
            try:
                found[text.sha256, text.text_sha256] = text, line.parse(text)
            except QAError as error:
                found[text.sha256, text.text_sha256] = text, str(error)
    return found


def _why_wrong(citation: _Citation, texts: Texts) -> str | None:
    ref = citation.source
    if (ref.sha256, ref.text_sha256) not in texts:
        return f"no source given has sha256 {ref.sha256[:12]}… and text sha256 {ref.text_sha256[:12]}…"
    source, resolution = texts[ref.sha256, ref.text_sha256]
    why = why_not_verbatim(source.text, ref.spans, citation.text)
    if why:
        return why
    if exact_text(source.text, ref.spans) != ref.exact:
        return "its exact quotation is not what its spans hold"
    if byte_spans(source.text, ref.spans) != ref.byte_spans:
        return "its byte spans are not its spans"
    if citation.highlight is not None and not 0 <= citation.highlight[0] < citation.highlight[1] <= len(citation.text):
        return "its highlight lies outside its text"
    return _why_misplaced(citation, resolution)


def _why_misplaced(citation: _Citation, resolution: Resolution | str) -> str | None:
    """Whether the file, read anew, is that resolution and has that paragraph at those spans."""
    if isinstance(resolution, str):
        return f"its source is read as no resolution ({resolution})"
    symbol, _, label = citation.id.partition("#")
    if {symbol, citation.symbol} != {str(resolution.symbol)}:
        return f"its source is {resolution.symbol}"
    if citation.source.parser and citation.source.parser != resolution.parser:
        return f"read by {citation.source.parser}, this program has {resolution.parser}: verify with that version"
    paragraph = next((one for one in resolution.paragraphs if one.label == label), None)
    if paragraph is None or [tuple(span) for span in paragraph.spans] != citation.source.spans:
        return f"paragraph {label} of its source lies elsewhere"
    return _why_misnamed(citation, resolution, paragraph)


def _why_misnamed(citation: _Citation, resolution: Resolution, paragraph: Paragraph) -> str | None:
    """Whether what stands around the quotation is what the file says."""
    adopted = resolution.adopted.isoformat() if resolution.adopted else None
    chapeau = next((one.text for one in resolution.paragraphs if one.label == paragraph.parent), None)
    wanted = {
        "citation": resolution.cite(paragraph),
        "title": resolution.title,
        "adopted": adopted,
    }
    if citation.chapeau is not None:
        wanted["chapeau"] = chapeau
    for name, value in wanted.items():
        if getattr(citation, name) != value:
            return f"its {name} is {getattr(citation, name)!r}, and should be {value!r}"
    return None


def byte_spans(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """`spans` of `text` counted in UTF-8 bytes."""
    found: list[tuple[int, int]] = []
    at = n_bytes = 0
    for start, end in spans:
        first = n_bytes + len(text[at:start].encode("utf-8"))
        at, n_bytes = end, first + len(text[start:end].encode("utf-8"))
        found.append((first, n_bytes))
    return found
