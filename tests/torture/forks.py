"""Children that die: forked from a process that has everything imported, so that a trial takes milliseconds."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable

import faiss  # noqa: F401 - imported here once, or every child would


def run_in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked child to its end; its exit status, negative where a signal ended it."""
    return wait_for(start_child(work))


def start_child(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    except SystemExit as error:
        status = int(error.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def wait_for(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_after(pid: int, seconds: float) -> bool:
    """Kill the child after so long, unless it has ended; true where the kill found it alive."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        done, _ = os.waitpid(pid, os.WNOHANG)
        if done:
            return False
        time.sleep(min(left, 0.0005))
    os.kill(pid, signal.SIGKILL)
    return wait_for(pid) == -signal.SIGKILL
