"""What people say to whoever answers without asking anything: thanks, greetings, doubts, and wishes about the answer itself."""

from __future__ import annotations

import re

_LONGEST = 120  # characters
_COURTESY = (
    r"(?:ok(?:ay)?|hi(?: there)?|hello|hey|good (?:morning|afternoon|evening|day|night)|(?:many )?thanks|thank you|thx|cheers|great|good|"
    r"nice|perfect|cool|excellent|super|wonderful|bye|goodbye|see you|yes|yeah|yep|no|nope|sure|right|fine|please|got it|i see|understood|"
    r"interesting|wow|never mind|sorry|very much|so much|a lot|again|that helps|well done|for (?:that|this|all|your help|the help)|"
    r"(?:that|this|it)(?:['’]s| is| was) (?:all|great|(?:very )?(?:good|helpful|interesting)|fine|nice|right|wrong|perfect))"
)
_ABOUT_THE_ANSWER = (
    r"(?:are you (?:really |quite |absolutely )?(?:sure|certain|there|a (?:bot|robot|human|machine|person))(?: (?:about|of) (?:that|this|it))?|"
    r"really|is that (?:so|right|true|correct)|how are you(?: doing)?(?: today)?|(?:who|what) are you|what can you do|what|why not|"
    r"(?:can you )?help(?: me)?|(?:(?:can|could|would) you |please )*(?:say|repeat|translate|explain|summari[sz]e|shorten|rephrase) "
    r"(?:that|it|this|your answer)(?: again| please| more simply| (?:in|to|into) (?:plain |simple )?[a-z]++){0,3})"
)
_SMALL_TALK = re.compile(rf"\A\W*+(?:{_COURTESY}\b\W*+)*+(?:{_ABOUT_THE_ANSWER}\b\W*+)?+(?:{_COURTESY}\b\W*+)*+", re.I)
NO_QUESTION = "this asks nothing that a resolution could answer: ask what a resolution says on a subject, who is to do what, or by when"


def is_small_talk(question: str) -> bool:
    """Whether nothing is asked that a text could answer: small talk, or signs without a word."""
    return len(question) < _LONGEST and _SMALL_TALK.fullmatch(question) is not None
