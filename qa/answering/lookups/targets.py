"""Whom an act blames or thanks: "Condemns the attempts by Iraq to alter the composition of Kuwait" condemns Iraq, and not Kuwait."""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import itemgetter

from qa.answering.countries import countries_in, is_country, place_of
from qa.terms import distinct_terms

# Of several that are named one after another all are meant: "the Governments of South Africa and Portugal".
_JOINS = re.compile(
    r"(?:[\s,]|\b(?:and|or|as well as|the|of|Governments?|authorities|Republic|People[’']s|Islamic|Democratic|Federal|State|Kingdom|Union)\b)*"
)
# "The policies of", "attempts by", "its gratitude to" lead to whoever does something; "against", "in", "upon" to where it is done, or to whom.
_LEADS = re.compile(
    r"\b(by|of|to|against|in|within|on|into|from|towards?|upon|inside|throughout|at|for|with|over|between|through|during|under)\b",
    re.I,
)
_SUFFERED = re.compile(
    r"\b(?:territor(?:y|ies)|people|population|residents|civilians|sovereignty|independence|integrity|heritage|invasion|occupation|annexation|bombing"
    r"|shelling|destruction|use) (?:of|in)\b"
)
_STRONGLY = re.compile(
    r"\b(?:in the strongest (?:possible )?terms|in particular|(?<=régime )in|(?<=regime )in|(?<=authorities )in|(?<=Government )in)\b",
    re.I,
)  # no place where something is done
_NOBODY = re.compile(
    r"\bUnited States (?=dollars?\b)|\b[A-Z]\w+ (?:colony|territory|mandate) of "
)  # "the British colony of"
_OF_PEOPLE = ("", "n", "an", "ian", "i", "ese", "ish")
_ITS_STATE = r"(?:[\w-]+ ){0,2}(?:governments?|r[eé]gimes?|authorit(?:y|ies)|(?:armed |military )?forces|army)\b"
_OF_A_STATE = distinct_terms("government governments authorities state republic regime and")


def states_in(words: str) -> dict[str, frozenset[str]]:
    """The countries that the words name (`countries_in`), where they name these, or their governments, and nothing else; else none."""
    named = countries_in(words)
    beside = distinct_terms(words) - distinct_terms(" ".join(named)) - _OF_A_STATE
    is_state = bool(distinct_terms(words) & _OF_A_STATE)  # "the Lebanese government"
    return named if all(is_country(one) or is_state for one in named) and not beside else {}


def is_state_in(name: str, act: str) -> bool:
    """Whether a name of an act (`countries_in`) is a country's, or its people's before their government: "the South African régime"."""
    return is_country(name) or re.search(rf"{re.escape(name)} {_ITS_STATE}", act, re.I) is not None


def spoken(states: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The countries by all their names, and by their people and things: "south africa", "south african"."""
    return tuple(f"{name}{ending}" for forms in states.values() for name in sorted(forms) for ending in _OF_PEOPLE)


def without_bystanders(text: str) -> str:
    """A text without what names a country and means none: money, and whose colony a territory is."""
    return _NOBODY.sub("", text)


def is_target(act: str, wanted: Mapping[str, frozenset[str]], *, thanks: bool = False) -> bool:
    """Whether an act does something to all of some countries (`countries_in`): they are the first that it names, and those joined
    to it. `thanks`: it thanks them and does not blame them.
    """
    act = without_bystanders(act)
    found = ((place_of(name, act), forms) for name, forms in countries_in(act).items())
    named = sorted(((place, forms) for place, forms in found if place), key=itemgetter(0))
    group: list[frozenset[str]] = []
    behind = 0
    for (start, end), forms in named:
        if group and not _JOINS.fullmatch(act[behind:start]):
            break
        group.append(forms)
        behind = end
    leads = bool(named) and _leads_there(act[: named[0][0][0]], thanks)
    return leads and all(any(forms & one for one in group) for forms in wanted.values())


def _leads_there(before: str, thanks: bool) -> bool:
    """Whether what stands before a name leads to whoever does something, or is thanked, and not to where or to whom it is done."""
    plain = _STRONGLY.sub("", before)
    leads = [one.lower() for one in _LEADS.findall(plain)]
    if "by" in leads:  # "attempts by the Government of"
        return set(leads[len(leads) - leads[::-1].index("by") :]) <= {"of"}
    return set(leads) <= {"of", "to" if thanks else "of"} and not _SUFFERED.search(plain)
