"""What operative paragraphs do: opening verbs, the verb table, and the acts of a paragraph."""

from qa.acts.openings import is_operative_opening, is_preambular_opening
from qa.acts.phrases import opening_verb
from qa.acts.splitting import split_acts

__all__ = ["is_operative_opening", "is_preambular_opening", "opening_verb", "split_acts"]
