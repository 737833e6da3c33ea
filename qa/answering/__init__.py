"""From hits to an answer: the span that answers best, the probability that it does, and the citation.

A citation is resolved from a hit and from nothing else; what was not retrieved cannot be cited.
"""
