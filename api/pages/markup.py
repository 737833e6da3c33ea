"""HTML made from nodes: whatever is not `Markup` already is escaped, so that a forgotten call cannot open a hole."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote, urlsplit

_EMPTY = frozenset({"input", "link", "meta", "br", "hr"})


class Markup(str):
    """HTML that may go out as it stands; only this module and `fragment` make it."""

    __slots__ = ()


Child = str | Iterable["Child"] | None


def tag(name: str, /, *children: Child, **attributes: str | bool | None) -> Markup:
    """An element. `class_` is `class`, `data_x` is `data-x`; None and False leave an attribute out."""
    shown = "".join(_attribute(key, value) for key, value in attributes.items())
    opening = f"<{name}{shown}>"
    return Markup(opening if name in _EMPTY else f"{opening}{fragment(*children)}</{name}>")


def fragment(*children: Child) -> Markup:
    """Children one after the other, their text escaped."""
    return Markup("".join(_text(child) for child in children))


def link(address: str, *children: Child, **attributes: str | bool | None) -> Markup:
    """A link, where the address is one of our own paths or leads to the web; otherwise its words alone."""
    return tag("a", *children, href=address, **attributes) if _is_safe(address) else tag("span", *children)


def reader_path(symbol: str, label: str = "") -> str:
    """Where a resolution is read here, at one paragraph where a label is given."""
    return f"/resolutions/{quote(symbol, safe='/()')}" + (f"#{quote(label, safe='()')}" if label else "")


def marked(text: str, span: tuple[int, int] | None) -> Markup:
    """A text with the answering words marked."""
    if span is None:
        return fragment(text)
    start, end = span
    return fragment(text[:start], tag("mark", text[start:end]), text[end:])


def _attribute(key: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'


def _text(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return str(child)
    if isinstance(child, str):
        return escape(child)
    return "".join(_text(each) for each in child)


def _is_safe(address: str) -> bool:
    if address.startswith(("/", "?", "#")) and not address.startswith("//"):
        return True
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False
