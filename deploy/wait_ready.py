"""python3 wait_ready.py ADDRESS SECONDS: 0 as soon as the address answers 200, 1 when the time is over."""

import sys
import time
import urllib.error
import urllib.request


def main(address: str, seconds: float) -> int:
    """Ask twice a second."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=3):  # noqa: S310 - the caller's own address
                return 0
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    sys.stderr.write(f"{address} did not become ready in {seconds:.0f} seconds; its log says why\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
