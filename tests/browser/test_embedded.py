"""With no key at all: the embedded engine hears a recording and its formula is on the page."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import open_live, running_workbench

pytestmark = pytest.mark.browser


def test_a_recording_is_really_heard_without_a_key(page: Page, tmp_path: Path) -> None:
    """What a visitor of a fresh clone sees first, recogniser and voice included."""
    with running_workbench(tmp_path) as workbench:
        open_live(page, workbench)
        expect(page.locator("#live-engine")).to_have_text("embedded engine")
        expect(page.locator("#live-model-note")).to_contain_text("say nothing about Gemini")
        page.select_option("#live-sample", label="x squared plus two x plus one equals zero")
        page.click("#live-play")
        formula = page.locator(".wb-segment[data-speaker=student] .wb-formula math").first
        page.wait_for_selector(".wb-formula:not(.wb-provisional) math")
        assert formula.evaluate("math => math.querySelector('annotation').textContent") == (
            "x^2+2x+1=0"
        )
        page.wait_for_selector("#live-status[data-state=speaking]")
        page.goto("about:blank")  # a lesson that goes on would keep the server waiting
