"""`python -m tests.deploy.steps`: run the steps of the container file one by one in a fresh folder, then what the image would run.

No engine is needed. The folder stands for the image's root; both stages share it, and what the first one leaves outside
`/opt/qa` is removed before the second. The server runs as the image's user where it can, over programs that must stay as they are.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT
from tests.deploy.containerfile import Instruction, read

_PATHS = re.compile(r"(?<![\w./])/(opt/qa|src|index|feedback)(?=[/:\s\"]|$)")
Say = Callable[[str], object]


class Image:
    """The tree in `root`, and what ENV, USER and the rest of the file say."""

    def __init__(self, root: Path, say: Say, with_packages: bool) -> None:
        self.root = root
        self.say = say
        self.with_packages = with_packages
        self.env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
        self.env |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        self.workdir = root
        self.user = 0
        self.entrypoint: list[str] = []
        self.command: list[str] = []
        self.health: list[str] = []

    def inside(self, text: str) -> str:
        """A text with the image's paths as those of the tree."""
        return _PATHS.sub(lambda found: f"{self.root}{found[0]}", text)

    def build(self) -> None:
        """Every instruction, in order."""
        stage = 0
        for one in read():
            if one.stage != stage:
                stage = one.stage
                shutil.rmtree(self.root / "src")
            begun = time.monotonic()
            getattr(self, f"_{one.name.lower()}")(one)
            self.say(f"{time.monotonic() - begun:6.1f} s  {one.name} {one.rest[:90]}")

    def _from(self, one: Instruction) -> None:
        self.workdir = self.root

    def _workdir(self, one: Instruction) -> None:
        self.workdir = Path(self.inside(one.rest))
        self.workdir.mkdir(parents=True)

    def _run(self, one: Instruction) -> None:
        command = self.inside(one.rest)
        if not self.with_packages and "serving.lock" in command:
            packages = next(self.root.glob("opt/qa/lib/python*/site-packages"))
            for old in packages.glob("setuptools*"):  # the one that venv brings would stand before this environment's
                shutil.rmtree(old)
            (packages / "packages.pth").write_text(
                "".join(f"{path}\n" for path in sys.path if path.endswith("site-packages"))
            )
            return
        subprocess.run(["bash", "-ec", command], cwd=self.workdir, env=self.env, check=True)

    def _copy(self, one: Instruction) -> None:
        *sources, target = one.words()
        if "--from" in one.rest:
            assert all(Path(self.inside(source)).exists() for source in sources)
            return
        for source in sources:
            place = self.workdir / target
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__", "widget"))
            else:
                place = place / source if target.endswith("/") else place
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, place)

    def _env(self, one: Instruction) -> None:
        for pair in shlex.split(one.rest):
            name, _, value = pair.partition("=")
            self.env[name] = self.inside(value.replace("$PATH", self.env["PATH"]))

    def _user(self, one: Instruction) -> None:
        self.user = int(one.rest.partition(":")[0])

    def _expose(self, one: Instruction) -> None:
        assert one.rest == "8000"

    def _healthcheck(self, one: Instruction) -> None:
        self.health = one.words()

    def _entrypoint(self, one: Instruction) -> None:
        self.entrypoint = one.words()

    def _cmd(self, one: Instruction) -> None:
        self.command = one.words()

    # What the image runs

    def start(self, arguments: list[str], **env: str) -> subprocess.Popen[bytes]:
        """The entry point with these arguments, as the image's user."""
        program = shutil.which(self.entrypoint[0], path=self.env["PATH"])
        assert program is not None
        return subprocess.Popen(
            [program, *map(self.inside, arguments)], cwd="/", env={**self.env, **env}, **self._as_user()
        )

    def healthy(self, port: int) -> bool:
        """What the image's health check says."""
        line = [one.replace(":8000", f":{port}") for one in self.health]
        done = subprocess.run(line, env=self.env, cwd="/", capture_output=True, check=False, **self._as_user())
        return done.returncode == 0

    def _as_user(self) -> dict[str, int]:
        """The image's user, where we may become it and it may run the interpreter (not where that lies in root's home)."""
        if os.geteuid() or not self._open_to_all(Path(sys.executable).resolve()):
            return {}
        return {"user": self.user, "group": self.user}

    @staticmethod
    def _open_to_all(path: Path) -> bool:
        return all(one.stat().st_mode & 0o001 for one in (path, *path.parents))

    def as_whom(self) -> str:
        """In words, which user runs the image's programs here."""
        return (
            f"as user {self.user}" if self._as_user() else "as this user, since the image's cannot run this interpreter"
        )

    def state(self) -> dict[str, tuple[int, int]]:
        """Size and time of every file but those of index and feedback."""
        files = (path for path in (self.root / "opt").rglob("*") if path.is_file())
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def run_steps(root: Path, say: Say, with_packages: bool) -> list[str]:
    """Build, index, serve, check, stop; what did not hold, in words. `with_packages`: download them too, as an engine would."""
    image, wrong = Image(root, say, with_packages), []
    image.build()
    before = image.state()
    texts = root / "texts"
    shutil.copytree(ROOT / "qa" / "sample", texts)
    if image.start(["build", str(texts), "--index", "/index"]).wait(120):
        wrong.append("the index was not built")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = image.start(image.command, QA_SERVER_HOST="127.0.0.1", QA_SERVER_PORT=str(port))
    try:
        begun = time.monotonic()
        while not image.healthy(port) and server.poll() is None and time.monotonic() < begun + 60:
            time.sleep(0.5)
        if not image.healthy(port):
            wrong.append("the server did not become healthy")
        say(f"{time.monotonic() - begun:6.1f} s  until healthy, on port {port}, {image.as_whom()}")
    finally:
        server.terminate()
        if server.wait(20):
            wrong.append(f"the server ended with {server.returncode}")
    if image.healthy(port):
        wrong.append("the health check says yes without a server")
    if image.state() != before:
        wrong.append("the programs were written while serving: the image's root is read-only")
    return wrong


def main() -> int:
    """All of it, packages too, in a folder that is removed at the end."""
    root = Path(tempfile.mkdtemp(prefix="qa-image-"))
    root.chmod(0o755)
    try:
        wrong = run_steps(root, print, with_packages=True)
        size = sum(
            path.stat().st_size for path in (root / "opt").rglob("*") if path.is_file() and not path.is_symlink()
        )
        print(f"{size / 1e6:,.0f} MB in /opt/qa; {len(wrong)} wrong", *wrong, sep="\n")
    finally:
        shutil.rmtree(root)
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
