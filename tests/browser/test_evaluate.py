"""The Evaluate tab: run, watch, open, compare."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import Workbench

pytestmark = pytest.mark.browser

N_IN_RUN = 80  # in five epochs long enough to be reloaded, stopped and resumed


def open_evaluate(page: Page, workbench: Workbench) -> None:
    page.goto(workbench.url)
    page.get_by_role("tab", name="Evaluate").click()
    expect(page.locator("#evaluate-run")).to_be_enabled()


def run(page: Page, n_utterances: int) -> None:
    page.fill("#evaluate-limit input", str(n_utterances))
    page.click("#evaluate-run")


def test_three_utterances_are_run_and_compared_one_by_one(page: Page, workbench: Workbench) -> None:
    """Researchers read verdicts first and then listen to the ones that went wrong."""
    open_evaluate(page, workbench)
    run(page, 3)
    expect(page.locator("#evaluate-status")).to_contain_text(
        "3 ok, 0 cut off, 0 without an answer, 0 failed of 3"
    )
    expect(page.locator("#evaluate-status")).to_contain_text("python -m evals run spoken-math-mini")
    expect(page.locator("#evaluate-rates")).to_contain_text("Word error rate")
    hint = page.locator("#evaluate-rates [title]").first
    expect(hint).to_have_attribute("title", re.compile("Lower is better"))
    page.locator("#evaluate-table [role=gridcell]").filter(has_text="arithmetic-1-heart").click()
    utterance = page.locator("#utterance")
    expect(utterance.locator(".wb-verdict")).to_have_text("different")
    assert utterance.locator("math").count() == 2
    expect(utterance.locator(".wb-step:not([data-kind=hit])").first).to_be_visible()
    clip = utterance.locator("audio")
    clip.evaluate("clip => clip.play()")
    page.wait_for_function("document.querySelector('#utterance audio').currentTime > 0.1")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def test_a_run_outlives_its_page_and_can_be_stopped_and_resumed(
    page: Page, workbench: Workbench
) -> None:
    """Runs belong to the server: a reload, or another page, finds them as they are."""
    open_evaluate(page, workbench)
    page.locator("#evaluate-limit input").fill(str(N_IN_RUN))
    page.get_by_role("spinbutton", name="Epochs").fill("5")
    page.get_by_role("spinbutton", name="Epochs").press("Enter")
    page.click("#evaluate-run")
    jobs = page.locator("#evaluate-jobs")
    n_all = 5 * N_IN_RUN
    running = re.compile(rf"Running.* [1-9]\d* of {n_all} utterances")
    expect(jobs).to_have_text(running)
    page.reload()
    page.get_by_role("tab", name="Evaluate").click()
    expect(jobs).to_have_text(running)
    run(page, 2)
    expect(jobs).to_contain_text("Waiting: spoken-math-mini")
    page.click("#evaluate-stop")
    expect(page.locator("#evaluate-status")).to_contain_text(
        "2 ok, 0 cut off, 0 without an answer, 0 failed of 2"
    )
    page.reload()
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#evaluate-past input").click()
    page.get_by_role("option").filter(has_text="(stopped)").first.click()
    expect(page.locator("#evaluate-status")).to_contain_text("The run is stopped.")
    page.click("#evaluate-resume")
    expect(jobs).to_have_text(running)
    expect(page.locator("#evaluate-status")).to_contain_text(f"{n_all} ok", timeout=240_000)
