"""`python docs/site/screenshot.py ADDRESS`: make docs/page.png from a server that serves the sample, with headless Chromium."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

QUESTION = "Who must pull their troops out of Moldova, and by when?"
TARGET = Path(__file__).resolve().parent.parent / "page.png"


def main(address: str) -> None:
    """Ask as a person does, and keep what is seen."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(address)
        page.locator("textarea").fill(QUESTION)
        page.keyboard.press("Enter")
        page.get_by_text("para. 19").first.wait_for()
        page.wait_for_timeout(1500)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=TARGET)
        browser.close()
    sys.stdout.write(f"{TARGET}: {TARGET.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1])
