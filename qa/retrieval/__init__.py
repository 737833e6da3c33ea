"""From a question to ranked hits: understand, retrieve (dense and lexical, fused), rank, fold recurring texts.

Each stage takes the one before's result and gives a new type; nothing here knows HTTP or the command line.
"""
