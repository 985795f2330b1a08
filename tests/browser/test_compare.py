"""The Compare tab: two runs from the verdict down to one clip, and what a listener adds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from agent.tutor.endpoint import LiveEndpoint
from evals.runs.overlay import read_overlay
from tests.browser.compared_runs import write_runs
from tests.browser.harness import Workbench, running_workbench
from tests.forked import ForkServer
from tests.live_service import endpoint_environment

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def workbench(
    home: Path, endpoint: LiveEndpoint, workbench_forks: ForkServer
) -> Iterator[Workbench]:
    with running_workbench(home, workbench_forks, **endpoint_environment(endpoint)) as server:
        yield server


def open_runs(page: Page, workbench: Workbench, runs: list[str], more: str = "") -> None:
    page.goto(f"{workbench.url}/?tab=compare&runs={','.join(runs)}{more}")
    expect(page.locator("#compare-count")).to_be_visible()
    expect(page.locator("#compare-slices svg")).to_be_visible()


def rows(page: Page) -> list[str]:
    ids = page.locator("#compare-table .wb-grid-body [data-column=id]")
    return ids.all_inner_texts()


def test_two_runs_from_the_verdict_down_to_one_clip(
    page: Page, workbench: Workbench, home: Path
) -> None:
    """What a researcher asks in the morning; the link shows a colleague the same."""
    runs = write_runs(home / "runs", "two", {"one": 1, "other": 2})
    open_runs(page, workbench, runs)
    expect(page.locator("#compare-verdicts .wb-sentence")).to_contain_text("wins 1 and loses 0")
    expect(page.locator("#compare-verdicts")).to_contain_text("word error rate")
    page.get_by_role("group", name="Run B").get_by_role("button").nth(2).click()
    expect(page.locator("#compare-count")).to_have_text("2 of 4 utterances")
    page.get_by_role("button", name="Without the filter").click()
    page.select_option("#compare-show", "improvements")
    assert rows(page) == ["arithmetic-1-rms"]
    page.locator("#compare-table [role=row]").nth(1).click()
    detail = page.locator("#compare-detail")
    expect(detail.locator(".wb-verdict")).to_have_text(["different", "exact"])
    expect(detail.locator(".wb-waterfall")).to_contain_text("first formula 0.60 s later")
    expect(detail.locator(".wb-parted")).to_contain_text("Meant")
    page.reload()
    expect(page.locator("#compare-count")).to_have_text("1 of 4 utterances")
    expect(page.locator("#compare-table [aria-selected=true]")).to_contain_text("arithmetic-1-rms")
    expect(detail.locator(".wb-verdict")).to_have_text(["different", "exact"])
    assert page.evaluate("window.hit") is None
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def test_a_listener_goes_through_what_went_wrong_by_keyboard(
    page: Page, workbench: Workbench, home: Path
) -> None:
    """Next, play, tag, a better reference: scored again at once, the dataset untouched."""
    (run,) = write_runs(home / "runs", "triage", {"only": 1})
    open_runs(page, workbench, [run], "&sort=id")
    page.keyboard.press("n")
    selected = page.locator("#compare-table [aria-selected=true]")
    expect(selected).to_contain_text("arithmetic-1-rms")
    detail = page.locator("#compare-detail")
    expect(detail.locator("h3").first).to_have_text("arithmetic-1-rms")
    page.keyboard.press(" ")
    page.wait_for_function("document.querySelector('.wb-clip').currentTime > 0.1")
    page.keyboard.press("t")
    page.keyboard.type("clipped, n j")  # typing moves nothing
    page.keyboard.press("Enter")
    expect(detail.locator(".wb-badge")).to_have_text(["clipped", "n j"])
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(detail.locator("[name=words]")).to_be_focused()
    detail.locator("[name=latex]").fill(r"\frac{")
    detail.get_by_role("button", name="Save").click()
    expect(detail.locator("form [role=status]")).to_contain_text("can be typeset")
    detail.locator("[name=latex]").fill("z")
    detail.get_by_role("button", name="Save").click()
    expect(detail.locator(".wb-verdict")).to_have_text("exact")
    expect(selected).to_contain_text("exact")
    expect(page.get_by_role("group", name="Run A").get_by_role("button").nth(2)).to_contain_text(
        "2"
    )
    assert read_overlay(home / "runs" / run).remarks["arithmetic-1-rms"].latex == ("z",)
    page.locator("#compare-table [role=grid]").press("End")
    expect(selected).to_contain_text("arithmetic-2-slt")
    page.locator("#compare-table [role=grid]").press("Home")
    expect(selected).to_contain_text("arithmetic-1-heart")


def test_runs_over_other_data_are_refused_until_what_both_have_is_asked_for(
    page: Page, workbench: Workbench, home: Path
) -> None:
    """And a run whose failures were run again opens with them answered."""
    longer = write_runs(home / "runs", "longer", {"one": 2}, n_utterances=6)
    shorter = write_runs(home / "runs", "shorter", {"one": 1}, n_utterances=3)
    open_runs(page, workbench, longer + shorter)
    expect(page.locator("#compare-verdicts")).to_contain_text("tick “Only what both have”")
    page.check("#compare-shared")
    expect(page.locator("#compare-verdicts .wb-sentence")).to_contain_text("of 3 formulas")
    expect(page.locator("#compare-count")).to_have_text("3 of 3 utterances")
    page.get_by_role("button", name="Run only the failures again").nth(1).click()
    expect(page.locator("#compare-status")).to_contain_text("queued")
    page.get_by_role("tab", name="Evaluate").click()
    expect(page.locator("#evaluate-jobs")).to_contain_text("Complete")
    open_runs(page, workbench, shorter, "&show=failed")
    expect(page.locator("#compare-count")).to_contain_text("0 of 3 utterances")
