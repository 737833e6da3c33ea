"""Deeds that a paragraph tells the other way round: what a question has an organ welcome and the paragraph regrets, what it takes to be
forbidden and the paragraph asks for, what is to be recognized and is "not to be".
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TurnedDeed:
    """What a question may have done (an alternative), what in a paragraph may mean it, and what is the opposite."""

    asked: str
    same: re.Pattern[str]
    opposite: re.Pattern[str]

    def turned_in(self, paragraph: str, opening: str) -> str | None:
        """The paragraph's word for the opposite, where nothing in it or its opening may mean the deed."""
        held = self.opposite.search(paragraph)
        return held[0] if held and not self.same.search(f"{opening}\n{paragraph}") else None


def _any_of(words: str) -> str:
    """An alternative of words: `*` stands for any ending, `_` for a blank."""
    return "|".join(re.escape(one).replace(r"\*", r"\w*").replace("_", r"\s") for one in words.split())


def _deed(asked: str, same: str, opposite: str) -> TurnedDeed:
    return TurnedDeed(
        _any_of(asked), re.compile(rf"\b(?:{_any_of(same)})\b", re.I), re.compile(rf"\b(?:{_any_of(opposite)})\b", re.I)
    )


_NO = (
    "not no never nor neither none without against only unless except other_than prior refrain* desist* ceas* stop* halt* prohibit* prevent* "
    "ban bans bann* forb* embargo* exclu* deny* deni* cancel* rescind* suspend* sever* withdr* withh* limit* restrict* avoid* condemn* "
    "deplor* eliminat* inadmissib* illegal* invalid* unlawful* oppos* reject* refus* void* abstain* discourag* end ending terminat* curb* combat* "
    "counter* interrupt* abandon* abolish* remov* freez* protect* block* disarm* destr* seiz* penali* offence* crimin* violat* "
    "unaccept* contrary incompatib* barr* dissociat* renounc* repeal* revers* dismantl* undo inspect* verif*"
)
_ASKS = "request* ask* call* urg* invit* encourag* decid* appeal* recommend* authoriz* demand* express* welcom* direct* instruct*"
_PRAISES = "commend* prais* welcom* congratulat* applaud* hail* salut*"
_PLEASED = "appreciat* satisf* gratitude grateful thank* tribute pleased support* endors* encourag* recogni* acknowledg* honour* takes_note"
_BLAMES = "condemn* deplor* censur* denounc*"
_REGRETS = (
    "regret* concern* alarm* dismay* indigna* outrag* shock* grave* disappoint* disturb* appal* reproach* fail* lack* insufficient* "
    "inadequa* violat* reject*"
)
_STARTS = "start* begin* began commenc* resum* open* initiat* enter* launch* hold held introduc* convene*"

