"""The child process: reads and parses one file after another, under limits that the kernel keeps.

Run as `python -m qa.reading.child MEMORY`, with jobs on standard input and frames on standard output.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from qa.errors import DamagedFileError, HostileFileError, ParseError, ReadError
from qa.parsing import parse
from qa.reading import read
from qa.reading.frames import Done, Job, Parsed, Refused, Unparsed, read_job, write_frame


def main(memory: int) -> None:
    """Serve jobs until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the frames
    while (job := read_job(sys.stdin.buffer)) is not None:
        _limit_cpu(job.cpu_seconds)
        _serve(job, answers)
        write_frame(answers, Done())


def _limit_cpu(seconds: int) -> None:
    """Allow so many more seconds than were used; the kernel ends the process at the limit."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _serve(job: Job, answers: BinaryIO) -> None:
    path = Path(job.path)
    try:
        for source in read(path, job.encoding):
            try:
                resolution = parse(source)
            except ParseError as error:
                write_frame(answers, Unparsed(source, error.why))
            else:
                write_frame(answers, Parsed(resolution))
    except ReadError as error:
        write_frame(answers, Refused(type(error).__name__, error.why, error.mend))
    except MemoryError:
        kind = HostileFileError.__name__
        write_frame(answers, Refused(kind, "it takes more memory than is allowed", "split it by resolution"))
    except (Exception, RecursionError) as error:  # whatever a file provokes in a library ends here
        why = f"its reader failed on it ({type(error).__name__})"
        write_frame(answers, Refused(DamagedFileError.__name__, why, "fetch it again, or give it in another form"))


if __name__ == "__main__":
    main(int(sys.argv[1]))
