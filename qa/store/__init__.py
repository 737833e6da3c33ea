"""Index generations: immutable folders with a manifest, published by one atomic replace, read only after checking.

`publish` writes a generation, `current` finds the one to serve, `generation` opens it, `holder` swaps it while serving.
An index is a folder with `CURRENT` (the name of one generation), `gen-*` folders and `LOCK` (one builder at a time).
"""
