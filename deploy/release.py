"""`make release`: build what a release consists of, check it, and publish nothing. Needs the packages of `tools.lock`.

Writes into `dist/`: the source archive, the wheel, `sbom.cdx.json`, `licences.md`, `SHA256SUMS`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PACKAGES = {"api", "embeddings", "eval", "qa"}
# Licences that ask for nothing more than their own text. One that is not here is read before it is added.
LICENCES = re.compile(
    r"\b(Apache|MIT|BSD|ISC|PSF|Python Software Foundation|MPL[- ]2|Mozilla Public License 2|Zlib|Unlicense|0BSD|HPND|CC0|BSL-1\.0)\b",
    re.IGNORECASE,
)


class ReleaseError(Exception):
    """What stands against the release, in one line."""


def run(*command: str | Path) -> str:
    """A command's output; ReleaseError with its last words where it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"{' '.join(map(str, command[:4]))}: {(done.stderr or done.stdout).strip()[-400:]}")
    return done.stdout


def check_state(version: str, allow_dirty: bool) -> None:
    """A clean tree, a heading in the changelog, no tag yet."""
    if not allow_dirty and run("git", "status", "--porcelain").strip():
        raise ReleaseError("there are changes that are not committed; commit them, or try with --allow-dirty")
    if f"\n## {version} " not in (ROOT / "CHANGELOG.md").read_text("utf-8"):
        raise ReleaseError(f"CHANGELOG.md has no heading for {version}; write what changed for users")
    if run("git", "tag", "--list", f"v{version}").strip():
        raise ReleaseError(f"v{version} has been released; raise the version in pyproject.toml")


def build() -> Path:
    """The source archive and the wheel; the wheel's path."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", DIST)
    wheel = next(DIST.glob("*.whl"))
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    if {name for name in tops if not name.endswith(".dist-info")} != PACKAGES:
        raise ReleaseError(
            f"{wheel.name} holds {', '.join(sorted(tops))}; it should hold {', '.join(sorted(PACKAGES))}"
        )
    return wheel


def write_sbom(version: str) -> int:
    """The bill of materials of what serving needs; how many components it has."""
    path = DIST / "sbom.cdx.json"
    lock = "requirements/serving.lock"
    run(
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        lock,
        "--pyproject",
        "pyproject.toml",
        "--sv",
        "1.6",
        "-o",
        path,
    )
    sbom = json.loads(path.read_text("utf-8"))
    if sbom["metadata"]["component"].get("version") != version:
        raise ReleaseError(f"{path.name} speaks of another version than {version}")
    n_locked = len(re.findall(r"^[\w.-]+==", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
    if len(sbom["components"]) != n_locked:
        raise ReleaseError(f"{path.name} has {len(sbom['components'])} components, {lock} {n_locked}")
    return n_locked


def write_licences() -> int:
    """The licence of every installed package that serving needs; how many."""
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements/serving.lock").read_text("utf-8"), re.MULTILINE))
    listed = json.loads(
        run(sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-urls", "--with-system")
    )
    found = [one for one in listed if re.sub(r"[-_.]+", "-", one["Name"]).lower() in locked]
    strange = [f"{one['Name']} ({one['License']})" for one in found if not LICENCES.search(one["License"])]
    if strange:
        raise ReleaseError(
            f"licences to read first: {', '.join(strange)}; add them to LICENCES in {Path(__file__).name}"
        )
    lines = ["# Licences of what serving needs", "", "| package | version | licence | where |", "|---|---|---|---|"]
    lines += [
        f"| {one['Name']} | {one['Version']} | {one['License'].replace(chr(10), ' ')[:80]} | {one['URL']} |"
        for one in found
    ]
    (DIST / "licences.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(found)


def write_digests() -> None:
    """One line a file, as `sha256sum --check` reads it."""
    files = sorted(path for path in DIST.iterdir() if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main() -> int:
    """0 where all holds, 1 with one line where something stands against it."""
    parser = argparse.ArgumentParser("release", description="Build and check a release; publish nothing.")
    parser.add_argument("--allow-dirty", action="store_true", help="also with changes that are not committed")
    given = parser.parse_args()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    try:
        check_state(version, given.allow_dirty)
        wheel = build()
        n_components, n_licences = write_sbom(version), write_licences()
        write_digests()
    except ReleaseError as error:
        sys.stderr.write(f"error: {' '.join(str(error).split())}\n")
        return 1
    sys.stdout.write(
        f"{wheel.name}, {wheel.stat().st_size / 1e6:.0f} MB; {n_components} components; {n_licences} licences\n"
    )
    sys.stdout.write(f"in {DIST}; next, by hand: git tag v{version}. Nothing was published.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