_DEEDS = (
    _deed("forbid forbids forbade forbidden prohibit prohibits prohibited barred banned outlaws outlawed exclude excluded", _NO, _ASKS),
    _deed(
        "oppose opposes opposed reject rejects rejected refuse refuses refused repudiated turn_down turned_down veto vetoed disapprove disapproved",
        f"{_NO} disapprov* regret* unable fail* defer* null lack* concern* declin* repudiat*",
        f"{_ASKS} approv* accept* endors* support* admi*",
    ),
    _deed(
        "accept accepts accepted approve approves approved endorse endorses endorsed",
        f"accept* approv* endors* {_PRAISES} adopt* agree* decid* authoriz* concur* confirm* support* note recommend* consent* satisf*",
        "reject* repudiat* unaccept*",
    ),
    _deed(
        "blame blames blamed condemn condemns condemned deplore deplored censure censured rebuke rebuked criticize criticized criticise "
        "criticised denounce denounced",
        f"{_BLAMES} {_REGRETS} {_NO}",
        f"{_PRAISES} appreciat* gratitude thanks tribute satisfaction",
    ),
    _deed(
        "regret regrets regretted",
        f"{_REGRETS} {_BLAMES}",
        f"{_PRAISES} appreciat* gratitude thanks tribute satisfaction",
    ),
    _deed(
        "praise praises praised commend commends commended thank thanks thanked congratulate congratulated welcome welcomes welcomed applaud "
        "applauds applauded hail hails hailed",
        f"{_PRAISES} {_PLEASED}",
        f"{_BLAMES} regret* concern* alarm* dismay* indignation desist* refrain* ceas*",
    ),
    _deed(
        "end ends ended lift lifts lifted terminate terminates terminated abolish abolishes abolished dissolve dissolved close_down closed_down "
        "wound_up revoke revoked rescind rescinded repeal repealed",
        "end ends ended lift* terminate terminates terminated termination remov* revo* rescind* abol* clos* dissol* liquidat* withdr* suspen* "
        "expir* conclu* ceas* complet* phas* no_longer discontinu* wind* cancel* eliminat* stop* repeal* disband* halt* dismantl* relinquish* "
        "eradicat* delet* drawdown transition* revers* peaceful* solution* not",
        "reaffirm* maintain* extend* renew* prolong* remain_in_force remains_in_force establish* creat* set_up sets_up setting_up continu* impos*",
    ),
    _deed(
        "extend extends extended renew renews renewed prolong prolongs prolonged",
        "reaffirm* maintain* exten* renew* prolong* continu* remain* keep* retain* until restor* new_term further_period",
        "lift* terminat* remov* revok* rescind* abolish* dissol* withdr* liquidat* clos*",
    ),
    _deed(
        "cut cuts reduce reduces reduced shrink shrank decrease decreased downsize downsized lower lowers lowered",
        "reduc* decreas* shr* lower* dimini* downsiz* cut cuts cutting withdr* less* fewer declin* mitigat* drawdown limit* minimi* drop* curb* "
        "alleviat* narrow* fall* eas* relax* eliminat*",
        "expan* enlarg* increas* augment* rais* strengthen*",
    ),
    _deed(
        "expand expands expanded enlarge enlarged increase increases increased augment augmented raise raises raised",
        "expan* enlarg* increas* augment* rais* strengthen* reinforc* more additional* further up_to higher enhanc* scal* step* grow* promot* "
        "intensif* rise* rose improv* broad* mobili* supplement* widen* attention awareness",
        "reduc* decreas* lower* dimini* downsiz* cut cuts cutting shrink* withdraw*",
    ),
    _deed(
        "establish establishes established create creates created set_up sets_up",
        "establish* creat* set sets setting institut* found* form* conven* launch* appoint* compos* develop* build* constitut* put* organi* "
        "proclaim* declar* designat* open* authori* approv*",
        "abolish* dissol* terminat* liquidat* clos* discontinu* withdr*",
    ),
    _deed(  # what may be founded one day is not founded
        "establish established create created",
        "decides_to_establish decides_to_create decides_to_set_up resolves_to_establish establishes hereby_establish* creates sets_up",
        "possible_establish* possible_creat* possibility_of_establish* possibility_of_creat* possibility_of_setting undertakes_to_examine "
        "undertakes_to_consider undertakes_to_study",
    ),
    _deed(
        "expel expels expelled thrown_out",
        "expel* expul* suspen* withdr* exclu* ceas* deport* remov* not",
        "admit* admission* accept*",
    ),
    _deed(
        "admit admits admitted",
        "admi* accept* member* access* enter* entry allow* permit*",
        "expel* expul* suspen* exclu* ceas*",
    ),
    _deed(
        "withdraw withdraws withdrew withdrawn pull_out pulled_out",
        "withdr* pull* leav* left reduc* evacuat* remov* repatriat* return* depart* liquidat* exit* drawdown disengag* retir* end terminat* "
        "complet* not replac* vacat* clos* demobil* ceas*",
        "deploy* send* sent dispatch* provid* contribut* submit* transmit* increas* admi*",
    ),
    _deed(
        "start starts started begin begins began begun launch launched",
        f"{_STARTS} from effect proceed* as_of prompt* without_delay immediate* establish* since first preparat* inaugur* embark* undertak* "
        "develop* implement* set* creat* conduct* work*",
        "ceas* stop* desist* refrain* halt* terminat* prohibit* prevent*",
    ),
    _deed("stop stops stopped halt halts halted cease ceases ceased", f"{_NO} ceas* cut*", f"{_STARTS} negotiat* continu* promot* develop*"),
)  # fmt: skip

