"""Trains encoders and pair scorers: questions, passages and who answers whom go in, weights in safetensors come out.

Knows nothing of where the texts come from. Needs the full set-up (torch, transformers); nothing here runs when serving.
`python -m embeddings.training --help` lists the commands.
"""
