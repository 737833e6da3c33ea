"""The numbers of an index are those of its corpus, and the picture shows them."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from qa.build import run_build
from qa.store.current import open_current
from qa.store.plot import plot_years
from qa.store.stats import measure
from tests.qa.corpora import workshop, write_corpus


def test_what_is_inside_is_counted(tmp_path: Path) -> None:
    run_build([write_corpus(tmp_path / "corpus", 4)], workshop(tmp_path / "index"))
    with open_current(tmp_path / "index").generation as generation:
        stats = measure(generation)
        assert stats.n_bytes == sum((generation.folder / name).stat().st_size for name in generation.manifest.files)
    assert (stats.resolutions, stats.paragraphs, stats.passages, stats.windows) == (4, 12, 12, 0)
    assert stats.years == {2023: {"General Assembly": 4}}
    assert stats.kinds == {"operative": 8, "preambular": 4}
    assert stats.verbs == {"requests": 8, "recalling": 4}
    assert stats.formats == {"txt": 4}


def test_the_picture_is_well_formed_and_as_tall_as_the_numbers(tmp_path: Path) -> None:
    run_build([write_corpus(tmp_path / "corpus", 4)], workshop(tmp_path / "index"))
    with open_current(tmp_path / "index").generation as generation:
        stats = measure(generation)
    years = {0: {"A & B": 3}, 1946: {"Security Council": 5}, 2023: {"A & B": 10, "Security Council": 5}}
    shown = replace(stats, years=years, organs={"A & B": 13, "Security Council": 10})
    svg = "{http://www.w3.org/2000/svg}"
    picture = ElementTree.fromstring(plot_years(shown))
    bars = [one for one in picture.iter(f"{svg}rect") if one.find(f"{svg}title") is not None]
    heights = {str(one.findtext(f"{svg}title")): float(one.attrib["height"]) for one in bars}
    assert heights.keys() == {"1946, Security Council: 5", "2023, A & B: 10", "2023, Security Council: 5"}
    assert abs(heights["2023, A & B: 10"] - 2 * heights["1946, Security Council: 5"]) < 0.2
    assert "No year" in plot_years(replace(stats, years={0: {"x": 1}}))


def test_the_list_of_resolutions_is_nothing_for_the_garbage_collector(tmp_path: Path) -> None:
    """A collector that walks through every paragraph of a large index holds up the answers that are being given."""
    run_build([write_corpus(tmp_path / "corpus", 200)], workshop(tmp_path / "index"))
    with open_current(tmp_path / "index").generation as generation:
        for _ in range(3):  # a tuple is let go once those in it have been
            gc.collect()
        tracked = [one for listed in generation.listed for one in (listed, listed.paragraphs, *listed.paragraphs)]
        assert len(tracked) == 200 * 5
        assert not any(gc.is_tracked(one) for one in tracked)
