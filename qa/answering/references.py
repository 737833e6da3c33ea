"""What a question names outright: resolutions and paragraphs. An exact reference beats meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from qa.ids import label_of, symbol_of
from qa.numerals import to_roman
from qa.retrieval.searchable import Searchable
from qa.symbols import Mention, Place, Symbol
from qa.symbols.asked_wholes import asks_of_all, is_beside_title
from qa.symbols.citing import cite_label
from qa.symbols.roles import Side
from qa.symbols.units import UNIT_WORDS, cite_unit

_SECTION = re.compile(r"(?P<section>[IVXL]+|[A-Z])\.(?:OP|PP)\d.*")
_WHOLE = {"OP": " of the operative part", "PP": " of the preamble", "": ""}
_BELOW = re.compile(r"[(+~].*")
_SEVERAL = 3  # paragraphs that one label may mean before it is said that a section should be named
_COUNTED = re.compile(r"(?P<kind>[A-Za-z]{1,9})(?P<number>\d+)")
_FIGURES = re.compile(r"[\d/]+")
_CITING = 3
# Behind these a number that ends what is asked is a text's, and no quantity: "the deadline in |678?", "extended by |444?"
_IN_TEXT = re.compile(
    r"\b(?:(?P<sure>in|under)"
    r"|(?:set|fixed|imposed|required|demanded|decided|created|established|extended|renewed|prolonged|ordered|authori[sz]ed|requested) by"
    r"|(?:terms|deadlines?|mandate|sanctions|embargo|cease-?fire|provisions|requirements?|demands|measures|conditions) of) \Z",
    re.I,
)
_OF_A_TITLE = 8  # words of a question that may be a text's symbol and title, which is read then
_ASKS = 3  # words before it, "in" included: "in 100" asks nothing of a text
_ENDS = re.compile(r" ?(?:[?.!,;:]|\Z)")
_SHARED_WORDS = 2


@dataclass(frozen=True, slots=True)
class BesideText:
    """The resolution after or before which others are asked for, and when it was adopted (yyyymmdd)."""

    side: Side
    symbol: str
    day: int


@dataclass(frozen=True, slots=True)
class References:
    """The references of a question, resolved against a corpus.

    `symbols` are held by the corpus and asked about; `paragraphs` are ids that exist, in text order: those that are named,
    which `openings` are, each with what belongs to it; `notes` say to people what was read
    how; `refusal` is set where the question is about a text or a paragraph that the corpus does not hold, with the
    `nearest` ids it has. `numbers` are mentions that are years of adoption, or numbers of something else, and no resolutions.
    `searched` are the resolutions to search: `symbols`, and of one that only tells which of something is meant, or whose committee is named, it and
    what cites it; `unheld` says which of these is not held. `sides` are resolutions after or before which others are asked
    for; none where any is asked about itself.
    """

    symbols: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str | None = None
    nearest: tuple[str, ...] = ()
    numbers: tuple[Mention, ...] = ()
    searched: tuple[str, ...] = ()
    unheld: str | None = None
    sides: tuple[BesideText, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What was found so far, mention by mention; `part` of a text is meant by its symbol alone, none where it is empty."""

    part: str
    kinds: frozenset[str] = frozenset()
    held: dict[str, None] = field(default_factory=dict)
    paragraphs: dict[str, None] = field(default_factory=dict)
    openings: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    lacking: dict[str, None] = field(default_factory=dict)  # sentences on paragraphs that there are not
    nearest: dict[str, None] = field(default_factory=dict)
    numbers: list[Mention] = field(default_factory=list)
    bare: dict[str, None] = field(default_factory=dict)  # asked about, without a paragraph
    citing: dict[str, None] = field(default_factory=dict)  # what cites a resolution whose committee is named
    unheld: str | None = None
    sides: list[BesideText] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.notes[text] = None


