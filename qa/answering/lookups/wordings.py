"""Words as a question has them and as the United Nations writes them."""

from __future__ import annotations

import re

from qa.answering.lookups.forms import unquoted
from qa.retrieval.abbreviations import look_up
from qa.retrieval.expansion import expand
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_MOST = 8  # other wordings
_LONG, _SHORT = 5, 2  # words of a name that is called by its first two
_ANY_BODY = distinct_terms(
    "mission missions force forces operation operations observer observers group groups authority military advisory peacekeeping peacekeepers all"
    " un united nations troops foreign international the"
)


def wordings(words: str, query: Query, corpus: Searchable) -> tuple[str, ...]:
    """The words, and with an abbreviation or an everyday name as the UN words it."""
    plain = unquoted(words)
    known = look_up(query.abbreviations, corpus).names if query.abbreviations else {}
    forms = [(name, form) for table in (known, expand(plain)) for name, forms in table.items() for form in forms]
    other = (re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", form, plain, flags=re.I) for name, form in forms[:_MOST])
    return tuple(dict.fromkeys((plain, *other)))


def shortened(query: Query, corpus: Searchable) -> tuple[str, ...]:
    """What the long names of a question's abbreviations are called once they were named in full: "National Union" of UNITA's."""
    names = (name for names in look_up(query.abbreviations, corpus).names.values() for name in names)
    long = (one.split() for one in names if not one.startswith("United Nations"))
    two = (words[:_SHORT] for words in long if len(words) >= _LONG)
    return tuple(dict.fromkeys(" ".join(words) for words in two if all(word[:1].isupper() for word in words)))


def is_any_body(words: str) -> bool:
    """Whether the words name no body in particular: "the UN force", "all peacekeeping operations"."""
    return distinct_terms(words) <= _ANY_BODY
