"""What people say to whoever answers without asking anything of texts: thanks, greetings, doubts, wishes.

And what they ask of the service itself: what it is, what it holds, what languages it reads.
"""

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
    r"really|is that (?:so|right|true|correct)|how are you(?: doing)?(?: today)?|what|why not|"
    r"(?:(?:can|could|would) you |please )*(?:say|repeat|translate|explain|summari[sz]e|shorten|rephrase) "
    r"(?:that|it|this|your answer)(?: again| please| more simply| (?:in|to|into) (?:plain |simple )?[a-z]++){0,3})"
)
# Whoever is asked is the service itself, and nothing follows that a text could tell.
_LANGUAGE = r"(?:english|french|spanish|arabic|chinese|russian|german|portuguese|italian|dutch|polish|turkish|hindi|japanese|(?:other )?languages?)"
_HERE = r"(?:site|page|service|tool|bot|chat(?:bot)?)"
_ABOUT_THE_SERVICE = (
    r"(?:(?:do|can|could|may|will|are) (?:you|i|we) (?:also |please )?(?:speak|understand|know|talk|read|ask|write|answer|reply|use)"
    r"(?: (?:you|me|us))?(?: questions?| texts?)?(?: in| to me in)?"
    rf"(?: (?:any )?{_LANGUAGE},?(?: or| and)?)++"
    r"|(?:what|which|how many) languages? (?:do|can) you (?:speak|understand|know|read|support)"
    rf"|is (?:this|it) (?:also )?(?:available )?in {_LANGUAGE}"
    rf"|(?:who|what) (?:are you|is this {_HERE})(?: exactly)?|who (?:made|built|created|runs) (?:you|this)"
    r"|what (?:can|do) you (?:do|know|answer|have|hold|offer)(?: here)?"
    rf"|how do you work|how does this {_HERE} work|how (?:do|can) i (?:use|ask)(?: (?:this|you|it))?"
    r"|(?:what|which|how many) (?:(?:kind|sort)s? of )?(?:resolutions?|texts?|documents?|data|sources?|questions?) (?:do|can) (?:you|i) "
    r"(?:have|hold|know|use|contain|cover|answer|ask)(?: you| here)?|where do your (?:answers|texts|data) come from"
    r"|are you (?:an? )?(?:ai|llm|chat ?gpt|gpt|artificial intelligence|language model|search engine)|(?:can you )?help(?: me)?)"
)
_SERVICE = re.compile(rf"\A\W*+(?:{_COURTESY}\b\W*+)*+{_ABOUT_THE_SERVICE}\b\W*+(?:{_COURTESY}\b\W*+)*+", re.I)
_SMALL_TALK = re.compile(rf"\A\W*+(?:{_COURTESY}\b\W*+)*+(?:{_ABOUT_THE_ANSWER}\b\W*+)?+(?:{_COURTESY}\b\W*+)*+", re.I)
NO_QUESTION = "this asks nothing that a resolution could answer: ask what a resolution says on a subject, who is to do what, or by when"


def about_service(n_resolutions: int) -> str:
    """What the service is and holds, for whoever asks about it."""
    return (
        f"this asks about the service itself: it searches {n_resolutions} United Nations resolutions in English for the paragraphs that "
        "answer a question, quotes them word for word, and writes nothing of its own; ask in English what a resolution says on a subject"
    )


def is_about_service(question: str) -> bool:
    """Whether it is asked what answers here, what it holds, or what languages it reads."""
    return len(question) < _LONGEST and _SERVICE.fullmatch(question) is not None


def is_small_talk(question: str) -> bool:
    """Whether nothing is asked that a text could answer: small talk, what is asked of the service, or signs without a word."""
    return len(question) < _LONGEST and (_SMALL_TALK.fullmatch(question) is not None or is_about_service(question))
