"""Every tab in its states: what the checks of looks and access walk through.

A new tab adds its states to `STATES`, and every check below them takes it along.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from evals.dataset.catalogue import SHIPPED_DATASETS
from evals.dataset.own import copy_dataset, create_dataset
from tests.browser.compared_runs import write_runs
from tests.browser.harness import Workbench, open_live
from tests.browser.rooms import INSIDE, join, open_room

FORMULA = ".wb-formula:not(.wb-provisional) math"


@dataclass(frozen=True)
class Scene:
    """A visitor's page, and what there is to be visited."""

    page: Page
    workbench: Workbench
    home: Path
    report: str


@dataclass(frozen=True)
class State:
    """One state of one tab; `show` brings it up on a fresh page.

    `is_walked` for the state that has most controls: the keyboard is tried there.
    """

    tab: str
    name: str
    show: Callable[[Scene], None]
    is_walked: bool = False


def open_tab(page: Page, workbench: Workbench, name: str) -> None:
    """The page with that tab in front."""
    open_live(page, workbench)
    page.get_by_role("tab", name=name, exact=True).click()


def open_all(page: Page, tab: str) -> None:
    """Everything that is folded away in that tab, unfolded."""
    page.evaluate(
        "tab => document.querySelectorAll(`${tab} details`).forEach((each) => (each.open = true))",
        tab,
    )


def _live_empty(scene: Scene) -> None:
    open_live(scene.page, scene.workbench)


def _live_conversation(scene: Scene) -> None:
    open_live(scene.page, scene.workbench)
    scene.page.click("#live-start")
    scene.page.wait_for_selector(f"#live-board {FORMULA}")
    scene.page.wait_for_selector("#live-status[data-state=speaking]")


def _live_answered(scene: Scene) -> None:
    open_live(scene.page, scene.workbench)
    scene.page.fill("#live-say input", "x squared plus one")
    scene.page.keyboard.press("Enter")
    scene.page.wait_for_selector("#live-status[data-state=speaking]")


def _live_refused(scene: Scene) -> None:
    open_live(scene.page, scene.workbench)
    scene.page.route("**/api/lessons", lambda route: route.abort())
    scene.page.click("#live-start")
    scene.page.wait_for_selector("#live-status[data-state=refused]")


def _room_empty(scene: Scene) -> None:
    open_room(scene.page, scene.workbench, "lesson")


def _room_typed_server(scene: Scene) -> None:
    open_room(scene.page, scene.workbench, "lesson")
    scene.page.select_option("#room-by", "token")
    scene.page.select_option("#room-by", "key")


def _room_lesson(scene: Scene) -> None:
    page = scene.page
    open_room(page, scene.workbench, "looked at")
    page.click("#room-teach")
    page.wait_for_selector(INSIDE)
    page.click("#room-student")
    page.frame_locator("#room-frame").locator("#student-join").click()
    page.wait_for_selector(f"#room-board {FORMULA}")
    page.click("#room-list")
    page.wait_for_selector("#room-rooms button")
    page.click("#room-invite")
    page.wait_for_selector("#room-link:visible")


def _room_refused(scene: Scene) -> None:
    page = scene.page
    open_room(page, scene.workbench, "lesson")
    page.select_option("#room-by", "key")
    page.fill("#room-url", "nowhere")
    page.click("#room-list")
    page.wait_for_selector("#room-status[data-state=refused]")


def _evaluate_empty(scene: Scene) -> None:
    open_tab(scene.page, scene.workbench, "Evaluate")
    expect(scene.page.locator("#evaluate-run")).to_be_enabled()


def _evaluate_running(scene: Scene) -> None:
    _evaluate_empty(scene)
    page = scene.page
    page.get_by_role("spinbutton", name="Epochs").fill("5")
    page.get_by_role("spinbutton", name="Epochs").press("Enter")
    page.click("#evaluate-run")
    expect(page.locator("#evaluate-jobs")).to_contain_text("Running")


def _evaluate_results(scene: Scene) -> None:
    _evaluate_empty(scene)
    page = scene.page
    page.fill("#evaluate-limit input", "3")
    page.click("#evaluate-run")
    expect(page.locator("#evaluate-status")).to_contain_text("of 3")
    page.locator("#evaluate-table [role=gridcell]").filter(has_text="arithmetic-1-heart").click()
    page.wait_for_selector("#utterance math")


def _compare_empty(scene: Scene) -> None:
    open_tab(scene.page, scene.workbench, "Compare")
    expect(scene.page.locator("#compare-status")).to_contain_text("Choose a run")


def _compare_two_runs(scene: Scene) -> None:
    """Two runs of three utterances, one of them open with everything that folds unfolded."""
    page = scene.page
    one, other = write_runs(scene.home / "runs", "looked-at", {"one": 1, "other": 2})
    page.goto(f"{scene.workbench.url}/?tab=compare&runs={one},{other}")
    page.wait_for_selector("#compare-verdicts .wb-sentence")
    page.wait_for_selector("#compare-slices svg")
    page.keyboard.press("n")
    page.wait_for_selector("#compare-detail .wb-waterfall")
    for summary in page.locator("#compare summary").all():
        summary.click()


def _compare_refused(scene: Scene) -> None:
    scene.page.goto(f"{scene.workbench.url}/?tab=compare&runs=gone")
    expect(scene.page.locator("#compare-status")).to_contain_text("no such run")


