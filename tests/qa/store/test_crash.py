"""Death at any moment leaves the old state or the new one. The full form: TORTURE=full."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa.errors import QAError
from qa.store.current import list_generations
from qa.store.disk import Disk
from qa.store.errors import DiskError
from tests.torture import amount
from tests.torture.oplog import Log, NeverSynced, NoFolderSync, PowerCut, RecordingDisk, ReplacedFirst
from tests.torture.run import torture
from tests.torture.states import Operation, do, state_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def test_kill_9_at_random_moments(fast: Path) -> None:
    n = amount(200, 2200)  # about half of the operations end before they are killed
    counts = torture("kills", fast, n, 7)
    print(f"kill -9: {counts}")
    assert counts["trials"] == n
    assert counts["killed"] >= amount(50, 1000)
    assert counts["old"] > n * 0.1
    assert counts["new"] > n * 0.1
    assert [counts[name] for name in ("unreadable", "mixed", "lost", "litter")] == [0, 0, 0, 0]


@pytest.mark.parametrize("mutant", ["in place", "half"])
def test_a_broken_publisher_is_found_out_by_killing_it(fast: Path, mutant: str) -> None:
    counts = torture("kills", fast, 200, 7, mutant)
    print(f"mutant {mutant!r}: {counts}")
    assert counts["unreadable"] + counts["mixed"] + counts["lost"] > 0


def test_death_before_and_after_every_named_step(fast: Path) -> None:
    counts = torture("failpoints", fast, amount(1, 5), *([] if amount(0, 1) else ["update"]))
    print(f"failpoints: {counts}")
    assert counts["steps"] >= 70
    assert counts["deaths"] == counts["steps"] * amount(1, 5)
    assert counts["old"] > 0
    assert counts["new"] > 0
    assert [counts[name] for name in ("unreadable", "mixed", "litter", "not repeated")] == [0, 0, 0, 0]


BEFORE = Operation("build", (1, 2, 3), (), ((1, 1), (2, 1), (3, 1)))
CHANGE = Operation("update", (2,), BEFORE.after, ((1, 1), (2, 2), (3, 1)))


def cut_power(tmp_path: Path, disk: type[RecordingDisk], stride: int) -> dict[str, int]:
    """Replays the log of one change up to every `stride`th point, in every mood; what was left."""
    index, scratch = tmp_path / "index", tmp_path / "scratch"
    do(BEFORE, index, scratch)
    shutil.copytree(index, tmp_path / "base")
    log, rng = Log(), random.Random(3)
    do(CHANGE, index, scratch, disk(log))
    cut = PowerCut(index, tmp_path / "base")
    counts = dict.fromkeys(["cuts", "old", "new", "bad"], 0)
    acknowledged = len(log.ops)
    for n in [*range(0, acknowledged, stride), acknowledged]:
        for mood in ("least", "names", "mixed", "mixed"):
            cut.replay(log.ops[:n], tmp_path / "left", rng, mood)
            counts["cuts"] += 1
            try:
                found = state_of(tmp_path / "left")
            except (QAError, AssertionError, ValueError, KeyError):
                counts["bad"] += 1
                continue
            if found not in (CHANGE.before, CHANGE.after) or (n == acknowledged and found != CHANGE.after):
                counts["bad"] += 1
            else:
                counts["new" if found == CHANGE.after else "old"] += 1
    return counts


def test_a_power_cut_leaves_old_or_new_wherever_it_falls(fast: Path) -> None:
    counts = cut_power(fast, RecordingDisk, amount(5, 1))
    print(f"power cuts: {counts}")
    assert counts["bad"] == 0
    assert counts["old"] > 10
    assert counts["new"] > 2


@pytest.mark.parametrize("disk", [NeverSynced, ReplacedFirst, NoFolderSync])
def test_a_publisher_that_does_not_sync_rightly_is_found_out(fast: Path, disk: type[RecordingDisk]) -> None:
    counts = cut_power(fast, disk, amount(7, 3))
    print(f"mutant {disk.__name__}: {counts}")
    assert counts["bad"] > 0


def test_every_file_is_synced_before_the_name_and_the_folder_after(tmp_path: Path) -> None:
    log = Log()
    do(BEFORE, tmp_path / "index", tmp_path / "scratch", RecordingDisk(log))
    ops = [(op.what, op.path.name) for op in log.ops]
    moves = [at for at, op in enumerate(log.ops) if op.what == "move"]
    assert len(moves) == 2  # the generation's folder, then CURRENT
    written = {op.path for op in log.ops[: moves[0]] if op.what == "write"}
    assert {op.path for op in log.ops[: moves[0]] if op.what == "sync"} == written
    assert len(written) >= 20
    folders = {path.parent for path in written}
    assert {op.path for op in log.ops[: moves[0]] if op.what == "sync folder"} >= folders
    assert ops[moves[0] + 1] == ("sync folder", "index")
    assert ops[moves[1] - 1] == ("sync", "CURRENT.tmp")
    assert ops[moves[1] + 1] == ("sync folder", "index")


def test_a_disk_that_refuses_any_named_step_is_loud_or_has_done_it(fast: Path) -> None:
    counts = torture("full_disk", "steps", fast, 0)
    print(f"refused steps: {counts}")
    assert counts["steps"] >= 35
    assert counts["trials"] == 2 * counts["steps"] == counts["refused"] + counts["after"]
    assert 0 < counts["after"] < 10
    assert [counts[name] for name in ("wrong state", "litter", "other", "not mended")] == [0, 0, 0, 0]


def test_a_disk_that_takes_no_more_is_loud_and_the_old_generation_stays(fast: Path) -> None:
    counts = torture("full_disk", "limit", fast, amount(40, 400))
    print(f"file size limits: {counts}")
    assert counts["refused"] >= amount(25, 100)
    assert [counts[name] for name in ("wrong state", "litter", "other")] == [0, 0, 0]


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="mounting needs root and unshare")
def test_a_file_system_that_is_full_is_loud_and_the_old_generation_stays(fast: Path) -> None:
    probe = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("this machine does not let root unshare mounts")
    counts = torture("full_disk", "tmpfs", fast, amount(20, 200), before=("unshare", "-m"))
    print(f"tiny file systems: {counts}")
    assert counts["refused"] >= amount(
        5, 25
    )  # in full every number of pages between the index alone and all that is needed
    assert counts["done"] >= 3
    assert [counts[name] for name in ("wrong state", "litter", "other")] == [0, 0, 0]


def test_a_write_that_fails_names_the_file_and_the_mend(tmp_path: Path) -> None:
    class Full(Disk):
        def _sync(self, handle: int) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(DiskError, match=r"resolutions\.json: the disk said: No space left.*make room"):
        do(BEFORE, tmp_path / "index", tmp_path / "scratch", Full())
    assert not [path for path in (tmp_path / "index").iterdir() if path.name.startswith("gen-")]


class FailsAt(Disk):
    """Refuses the `nth` step of a name."""

    def __init__(self, name: str, nth: int) -> None:
        super().__init__()
        self._name = name
        self._left = nth

    @contextmanager
    def step(self, name: str, path: Path) -> Iterator[None]:
        with super().step(name, path):
            self._left -= name == self._name
            if self._left == 0 and name == self._name:
                raise OSError(28, "No space left on device")
            yield


def generations(index: Path) -> list[str]:
    return [path.name[:10] for path in list_generations(index)]


def test_a_generation_that_did_not_become_current_is_taken_away_again(tmp_path: Path) -> None:
    do(BEFORE, tmp_path / "index", tmp_path / "scratch")
    with pytest.raises(DiskError, match="the index is as it was before"):
        do(CHANGE, tmp_path / "index", tmp_path / "scratch", FailsAt("sync index", 1))
    assert generations(tmp_path / "index") == ["gen-000001"]
    assert state_of(tmp_path / "index") == CHANGE.before


def test_a_refusal_after_the_replacement_says_that_the_new_generation_is_in_place(tmp_path: Path) -> None:
    do(BEFORE, tmp_path / "index", tmp_path / "scratch")
    with pytest.raises(DiskError, match="the new generation is in place, but might not outlast a power cut"):
        do(CHANGE, tmp_path / "index", tmp_path / "scratch", FailsAt("sync index", 2))
    assert state_of(tmp_path / "index") == CHANGE.after


def test_an_older_generation_that_cannot_be_removed_is_no_failure_and_goes_later(tmp_path: Path) -> None:
    index, scratch = tmp_path / "index", tmp_path / "scratch"
    do(BEFORE, index, scratch)
    do(CHANGE, index, scratch)
    again = Operation("update", (3,), CHANGE.after, ((1, 1), (2, 2), (3, 2)))
    do(again, index, scratch, FailsAt("rename generation", 2))  # the first gives the new one its name
    assert (generations(index), state_of(index)) == (["gen-000003", "gen-000002", "gen-000001"], again.after)
    last = Operation("remove", (1,), again.after, ((2, 2), (3, 2)))
    do(last, index, scratch)
    assert (generations(index), state_of(index)) == (["gen-000004", "gen-000003"], last.after)
