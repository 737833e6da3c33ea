"""What was understood of a file as one HTML page: its text with every span marked, beside the structured outline.

The page needs nothing else: no script, no other file, no network. The characters of the left column are those of the
source, in order and complete: labels are drawn by the style sheet, so that what is copied from there is the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from qa.cli.parsed_outline import outline
from qa.cli.parsed_text import DROPPED, KINDS, Piece, marked_text, stretches
from qa.records import Kind, Resolution

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render_page(name: str, resolutions: Sequence[Resolution]) -> Iterator[str]:
    """The page of all resolutions of the file `name`, in pieces."""
    style = (files("qa.cli") / "parsed_page.css").read_text(encoding="utf-8")
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(_title(name, resolutions))}</title><style>\n{style}</style></head>\n<body>\n"
    )
    if len(resolutions) > 1:
        yield _contents(name, resolutions)
    for number, resolution in enumerate(resolutions, start=1):
        yield from _resolution(f"r{number}", resolution)
    yield "</body></html>\n"


def _title(name: str, resolutions: Sequence[Resolution]) -> str:
    if len(resolutions) == 1:
        return f"{resolutions[0].symbol} as read from {name}"
    return f"{len(resolutions)} resolutions as read from {name}"


def _contents(name: str, resolutions: Sequence[Resolution]) -> str:
    lines = "".join(
        f'<li><a href="#r{number}">{escape(str(one.symbol))}</a> {escape(one.title)}</li>'
        for number, one in enumerate(resolutions, start=1)
    )
    return f"<nav><h1>{escape(_title(name, resolutions))}</h1><ol>{lines}</ol></nav>\n"


def _resolution(key: str, resolution: Resolution) -> Iterator[str]:
    pieces = stretches(resolution)
    yield f'<article id="{key}" aria-label="{escape(str(resolution.symbol))}">\n'
    yield _head(resolution, pieces)
    yield f"<style>{_pairs(key, len(resolution.paragraphs))}</style>"
    yield '<div class="beside"><section class="source" aria-label="Source text" tabindex="0"><pre>\n'
    yield from marked_text(key, resolution, pieces)
    yield '</pre></section>\n<section class="outline" aria-label="What was understood" tabindex="0">\n'
    yield from outline(key, resolution)
    yield "</section></div></article>\n"


def _head(resolution: Resolution, pieces: Sequence[Piece]) -> str:
    """Symbol, title and the key: what each colour means, and how much of it there is."""
    source = resolution.source
    kinds = "".join(
        f'<li class="{kind.value}">{sum(one.kind is kind for one in resolution.paragraphs)} {KINDS[kind]}</li>'
        for kind in Kind
        if any(one.kind is kind for one in resolution.paragraphs)
    )
    counted: dict[str, int] = {}
    for one in pieces:
        if one.why is not None:
            counted[one.why] = counted.get(one.why, 0) + one.end - one.start
    dropped = "".join(
        f'<li class="dropped {why}" title="{escape(DROPPED[why])}">{why} {n:,}</li>'
        for why, n in sorted(counted.items(), key=lambda pair: -pair[1])
    )
    return (
        f"<header><h1>{escape(str(resolution.symbol))} <small>{escape(resolution.title)}</small></h1>"
        f'<ul class="key" aria-label="Paragraphs">{kinds}</ul>'
        f'<ul class="key" aria-label="Characters in no paragraph"><li class="note">characters in no paragraph:</li>'
        f"{dropped or '<li>none</li>'}</ul>"
        f'<p class="origin">{escape(source.name)}, {len(source.text):,} characters, sha256 {source.sha256}; '
        f"{escape(source.reader)}, {escape(resolution.parser)}. "
        "Pointing at a paragraph shows it on both sides; its label leads to the other side.</p></header>\n"
    )


def _pairs(key: str, n_paragraphs: int) -> str:
    """Rules that light all of a paragraph up on both sides when it is pointed at, or linked to, on one."""
    names = [f"{key}p{at}" for at in range(n_paragraphs)]
    return "".join(f"body:has(.{name}:is(:hover,:target)) .{name}{{--lit:1}}" for name in names)
