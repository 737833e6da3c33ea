"""A disk that is full at every point of publishing: at every named step, as a limit on files' sizes, as a tiny disk.

python -m tests.torture.full_disk steps FOLDER TRIALS
python -m tests.torture.full_disk limit FOLDER TRIALS
unshare -m python -m tests.torture.full_disk tmpfs FOLDER TRIALS     (root: mounts over FOLDER in its own namespace)
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from qa.store.disk import Disk
from qa.store.errors import DiskError
from tests.torture.failpoints import steps_of
from tests.torture.forks import run_in_child
from tests.torture.states import Operation, do, litter, state_of

_BASE = Operation("build", (1, 2, 3, 4, 5, 6, 7, 8), (), tuple((number, 1) for number in range(1, 9)))
_EARLIER = Operation("build", (1, 2), (), ((1, 1), (2, 1)))
_CHANGE = Operation("update", (2,), _BASE.after, tuple((number, 1 + (number == 2)) for number in range(1, 9)))
PAGE = 4096
DISK_SAID_SO = 3
OTHER = 4


class FullAt(Disk):
    """A disk that refuses its `at`th step, that one only or also whatever would need room after it."""

    def __init__(self, at: int, stays_full: bool) -> None:
        super().__init__()
        self._left = at
        self._stays_full = stays_full

    @contextmanager
    def step(self, name: str, path: Path) -> Iterator[None]:
        with super().step(name, path):
            self._left -= 1
            needs_room = name.startswith(("make", "write", "sync", "lock"))
            if self._left == -1 or (self._left < -1 and self._stays_full and needs_room):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            yield


def attempt(index: Path, scratch: Path, limit: Callable[[], None], disk: Disk | None = None) -> int:
    """Carry the change out under a limit; `DISK_SAID_SO` where it ended in the error that names the disk."""

    def work() -> None:
        limit()
        try:
            do(_CHANGE, index, scratch, disk)
        except DiskError as error:
            named = str(error)
            good = "disk" in named and error.errno in {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
            raise SystemExit(DISK_SAID_SO if good else OTHER) from error

    return run_in_child(work)


def judge(index: Path, scratch: Path, status: int, counts: dict[str, int]) -> None:
    """Loud and old, or quiet and new; nothing between."""
    counts["trials"] += 1
    found = state_of(index)
    if status == DISK_SAID_SO:
        counts["refused"] += 1
        counts["wrong state"] += found != _CHANGE.before
        left = [name for name in litter(index) if name != "vectors.cache"]
        counts["litter"] += len(left)
    elif status == 0:
        counts["done"] += 1
        counts["wrong state"] += found != _CHANGE.after
    else:
        counts["other"] += 1


def by_steps(folder: Path, trials: int) -> dict[str, int]:
    """Every named step refused, once and for good; `trials` is of no account, the steps are what they are.

    Once `CURRENT` has been replaced the new generation is served, whatever fails after it: `after` counts those.
    """
    counts = _counts() | {"steps": 0, "after": 0, "not mended": 0}
    base, index, scratch = folder / "base", folder / "index", folder / "scratch"
    for operation in (_EARLIER, _BASE):  # two generations, so that the change has an older one to remove
        assert run_in_child(partial(do, operation, base, scratch)) == 0
    shutil.copytree(base, index)
    steps = [one.removeprefix("before ") for one in steps_of(_CHANGE, index, scratch) if one.startswith("before ")]
    replaced = steps.index("replace CURRENT")
    counts["steps"] = len(steps)
    for at, stays_full in [(at, stays) for at in range(len(steps)) for stays in (False, True)]:
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(base, index)
        status = attempt_with_source(index, scratch, lambda: None, FullAt(at, stays_full))
        if at <= replaced:
            judge(index, scratch, status, counts)
        else:
            counts["trials"] += 1
            counts["after"] += 1
            counts["wrong state"] += state_of(index) != _CHANGE.after
            counts["other"] += status not in {0, DISK_SAID_SO}
        run_in_child(lambda: do(_CHANGE, index, scratch))
        counts["not mended"] += state_of(index) != _CHANGE.after or bool(litter(index))
    return counts


def by_limit(folder: Path, trials: int) -> dict[str, int]:
    """RLIMIT_FSIZE at the boundary of every file, a page and a byte around it, and evenly between."""
    counts = _counts()
    base, index, scratch = folder / "base", folder / "index", folder / "scratch"
    assert run_in_child(lambda: do(_BASE, base, scratch)) == 0
    sizes = sorted({path.stat().st_size for path in base.rglob("*") if path.is_file()})
    around = {size + step for size in sizes for step in (-PAGE, -1, 0, 1, PAGE)}
    even = {sizes[-1] * at // trials for at in range(trials)}
    for limit in _spread(sorted(one for one in around | even if one >= 0), trials):
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(base, index)

        def narrow(limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        (scratch / "A_RES_78_2.txt").unlink(missing_ok=True)
        shutil.copytree(scratch, folder / "sources", dirs_exist_ok=True)
        judge(index, scratch, attempt_with_source(index, scratch, narrow), counts)
    return counts


def attempt_with_source(index: Path, scratch: Path, limit: Callable[[], None], disk: Disk | None = None) -> int:
    """The source is written before the limit holds: it is the user's file, not ours."""
    from tests.torture import states

    written = states.write_version(scratch, 2, 2)
    keep = states.write_version
    states.write_version = lambda folder, number, version: written
    try:
        return attempt(index, scratch, limit, disk)
    finally:
        states.write_version = keep


def by_tmpfs(folder: Path, trials: int) -> dict[str, int]:
    """A file system of as many pages as the index needs, and fewer, down to the index as it is."""
    counts = _counts()
    base, scratch, mount = folder / "base", folder / "scratch", folder / "mount"
    assert run_in_child(lambda: do(_BASE, base, scratch)) == 0
    mount.mkdir()
    pages = sum(-(-path.stat().st_size // PAGE) for path in base.rglob("*") if path.is_file())
    for size in _spread(range(pages + 1, 2 * pages + 24), trials):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size * PAGE}", "tmpfs", str(mount)], check=True)
        try:
            shutil.copytree(base, mount / "index")
            judge(mount / "index", scratch, attempt_with_source(mount / "index", scratch, lambda: None), counts)
        finally:
            subprocess.run(["umount", str(mount)], check=True)
    return counts


def _spread(values: range | list[int], n: int) -> list[int]:
    """`n` of the values at most, evenly."""
    step = max(1, len(values) // n)
    return list(values[::step])


def _counts() -> dict[str, int]:
    return dict.fromkeys(["trials", "refused", "done", "wrong state", "litter", "other"], 0)


if __name__ == "__main__":
    ways = {"steps": by_steps, "limit": by_limit, "tmpfs": by_tmpfs}
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    print(json.dumps(ways[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