_ORGAN = (
    r"(?:(?:un )?(?:(?:security|human rights) council|general assembly)|council|assembly|un|united nations|unsc|unga)"
)
_TIME = r"(?:(?:in|on|at|of|by|from|since|after) (?:[\w’'-]+ ){1,4}?)?"
_OFTEN = (
    r"(?:(?:really|ever|also|again|indeed|strongly|formally|finally|first|itself) )?"
    r"(?:(?:decide[ds]?|vote[ds]?|agree[ds]?) (?:in \w+ )?to )?"
)
_DID = rf"(?:did|does|do|has|have|had|will|would) {_TIME}(?:the )?{_ORGAN} {_TIME}{_OFTEN}"
_ORGAN_DID = rf"(?:{_ORGAN}|resolutions?) {_TIME}{_OFTEN}"
_TOLD = (
    r"(?:told|ask(?:s|ed)?|urge[sd]?|call(?:s|ed)? (?:up)?on|request(?:s|ed)?|invite[sd]?|order(?:s|ed)?|instruct(?:s|ed)?|has|have|had"
    r"|is|are|was|were|supposed|meant|obliged|required|expected|needs?|allow(?:s|ed)?)\b[^?;,.]{0,60}? to "
)
_WAS = r"(?:was|were|is|are|been|be|being|get|got)\b[^?;,.]{0,70}? "
_DONE = r"(?:(?<=ed)|(?<=en)|(?<=wn)|(?<=un)|(?<=ut)|(?<=up))\b"  # a participle
_BASE = r"(?<!ed)(?<!s)"
_DOES = r"(?:(?<=s)|(?<=d))\b(?! (?:to|of|by|\d))"  # no noun, as in "Assembly, end 2023"


def _asked_by(deed: TurnedDeed) -> re.Pattern[str]:
    """Where a question has it done: by an organ, to somebody, or by somebody who is told to."""
    verb = rf"(?P<{{}}>{deed.asked})\b"
    forms = (
        _DID + verb.format("by_it"),
        _ORGAN_DID + verb.format("itself") + _DOES,
        _WAS + verb.format("to_it") + _DONE,
        _TOLD + verb.format("told") + _BASE,
    )
    return re.compile(rf"\b(?:{'|'.join(forms)})", re.I)


_ASKED = tuple((_asked_by(one), one) for one in _DEEDS)
_WORD = re.compile(r"[a-z]+", re.I)
_VERBS = frozenset(
    _WORD.findall(form)[0] for one in _DEEDS for form in one.asked.split("|")
)  # of phrases the first word
_BEGINS = re.compile(rf"\A\W*(?:(?:did|does|has|have|had) )?{_TIME}(?:the )?{_ORGAN} {_TIME}{_OFTEN}[a-z]+\b", re.I)
_ASKING = r"\b(?:ask|call|request|urg|invit|demand|instruct|direct|order|decid|appeal)\w*"
_TO = re.compile(
    rf"{_ASKING}[^?;,]{{0,60}}? to (?P<verb>(?!them\b|this\b|that\b|these\b|those\b|their\b|other\b)[a-z]{{5,}})\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nor|none|nobody|nothing|without|against|end|ends|ended|ban|bans|banned)\b|n['’]t\b"
    r"|\b(?:refrain|stop|ceas|desist|avoid|prevent|den(?:y|ie)|reject|refus|forb[ia]d|prohibit|abstain|withh[eo]ld)\w*",
    re.I,
)
_NOT_TO = re.compile(r"\b(?:not to|refrain from|abstain from|desist from|neither to)\b", re.I)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a question has done, by the word that it has for it, and what it has somebody told to do ("" where there is none)."""

    done: tuple[tuple[str, TurnedDeed], ...] = ()
    told: str = ""

    def turned_in(self, paragraph: str, opening: str) -> tuple[str, str] | None:
        """The question's word and the paragraph's, where that does or tells the opposite and nothing like it."""
        for word, deed in self.done:
            held = deed.turned_in(paragraph, opening)
            if held:
                return word, held
        return self._denied(paragraph) if self.told and _NOT_TO.search(paragraph) else None

    def _denied(self, paragraph: str) -> tuple[str, str] | None:
        stem = re.escape(self.told.lower().removesuffix("e"))
        named = re.findall(rf"\b{stem}\w*", paragraph, re.I)
        denied = re.findall(rf"{_NOT_TO.pattern} (?:\w+ly )?{stem}\w*", paragraph, re.I)
        return (self.told, denied[0]) if denied and len(denied) == len(named) else None


def deeds_in(question: str, *, states: bool) -> Deeds | None:
    """What a question has done, where a paragraph may tell it the other way round; where it `states` something, what it has told as well."""
    done = []
    for asked, deed in _ASKED if _VERBS.intersection(_WORD.findall(question.lower())) else ():
        found = asked.search(question)
        if found:
            done.append((next(word for word in found.groups() if word), deed))
    to = _TO.search(question) if states else None
    told = to["verb"] if to and not _DENIES.search(question) else ""
    return Deeds(tuple(done), told) if done or told else None


def begins_with_deed(question: str) -> bool:
    """Whether a question begins with an organ and a verb: "the Council lifted ..."."""
    return _BEGINS.match(question) is not None
