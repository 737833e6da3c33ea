"""The page on verbs says what the table says."""

from __future__ import annotations

import re
from pathlib import Path

from qa.acts.verbs import ADVERBS, SPELLINGS, VERBS
from qa.records import Strength

PAGE = Path(__file__).parents[3] / "docs" / "verbs.md"


def test_the_page_lists_every_verb_under_its_strength_in_order() -> None:
    rows = re.findall(r"^\| (\w+) \| [^|]+ \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)[0:]
    listed = [(strength, verb) for strength, verbs in rows if strength != "strength" for verb in verbs.split(", ")]
    assert listed == [(strength.value, verb) for verb, strength in VERBS.items()]


def test_every_class_but_unknown_has_verbs_in_the_order_of_strength() -> None:
    order = list(Strength)
    places = [order.index(strength) for strength in VERBS.values()]
    assert places == sorted(places)
    assert set(VERBS.values()) == set(Strength) - {Strength.UNKNOWN}


def test_spellings_lead_to_the_table() -> None:
    assert set(SPELLINGS.values()) <= set(VERBS)
    assert not set(SPELLINGS) & set(VERBS)


def test_no_adverb_is_a_verb() -> None:
    assert not ADVERBS & {verb.split()[0] for verb in VERBS}
