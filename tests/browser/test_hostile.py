"""Hostile text in every place that takes text: shown as it is, it neither runs nor leaks."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from agent.local_live.canned import CannedRecogniser
from tests.browser.harness import ToneVoice, Workbench, open_live, running_workbench
from tests.browser.hostile import EVERYTHING, NAME, PAYLOADS, ROOM, write_hostile_home
from tests.browser.list_routes import listed
from tests.browser.rooms import INSIDE, LiveKit, livekit_environment, open_room
from tests.browser.states import open_all, open_tab
from tests.forked import ForkServer, Program
from tests.live_service import endpoint_environment, running_local_live

pytestmark = [pytest.mark.browser, pytest.mark.room]

OWN = ("/api/", "/recordings/", "/student", "/workbench/")
ROOM_EVENTS = r"/api/rooms/\{.*\}/events"  # of any room, for it may come
OUTSIDE = ("..%2f..%2f..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "%2e%2e", "..%5c..%5cx", "a%00b")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    write_hostile_home(folder)
    return folder


@pytest.fixture(scope="module")
def workbench(home: Path, livekit: LiveKit, workbench_forks: ForkServer) -> Iterator[Workbench]:
    """Over a service that hears every payload at once and answers with them."""
    live = running_local_live(CannedRecogniser(EVERYTHING), ToneVoice())
    with live as endpoint:
        environment = endpoint_environment(endpoint) | livekit_environment(livekit.address)
        with running_workbench(home, workbench_forks, **environment) as server:
            yield server


def is_leak(url: str) -> bool:
    """Whether a payload has asked for it: "leaked" beside the page, or on a server of its own."""
    parts = urlsplit(url)
    return parts.path.endswith("/leaked") or (parts.hostname or "").startswith("leaked")


@pytest.fixture
def page(page: Page, requested: list[str]) -> Iterator[Page]:
    """A page on which nothing has run that should not, and from which nothing has leaked."""
    yield page
    page.wait_for_load_state("load")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    assert not [url for url in requested if is_leak(url)]
    assert all(frame.evaluate("window.ran") is None for frame in page.frames)


def test_the_checks_notice_what_runs(other: Page) -> None:
    """Each payload that a browser takes for markup must be seen to do something."""
    requested: list[str] = []
    other.on("request", lambda request: requested.append(request.url))
    other.route(
        "**/*", lambda route: route.fulfill(body=f"<body>{EVERYTHING}", content_type="text/html")
    )
    other.goto("http://hostile.invalid/")
    other.wait_for_function("window.ran")
    assert any(map(is_leak, requested))


def test_live_shows_hostile_words(page: Page, workbench: Workbench) -> None:
    """Typed, heard and answered; and in the lists of prompts and samples."""
    open_live(page, workbench)
    page.fill("#live-say input", EVERYTHING)
    page.keyboard.press("Enter")
    words = page.locator(".wb-segment[data-speaker=student] .wb-words").first
    expect(words).to_contain_text(PAYLOADS["script"])
    page.click("#live-start")
    page.click("#live-start")
    page.wait_for_selector(".wb-segment[data-speaker=tutor]")
    expect(words).to_contain_text(PAYLOADS["end of comment"])
    options = page.locator("#live-prompt option").all_text_contents()
    assert any(PAYLOADS["svg"] in option for option in options)


def test_room_shows_hostile_names_and_words(page: Page, workbench: Workbench) -> None:
    """A room's name, what its student says, and the student's own page in the frame."""
    open_room(page, workbench, ROOM)
    page.click("#room-teach")
    page.wait_for_selector(INSIDE)
    page.click("#room-student")
    student = page.frame_locator("#room-frame")
    student.locator("#student-join").click()
    for board in (page.locator("#room-board"), student.locator("#student-board")):
        words = board.locator(".wb-segment[data-speaker=student] .wb-words").first
        expect(words).to_contain_text(PAYLOADS["mathml"], timeout=20_000)
    page.click("#room-list")
    expect(page.locator("#room-rooms")).to_contain_text(ROOM)


def test_evaluate_shows_a_hostile_run(page: Page, workbench: Workbench) -> None:
    """Dataset, prompt, run folder and file names, transcripts, formulas, errors."""
    open_tab(page, workbench, "Evaluate")
    page.locator("#evaluate-past input").click()
    page.get_by_role("option").filter(has_text="2026").first.click()
    expect(page.locator("#evaluate-status")).to_contain_text("1 failed of")
    for number in (0, 1, 2, 3):
        row = page.locator("#evaluate-table").get_by_text(f"{number} {PAYLOADS['attribute']}")
        row.locator("visible=true").first.click()
        head = page.locator("#utterance h2")
        expect(head).to_have_text(f"{number} {PAYLOADS['attribute']}")
        expect(page.locator("#utterance .wb-side").first).to_contain_text(PAYLOADS["template"])
    page.get_by_role("combobox", name="Dataset", exact=True).click()
    expect(page.get_by_role("option", name=NAME)).to_be_visible()


def test_prompts_shows_a_hostile_prompt(page: Page, workbench: Workbench) -> None:
    """Its name, version, description and instructions, its runs, and its answer to a clip."""
    open_tab(page, workbench, "Prompts")
    page.locator("#prompts-list button").filter(has_text=NAME).first.click()
    expect(page.locator("#prompts-instructions")).to_have_value(EVERYTHING)
    open_all(page, "#prompts")
    page.click("#prompts-go")
    expect(page.locator("#prompts-tried")).to_contain_text(PAYLOADS["template"])


def test_datasets_shows_a_hostile_dataset(page: Page, workbench: Workbench) -> None:
    """Its name, columns, words, formulas and files, in the table and in the editor."""
    open_tab(page, workbench, "Datasets")
    page.wait_for_selector("#datasets-rows tr")
    page.select_option("#datasets-name", NAME)
    link = page.get_by_role("button", name=f"0 {PAYLOADS['attribute']}", exact=True)
    link.click()
    expect(page.locator("#datasets-rows")).to_contain_text(PAYLOADS["template"])
    open_all(page, "#datasets")


def test_compare_shows_a_hostile_run(page: Page, workbench: Workbench, home: Path) -> None:
    """Slices by hostile columns, confusions, the table, and a clip with all that folds unfolded."""
    (folder,) = (home / "runs").iterdir()
    page.goto(f"{workbench.url}/?tab=compare&runs={quote(folder.name)}")
    expect(page.locator("#compare-table")).to_contain_text(PAYLOADS["attribute"])
    page.keyboard.press("n")
    expect(page.locator("#compare-detail")).to_contain_text(PAYLOADS["template"])
    open_all(page, "#compare")


def test_the_html_report_shows_a_hostile_run(
    page: Page, home: Path, tmp_path: Path, command_forks: ForkServer
) -> None:
    """Opened from disk it has the rights of a file."""
    (folder,) = (home / "runs").iterdir()
    words = ("-m", "evals", "report", str(folder), "-o", str(tmp_path / "r.html"))
    process = command_forks.start(Program(words))
    process.communicate()
    assert process.returncode == 1  # one failed
    page.goto((tmp_path / "r.html").as_uri())
    for summary in page.locator("summary").all():
        summary.click()
    expect(page.locator("article").first).to_contain_text(PAYLOADS["end of script"])
    page.fill("#search", PAYLOADS["script"])
    expect(page.locator("article").last).to_contain_text(PAYLOADS["template"])


def test_no_id_in_an_address_becomes_a_path(
    workbench: Workbench, tmp_path: Path, workbench_forks: ForkServer
) -> None:
    """Every route that takes one, those that are added later too."""
    routes = listed(workbench_forks, tmp_path)
    own = [(method, path) for method, path in routes if "{" in path and path.startswith(OWN)]
    assert len(own) > 10
    for method, path in own:
        for outside in OUTSIDE if method != "WEBSOCKET" else ():
            address = workbench.url + re.sub(r"\{\w+(:path)?\}", outside, path)
            with httpx.stream(method, address, timeout=10) as answer:
                if re.fullmatch(ROOM_EVENTS, path):
                    continue
                assert answer.status_code in (400, 403, 404, 405, 422), (method, address)
                message = answer.read().decode()
            assert "root:" not in message
            assert "Traceback" not in message
