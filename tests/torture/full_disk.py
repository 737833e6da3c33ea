"""A disk that is full at every point of publishing, as a limit on the size of files or as a tiny file system.

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
from collections.abc import Callable
from pathlib import Path

from qa.store.errors import DiskError
from tests.torture.forks import run_in_child
from tests.torture.states import Operation, do, litter, state_of

_BASE = (Operation("build", (1, 2, 3, 4, 5, 6, 7, 8), (), tuple((number, 1) for number in range(1, 9))),)
_CHANGE = Operation("update", (2,), _BASE[0].after, tuple((number, 1 + (number == 2)) for number in range(1, 9)))
PAGE = 4096
DISK_SAID_SO = 3
OTHER = 4


def attempt(index: Path, scratch: Path, limit: Callable[[], None]) -> int:
    """Carry the change out under a limit; `DISK_SAID_SO` where it ended in the error that names the disk."""

    def work() -> None:
        limit()
        try:
            do(_CHANGE, index, scratch)
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


def by_limit(folder: Path, trials: int) -> dict[str, int]:
    """RLIMIT_FSIZE at the boundary of every file, a page and a byte around it, and evenly between."""
    counts = _counts()
    base, index, scratch = folder / "base", folder / "index", folder / "scratch"
    assert run_in_child(lambda: do(_BASE[0], base, scratch)) == 0
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


def attempt_with_source(index: Path, scratch: Path, limit: Callable[[], None]) -> int:
    """The source is written before the limit holds: it is the user's file, not ours."""
    from tests.torture import states

    written = states.write_version(scratch, 2, 2)
    keep = states.write_version
    states.write_version = lambda folder, number, version: written
    try:
        return attempt(index, scratch, limit)
    finally:
        states.write_version = keep


def by_tmpfs(folder: Path, trials: int) -> dict[str, int]:
    """A file system of as many pages as the index needs, and fewer, down to the index as it is."""
    counts = _counts()
    base, scratch, mount = folder / "base", folder / "scratch", folder / "mount"
    assert run_in_child(lambda: do(_BASE[0], base, scratch)) == 0
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
    ways = {"limit": by_limit, "tmpfs": by_tmpfs}
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    print(json.dumps(ways[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
