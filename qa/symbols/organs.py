"""Who adopts: the organs, and what a symbol can stand for."""

from __future__ import annotations

from enum import StrEnum


class Organ(StrEnum):
    """The body that a symbol belongs to; the value is its name in a citation."""

    GENERAL_ASSEMBLY = "General Assembly"
    SECURITY_COUNCIL = "Security Council"
    ECONOMIC_AND_SOCIAL_COUNCIL = "Economic and Social Council"
    HUMAN_RIGHTS_COUNCIL = "Human Rights Council"
    COMMISSION_ON_HUMAN_RIGHTS = "Commission on Human Rights"
    ENVIRONMENT_ASSEMBLY = "United Nations Environment Assembly"
    HABITAT_ASSEMBLY = "United Nations Habitat Assembly"
    SECRETARIAT = "Secretariat"
    OTHER = "United Nations"


COUNCILS = (Organ.SECURITY_COUNCIL, Organ.ECONOMIC_AND_SOCIAL_COUNCIL, Organ.HUMAN_RIGHTS_COUNCIL)
"""Those that "the Council" may be."""


class SymbolKind(StrEnum):
    """What a symbol names."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    STATEMENT = "presidential statement"
    DRAFT = "draft"
    DOCUMENT = "document"


# Longest prefix first: A/HRC/... is the Council's, not the Assembly's.
ORGAN_OF_PREFIX: tuple[tuple[str, Organ], ...] = (
    ("A/HRC/", Organ.HUMAN_RIGHTS_COUNCIL),
    ("E/CN.4/", Organ.COMMISSION_ON_HUMAN_RIGHTS),
    ("UNEP/EA.", Organ.ENVIRONMENT_ASSEMBLY),
    ("HSP/HA.", Organ.HABITAT_ASSEMBLY),
    ("A/", Organ.GENERAL_ASSEMBLY),
    ("S/", Organ.SECURITY_COUNCIL),
    ("E/", Organ.ECONOMIC_AND_SOCIAL_COUNCIL),
    ("ST/", Organ.SECRETARIAT),
)


def organ_of(text: str) -> Organ:
    """The organ whose prefix a canonical symbol has; `Organ.OTHER` for a body that adopts nothing read here."""
    return next((organ for prefix, organ in ORGAN_OF_PREFIX if text.startswith(prefix)), Organ.OTHER)