def references_of(
    question: str, mentions: tuple[Mention, ...], corpus: Searchable, kinds: Sequence[str] = ()
) -> References:
    """Look every mention up. Where a mention may be several resolutions, those that the corpus holds are all meant. Of a text by its symbol
    alone its operative part is, or its recitals where paragraphs of these `kinds` alone are searched.
    """
    read = _Reading(
        kinds=frozenset(kinds),
        part="OP" if not kinds or "operative" in kinds else "PP" if "preambular" in kinds else "",
    )
    for mention in mentions:
        _look_up(question, mention, mentions, corpus, read)
    with_paragraphs = {symbol_of(name) for name in read.paragraphs}
    if with_paragraphs and (bare := [symbol for symbol in read.bare if symbol not in with_paragraphs]):
        read.note(f"no paragraph of {' and '.join(bare)} is named: only the paragraphs that are named are shown")
    unheld = [f"the corpus does not hold {', '.join(read.missing)}"] if read.missing else []
    not_held = "; ".join([*read.lacking, *unheld])
    searched = tuple(dict.fromkeys([*read.held, *read.citing]))
    refused = bool(
        not_held
        and not read.paragraphs
        and (read.lacking or not searched or _asks_of_unheld(question, mentions, corpus))
    )
    if not_held and not refused:
        read.note(not_held)
    return References(
        tuple(read.held),
        tuple(read.paragraphs),
        tuple(read.openings),
        tuple(read.notes),
        not_held if refused else None,
        tuple(read.nearest),
        tuple(read.numbers),
        searched,
        read.unheld,
        () if read.held else tuple(read.sides),
    )


def _look_up(question: str, mention: Mention, mentions: Sequence[Mention], corpus: Searchable, read: _Reading) -> None:
    names = [str(symbol) for symbol in mention.candidates]
    found = [name for name in names if corpus.holds(name)]
    if mention.correction:
        read.note(mention.correction)
    if not mention.candidates:
        _other_organ(mention, corpus, read)
    elif not found and _is_year(mention):
        read.numbers.append(mention)
        read.note(f"{mention.text!r} is read as the year: the corpus holds no resolution of that number")
    elif not found and mention.is_spoken_of and not mention.places and not _is_in_text(question, mention, corpus):
        read.numbers.append(mention)
    elif mention.side and len(found) == 1 and (day := corpus.adopted_on(found[0])):
        read.sides.append(BesideText(mention.side, found[0], day))
    elif _is_around(mention, mentions) and (around := [*found, *_resolutions_citing(names, corpus)]):
        read.citing.update(dict.fromkeys(around))
        of = " or ".join(found or names)
        read.note(
            f"'{mention.text} Committee' is read as that of {of}: what cites it is searched"
            if mention.committee
            else f"{mention.text!r} only tells what is meant: {'it and ' if found else ''}what cites it is searched"
        )
        read.unheld = read.unheld if found else f"the corpus does not hold {of}, only what cites it"
    elif mention.only_mentioned and not _any(corpus, found, mention.places):
        held = "" if found else ", and the corpus does not hold it"
        read.note(f"{mention.text!r} is only mentioned: nothing is restricted to it{held}")
    elif not found and not mention.places and (title := _titled(question, mention, corpus)):
        read.note(f"{mention.text!r} is read as part of the title of {title}")
    elif not found:
        read.missing[" or ".join(names)] = None
        read.nearest.update(dict.fromkeys(name for one in names for name in _citing(one, corpus)))
    else:
        if len(found) > 1:
            read.note(f"{mention.text!r} may be {' or '.join(found)}: all were searched")
        read.held.update(dict.fromkeys(found))
        alone = len(found) == 1 and not any(one.places for one in mentions)
        year = corpus.adopted_on(found[0]) // 10000
        if read.part and alone and _asks_of_all(question, [one.span for one in mentions], year, found[0], corpus):
            mention = replace(mention, places=(Place(kind=read.part, whole=True),))
        read.bare.update({} if mention.places else dict.fromkeys(found))
        _paragraphs(mention, found, corpus, read)


def _asks_of_all(question: str, spans: Sequence[tuple[int, int]], year: int, symbol: str, corpus: Searchable) -> bool:
    """Whether nothing is asked but the text, which is named by its symbol, or by that and a few words of its title."""
    if asks_of_all(question, spans, year):
        return True
    text = corpus.whole(symbol) if len(question.split()) <= _OF_A_TITLE else None
    return bool(text and text.title and is_beside_title(question, spans, text.title))


