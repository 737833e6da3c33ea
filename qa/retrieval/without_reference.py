"""A question without the words that name the one text it is asked of: "who must withdraw under 660?" asks who must withdraw.

Where only that text is searched, these words choose nothing any more, and no paragraph meets them: they only move the question away
from what it asks.
"""

from __future__ import annotations

import re

_FEWEST = 2  # words that are left; a question of the text as a whole stays as it is
_NOUN = r"(?:\bthe )?(?:\b(?:un|unsc|unga|sc|ga|security council|general assembly) )?(?:\b(?:resolutions?|res\.?|text|document) )?[(\[]?\Z"
_NAME = re.compile(_NOUN, re.I)
_TIED = re.compile(
    rf"(?:\b(?:according to|as per|pursuant to|in accordance with|by virtue of|under|in|of|by|per|from|with|on|for|within|to) )?{_NOUN}",
    re.I,
)
_ASKED = re.compile(rf"\b(?P<verb>does|did|do|is|was|has|had|can|will|would|should|must) {_NOUN}", re.I)
_OWN = re.compile(r"['’]s?\b")
_AFTER = re.compile(r"[)\]]?(?: (?:resolution|text)\b)?(?: of (?:\d{1,2} )?(?:[a-z]{3,9} )?\d{4}\b)?[ ,:;–-]*", re.I)
_LOOSE = " ,;:–(["
_WORD = re.compile(r"\w+")


def without_reference(text: str, reference: str) -> str:
    """The text without the first of such a reference and what ties it to the rest, "it" where the text does something; as it is without one.

    Also as it is where hardly a word would be left.
    """
    plain = " ".join(text.split())
    found = re.search(rf"(?<!\w){re.escape(reference)}(?!\w)", plain)
    if found is None:
        return text
    before, after = plain[: found.start()], plain[found.end() :]
    own, asked = _OWN.match(after), _ASKED.search(before)
    if own:
        left = f"{_NAME.sub('', before)}its{after[own.end() :]}"
    elif asked:
        left = f"{before[: asked.end('verb')]} it{after.removeprefix(')')}"
    else:
        tied = _AFTER.match(after)
        rest = after[tied.end() if tied else 0 :]
        left = f"{_TIED.sub('', before).rstrip(_LOOSE)}{'' if rest.startswith(('?', '.', '!')) else ' '}{rest}"
    return left.strip(_LOOSE) if len(_WORD.findall(left)) >= _FEWEST else text
