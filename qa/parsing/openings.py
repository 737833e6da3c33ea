"""How a paragraph opens: participles and adjectives recite, verbs in the third person act.

Source: United Nations Editorial Manual, resolutions and other formal decisions: preambular paragraphs open with a
present participle or an adjective, operative paragraphs with a verb in the present tense.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Opening(StrEnum):
    """What the first words say of the paragraph's kind."""

    RECITAL = "recital"
    ACT = "act"
    PLAIN = "plain"


_RECITING = frozenset(
    ["aware", "conscious", "mindful", "concerned", "alarmed", "convinced", "guided", "determined", "disturbed", "encouraged", "committed", "cognizant", "desirous", "resolved", "inspired", "anxious", "grieved", "shocked", "dismayed", "indignant", "appalled", "outraged", "whereas", "gratified", "grateful", "moved", "confident", "hopeful", "satisfied", "persuaded", "horrified", "distressed", "perturbed", "saddened", "prompted", "disappointed", "worried", "preoccupied", "motivated", "dedicated", "devoted", "heartened", "desirous", "firm", "sensible", "apprehensive", "eager", "troubled", "afflicted", "deplored", "unconvinced", "disquieted"]
)
_NO_PARTICIPLE = frozenset(
    ["king", "thing", "nothing", "anything", "something", "everything", "during", "string", "spring", "morning", "evening", "meeting", "training", "funding", "understanding", "following", "according", "proceeding", "proceedings", "housing", "nursing", "planning", "financing", "building", "developing", "mainstreaming", "trafficking", "monitoring"]
)
_SURE = frozenset(
    ["recalling", "reaffirming", "noting", "recognizing", "recognising", "welcoming", "expressing", "stressing", "emphasizing", "emphasising", "acknowledging", "reiterating", "taking", "having", "bearing", "underlining", "affirming", "condemning", "underscoring", "commending", "encouraging", "considering", "highlighting", "calling", "urging", "acting", "deploring", "determining", "remaining", "looking", "regretting", "referring", "realizing", "realising", "appreciating", "believing", "renewing", "desiring", "keeping", "observing", "wishing", "endorsing", "declaring", "deciding", "examining", "hearing", "seeking", "paying", "concluding", "recommending", "deeming", "demanding", "approving", "supporting", "reminding", "confirming", "rejecting", "responding", "pursuing", "convinced", "concerned", "mindful", "aware", "conscious", "deeply", "gravely", "seriously", "guided", "alarmed", "disturbed", "anxious", "further", "also"]
)
_ACTING = frozenset(
    ["accepts", "acknowledges", "adopts", "advises", "affirms", "agrees", "amends", "appeals", "applauds", "appoints", "appreciates", "appropriates", "approves", "asks", "assigns", "associates", "assures", "authorises", "authorizes", "believes", "calls", "cautions", "censures", "commemorates", "commends", "commits", "concludes", "concurs", "condemns", "confirms", "congratulates", "considers", "continues", "conveys", "counts", "creates", "decides", "declares", "deems", "defers", "demands", "denounces", "deplores", "designates", "desires", "determines", "directs", "discontinues", "draws", "echoes", "elects", "emphasises", "emphasizes", "empowers", "encourages", "endorses", "entrusts", "establishes", "exhorts", "expects", "expresses", "extends", "finds", "fixes", "follows", "gives", "grants", "hails", "highlights", "holds", "honours", "hopes", "implores", "indicates", "instructs", "insists", "intends", "invites", "issues", "joins", "keeps", "launches", "learns", "looks", "maintains", "makes", "mandates", "mourns", "notes", "objects", "observes", "offers", "opens", "orders", "pays", "pledges", "points", "postpones", "praises", "proclaims", "prohibits", "proposes", "protests", "provides", "reaffirms", "realises", "realizes", "reasserts", "recalls", "receives", "recognises", "recognizes", "recommends", "recommits", "reconfirms", "reconsiders", "reconstitutes", "refers", "re-emphasizes", "re-endorses", "re-establishes", "reemphasizes", "regards", "registers", "regrets", "reiterates", "rejects", "remains", "reminds", "renews", "reopens", "repeals", "repeats", "replaces", "repudiates", "requests", "requires", "reserves", "resolves", "respects", "restates", "resumes", "retains", "reviews", "revises", "salutes", "seeks", "sends", "sets", "shares", "shows", "stands", "stresses", "suggests", "supports", "suspends", "sympathizes", "takes", "terminates", "thanks", "transmits", "trusts", "undertakes", "underlines", "underscores", "upholds", "urges", "views", "vests", "vows", "warns", "welcomes", "wishes", "sanctions", "restores", "declares", "reinstates", "submits", "informs", "hears", "dissolves", "bears", "approves", "revokes", "lifts", "deprecates", "deeply", "acts", "arranges", "attaches", "authorise", "institutes", "invokes", "nominates", "notifies", "places", "puts", "reacts", "records", "reduces", "relieves", "solicits", "strengthens", "tasks", "transfers"]
) - {"deeply", "acts"}
_SKIPPED = frozenset(
    ["also", "further", "furthermore", "moreover", "once", "again", "and", "anew", "still", "nonetheless", "nevertheless", "additionally", "then", "therefore", "accordingly", "hereby", "solely", "thereby", "very", "even", "in", "more", "bien", "moreover", "likewise", "however", "first", "secondly", "finally", "unanimously"]
)
_WORD = re.compile(r"[“\"‘'(\[]*([A-Za-z][\w’'-]*)")


def classify(text: str) -> Opening:
    """What the first words of a clean paragraph say. "Also gravely concerned" recites, "Further strongly urges" acts."""
    position = 0
    for turn in range(5):
        match = _WORD.match(text, position)
        if not match:
            return Opening.PLAIN
        word = match.group(1).lower()
        if turn == 0 and not match.group(1)[0].isupper() and word not in _ACTING:
            return Opening.PLAIN
        if word in _ACTING:
            return Opening.ACT
        if word in _RECITING or (word.endswith("ing") and word not in _NO_PARTICIPLE):
            return Opening.RECITAL
        if not (word.endswith("ly") or word in _SKIPPED):
            return Opening.PLAIN
        position = match.end()
        while position < len(text) and text[position] in " ,":
            position += 1
    return Opening.PLAIN


_OPENING_LINES = _SURE | _ACTING


def surely_opens(text: str) -> bool:
    """The first word is one that resolutions open paragraphs with, all but never a line inside one."""
    match = _WORD.match(text)
    return bool(match) and match.group(1).lower() in _OPENING_LINES and classify(text) is not Opening.PLAIN


def surely_acts(text: str) -> bool:
    """The paragraph opens with an operative verb, or with an adverb and one."""
    return classify(text) is Opening.ACT