def _evaluate_refused(scene: Scene) -> None:
    broken = scene.home / "datasets" / "broken"
    broken.mkdir(parents=True, exist_ok=True)
    (broken / "metadata.jsonl").write_text("{}\n")
    _evaluate_empty(scene)
    page = scene.page
    page.get_by_role("combobox", name="Dataset", exact=True).click()
    page.get_by_role("option", name="broken").click()
    page.click("#evaluate-run")
    expect(page.locator("#evaluate-status")).to_contain_text("metadata.jsonl")


def _datasets_all_open(scene: Scene) -> None:
    page = scene.page
    open_tab(page, scene.workbench, "Datasets")
    page.wait_for_selector("#datasets-name option", state="attached")
    page.select_option("#datasets-name", "spoken-math-mini")
    page.fill("#datasets-search", "twelve plus")
    expect(page.locator("#datasets-rows tr")).to_have_count(2)
    page.locator("#datasets-rows .wb-link").first.click()
    for tool in page.locator(".wb-ds-tools summary").all():
        tool.click()
    page.fill("#datasets-formula", "x^2")
    page.get_by_role("button", name="Find words").click()
    expect(page.locator("#datasets-phrasings input")).to_have_count(2)
    expect(page.locator("#datasets-stats")).to_contain_text("phrases")
    page.wait_for_selector(".wb-ds-preview math")


def _datasets_own(scene: Scene) -> None:
    copy = scene.home / "datasets" / "own"
    if not copy.exists():
        copy_dataset(SHIPPED_DATASETS / "spoken-math-mini", copy.parent, copy.name)
    page = scene.page
    open_tab(page, scene.workbench, "Datasets")
    page.wait_for_selector("#datasets-name option", state="attached")
    page.select_option("#datasets-name", copy.name)
    page.wait_for_selector("#datasets-rows tr")
    page.locator("#datasets-rows .wb-link").first.click()
    page.get_by_role("textbox", name="Accepted LaTeX 1").fill(r"\frac{1")
    expect(page.locator("#datasets-editor .wb-problem")).to_be_visible()


def _datasets_empty(scene: Scene) -> None:
    empty = scene.home / "datasets" / "empty"
    if not empty.exists():
        create_dataset(empty.parent, empty.name)
    page = scene.page
    open_tab(page, scene.workbench, "Datasets")
    page.wait_for_selector("#datasets-name option", state="attached")
    page.select_option("#datasets-name", empty.name)
    page.wait_for_selector("#datasets-none:visible")


def _prompts_edited(scene: Scene) -> None:
    page = scene.page
    open_tab(page, scene.workbench, "Prompts")
    page.locator("#prompts-list button").filter(has_text="tutor@1").click()
    expect(page.locator("#prompts-title")).to_have_text("tutor@1")
    page.fill("#prompts-instructions", "Ask one question.\nNever say goodbye.")
    for part in ("#prompts-settings", "#prompts-changes", "#prompts-compare details"):
        page.locator(part).evaluate("part => { part.open = true; }")
    page.wait_for_selector(".pr-line[data-kind=added]")
    expect(page.locator("#prompts-go")).to_be_enabled()


def _prompts_compared(scene: Scene) -> None:
    _prompts_edited(scene)
    page = scene.page
    page.click("#prompts-go")
    page.wait_for_selector("#prompts-tried audio[aria-label]")
    page.fill("#prompts-sample", "2")
    page.click("#prompts-plan")
    page.click("#prompts-start:enabled")
    page.wait_for_selector(".pr-verdict")
    page.wait_for_selector("#prompts-plot [role=img]")


def _prompts_refused(scene: Scene) -> None:
    _prompts_edited(scene)
    scene.page.fill("#prompts-instructions", " ")
    scene.page.click("#prompts-keep")
    expect(scene.page.locator("#prompts-status")).to_contain_text("expected instructions")


def _student_without_link(scene: Scene) -> None:
    scene.page.goto(f"{scene.workbench.url}/student")
    scene.page.wait_for_selector("#student-status[data-state=refused]")


def _student_waiting(scene: Scene) -> None:
    join(scene.page, scene.workbench, "waiting")


def _report(scene: Scene) -> None:
    scene.page.goto(scene.report)
    scene.page.wait_for_selector("article math")


STATES = [
    State("Live", "empty", _live_empty),
    State("Live", "conversation", _live_conversation),
    State("Live", "typed question", _live_answered, is_walked=True),
    State("Live", "refused", _live_refused),
    State("Room", "empty", _room_empty),
    State("Room", "typed server", _room_typed_server, is_walked=True),
    State("Room", "lesson", _room_lesson),
    State("Room", "refused", _room_refused),
    State("Prompts", "edited", _prompts_edited, is_walked=True),
    State("Prompts", "tried and compared", _prompts_compared),
    State("Prompts", "refused", _prompts_refused),
    State("Evaluate", "empty", _evaluate_empty, is_walked=True),
    State("Evaluate", "results", _evaluate_results),
    State("Evaluate", "refused", _evaluate_refused),
    State("Evaluate", "running", _evaluate_running),
    State("Datasets", "all open", _datasets_all_open, is_walked=True),
    State("Datasets", "an edit that can't be saved", _datasets_own),
    State("Datasets", "empty", _datasets_empty),
    State("Compare", "empty", _compare_empty),
    State("Compare", "two runs", _compare_two_runs, is_walked=True),
    State("Compare", "refused", _compare_refused),
    State("/student", "without a link", _student_without_link),
    State("/student", "waiting", _student_waiting, is_walked=True),
    State("report", "results", _report, is_walked=True),
]
