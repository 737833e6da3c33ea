"""Judged questions that ship with the project; README.md says how they are read and judged."""
