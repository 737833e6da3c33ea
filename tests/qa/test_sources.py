"""What a build takes from folders: sources told apart, links, what is refused, and texts that decide nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from qa.build import run_build, run_change
from qa.collect import better
from qa.parsing import parse
from qa.reading.source import make_source
from tests.qa.corpora import workshop, write_resolution


def test_a_source_that_is_no_better_never_replaces_what_is_there(corpus: Path, index: Path, tmp_path: Path) -> None:
    """Of the same name and as long: which digest is the smaller decides nothing."""
    run_build([corpus], workshop(index))
    for word in ("miners", "towers", "camels", "routes"):
        changed = write_resolution(tmp_path / word, 2, word=word)
        report = run_change([changed], workshop(index), replace=False)
        (folded,) = report.folded
        assert (report.published, report.changed) == (False, ())
        assert (folded.kept, folded.left) == ("A_RES_78_2.txt of the index", str(changed))
        assert folded.why == "it is as good; to replace it nevertheless use: qa update"
    assert run_change([changed], workshop(index), replace=True).changed == ("A/RES/78/2",)


def test_two_files_of_one_name_are_told_apart(corpus: Path, index: Path, tmp_path: Path) -> None:
    other = write_resolution(tmp_path / "other", 2, word="mines")
    (folded,) = run_build([corpus, tmp_path / "other"], workshop(index)).folded
    assert {folded.kept, folded.left} == {str(corpus / other.name), str(other)}


def test_links_are_followed_and_circles_end(corpus: Path, index: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "folder").symlink_to(corpus)
    (linked / "circle").symlink_to(linked)
    (corpus / "up").symlink_to(linked)
    (linked / "file.txt").symlink_to(write_resolution(tmp_path / "more", 9))
    (linked / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    report = run_build([linked], workshop(index))
    assert (report.n_resolutions, report.folded) == (7, ())
    assert [one.name for one in report.refused] == [str(linked / "nowhere.txt")]


def test_a_folder_that_may_not_be_read_is_told(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = corpus / "locked"
    locked.mkdir()
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == locked:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    report = run_build([corpus], workshop(index))
    assert (report.n_resolutions, [one.name for one in report.refused]) == (6, [str(locked)])


def test_what_is_refused_is_named_as_it_can_be_typed(corpus: Path, index: Path) -> None:
    letter = corpus / "a letter.txt"
    letter.write_text("Dear Sir")
    (refused,) = run_build([corpus], workshop(index)).refused
    assert refused.name == str(letter)
    assert refused.why == f"{letter}: no resolution in it; look at it with: qa parse '{letter}'"


def test_a_resolution_that_decides_nothing_is_told(corpus: Path, index: Path) -> None:
    """It may have been cut short; of two sources the one kept counts."""
    for number in (2, 3):
        path = corpus / f"A_RES_78_{number}.txt"
        path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("OP")))
    write_resolution(corpus, 3, suffix="html")
    cut = corpus / "A_RES_78_2.txt"
    for _ in range(2):  # also where nothing has changed
        report = run_build([corpus], workshop(index))
        assert report.n_resolutions == 6
        assert report.notes == (
            "A/RES/78/2 has no operative paragraphs: the source has none; its text may have been cut short; "
            f"look at it with: qa parse {cut}",
        )


def test_a_corrected_reissue_is_kept_before_a_more_exact_form_of_what_it_corrects() -> None:
    body = "99/1. Trees\n\nThe General Assembly,\n\n1. Decides to plant trees.\n"
    old = parse(make_source(f"A/RES/99/1\n\n{body}", b"1", name="a.html", format_="html", reader="test"))
    new = f"A/RES/99/1*\n\n{body}\n* Reissued for technical reasons on 3 March 2045.\n"
    again = parse(make_source(new, b"2", name="b.txt", format_="txt", reader="test"))
    assert [p.text for p in again.paragraphs] == [p.text for p in old.paragraphs]
    assert better(old, again) == (again, old, "it is a corrected re-issue")
    assert better(again, old) == (again, old, "it is a corrected re-issue")


def test_two_sources_of_one_resolution_are_folded_to_the_better(corpus: Path, index: Path) -> None:
    write_resolution(corpus, 1, suffix="html", word="mines")
    report = run_build([corpus], workshop(index))
    assert report.n_resolutions == 6
    kept, left = str(corpus / "A_RES_78_1.html"), str(corpus / "A_RES_78_1.txt")
    assert [(one.kept, one.left) for one in report.folded] == [(kept, left)]


def test_what_cannot_be_taken_is_reported_and_the_rest_goes_on(corpus: Path, index: Path) -> None:
    (corpus / "empty.txt").write_text("")
    (corpus / "letter.txt").write_text("Dear Sir")
    (corpus / ".hidden").write_text("x")
    report = run_build([corpus, corpus / "missing.txt"], workshop(index))
    assert report.n_resolutions == 6
    assert {Path(one.name).name for one in report.refused} == {"empty.txt", "letter.txt", "missing.txt"}
    assert all(one.why for one in report.refused)
