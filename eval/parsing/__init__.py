"""How well resolutions are read: our paragraphs against an independent reading, and one form against another."""
