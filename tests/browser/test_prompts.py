"""The Prompts tab: edit, try, compare, keep; and nothing typed is lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from agent.prompts.prompt import find_prompt, prompt_folders
from tests.browser.harness import WORDS, Workbench, running_workbench
from tests.forked import ForkServer

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.hacked=1>"
NEW_LINE = f"Never say goodbye. {HOSTILE}"


def open_prompts(page: Page, workbench: Workbench) -> None:
    page.goto(workbench.url)
    page.get_by_role("tab", name="Prompts").click()
    choose(page, "tutor@1")


def choose(page: Page, reference: str) -> None:
    page.get_by_role("list", name="Prompts and their versions").get_by_role(
        "button", name=re.compile(f"^{re.escape(reference)}")
    ).click()
    expect(page.locator("#prompts-title")).to_have_text(reference)


def type_more(page: Page) -> None:
    field = page.get_by_label("Instructions")
    field.fill(f"{field.input_value()}\n{NEW_LINE}")


def test_what_is_typed_survives_a_reload_until_it_is_discarded(
    page: Page, workbench: Workbench
) -> None:
    """An hour's work must not hang on a tab; and one may want the old text back."""
    open_prompts(page, workbench)
    before = page.get_by_label("Instructions").input_value()
    type_more(page)
    expect(page.locator("#prompts-unsaved")).to_be_visible()
    choose(page, "explain@1")
    expect(page.locator("#prompts-unsaved")).to_be_hidden()
    open_prompts(page, workbench)
    expect(page.get_by_label("Instructions")).to_have_value(f"{before}\n{NEW_LINE}")
    expect(page.locator("#prompts-list")).to_contain_text("unsaved")
    page.locator("#prompts-changes summary").click()
    added = page.locator(".pr-line[data-kind=added]")
    expect(added).to_have_count(1)
    expect(added).to_contain_text(NEW_LINE)
    page.get_by_role("button", name="Discard changes").click()
    expect(page.get_by_label("Instructions")).to_have_value(before)
    expect(page.locator("#prompts-difference")).to_contain_text("No difference from tutor@1.")
    page.reload()
    page.get_by_role("tab", name="Prompts").click()
    expect(page.get_by_label("Instructions")).to_have_value(before)
    assert page.evaluate("window.hacked") is None


def test_a_prompt_is_tried_compared_and_kept(page: Page, workbench: Workbench) -> None:
    """The researcher's morning: change a line, hear it, measure it, keep it."""
    open_prompts(page, workbench)
    type_more(page)
    page.get_by_label("Find a clip by its words").fill("over")
    expect(page.locator("#prompts-clip option").first).to_contain_text("over")
    page.get_by_role("button", name="Try it").click()
    tried = page.locator("#prompts-tried")
    expect(tried).to_contain_text(WORDS)
    expect(tried.locator("math").last).to_be_visible()
    expect(page.locator("#prompts-try-status")).to_contain_text("first words")
    answer = tried.get_by_label("The tutor’s answer")
    answer.evaluate("sound => sound.play()")
    page.wait_for_function("document.querySelectorAll('#prompts-tried audio')[1].currentTime > 0.1")

    page.get_by_label("How many").fill("3")
    expect(page.locator("#prompts-start")).to_be_disabled()
    page.get_by_role("button", name="Show the plan").click()
    expect(page.locator("#prompts-compare-status")).to_contain_text("6 sessions")
    page.get_by_role("button", name="Start", exact=True).and_(
        page.locator("#prompts-start")
    ).click()
    expect(page.locator("#prompts-jobs")).to_contain_text("tutor@draft-")
    page.reload()  # the runs are the server's
    page.get_by_role("tab", name="Prompts").click()
    expect(page.locator("#prompts-verdicts")).to_contain_text("formulas", timeout=60_000)
    link = page.get_by_role("link", name="Open in Compare").get_attribute("href")
    assert re.fullmatch(r"/\?tab=compare&runs=[^,&]+,[^,&]+", link or "")

    page.get_by_label("Keep as").fill("mine")
    page.get_by_label("Note").fill(HOSTILE)
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("#prompts-title")).to_have_text("mine@1")
    expect(page.locator("#prompts-status")).to_contain_text("Kept as mine@1.")
    expect(page.locator("#prompts-list")).to_contain_text(HOSTILE)
    expect(page.locator("#prompts-plot [role=img]")).to_have_attribute(
        "aria-label", re.compile(r"1: \d+ % of \d")
    )
    assert page.evaluate("window.hacked") is None
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def test_the_microphone_hears_the_edited_prompt(page: Page, workbench: Workbench) -> None:
    """What is tried by voice is what stands in the editor, settings included."""
    open_prompts(page, workbench)
    type_more(page)
    page.locator("#prompts-settings summary").click()
    page.get_by_label("A pause that ends a turn").fill("1200")
    page.get_by_role("button", name="Try on the microphone").click()
    expect(page.locator("#live-status")).to_contain_text("Ready with tutor@draft-")
    expect(page.locator("#live-patience-value")).to_have_text("1.2 s")
    page.get_by_role("button", name="Start", exact=True).and_(page.locator("#live-start")).click()
    expect(page.locator("#live-board")).to_contain_text(WORDS, timeout=30_000)
    reference = page.locator("#live-prompt").input_value()
    page.locator("#live-start").click()
    assert (
        NEW_LINE.split(" <", maxsplit=1)[0]
        in (
            page.request.get(f"{workbench.url}/api/prompts/versions/{reference}").json()[
                "instructions"
            ]
        )
    )


