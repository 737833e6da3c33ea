"""Measures what is served: runs, qrels, measures, comparisons, reports, all through `qa.service.QAService`.

The command is `qa-eval`; runs and qrels are in TREC format so that anyone can re-measure them.
"""
