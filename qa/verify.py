"""Checks an answer against the files it quotes, without the index and without the service.

What is checked of every citation: the sha256 of the file and of its text; the spans, in code points and in UTF-8
bytes; that the exact quotation is those slices and nothing else; that the clean text is the quotation with white space
collapsed; that the file is the resolution cited, with that paragraph at those spans; and every other field that the
file tells. What it does not tell is named. `docs/verify.md` does what concerns the quotation in thirty lines of
standard Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from qa.collect import Line, list_files, standard_line, told
from qa.errors import AnswerFileError, QAError
from qa.ids import parts_of
from qa.records import Paragraph, Resolution, SourceText
from qa.verbatim import exact_text, why_not_verbatim


class _Source(msgspec.Struct, frozen=True):
    """Fields that a later version adds are no reason to fail, nor is one that a client left away."""

    sha256: str
    text_sha256: str
    spans: list[tuple[int, int]]
    byte_spans: list[tuple[int, int]]
    exact: str
    name: str | UnsetType = UNSET
    format: str | UnsetType = UNSET
    reader: str | UnsetType = UNSET
    parser: str | UnsetType = UNSET
    page: int | UnsetType | None = UNSET


class _Citation(msgspec.Struct, frozen=True):
    id: str
    symbol: str
    text: str
    source: _Source
    title: str
    adopted: str | None
    citation: str
    paragraph: str | UnsetType = UNSET
    organ: str | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    highlight: tuple[int, int] | UnsetType | None = UNSET
    chapeau: str | UnsetType | None = UNSET


class _Answer(msgspec.Struct, frozen=True):
    citations: list[_Citation]
    nearest: list[_Citation] = []


class _Fields(msgspec.Struct, frozen=True):
    """The same citations as they were written, for what they say that no file tells."""

    citations: list[dict[str, Any]]
    nearest: list[dict[str, Any]] = []


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one citation; `why` is None where everything held.

    `checked` names its fields that were held against the file, `not_checked` those that no file tells.
    """

    id: str
    why: str | None
    checked: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()


def verify_answer(answer: Path, sources: Sequence[Path], line: Line | None = None) -> list[Checked]:
    """Check every citation of the answer in the file `answer` against the files or folders `sources`.

    A citation of a text that is not among them has not been verified, and counts as wrong.

    Raises:
        AnswerFileError: `answer` is no answer.
        ReadError: a source cannot be read.
    """
    try:
        raw = answer.read_bytes()
        decoded, fields = msgspec.json.decode(raw, type=_Answer), msgspec.json.decode(raw, type=_Fields)
    except OSError as error:
        raise AnswerFileError(answer, f"cannot be read ({error.strerror})") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise AnswerFileError(answer, f"is no answer ({error})") from error
    if line is None:
        with standard_line() as line:
            texts = _read_all(sources, line)
    else:
        texts = _read_all(sources, line)
    cited = zip((*decoded.citations, *decoded.nearest), (*fields.citations, *fields.nearest), strict=True)
    return [_checked(one, written, texts) for one, written in cited]


Texts = dict[tuple[str, str], list[tuple[SourceText, Resolution | str]]]


def _read_all(sources: Iterable[Path], line: Line) -> Texts:
    """Every text by its two digests, under each of its names, with the resolution that it is, or why it is none."""
    found: Texts = {}
    for path in list_files(list(sources)):
        for text in line.read(path):
            same = found.setdefault((text.sha256, text.text_sha256), [])
            try:
                same.append((text, line.parse(text)))
            except QAError as error:
                same.append((text, told(error, path, text.name)))
    return found


def _checked(citation: _Citation, written: dict[str, Any], texts: Texts) -> Checked:
    """One citation with what was and was not checked of what it says; a field that says nothing is in neither list."""
    why = _why_wrong(citation, texts)
    if why is not None:
        return Checked(citation.id, why)
    said = {name: value for name, value in written.items() if name != "source" and value not in (None, [])}
    source = {f"source.{name}": value for name, value in written["source"].items() if value is not None}
    known = {*_Citation.__struct_fields__, *(f"source.{name}" for name in _Source.__struct_fields__)}
    names = sorted({*said, *source})
    return Checked(
        citation.id,
        None,
        tuple(name for name in names if name in known),
        tuple(name for name in names if name not in known),
    )


def _why_wrong(citation: _Citation, texts: Texts) -> str | None:
    ref = citation.source
    if (ref.sha256, ref.text_sha256) not in texts:
        return f"no source given has sha256 {ref.sha256[:12]}… and text sha256 {ref.text_sha256[:12]}…"
    source, resolution = _called(ref.name, texts[ref.sha256, ref.text_sha256])
    why = why_not_verbatim(source.text, ref.spans, citation.text)
    if why:
        return why
    if exact_text(source.text, ref.spans) != ref.exact:
        return "its exact quotation is not what its spans hold"
    if byte_spans(source.text, ref.spans) != ref.byte_spans:
        return "its byte spans are not its spans"
    if citation.highlight and not 0 <= citation.highlight[0] < citation.highlight[1] <= len(citation.text):
        return "its highlight lies outside its text"
    return _why_misplaced(citation, resolution)


def _called(
    name: str | UnsetType, texts: list[tuple[SourceText, Resolution | str]]
) -> tuple[SourceText, Resolution | str]:
    """Of texts that are the same the one of that name, or the first."""
    return next((one for one in texts if one[0].name == name), texts[0])


def _why_misplaced(citation: _Citation, resolution: Resolution | str) -> str | None:
    """Whether the file, read anew, is that resolution and has that paragraph at those spans."""
    if isinstance(resolution, str):
        return f"its source is read as no resolution ({resolution})"
    symbol, label = parts_of(citation.id)
    if {symbol, citation.symbol} != {str(resolution.symbol)}:
        return f"its source is {resolution.symbol}"
    for said, here in ((citation.source.reader, resolution.source.reader), (citation.source.parser, resolution.parser)):
        if said and said != here:
            return f"read by {said}, this program has {here}: verify with that version"
    paragraph = next((one for one in resolution.paragraphs if one.label == label), None)
    if paragraph is None or [tuple(span) for span in paragraph.spans] != citation.source.spans:
        return f"paragraph {label} of its source lies elsewhere"
    return _why_misnamed(citation, resolution, paragraph)


def _why_misnamed(citation: _Citation, resolution: Resolution, paragraph: Paragraph) -> str | None:
    """Whether what stands around the quotation is what the file says."""
    said, source = citation.source, resolution.source
    chapeau = next((one.text for one in resolution.paragraphs if one.label == paragraph.parent), None)
    told: tuple[tuple[str, object, object], ...] = (
        ("citation", citation.citation, resolution.cite(paragraph)),
        ("title", citation.title, resolution.title),
        ("adopted", citation.adopted, resolution.adopted.isoformat() if resolution.adopted else None),
        ("paragraph", citation.paragraph, paragraph.label),
        ("organ", citation.organ, resolution.organ),
        ("kind", citation.kind, paragraph.kind.value),
        ("url", citation.url, resolution.symbol.url),
        ("chapeau", citation.chapeau, chapeau),
        ("source.format", said.format, source.format),
        ("source.page", said.page, paragraph.page),
    )
    for name, value, wanted in told:
        if value is not UNSET and value != wanted:
            return f"its {name} is {value!r}, and should be {wanted!r}"
    if said.name is not UNSET and said.name != source.name:
        return f"its source.name is {said.name!r}, the file given is called {source.name!r}: give it under that name"
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
