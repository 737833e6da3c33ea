"""A real browser for the tests, with everything that it complains about written down."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.serving import Served, serving
from tests.widget.stub import Site, Stub

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "artefacts" / "widget"
SOURCE = ROOT / "api" / "widget"
MANUAL = ROOT / "docs" / "widget.md"
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESKTOP = {"width": 1000, "height": 760}
PATIENCE = 30_000  # ms; a busy machine is no fault of the widget
PHONE = {"width": 390, "height": 780}
_INIT = """
window.executed = []; window.alert = (x) => window.executed.push(x);

const look = () => {  // the frame after the one that shows the widget begins when that one has been painted
  const shown = document.querySelector("resolution-chat")?.shadowRoot?.querySelector("textarea")?.clientHeight;
  requestAnimationFrame(shown ? (now) => (window.painted = now) : look);
};
look();
window.violations = []; addEventListener("securitypolicyviolation", (e) => window.violations.push(e.violatedDirective));
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs a browser: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install playwright")
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM)
        yield running
        running.close()


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the locked npm packages: esbuild, and React for its guide."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm: apt-get install npm")
    folder = tmp_path_factory.mktemp("npm")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SOURCE / name, folder)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        pytest.skip(f"npm could not bring the locked packages: {done.stderr.strip()[-300:]}")
    return folder


@pytest.fixture
def stub() -> Iterator[Stub]:
    made = Stub()
    yield made
    made.close()


@pytest.fixture
def site(stub: Stub) -> Iterator[Site]:
    made = Site(stub.origin)
    stub.allowed = {made.origin}
    yield made
    made.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address in a context of its own; at the end, no page may have broken a policy or thrown an error."""
    opened: list[tuple[Any, list[str]]] = []

    def open_tab(address: str, **context: Any) -> Any:
        made = browser.new_context(**{"viewport": DESKTOP, **context})
        made.set_default_timeout(PATIENCE)
        made.add_init_script(_INIT)
        made.add_init_script(path=AXE)
        page = made.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        opened.append((page, errors))
        return page

    yield open_tab
    for page, errors in opened:
        violations = page.evaluate("window.violations")
        page.context.close()
        assert errors == []
        assert violations == []


@pytest.fixture
def chat(tab: Callable[..., Any], stub: Stub, site: Site) -> Callable[..., Any]:
    """Opens the foreign site with the widget in it."""

    def open_chat(attributes: str = "", lang: str = "en", **context: Any) -> Any:
        return tab(site.address(f'api="{stub.origin}" {attributes}', lang), **context)

    return open_chat


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real server over a small service, which lets no other site in."""
    with serving(tmp_path_factory.mktemp("served"), rate={"per_minute": 0}) as running:
        yield running


def ask(page: Any, question: str) -> None:
    """As a person does it."""
    page.locator("textarea").fill(question)
    page.keyboard.press("Enter")


def faults(page: Any) -> list[str]:
    """What axe-core finds, one line each; empty when the page is accessible."""
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
