"""What is wrong with a value, and what to send instead, in plain words: the checker's own words name types and patterns."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from typing import Any

import msgspec

_LENGTH = re.compile(r"Expected `(?P<kind>\w+)` of length (?P<how>>=|<=) (?P<bound>\d+)")
_BOUND = re.compile(r"Expected `\w+` (?P<how>>=|<=) (?P<bound>-?[\d.]+)")
_TYPE = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`")
_CHOICE = re.compile(r"Invalid enum value (?P<value>.+)", re.DOTALL)
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
# What others call a field or parameter that is called otherwise here.
_ALSO = {
    "question": ("q",),
    "query": ("q", "question"),
    "q": ("question",),
    "text": ("q", "question"),
    "limit": ("k",),
    "n": ("k", "limit"),
    "page": ("offset",),
    "from": ("year_from",),
    "to": ("year_to",),
}


def missing_name(why: str) -> str | None:
    """The field that the checker misses; None where it finds fault with one that is there."""
    found = _MISSING.match(why)
    return found["name"] if found else None


def in_plain_words(why: str, name: str, body: Any) -> str:
    """The checker's report on the field `name` of `body` (a type); as it stands where it is of no kind that is known."""
    if missing_name(why):
        return "is needed; send it"
    if "matching regex" in why:
        return "is blank; send some text" if r"\\S" in why else "is not written as it must be; /docs has an example"
    if found := _LENGTH.match(why):
        return _length(found["kind"], found["how"], int(found["bound"]))
    if found := _BOUND.match(why):
        return (
            f"is too small; send {found['bound']} or more"
            if found["how"] == ">="
            else f"is too large; send {found['bound']} or less"
        )
    if found := _TYPE.match(why):
        return f"is {_kind(found['got'])}; send {_kind(found['wanted'])}"
    if found := _CHOICE.match(why):
        known = ", ".join(choices(body, re.sub(r"\[.*", "", name).rpartition(".")[2]))
        return f"may not be {found['value'][:80]}; send one of {known}" if known else why
    return why


def meant_by(unknown: str, known: typing.Collection[str]) -> str | None:
    """What is called `unknown` elsewhere, by its name here."""
    return next((name for name in _ALSO.get(unknown, ()) if name in known), None)


def choices(body: Any, name: str) -> list[str]:
    """The values that the field `name` of `body`, or of what it holds, may have; [] where any text may stand."""
    for field, kind in _fields(body):
        if field == name and (found := list(_literals(kind))):
            return found
    return []


def _length(kind: str, how: str, bound: int) -> str:
    unit = {"str": "characters", "array": "values"}.get(kind, "parts")
    if how == "<=":
        return f"is too long; at most {bound} {unit} are taken"
    return (
        f"is empty; send {_KINDS.get(kind, 'something')}"
        if bound == 1
        else f"is too short; send {bound} {unit} at least"
    )


def _kind(told: str) -> str:
    return " or ".join(_KINDS.get(each.strip(), each.strip()) for each in told.split("|"))


def _fields(kind: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for field in msgspec.structs.fields(kind):
            yield field.encode_name, field.type
            yield from _fields(field.type)
    else:
        for inner in typing.get_args(kind):
            yield from _fields(inner)


def _literals(kind: Any) -> Iterator[str]:
    if typing.get_origin(kind) is typing.Literal:
        yield from map(str, typing.get_args(kind))
    else:
        for inner in typing.get_args(kind):
            yield from _literals(inner)
