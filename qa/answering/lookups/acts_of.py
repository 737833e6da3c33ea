"""Acts asked of one text that is named: "what does 80/221 condemn?", "which committee does 841 establish?", "what reports does it request?",
"deadlines in 79/313", "when do the sanctions of 841 begin?": told by what was read of its paragraphs, not by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from qa.answering.lookups.deeds import THANKING, TO_SOMEBODY, Deed, Done, deed_of, done_by, kin_of
from qa.answering.lookups.forbidding import MEASURES
from qa.answering.lookups.forms import first_match, whole
from qa.answering.lookups.looked_up import CERTAIN, LIKELY, LookedUp
from qa.answering.lookups.of_text import TEXT, THE_TEXT, text_asked
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.targets import is_target, states_in
from qa.records import Kind, Resolution, Strength
from qa.terms import distinct_terms

_DEMAND = deed_of("demand")
_NEAR = 0.8  # where only what is near it is done: "deplores" for "condemns"
_WHETHER = re.compile(r"\A\W*+(?:does|did)\b", re.I)
_OPENS = 80  # code points in which an act tells whether it renews a request
_OFTEN = r"(?:also |strongly |expressly |specifically )?"
_VERB = rf"{_OFTEN}(?P<verb>[a-z]{{3,12}}(?: [a-z]{{2,12}}){{0,4}}?)"
_VERB_OF = (
    rf"{_OFTEN}(?P<verb>[a-z]{{3,12}}"
    r"(?: (?:for|on|upon|up|note of|(?:concern|regret) (?:about|at|over)|(?:appreciation|gratitude|thanks) (?:to|for)))?)"
)
_NOUN = r"(?P<noun>(?:[a-z-]{3,20} ){1,3}?)"
_ANY = r"(?: (?:anything|anyone|anybody|something|someone|somebody|any [a-z-]{3,20}))?"
_IN = rf"(?:in|by|under|of|from|for) {THE_TEXT}"
_OF_A_DEED = whole(
    rf"(?:what|who|whom) (?:else )?(?:does|did|do) {THE_TEXT} {_VERB}",
    rf"(?:what|which|whose) {_NOUN}(?:does|did|do) {THE_TEXT} {_VERB}",
    rf"(?:(?:what|who) |(?:which|what) {_NOUN})(?:is|are|was|were|gets?|got) (?:being )?{_VERB} (?:in|by|under) {THE_TEXT}",
    rf"(?:does|did) {THE_TEXT} {_VERB}{_ANY}",
    rf"(?:does|did|(?:what|who|whom|where) (?:does|did)|(?:in |under )?(?:which|what) (?:paragraph|para|part|provision|op|clause) (?:of|in))"
    rf" {THE_TEXT} {_VERB_OF}"
    r" (?:about |on |regarding )?(?:the |any |a |an )?(?P<words>[^?;:,]{3,60}?)",
)
_LIST = r"(?:(?:what|which|how many|list|show|me|all|any|the|are|is|there|a) )*"
_ASKED = r"(?:ask(?:ed|s)?(?: for)?|request(?:ed|s)?|require[sd]?|call(?:ed|s)? for|want(?:ed|s)?|demand(?:ed|s)?|mandate[sd]?|due)"
_SET = r"(?:sets?|fix(?:es)?|gives?|contains?|has|have|imposes?)"
_BY_WHEN = r"(?:deadlines?|time ?limits?|due dates?|time ?frames?|timelines?|timetable)"
_TO_REPORT = r"reports?(?:ing)?(?: (?:requirements?|obligations?|dut(?:y|ies)|requests?|deadlines?|mandates?|provisions?|cycle))?"
_MUST = r"(?:must|should|shall|has to|have to|needs? to|is to|are to|(?:is|are|was|were) (?:asked|requested|required|supposed|obliged) to)"
_OF_REPORTS = whole(
    rf"who(?:m)? (?:{_MUST} report|reports)(?: back)?(?: to \w+(?: \w+){{0,3}}?)? (?:pursuant to |according to )?(?:{_IN}|{TEXT})",
    rf"{_LIST}(?:further )?{_TO_REPORT} (?:does|did|do) {THE_TEXT} (?:{_ASKED}|{_SET})",
    rf"{_LIST}(?:further )?{_TO_REPORT} (?:(?:are|is|were|was|to be) )*(?:{_ASKED} )?{_IN}",
    rf"does {THE_TEXT} {_ASKED} (?:a |any |further )?report(?:s|ing)?",
    rf"when (?:is|are|was|were) (?:the |a |any )?(?:next |first )?reports? (?:{_ASKED} )?{_IN}(?: due)?",
    rf"{TEXT}(?:,| on|)? {_TO_REPORT}(?: due)?",
)
_OF_DEADLINES = whole(
    rf"{_LIST}{_BY_WHEN} (?:(?:are|is|set|fixed|given|laid down|contained) )*{_IN}",
    rf"{_LIST}{_BY_WHEN} (?:does|do|did) {THE_TEXT} {_SET}",
    rf"(?:does|did) {THE_TEXT} {_SET} (?:any |a )?{_BY_WHEN}",
    rf"(?:what is|what['’]s) due {_IN}",
    rf"{TEXT}(?:,| on|)? {_BY_WHEN}",
)
_SANCTIONS = (
    r"(?:the |these |its )?(?:[a-z]+ )?(?:sanctions|measures|embargo(?:e?s)?|restrictions|prohibitions?|bans?|freezes?)"
)
_WILL = r"(?:do|does|did|will|would|shall|is|are|was|were|can|could|may|might|must)"
_START = (
    r"(?:begin|start|commence|(?:come|enter|go|came|went) in(?:to)? (?:force|effect)|take effect|(?:be )?appl(?:y|ied)|kick in"
    r"|effective|in force)"
)
_STOP = r"(?:be )?(?:end(?:ed)?|stop(?:ped)?|expired?|lift(?:ed)?|terminated?|suspend(?:ed)?|remov(?:ed?)|review(?:ed)?|cease|lapse|eased?|over)"
_OF_START = whole(
    rf"(?:when|(?:from|on|as of) (?:when|what date|which (?:date|day))) {_WILL} {_SANCTIONS} {_IN} {_START}",
    rf"when {_WILL} {TEXT}(?:['’]s)? {_SANCTIONS} {_START}",
    rf"when {_WILL} {_SANCTIONS} {_START} {_IN}",
)
_OF_STOP = whole(
    rf"(?:when|how|under (?:what|which) (?:conditions?|circumstances)|on what conditions?) {_WILL} {_SANCTIONS} {_IN} {_STOP}",
    rf"(?:when|how|under (?:what|which) (?:conditions?|circumstances)|on what conditions?) {_WILL} {TEXT}(?:['’]s)? {_SANCTIONS} {_STOP}",
    rf"(?:what|who) {_WILL} {_STOP} {_SANCTIONS} {_IN}",
    rf"(?:how long|until when|till when) {_WILL} {_SANCTIONS} {_IN} (?:last|apply|stay|remain|be in force|(?:stay|remain) in (?:force|place))",
)
_IN_FORCE = re.compile(r"(?<!have )\b(?:come|enter)\w* into force\b|\btakes? effect\b|\bwith effect from\b", re.I)
_TO_BEGIN = re.compile(r"\d|\bimmediate|\bforthwith", re.I)
_NO_MORE = re.compile(
    rf"\b(?:terminat|lift|suspen|discontinu|review|eas)\w*\b(?! any further)[^.;]{{0,80}}?\b{MEASURES}\b"
    rf"|\b{MEASURES}\b[^.;]{{0,120}}?\b(?:until|terminated|lifted|suspended|expire)\b"
    r"|\bremain in force\b",
    re.I,
)
_REPORT = re.compile(
    r"\b(?:to|shall|should|and) (?:[a-z]+ ){0,3}?(?:report|brief|update)\b(?! (?:of|by|from|entitled)\b)|\breporting (?:on|to)\b"
    r"|\bkeep .{3,60}\binformed\b|\binform the (?:General |Security )?(?:Assembly|Council)\b"
    r"|\b(?:submit|present|provide|prepare|transmit|make|issue)\b.{0,600}\b(?:reports?|briefings?|updates?)\b",
    re.I | re.S,
)
_OF_REPORTING = re.compile(r"\b(?:report|brief|updat|inform)", re.I)
_OF_TIME = re.compile(r"\b(?:sessions?|no[tn]? later|by|until|before|within|days|months?|weeks)\b", re.I)
_ASKING = frozenset(map(Strength, "requests invites calls urges encourages decides demands".split()))


def acts_of(question: LookupQuestion) -> LookedUp | None:
    """The paragraphs of the one text that is named that do what is asked for, recitals last; None for other questions, and where they
    do not in so many words what may be done in others.
    """
    query, corpus = question.query, question.corpus
    spoken = text_asked(query, corpus)
    if spoken is None:
        return None
    text, asked = spoken
    if first_match(_OF_REPORTS, asked):
        return _told(text, _reports, "ask for a report", sure=not _has(text, _OF_REPORTING))
    if first_match(_OF_DEADLINES, asked):
        return _told(
            text,
            lambda one: one.has_deadline,
            "set a time by which something is to be done",
            sure=not _has(text, _OF_TIME),
        )
    if first_match(_OF_START, asked):
        return _told(text, _begins, "say when something comes into force", certain=LIKELY)
    if first_match(_OF_STOP, asked):
        return _told(text, _stops, "say how long measures apply, or what may end them", certain=LIKELY)
    match, deed = _deed_asked(asked)
    if match is None or deed is None:
        return None
    told, kin = _does(text, match, deed), kin_of(deed)
    if kin is None or (told and not told.refuses):
        # "What does 660 demand?" asks of all of it, unless something is demanded there.
        return replace(told, instead=True) if told and told.paragraphs and deed is _DEMAND else told
    near = _does(text, match, kin)
    if near is None or near.refuses:
        return told
    none = f"no paragraph of {text.symbol} does it with the word {match['verb']!r}; near it: {', '.join(near.labels)}"
    return (
        LookedUp(near.paragraphs, none, refuses=True)
        if _WHETHER.match(asked)
        else replace(near, note=none, certain=_NEAR)
    )


def _does(text: Resolution, match: re.Match[str], deed: Deed) -> LookedUp | None:
    """The paragraphs of a text that do what is asked for."""
    groups = match.groupdict()
    does = f"have a word for {match['verb']!r}" + (f" and do it to {groups['words']!r}" if groups.get("words") else "")
    words = distinct_terms(groups.get("words") or groups.get("noun") or "")
    states = states_in(groups["words"]) if groups.get("words") and deed in TO_SOMEBODY else {}

    def of_words(one: Done) -> bool:
        if states:
            return deed.is_done_by(one) and is_target(one.text, states, thanks=deed is THANKING)
        return deed.is_done_by(one) and words <= distinct_terms(one.text)

    told = _told(text, of_words, does, sure=bool(states), with_items=deed.decided) if words else None
    if told or groups.get("words") or (words and deed.decided):
        return told  # "which flights are banned": not all that is
    return _told(
        text,
        deed.is_done_by,
        does,
        sure=not (words or deed.decided or _has(text, deed.stems)),
        with_items=deed.decided,
    )


def _deed_asked(asked: str) -> tuple[re.Match[str], Deed] | tuple[None, None]:
    """How a question asks for something done, and what that is."""
    for form in _OF_A_DEED:
        match = form.match(asked)
        deed = deed_of(match["verb"]) if match else None
        if match and deed:
            return match, deed
    return None, None


def _reports(one: Done) -> bool:
    asks = one.strength in _ASKING or "request" in one.text[:_OPENS]
    return one.kind is not Kind.PREAMBULAR and asks and _REPORT.search(one.text) is not None


def _begins(one: Done) -> bool:
    return one.kind is not Kind.PREAMBULAR and bool(_IN_FORCE.search(one.text) and _TO_BEGIN.search(one.text))


def _stops(one: Done) -> bool:
    return one.kind is not Kind.PREAMBULAR and _NO_MORE.search(one.text) is not None


def _has(text: Resolution, words: re.Pattern[str]) -> bool:
    """Whether the words stand anywhere in a text: then it may do in another way what no act is read to do."""
    return any(words.search(one.text) for one in text.paragraphs if one.kind is not Kind.UNKNOWN)


def _told(
    text: Resolution,
    is_asked: Callable[[Done], bool],
    does: str,
    *,
    sure: bool = False,
    with_items: bool = False,
    certain: float = CERTAIN,
) -> LookedUp | None:
    """The paragraphs of which something done is asked for, `with_items` of what they open; where there are none and that is `sure`, that
    nothing answers.
    """
    others = {one.label: one for one in text.paragraphs}
    done = {one.label for one in text.paragraphs if any(map(is_asked, done_by(one, others)))}
    if not done:
        return LookedUp((), f"{text.symbol} has no paragraphs that {does}", refuses=True) if sure else None
    opened = (
        {one.label for one in text.paragraphs if one.label in done and one.text.endswith(":")} if with_items else set()
    )
    given = [one for one in text.paragraphs if one.label in done or one.parent in opened]
    given.sort(key=lambda one: one.kind is Kind.PREAMBULAR)
    note = f"paragraphs of {text.symbol} that {does}: {', '.join(one.label for one in given)}"
    return LookedUp(tuple(f"{text.symbol}#{one.label}" for one in given), note, certain)
