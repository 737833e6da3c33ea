"""What a service can be told: every number that shapes an answer, with its bounds; decoded strictly, passed down.

The shipped values are in `qa/settings.toml`; `docs/retrieval.md` and `docs/abstention.md` say how each was chosen.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

Unit = Annotated[float, Meta(ge=0.0, le=1.0)]
Count = Annotated[int, Meta(ge=1, le=10_000)]


class SettingsError(Exception):
    """A settings file that cannot be read; the message names the file and the key."""


class RetrievalSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How candidates are found and put in order. Weights multiply features that lie between 0 and about 1."""

    candidates: Count  # rows taken from each of dense and lexical
    reranked: Annotated[int, Meta(ge=0, le=1000)]  # candidates the ranker reads; 0 switches it off
    weights: dict[str, float]  # feature -> weight of the first ordering
    ranker_weight: Annotated[float, Meta(ge=0.0, le=100.0)]  # of the ranker's reading in the last ordering
    fold: (
        Unit  # share of words in common from which two paragraphs are alike; they are one text if their facts agree too
    )


class Logistic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A probability from the evidence."""

    intercept: float
    weights: dict[str, float]  # evidence (`qa.answering.deciding.EVIDENCE`) -> weight


class Certainty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How certain an answer is, in two steps; `qa-eval tune` fits all of it.

    `nearest` is what a refusal says of the five nearest: for equal bands of the probability that the corpus answers, lowest first,
    the share of refused questions that one of them answers. Empty: nobody counted, and nothing is said.
    """

    threshold: Unit  # the least probability that the first hit answers with which it is given
    answerable: Logistic  # that the corpus answers the question at all
    first: Logistic  # that the first hit answers it, if the corpus does
    nearest: tuple[Unit, ...] = ()


class AnswerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When an answer is given.

    Of the questions that the corpus cannot answer, at most the share `promise` should be answered: the thresholds follow
    from it (`docs/abstention.md`). `read` holds where the ranker read the first hit token by token, `unread` elsewhere.
    """

    promise: Unit
    keep: Unit  # a further citation is given when its score lies no more than this share of the first's below it
    keep_several: Unit  # the same, where the question asks for several things
    read: Certainty
    unread: Certainty


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it. `encoder` and `ranker` name models of models.toml.

    The ranker "encoder" is the index's own encoder reading again, token by token, where its model can; empty: none.
    `threads` work on the encoding of a question that is asked alone; the vectors of the last `remembered` questions are kept (0: none).
    """

    encoder: str
    ranker: str
    threads: Annotated[int, Meta(ge=1, le=256)]
    retrieval: RetrievalSettings
    answer: AnswerSettings
    remembered: Annotated[int, Meta(ge=0, le=100_000)] = 1024


def load_settings(path: Path | None = None) -> Settings:
    """The shipped settings, or those of a file in the same form.

    Raises:
        SettingsError: the file is missing, is no TOML, or has an unknown key or a value out of bounds.
    """
    try:
        text = path.read_text(encoding="utf-8") if path else files("qa").joinpath("settings.toml").read_text("utf-8")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); name an existing settings file") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: no text in UTF-8 ({error.reason}); save it as UTF-8") from error
    try:
        return msgspec.toml.decode(text, type=Settings)
    except msgspec.DecodeError as error:
        raise SettingsError(f"{path or 'qa/settings.toml'}: {error}; mend that key") from error
