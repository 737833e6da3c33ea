"""The first lookup that reads a question: a lookup is a function in a file of its own and a row of the table."""

from __future__ import annotations

from collections.abc import Callable

from qa.answering.lookups.about import about
from qa.answering.lookups.acting_under import acting_under
from qa.answering.lookups.acts_of import acts_of
from qa.answering.lookups.adopted_then import adopted_then, came_after, newest, of_session
from qa.answering.lookups.budgets import budgets
from qa.answering.lookups.by_name import by_name
from qa.answering.lookups.cited_by import cited_by
from qa.answering.lookups.compared import compared
from qa.answering.lookups.did import did
from qa.answering.lookups.editions import no_edition
from qa.answering.lookups.ending import ending
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.measures import measures
from qa.answering.lookups.mentioned import mentioned
from qa.answering.lookups.named_in import named_in
from qa.answering.lookups.observances import observances
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.repeated import repeated
from qa.answering.lookups.said_in import said_in
from qa.answering.lookups.shares import shares
from qa.answering.lookups.versions import versions

_Lookup = Callable[[LookupQuestion], LookedUp | None]
_Unless = Callable[[LookupQuestion], bool]

# Where the asker chose what is searched, nothing is said of a text that is only named; where paragraphs, no text is read from end to end.
# What is asked of all texts is not read where one is named, or where a question goes on.
_FILTERED: _Unless = LookupQuestion.is_filtered
_PICKED: _Unless = LookupQuestion.picks_paragraphs
_TIED: _Unless = LookupQuestion.is_tied

# Each lookup, and where it is not asked. Few questions are read by two: a row says before which it must stand.
_LOOKUPS: tuple[tuple[_Lookup, *tuple[_Unless, ...]], ...] = (
    (ending, _TIED, _PICKED),
    (observances, _TIED),  # before `about`: "UN day for lakes"
    (shares, _TIED),
    (budgets,),  # before `about`: "UN budget 2025"
    (measures, _PICKED),
    (acting_under, _TIED),  # before `about`: "which resolutions act under Chapter VII?"
    (about,),
    (adopted_then, _PICKED),
    (versions, _FILTERED),
    (no_edition,),
    (came_after, _PICKED),
    (cited_by, _FILTERED),
    (repeated, _FILTERED),
    (compared, _FILTERED),
    (acts_of, _FILTERED),
    (named_in, _FILTERED),
    (said_in, _FILTERED),
    (newest, _PICKED),
    (of_session, _PICKED),
    (did, _TIED),
    (mentioned, _TIED),
    (by_name,),  # searches anew
)


def first_lookup(question: LookupQuestion) -> LookedUp | None:
    """What the first lookup found that reads the question; None where none does."""
    asked = (lookup for lookup, *unless in _LOOKUPS if not any(test(question) for test in unless))
    return next((found for lookup in asked if (found := lookup(question)) is not None), None)
