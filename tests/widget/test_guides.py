"""The manual's guides, run: the React code as it stands there, and what WordPress and Drupal make of theirs."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.widget.conftest import MANUAL, ask
from tests.widget.stub import Server, Stub, send

pytestmark = pytest.mark.browser
HOST = "https://resolutions.example.org"
README = MANUAL.parents[1] / "README.md"
_ROOT = """
import { createRoot } from "react-dom/client";
import { StrictMode, useState } from "react";
function App() {
  const [told, tell] = useState([]);
  const [shown, show] = useState(true);
  return <StrictMode>
    <button onClick={() => show(!shown)}>Toggle</button>
    {shown && <Resolutions onAnswer={(answer) => tell((all) => [...all, answer.citations[0].citation])} />}
    <ul>{told.map((each, n) => <li key={n}>{each}</li>)}</ul>
  </StrictMode>;
}
createRoot(document.getElementById("app")).render(<App />);
"""


def guide(language: str) -> list[str]:
    """The manual's blocks of code in a language."""
    found = re.findall(rf"```{language}\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    assert found, language
    return found


@pytest.fixture
def foreign(stub: Stub) -> Iterator[Callable[..., str]]:
    """Serves a page of somebody's site, whose policy is the line in the manual, and its own scripts."""
    (policy,) = re.findall(r"^script-src .+$", MANUAL.read_text("utf-8"), re.MULTILINE)
    made: list[Server] = []

    def open_site(body: str, head: str = "", script: bytes = b"") -> str:
        page = f'<!doctype html><html lang="en"><head><title>A site</title>{head}</head><body>{body}</body></html>'
        strict = f"default-src 'none'; {policy}".replace(HOST, stub.origin).replace("script-src", "script-src 'self'")

        def handle(request: Any) -> None:
            if request.path == "/app.js":
                send(request, 200, script.replace(HOST.encode(), stub.origin.encode()), "text/javascript")
            else:
                fields = {"Content-Security-Policy": strict}
                send(request, 200, page.replace(HOST, stub.origin).encode(), "text/html; charset=utf-8", **fields)

        made.append(Server(handle))
        stub.allowed.add(made[-1].origin)
        return made[-1].origin

    yield open_site
    for server in made:
        server.close()


@pytest.fixture(scope="session")
def bundle(tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """JSX to one script, by the locked esbuild and React."""

    def run(source: str) -> bytes:
        folder = tmp_path_factory.mktemp("react")
        (folder / "app.jsx").write_text(source, "utf-8")
        (folder / "node_modules").symlink_to(tools / "node_modules")
        options = ["--bundle", "--jsx=automatic", "--define:process.env.NODE_ENV='production'", "--outfile=app.js"]
        esbuild = tools / "node_modules" / "esbuild" / "bin" / "esbuild"
        command = [shutil.which("node") or "node", esbuild, "app.jsx", "--log-level=warning", *options]
        subprocess.run(command, cwd=folder, check=True, timeout=120)
        return (folder / "app.js").read_bytes()

    return run


@pytest.mark.parametrize("way", [0, 1], ids=["react 19", "with a ref"])
def test_the_react_guide_works(
    way: int, bundle: Callable[[str], bytes], foreign: Callable[..., str], tab: Callable[..., Any]
) -> None:
    script = bundle(guide("jsx")[way] + _ROOT)
    loaded = f'<script type="module" src="{HOST}/widget.js"></script><script type="module" src="/app.js"></script>'
    page = tab(foreign('<div id="app"></div>', loaded, script))
    expect(page.locator("details.filters")).to_be_visible()
    ask(page, "Who must withdraw?")
    expect(page.locator("#app li")).to_have_text(["General Assembly resolution 55/179, para. 19"])
    page.get_by_role("button", name="Toggle").click()
    expect(page.locator("resolution-chat")).to_have_count(0)
    page.get_by_role("button", name="Toggle").click()
    expect(page.locator(".card")).to_have_count(3)  # the conversation is still there
    ask(page, "And who else?")
    expect(page.locator("#app li")).to_have_count(2)  # one listener, although the element came twice


@pytest.mark.parametrize("themed", ["classic", "block"])
def test_what_wordpress_prints_works(themed: str, foreign: Callable[..., str], tab: Callable[..., Any]) -> None:
    """A classic theme prints script modules at the foot, a block theme in the head; both with an id made of the name.

    Source: WordPress 6.5 and newer, class WP_Script_Modules, add_hooks and print_enqueued_script_modules.
    """
    (php,) = guide("php")
    name, address = re.findall(r"wp_register_script_module\('([\w-]+)', '([^']+)', \[\], null\)", php)[0]
    assert f"wp_enqueue_script_module('{name}')" in php
    shortcode = re.findall(r"return '(.+)';", php)[0]
    printed = f'<script type="module" src="{address}" id="{name}-js-module"></script>'
    content = f"<h1>Resolutions</h1><p>Ask here: {shortcode}</p>"  # within a line, WordPress keeps its paragraph
    page = tab(foreign(content + printed) if themed == "classic" else foreign(content, printed))
    ask(page, "Who must withdraw?")
    expect(page.locator(".card")).to_have_count(3)


def test_what_drupal_prints_works(foreign: Callable[..., str], tab: Callable[..., Any]) -> None:
    """Drupal prints the address first, then the library's attributes, at the foot of the page.

    Source: Drupal core, class JsCollectionRenderer, assets of type external.
    """
    (library,), (twig,) = guide("yaml"), guide("twig")
    name, address, attribute = re.findall(
        r"^(\w+):\n  js:\n    (\S+): \{ type: external, attributes: \{ type: (\w+) \} \}\n$", library
    )[0]
    attached, _, element = twig.strip().partition("\n")
    assert attached == "{{ attach_library('MYTHEME/" + name + "') }}"
    page = tab(foreign(f'<main>{element}</main><script src="{address}" type="{attribute}"></script>'))
    ask(page, "Who must withdraw?")
    expect(page.locator(".card")).to_have_count(3)


def test_the_tags_for_plain_html_work(foreign: Callable[..., str], tab: Callable[..., Any]) -> None:
    """The very lines at the top of the manual, and the second with a link for where scripts do not run."""
    first, second = guide("html")[:2]
    page = tab(foreign(first))
    ask(page, "Who must withdraw?")
    expect(page.locator(".card")).to_have_count(3)
    page = tab(foreign(second))
    expect(page.get_by_role("link", name="Ask the UN resolutions")).to_be_visible()


def test_the_block_in_the_readme_works(stub: Stub, foreign: Callable[..., str], tab: Callable[..., Any]) -> None:
    """As it stands but for the port."""
    (block,) = re.findall(r"```html\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    page = tab(foreign(block.replace("http://127.0.0.1:8000", stub.origin)))
    ask(page, "Who must withdraw?")
    expect(page.locator(".card")).to_have_count(3)
