"""The Datasets tab: look through, change, bring in, record, keep a live turn."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from agent.tutor.endpoint import LiveEndpoint
from evals.dataset.checks import find_problems
from evals.dataset.export import export_dataset
from evals.dataset.own import copy_dataset
from evals.dataset.utterances import METADATA, load_dataset
from tests.browser.harness import (
    CHROMIUM,
    FLAGS,
    Workbench,
    open_live,
    running_workbench,
)
from tests.forked import ForkServer
from tests.live_service import endpoint_environment
from tests.paths import DATASET

pytestmark = pytest.mark.browser

PAYLOAD = "<img src=x onerror='document.title=666'>"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a copy of the shipped dataset, `mine`."""
    copy_dataset(DATASET, tmp_path / "datasets", "mine")
    return tmp_path


@pytest.fixture
def own(home: Path, endpoint: LiveEndpoint, workbench_forks: ForkServer) -> Iterator[Workbench]:
    with running_workbench(home, workbench_forks, **endpoint_environment(endpoint)) as server:
        yield server


def open_datasets(page: Page, workbench: Workbench, name: str = "mine") -> None:
    page.goto(workbench.url)
    page.get_by_role("tab", name="Datasets").click()
    page.wait_for_selector("#datasets-rows tr")
    page.select_option("#datasets-name", name)
    expect(page.locator("#datasets-found")).to_have_text("170 utterances.")


def choose(page: Page, search: str) -> None:
    page.fill("#datasets-search", search)
    expect(page.locator("#datasets-rows tr")).to_have_count(1)
    page.locator("#datasets-rows .wb-link").click()