def _asks_of_unheld(question: str, mentions: Sequence[Mention], corpus: Searchable) -> bool:
    """Whether the last of several sentences names only what is not held; those before tell what lies around it."""
    begins = question.rstrip(" .?!").rfind(". ")
    said = set(_FIGURES.findall(question[begins:])) if begins > 0 else set()
    asked = [one for one in mentions if any(_number(symbol).split()[0] in said for symbol in one.candidates)]
    held = (corpus.holds(str(symbol)) for one in asked for symbol in one.candidates)
    return bool(asked) and not any(one.tells_which or one.only_mentioned for one in asked) and not any(held)


def _is_around(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether something is asked that may stand in a resolution or in what cites it."""
    done_with = mention.only_mentioned and len(mentions) == 1  # "who violated 660?"
    return mention.tells_which or ((mention.committee or done_with) and not mention.places)


def _is_year(mention: Mention) -> bool:
    """A paragraph with a number is asked of a resolution, never of a year."""
    return mention.may_be_year and not any(place.is_numbered for place in mention.places)


def _is_in_text(question: str, mention: Mention, corpus: Searchable) -> bool:
    """Whether a bare number must be a text's that is not held: nothing else stands there, or what is held cites it."""
    start, end = mention.span
    stands = _IN_TEXT.search(question[max(0, start - 24) : start])
    if stands is None or not _ENDS.match(question, end) or len(question[:start].split()) < _ASKS:
        return False
    return bool(stands["sure"]) or any(_citing(str(symbol), corpus) for symbol in mention.candidates)


def _any(corpus: Searchable, symbols: Sequence[str], places: Sequence[Place]) -> bool:
    return any(corpus.ids_at(symbol, place) for symbol in symbols for place in places)


def _other_organ(mention: Mention, corpus: Searchable, read: _Reading) -> None:
    """An organ that has no such number: the text of another organ with that number is the nearest."""
    held = [symbol for symbol in mention.instead if corpus.holds(str(symbol))]
    named = " or ".join(symbol.citation for symbol in held or mention.instead)
    has = "it holds" if held else "there is only"
    read.missing[f"{mention.text!r} ({mention.reason}; {has} {named})"] = None
    for symbol in held:
        ids = [name for place in mention.places for name in corpus.ids_at(str(symbol), place)]
        shown = (
            ids or [f"{symbol}#{label}" for label in corpus.labels(str(symbol)) if not label.startswith("PP")][:_CITING]
        )
        read.nearest.update(dict.fromkeys(shown))


def _paragraphs(mention: Mention, symbols: Sequence[str], corpus: Searchable, read: _Reading) -> None:
    found: dict[str, dict[str, None]] = {symbol: {} for symbol in symbols}
    belonging: dict[str, list[str]] = {symbol: [] for symbol in symbols}
    for place in mention.places:
        if place.unit and not any(corpus.has_units(symbol, place) for symbol in symbols):
            word = next(word for sign, word in UNIT_WORDS.items() if place.unit.startswith(sign))
            read.note(
                f"{' and '.join(symbols)} has no {word} of its own: {cite_unit(place.unit)!r} is searched for as words"
            )
            continue
        lacking = True
        for symbol in symbols:
            ids = [one for one in corpus.ids_at(symbol, place) if not place.whole or _is_of_kind(one, read.kinds)]
            found[symbol].update(dict.fromkeys(ids))
            belonging[symbol] += (
                () if place.alone or place.whole else [one for name in ids for one in corpus.ids_below(name)]
            )
            lacking = lacking and not ids
            _explain(place, symbol, ids, read)
        if lacking:
            read.lacking[" and ".join(_lacks(symbol, place, corpus.labels(symbol)) for symbol in symbols)] = None
            read.nearest.update(dict.fromkeys(name for symbol in symbols for name in corpus.nearest_to(symbol, place)))
    for symbol, names in found.items():
        read.openings.update(names)
        read.paragraphs.update(dict.fromkeys(_in_text_order([*names, *belonging[symbol]], symbol, corpus)))


def _lacks(symbol: str, place: Place, labels: Sequence[str]) -> str:
    """That a resolution has no such paragraph, and where its numbers end if the number asked for is beyond that."""
    name = _named(place) if place.whole and (place.annex or place.section) else cite_label(str(place))
    says = f"{Symbol.parse(symbol).citation} ({symbol}) has no {name}"
    counted = None if place.whole else _COUNTED.match(str(place))
    if counted is None:
        return says
    kind = counted["kind"]
    last = max((int(one[1]) for label in labels if (one := re.search(rf"(?<![^.]){kind}(\d+)", label))), default=0)
    return f"{says}; its last is {cite_label(f'{kind}{last}')}" if 0 < last < int(counted["number"]) else says


def _is_of_kind(name: str, kinds: frozenset[str]) -> bool:
    """Whether a recital or an act is of the kinds of which a part is shown, if any are chosen."""
    label = label_of(name).rpartition(".")[2]
    kind = {"PP": "preambular", "OP": "operative"}.get(label[:2], "")
    return not kinds or not kind or kind in kinds


def _named(place: Place) -> str:
    """An annex or a section as a whole."""
    return f"section {place.section}" if place.section else f"annex {to_roman(place.annex)}"


def _explain(place: Place, symbol: str, ids: Sequence[str], read: _Reading) -> None:
    labels = [label_of(name) for name in ids]
    if place.whole and labels:
        part = f" of its {_named(place)}" if place.annex or place.section else _WHOLE[place.kind]
        read.note(f"all {len(labels)} paragraphs{part} are meant, of {symbol}: {labels[0]} to {labels[-1]}")
    if place.unit or place.whole:
        return
    if len(labels) == 1 and not (place.section or place.annex or place.exact) and (section := _section(labels[0])):
        read.note(f"{symbol} has sections: {place!s} is read as {labels[0]}, that of section {section}")
    if place.plain and not place.annex and not place.exact and labels and all(re.match(r"A\d", one) for one in labels):
        read.note(f"{symbol} has no operative paragraph {str(place)[2:]}: that of its annex is meant")
    parts = list(dict.fromkeys(_BELOW.sub("", label) for label in labels))
    if len(labels) > 1 and len(parts) == 1:
        read.note(f"{symbol}#{place} is {labels[0]} to {labels[-1]}")
    if len(parts) > _SEVERAL or (len(parts) > 1 and all(_section(label) for label in labels)):
        read.note(f"{symbol} has {len(parts)} paragraphs {place}, each in a part of its own: name the section for one")


def _section(label: str) -> str:
    """The section of an operative paragraph or recital in one: of "VIII.OP37" it is "VIII"."""
    match = _SECTION.fullmatch(label)
    return match["section"] if match else ""


def _in_text_order(ids: Iterable[str], symbol: str, corpus: Searchable) -> list[str]:
    wanted = set(ids)
    if len(wanted) < 2:
        return list(wanted)
    return [name for label in corpus.labels(symbol) if (name := f"{symbol}#{label}") in wanted]


def _citing(symbol: str, corpus: Searchable) -> list[str]:
    """Paragraphs that cite a resolution that is not held."""
    return [f"{citing}#{label}" for citing, label, _, _ in corpus.generation.mentions_of(symbol)[:_CITING]]


def _resolutions_citing(symbols: Sequence[str], corpus: Searchable) -> list[str]:
    """The resolutions that cite any of some."""
    return list(dict.fromkeys(citing for one in symbols for citing, *_ in corpus.generation.mentions_of(one)))


def _titled(question: str, mention: Mention, corpus: Searchable) -> str | None:
    """The resolution whose title names the mentioned one, if the question holds more words of that title."""
    asked = set(_words(question[: mention.span[0]] + question[mention.span[1] :]))
    for symbol in mention.candidates:
        number = _number(symbol)
        for line in corpus.generation.titled(number, 10):
            title, _, held = line.rpartition(" (")
            if number in title and len(asked & set(_words(title))) >= _SHARED_WORDS:
                return held.rstrip(")") if held.count("(") == held.count(")") - 1 else held
    return None


def _number(symbol: Symbol) -> str:
    """A number as titles print it: "2719 (2023)", "75/290"."""
    return symbol.citation.rpartition("resolution ")[2]


_COMMON = frozenset(
    "resolution resolutions general assembly security council united nations what which with from".split()
)


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]{4,}", text.casefold()) if word not in _COMMON]
