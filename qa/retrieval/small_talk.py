"""What people say to whoever answers without asking a text: thanks, greetings, doubts, wishes, questions about the service itself.

A table: each kind has its reason, which says what the service does not do and what helps instead.
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
    r"(?:(?:can|could|would) you |please )*(?:say|repeat) "
    r"(?:that|it|this|your answer)(?: again| please| more simply| (?:in|to|into) (?:plain |simple )?[a-z]++){0,3})"
)
_IT = r"(?: (?:that|it|this|them|these|the (?:answer|text|paragraphs?|resolutions?)|your answer))?"
_WISH = r"(?:(?:(?:can|could|would|will) you|please|pls|just|and|so|now|also)\W+)*+"
_PLAIN = r"(?:simple|plain|easy|few|short|own|other|nutshell|brief|english|layman['’]?s)"
_WORDS = r"(?:words?|terms?|language|english|sentences?)"
_SIMPLY = rf"(?:(?:in|with|into) (?:an? |my |your )?(?:{_PLAIN} ?)++{_WORDS}?|(?:simple|plain|easy|few) {_WORDS})"
_TO_ME = r"(?: (?:to me|for me|for us|please|pls|briefly|shortly|again|more))*"
_ADDED = rf"(?:{_TO_ME}(?: more)?(?: (?:simply|easily|clearly))?(?: {_SIMPLY}| like i['’]?m (?:five|5))?{_TO_ME})"
_TONGUE = (
    r"(?:arabic|chinese|english|french|german|italian|japanese|portuguese|russian|spanish|turkish|hindi|ukrainian|polish|dutch|swahili|korean|"
    r"farsi|persian|hebrew|my language)"
)
# Whoever is asked is the service itself, and nothing follows that a text could tell.
_LANGUAGE = r"(?:english|french|spanish|arabic|chinese|russian|german|portuguese|italian|dutch|polish|turkish|hindi|japanese|(?:other )?languages?)"
_HERE = r"(?:site|page|service|tool|bot|chat(?:bot)?)"
_CORPUS = rf"(?:you|it|this(?: {_HERE})?|(?:the|this|your) (?:corpus|index|data ?base|collection|library|data|{_HERE}))"
_HOLD = r"(?:cover(?:ed)?|have|hold|held|include[ds]?|know|search(?:ed)?|contain(?:s|ed)?|go back to)"
_ABOUT_THE_SERVICE = (
    r"(?:(?:do|can|could|may|will|are) (?:you|i|we) (?:also |please )?(?:speak|understand|know|talk|read|ask|write|answer|reply|use)"
    r"(?: (?:you|me|us))?(?: questions?| texts?)?(?: in| to me in)?"
    rf"(?: (?:any )?{_LANGUAGE},?(?: or| and)?)++"
    r"|(?:what|which|how many) languages? (?:do|can) you (?:speak|understand|know|read|support)"
    rf"|is (?:this|it) (?:also )?(?:available )?in {_LANGUAGE}"
    rf"|(?:who|what) (?:are you|is this {_HERE})(?: exactly)?|who (?:made|built|created|runs) (?:you|this)"
    r"|what (?:can|do) you (?:do|know|answer|have|hold|offer)(?: here)?"
    rf"|how do you work|how does this {_HERE} work|how (?:do|can) i (?:use|ask)(?: (?:this|you|it))?"
    rf"|(?:what|which|how many) (?:years?|organs?|bodies|periods?|sessions?|(?:kind|sort)s? of \w+) (?:do|does|are|is) {_CORPUS} (?:{_HOLD})"
    rf"|(?:what|which|how many) (?:documents?|texts?|resolutions?|is|are)(?: are| is)? (?:held |contained )?(?:in|part of|held in) {_CORPUS}"
    rf"|(?:how (?:up[- ]to[- ]date|current|recent|old|big|large) (?:is|are)|when (?:was|were)) {_CORPUS}(?: (?:last )?updated)?"
    rf"|do(?:es)? {_CORPUS} {_HOLD} (?:all|every|the|any|only) (?:un |the |of the )*(?:resolutions?|texts?|documents?)"
    r"|(?:what|which|how many) (?:(?:kind|sort)s? of )?(?:resolutions?|texts?|documents?|data|sources?|questions?) (?:do|can) (?:you|i) "
    r"(?:have|hold|know|use|contain|cover|answer|ask)(?: you| here)?|where do your (?:answers|texts|data) come from"
    r"|are you (?:an? )?(?:ai|llm|chat ?gpt|gpt|artificial intelligence|language model|search engine)|(?:can you )?help(?: me)?)"
)
_SYMBOL = (
    r"(?:(?:un|unscr?|unga|security council|general assembly) )?(?:(?:resolution|res)\W{1,2}(?:no\W{1,2})?)?(?:[AS]/RES/)?\d{2,4}(?:/\d{1,3})?"
    r"(?: ?\((?:\d{4}|[IVXL]{1,8})\))?"
)

NO_QUESTION = "this asks nothing that a resolution could answer: ask what a resolution says on a subject, who is to do what, or by when"
_NO_SUMMARY = (
    "the service quotes what resolutions say and neither explains nor shortens it: read the paragraphs quoted before in their resolution, "
    "or ask about one thing that they say"
)
_NO_TRANSLATION = (
    "the service quotes the English texts as they stand and does not translate: the official texts in the other languages of the "
    "United Nations are at the address given with each citation"
)
_NO_JUDGEMENT = (
    "the service quotes and does not judge whether a text binds: that follows from the organ, from the words with which the paragraph opens "
    "(decides, demands, calls upon, recommends) and from the Charter, not from the paragraph alone"
)
_NO_STATUS = (
    "the service quotes what was adopted and does not judge whether it is still in force: that follows from what was decided later; ask until "
    'when it was decided or extended ("until when was it extended?"), or what was decided after it ("any newer one?")'
)
THE_SERVICE = (
    "this asks about the service itself: it searches United Nations resolutions in English for the paragraphs that answer a question, quotes "
    "them word for word, and writes nothing of its own; ask in English what a resolution says on a subject"
)
_ASIDES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"\A\W*+(?:{_COURTESY}\b\W*+)*+(?:{_ABOUT_THE_ANSWER}\b\W*+)?+(?:{_COURTESY}\b\W*+)*+", re.I),
        NO_QUESTION,
    ),
    (
        re.compile(rf"\A\W*+(?:{_COURTESY}\b\W*+)*+{_ABOUT_THE_SERVICE}\b\W*+(?:{_COURTESY}\b\W*+)*+", re.I),
        THE_SERVICE,
    ),
    (
        re.compile(
            rf"\A\W*+{_WISH}(?:explain|simplify|summari[sz]e|shorten|rephrase|paraphrase|(?:give (?:me|us) )?(?:an? |the )?(?:short |brief |quick )?"
            r"(?:summary|explanation|overview)(?: of(?= (?:that|it|this|them|these|the|your)))?|tl;? ?dr|eli5|in short|in a nutshell"
            rf"|{_SIMPLY}|what does (?:that|it|this) (?:all )?mean|simpler"
            rf"|(?:make|put|say) (?:that|it|this) (?:simpl[ey]r?|shorter)){_IT}{_ADDED}\W*+",
            re.I,
        ),
        _NO_SUMMARY,
    ),
    (
        re.compile(
            rf"\A\W*+{_WISH}(?:(?:translate|translation|say|repeat|answer){_IT}(?: (?:in|to|into))?|(?:in|to|into))(?: {_TONGUE})?{_TO_ME}\W*+",
            re.I,
        ),
        _NO_TRANSLATION,
    ),
    (
        re.compile(
            r"\A\W*+(?:(?:and|so|but|ok|then)\W+)*+(?:(?:is|are|was|were) (?:it|this|that|these|they|those|the (?:text|resolution|paragraph)s?|"
            + _SYMBOL
            + r") (?:all |even |really |actually |legally |still )*|(?:legally )?(?=binding|mandatory|obligatory|compulsory))"
            r"(?:binding|mandatory|obligatory|compulsory|enforceable|(?:a )?law|international law)"
            r"(?: (?:on|for) (?:all |any |every )?(?:states?|members?|countr(?:y|ies)|everyone|us|me))?"
            r"(?: or not)?\W*+",
            re.I,
        ),
        _NO_JUDGEMENT,
    ),
    (
        re.compile(
            r"\A\W*+(?:(?:and|so|but|ok|then)\W+)*+"
            r"(?:(?:is|are) (?:it|this|that|these|they|those|(?:the|that|this) (?:text|resolution|paragraph|decision|mandate)s?|"
            + _SYMBOL
            + r") )?"
            r"(?:(?:still|even|really|actually|legally|currently|now) )*+"
            r"(?:(?<=still )(?:valid|effective|applicable|active|current)|in (?:force|effect)|valid)"
            r"(?: (?:today|now|nowadays|at present|currently|these days|any ?more|or not))*+\W*+",
            re.I,
        ),
        _NO_STATUS,
    ),
)


def aside(question: str) -> str | None:
    """Why no text can answer, where nothing is asked of one: small talk, signs without a word, a wish, the service itself; else None."""
    if len(question) >= _LONGEST:
        return None
    return next((why for pattern, why in _ASIDES if pattern.fullmatch(question)), None)