def test_an_utterance_is_found_heard_and_changed_and_two_people_lose_nothing(
    page: Page, other: Page, own: Workbench, home: Path
) -> None:
    """A wrong reference is mended where it is seen; whoever is second sees both texts."""
    open_datasets(page, own)
    page.select_option("[name=speaker]", "rms")
    choose(page, "twelve plus")
    page.get_by_role("button", name="Play arithmetic-1-rms").click()
    expect(page.get_by_role("button", name="Play arithmetic-1-rms")).to_have_text("■")
    expect(page.get_by_role("button", name="Play arithmetic-1-rms")).to_have_text("▶")
    open_datasets(other, own)
    choose(other, "arithmetic-1-rms")

    tex = page.get_by_role("textbox", name="Accepted LaTeX 1")
    note = page.locator("#datasets-editor [role=status]")
    tex.fill(r"\frac{12+35")
    expect(note).to_contain_text("can't be typeset")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(note).to_contain_text("can't be typeset")
    tex.fill(r"\frac{12}{35}")
    expect(page.locator(".wb-ds-preview mfrac")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(note).to_have_text("Saved.")
    expect(page.locator("#datasets-rows mfrac")).to_be_visible()

    other.fill("#utterance-transcript", PAYLOAD + " mine")
    other.get_by_role("button", name="Save", exact=True).click()
    theirs = other.locator(".wb-ds-theirs")
    expect(theirs).to_contain_text(r"\frac{12}{35}")
    expect(other.locator("#datasets-editor [role=status]")).to_contain_text("Somebody else changed")
    expect(other.locator("#utterance-transcript")).to_have_value(PAYLOAD + " mine")
    theirs.get_by_role("button", name="Save mine over it").click()
    expect(other.locator("#datasets-editor [role=status]")).to_have_text("Saved.")
    expect(other.locator(".wb-ds-said").first).to_have_text(PAYLOAD + " mine")
    assert "666" not in other.title()
    other.close()
    (changed,) = [
        u for u in load_dataset(home / "datasets" / "mine").utterances if "mine" in u.transcript
    ]
    assert changed.id == "arithmetic-1-rms"


def test_a_finding_is_clicked_and_a_shipped_dataset_is_copied(
    page: Page, own: Workbench, home: Path
) -> None:
    """A list of faults is only worth something when it leads to them."""
    metadata = home / "datasets" / "mine" / METADATA
    row = json.loads(metadata.read_text().splitlines()[0]) | {"transcript": "x^2"}
    rest = metadata.read_text().split("\n", 1)[1]
    metadata.write_text(json.dumps(row) + "\n" + rest)
    open_datasets(page, own)
    page.locator("#datasets-check summary").click()
    page.get_by_role("button", name="Check the whole dataset").click()
    expect(page.locator("#datasets-findings-note")).to_have_text("2 findings.")
    finding = page.locator("#datasets-findings li").filter(has_text="has LaTeX")
    finding.get_by_role("button").click()
    expect(page.locator("#datasets-editor [role=status]")).to_contain_text("has LaTeX")
    page.locator("#datasets-statistics summary").click()
    expect(page.locator("#datasets-stats")).to_contain_text("utterances")

    page.select_option("#datasets-name", "spoken-math-mini")
    expect(page.locator("#datasets-status")).to_contain_text("copy it to change it")
    page.locator("#datasets-rows .wb-link").first.click()
    expect(page.locator("#utterance-transcript")).to_be_disabled()
    page.get_by_role("button", name="Copy the dataset to change it").click()
    expect(page.locator("#datasets-status")).to_contain_text("my-spoken-math-mini is a copy")
    assert len(load_dataset(home / "datasets" / "my-spoken-math-mini").utterances) == 170


def test_files_come_in_as_an_archive_or_a_folder_and_are_refused_in_a_sentence(
    page: Page, own: Workbench, home: Path, tmp_path: Path
) -> None:
    """Through the browser's own file picker, packed by the page where they are several."""
    export_dataset(DATASET, tmp_path / "shipped.zip")
    open_datasets(page, own)
    page.locator("#datasets-bring summary").click()
    page.set_input_files("#datasets-archive", tmp_path / "shipped.zip")
    page.fill("#datasets-upload-name", "again")
    page.locator("#datasets-upload button").click()
    expect(page.locator("#datasets-status")).to_have_text("170 utterances came in as again.")
    assert find_problems(home / "datasets" / "again") == []

    page.set_input_files("#datasets-folder", DATASET)
    page.fill("#datasets-upload-name", "folder")
    page.locator("#datasets-upload button").click()
    expect(page.locator("#datasets-status")).to_have_text("170 utterances came in as folder.")

    table = {
        "name": "t.csv",
        "mimeType": "text/csv",
        "buffer": b"file_name,transcript\nno.wav,=cmd\n",
    }
    page.set_input_files("#datasets-files", [table])
    page.fill("#datasets-upload-name", "table")
    page.locator("#datasets-upload button").click()
    expect(page.locator("#datasets-bring-note")).to_contain_text("no.wav is not among the files")
    assert not (home / "datasets" / "table").exists()
    assert list((home / "incoming").iterdir()) == []

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the zip").click()
    assert download.value.suggested_filename == "folder.zip"


def test_an_utterance_is_recorded_in_the_page_and_a_lost_microphone_is_told(
    page: Page, own: Workbench, home: Path
) -> None:
    """What the visitor said lies in the dataset, at the rate the tutor hears."""
    open_datasets(page, own)
    page.locator("#datasets-record summary").click()
    take, note = page.locator("#datasets-take"), page.locator("#datasets-record-note")
    take.click()
    expect(note).to_have_text("Write the words to say first.")
    page.fill("#datasets-say", "twelve plus thirty five equals forty seven")
    page.fill("#datasets-mean", "12+35=47")
    expect(page.locator("#datasets-cue math")).to_be_visible()
    take.click()
    page.wait_for_function("document.querySelector('#datasets-meter').ariaValueNow > 40")
    page.wait_for_function("document.querySelector('#datasets-meter').ariaValueNow < 20")
    take.click()
    expect(page.locator("#datasets-taken")).to_be_visible()
    page.click("#datasets-keep")
    expect(note).to_contain_text("Kept as recording-")
    new = load_dataset(home / "datasets" / "mine").utterances[-1]
    assert (new.transcript, new.latex) == (
        "twelve plus thirty five equals forty seven",
        ("12+35=47",),
    )
    assert new.audio().duration_sec > 0.5

    page.fill("#datasets-say", "y")
    page.evaluate("""() => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => (window.given = await ask(wanted));
    }""")
    take.click()
    expect(take).to_have_text("Stop")
    page.evaluate("window.given.getTracks()[0].dispatchEvent(new Event('ended'))")
    expect(note).to_contain_text("The microphone was lost")
    expect(take).to_have_text("Record again")


@pytest.mark.parametrize(
    ("flags", "permissions", "sentence"),
    [
        (
            ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream=deny"],
            [],
            "The microphone was not allowed",
        ),
        ([], ["microphone"], "No microphone was found"),
    ],
    ids=["refused", "missing"],
)
def test_a_microphone_that_is_refused_or_missing_is_explained(
    playwright: Playwright,
    own: Workbench,
    flags: list[str],
    permissions: list[str],
    sentence: str,
) -> None:
    """A browser that has none, and a visitor who says no."""
    without = [each for each in FLAGS if "fake" not in each]
    with playwright.chromium.launch(executable_path=CHROMIUM, args=[*without, *flags]) as browser:
        page = browser.new_page()
        page.context.grant_permissions(permissions)
        open_datasets(page, own)
        page.locator("#datasets-record summary").click()
        page.fill("#datasets-say", "y")
        page.click("#datasets-take")
        expect(page.locator("#datasets-record-note")).to_contain_text(sentence)


def test_a_live_turn_is_kept_with_its_sound(page: Page, own: Workbench, home: Path) -> None:
    """The best test cases are those that went wrong a moment ago."""
    open_live(page, own)
    page.fill("#live-dataset", "odd ones!")
    page.click("#live-start")
    keep = page.locator(".wb-keep:visible").first
    keep.click()
    expect(page.locator("#live-status")).to_contain_text("A dataset's name has small letters")
    page.fill("#live-dataset", "odd-ones")
    keep.click()
    expect(keep).to_have_text("Kept in odd-ones")
    (kept,) = load_dataset(home / "datasets" / "odd-ones").utterances
    assert kept.transcript == "x squared plus two x plus one equals zero"
    assert kept.tags["category"] == "live"
    assert kept.audio().duration_sec > 0.5