@pytest.mark.parametrize(
    ("pause_ms", "shown"),
    [
        (4_000, "4.0 s"),  # the slider once ended at 3 s
        (200, "0.2 s"),  # and began at 0.3 s
        (1_234, "1.234 s"),  # between two of its steps
    ],
)
def test_a_pause_is_tried_exactly_as_the_prompt_sets_it(
    page: Page, workbench: Workbench, pause_ms: int, shown: str
) -> None:
    """What is tried is what a run measures, to the millisecond."""
    open_prompts(page, workbench)
    page.locator("#prompts-settings summary").click()
    page.get_by_label("A pause that ends a turn").fill(str(pause_ms))
    page.get_by_role("button", name="Try on the microphone").click()
    expect(page.locator("#live-patience-value")).to_have_text(shown)
    with page.expect_request("**/api/lessons") as asked:
        page.locator("#live-start").click()
    assert asked.value.post_data_json["patience_ms"] == pause_ms
    page.locator("#live-start").click()


def test_moved_by_hand_the_pause_goes_step_by_step_to_its_bounds(
    page: Page, workbench: Workbench
) -> None:
    """Nobody needs 1.234 s who only pulls the slider."""
    page.goto(workbench.url)
    slider, shown = page.locator("#live-patience"), page.locator("#live-patience-value")
    expect(shown).to_have_text("0.8 s")
    slider.press("ArrowRight")
    expect(shown).to_have_text("0.85 s")
    slider.press("End")
    expect(shown).to_have_text("5.0 s")
    slider.press("Home")
    expect(shown).to_have_text("0.2 s")
    box = slider.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.37 * box["width"], box["y"] + box["height"] / 2)
    assert int(slider.input_value()) % 50 == 0


def test_the_embedded_engine_is_said_to_follow_no_prompt(
    page: Page, tmp_path: Path, workbench_forks: ForkServer
) -> None:
    """Nobody may believe that a prompt was measured that was never read."""
    with running_workbench(tmp_path, workbench_forks, AGENT_ENGINE="embedded") as workbench:
        open_prompts(page, workbench)
        expect(page.locator("#prompts-note")).to_contain_text("Prompts don’t change what it does")
        page.get_by_label("Keep as").fill("Not a name")
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.locator("#prompts-name:invalid")).to_be_focused()
        assert not (tmp_path / "prompts").exists()
        type_more(page)
        page.get_by_label("Keep as").fill("tutor")
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.locator("#prompts-title")).to_have_text("tutor@2")
    assert find_prompt("tutor", prompt_folders(tmp_path)).instructions.endswith(NEW_LINE)
