"""References as other languages write them, put into English: "párrafo 3 de la resolución 681 (1990)", "第681(1990)号决议第3段".

Only what belongs to a reference or a date is changed; the other words stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

from qa.numerals import MONTHS

_MONTHS = {
    name: month
    for month, names in zip(
        MONTHS,
        (
            "januar janvier enero janeiro gennaio",
            "februar février fevrier febrero fevereiro febbraio",
            "märz maerz mars marzo março marco",
            "avril abril aprile",
            "mai mayo maio maggio",
            "juni juin junio junho giugno",
            "juli juillet julio julho luglio",
            "août aout agosto",
            "septembre septiembre setiembre setembro settembre",
            "oktober octobre octubre outubro ottobre",
            "novembre noviembre novembro",
            "dezember décembre decembre diciembre dezembro dicembre",
        ),
        strict=True,
    )
    for name in names.split()
}
_MONTH = re.compile(
    rf"(?:(?<=\d)(?:er|[.°º])?\s{{1,3}}+(?:d[ei]\s{{1,3}}+)?)?\b(?P<name>{'|'.join(_MONTHS)})\b\s{{1,3}}+(?:del?\s{{1,3}}+)?(?=(?:19|20)\d\d)",
    re.IGNORECASE,
)
_RESOLUTION = "résolution résolutions resolución resolucion resoluciones resolução resolucao resoluções risoluzione risoluzioni resolutionen"
_PARAGRAPH = (
    "paragraphe paragraphes párrafo párrafos parrafo parrafos parágrafo parágrafos paragrafo paragrafos paragrafi absatz absätze "
    "absätzen ziffer ziffern alinéa alinéas alinea alineas punto puntos punti"
)
WORDS = frozenset([*_MONTHS, *_RESOLUTION.split(), *_PARAGRAPH.split()])
"""Small words: none of them is in a question that has nothing to put into English, unless it is in letters of its own."""

_RESOLUTIONS = "|".join(_RESOLUTION.split())
_PARAGRAPHS = "|".join(_PARAGRAPH.split())
_COUNCIL = r"conseil de s[ée]curit[ée]|consejo de seguridad|conselho de seguran[çc]a|consiglio di sicurezza|sicherheitsrat(?:e?s)?"
_ASSEMBLY = r"assembl[ée]e g[ée]n[ée]rale|asamblea general|assembleia geral|assemblea generale|generalversammlung"
_PREAMBLE = r"pr[ée]ambule|pre[áa]mbulo|preâmbulo|pr[äa]ambel|preambolo"
_IN_LATIN = tuple(
    (re.compile(pattern, re.IGNORECASE), english)
    for pattern, english in (
        (
            rf"(?<!\w)(?:(?:d[eu](?: la| las| los)?|del|das?|do|des|della|delle|der)\s|dell?['’]|de l['’])"
            rf"(?=(?:{_COUNCIL}|{_ASSEMBLY}|{_RESOLUTIONS}|{_PREAMBLE})\b)",
            "of the ",
        ),
        (r"\bder (?=resolution\b)", "of the "),
        (rf"\b(?:{_COUNCIL})\b", "Security Council"),
        (rf"\b(?:{_ASSEMBLY})\b", "General Assembly"),
        (rf"\b(?:{_RESOLUTIONS})\b", "resolution"),
        (rf"\b(?:{_PREAMBLE})\b", "preamble"),
        (rf"\b(?:{_PARAGRAPHS})(?=\s{{1,3}}+\d)", "paragraph"),
        (r"\b(?:num[ée]ro|número|nummer)(?=\s{1,3}+\d)", "no."),
        (r"(?<=\d)\s(?:et|y|und|e)\s(?=\d)", " and "),
        (r"(?<=\d)\s(?:de|von|del|di)\s(?=(?:19|20)\d\d)", " of "),
    )
)
_RUSSIAN = tuple(
    (re.compile(pattern, re.IGNORECASE), english)
    for pattern, english in (
        (r"\bсовета безопасности\b", "of the Security Council"),
        (r"\bсовет(?:у|ом|е)? безопасности\b", "Security Council"),
        (r"\bгенеральной ассамблеи\b", "of the General Assembly"),
        (r"\bгенеральн(?:ая|ую|ой) ассамбле(?:я|ю|е|ей)\b", "General Assembly"),
        (r"(?<=\d)\s{1,3}+резолюци[ий]\b", " of resolution"),  # "пункт 3 резолюции 883 (1993)"
        (r"\bрезолюци(?:я|и|ю|й|ей|ям|ями|ях)\b", "resolution"),
        (r"\bпункт(?:а|у|ом|е|ы|ов|ах)?(?=\s{1,3}+\d)", "paragraph"),
        (r"(?<=\d)\s(?:и)\s(?=\d)", " and "),
    )
)
_CHINESE = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"安全理事会|安理会|安全理事會|安理會", " Security Council "),
        (r"联合国大会|联大|大会|聯合國大會|聯大|大會", " General Assembly "),
        (
            r"第?\s{0,2}+(?P<n>\d{1,4}(?:/\d{1,3})?\s{0,2}+(?:\((?:\d{4}|[IVXLC]{1,7})\))?)\s{0,2}+[号號]\s{0,2}+(?:决议|決議)",
            r" resolution \g<n> ",
        ),
        (r"决议|決議", " resolution "),
        (r"第\s{0,2}+(?P<n>\d{1,3})[号號]", r"\g<n> "),
        (r"序言部分?第\s{0,2}+(?P<n>\d{1,3})\s{0,2}+段", r" preambular paragraph \g<n> "),
        (r"(?:执行部分|執行部分)?第\s{0,2}+(?P<n>\d{1,3})\s{0,2}+段", r" paragraph \g<n> "),
    )
)
_ARABIC = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        ("مجلس الأمن", "Security Council"),
        ("الجمعية العامة", "General Assembly"),
        (r"(?<=\d) من (?=\w{0,3}قرار)", " of "),
        (r"\b\w{0,3}قرار(?:ات)?\b", "resolution"),
        (r"\b\w{0,3}فقر(?:ة|ات)\b", "paragraph"),
        (r"\b(?:لعام|لسنة|عام)\b(?= \d)", "of"),
        (r"(?<=\d) و(?=\d)", " and "),
    )
)
_OTHER_LETTERS = re.compile(r"[\u0400-\u06ff\u3400-\u9fff]")
_BORDER = re.compile(r"(?<=[!-~])(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])(?=[!-~])")  # "第3段": Chinese and figures touch
_NUMERALS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def in_english(text: str) -> str:
    """The text with the words of its references, and the months of its dates, in English."""
    if _OTHER_LETTERS.search(text):
        text = _BORDER.sub(" ", unicodedata.normalize("NFKC", text).translate(_NUMERALS))
        text = _put(_put(_put(text, _RUSSIAN), _CHINESE), _ARABIC)
    return _MONTH.sub(_english_month, _put(text, _IN_LATIN))


def _put(text: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, english in table:
        text = pattern.sub(english, text)
    return text


def _english_month(match: re.Match[str]) -> str:
    joined = " " if match.start() < match.start("name") else ""
    return f"{joined}{_MONTHS[match['name'].lower()]} "
