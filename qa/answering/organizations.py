"""Bodies that a question names in full, or by letters that are everybody's (`organizations.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from qa.answering.countries import as_spoken

_SHORTEST = 4  # shorter letters are looked for in no text: in small ones "who" is a word


def organizations_in(question: str) -> dict[str, frozenset[str]]:
    """The bodies of the table that a question names, as it writes them -> what a text may call each, as `unspoken` looks for it."""
    small, letters, forms = _table()
    found = [*small.finditer(question), *(letters.finditer(question) if not question.isupper() else ())]
    return {one[0]: forms[as_spoken(one[0])] for one in found}


@cache
def _table() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, frozenset[str]]]:
    """Names in any case, letters in capitals, and every name -> all forms of its bodies."""
    read = tomllib.loads(files("qa.answering").joinpath("organizations.toml").read_text(encoding="utf-8"))["names"]
    forms: dict[str, frozenset[str]] = {}
    for name, others in read.items():
        known = frozenset(as_spoken(one) for one in (name, *others) if len(one) >= _SHORTEST)
        for one in (name, *others):
            forms[as_spoken(one)] = forms.get(as_spoken(one), frozenset()) | known
    names = sorted({one for name, others in read.items() for one in (name, *others)}, key=len, reverse=True)
    letters = "|".join(re.escape(one) for one in names if one.isupper())
    words = "|".join(re.escape(one).replace("'", "['’]") for one in names if not one.isupper())
    return re.compile(rf"\b(?:{words})\b", re.I), re.compile(rf"\b(?:{letters})\b"), forms
