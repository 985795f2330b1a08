"""A browser that refuses the microphone, has none, or loses it: one sentence, and on it goes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from agent.tutor.endpoint import LiveEndpoint
from tests.browser.harness import CHROMIUM, FLAGS, Workbench, open_live, running_workbench
from tests.browser.rooms import JOINED, LiveKit, join_link, livekit_environment
from tests.forked import ForkServer
from tests.live_service import endpoint_environment, on_a_thread
from tests.room.harness import lesson

pytestmark = [pytest.mark.browser, pytest.mark.room]

ALLOWED_WITHOUT_ASKING, PRETENDED = (
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)
Start = Callable[[Page, Workbench, str], str]


@pytest.fixture(scope="module")
def workbench(
    tmp_path_factory: pytest.TempPathFactory,
    endpoint: LiveEndpoint,
    livekit: LiveKit,
    workbench_forks: ForkServer,
) -> Iterator[Workbench]:
    environment = endpoint_environment(endpoint) | livekit_environment(livekit.address)
    with running_workbench(
        tmp_path_factory.mktemp("home"), workbench_forks, **environment
    ) as server:
        yield server


@pytest.fixture
def room(livekit: LiveKit, endpoint: LiveEndpoint) -> Iterator[str]:
    """The name of a room with a tutor who answers."""
    name = token_hex(4)
    with on_a_thread(lesson(livekit.address, endpoint, room_name=name)):
        yield name


@contextmanager
def chromium_without(playwright: Playwright, flag: str, *more: str) -> Iterator[Browser]:
    flags = [*(each for each in FLAGS if each != flag), *more]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
    yield browser
    browser.close()


def start_live(page: Page, workbench: Workbench, _room: str) -> str:
    """Press Start; gives what names the sentence, for whichever part of the page it is."""
    open_live(page, workbench)
    page.click("#live-start")
    return "#live-status, #live-problem"


def join_lesson(page: Page, workbench: Workbench, room: str) -> str:
    """Press Join on the student's page; gives what names the sentence."""
    page.goto(join_link(workbench, room))
    page.click("#student-join")
    page.wait_for_selector(JOINED)
    return "#student-problem"


@pytest.mark.parametrize("start", [start_live, join_lesson])
@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        (ALLOWED_WITHOUT_ASKING, "The microphone was not allowed."),
        (PRETENDED, "No microphone was found."),
    ],
)
def test_no_microphone_is_one_sentence(  # noqa: PLR0917 (what pytest gives)
    playwright: Playwright,
    workbench: Workbench,
    room: str,
    start: Start,
    lacking: str,
    sentence: str,
) -> None:
    """On both pages that have one; typing goes on working."""
    with chromium_without(playwright, lacking) as browser:
        page = browser.new_page()
        told = page.locator(start(page, workbench, room))
        expect(told.filter(has_text=sentence)).to_be_visible()
        form = "#live-say" if start is start_live else "#student-say"
        page.fill(f"{form} input", "x squared plus one")
        page.keyboard.press("Enter")
        page.wait_for_selector(".wb-segment[data-speaker=student]")


@pytest.mark.parametrize("start", [start_live, join_lesson])
def test_a_microphone_that_is_lost_in_mid_sentence_is_one_sentence(
    playwright: Playwright, workbench: Workbench, room: str, microphone_wav: Path, start: Start
) -> None:
    """As when its plug is pulled: here its permission is taken back. The lesson goes on."""
    speech = f"--use-file-for-fake-audio-capture={microphone_wav}"
    with chromium_without(playwright, ALLOWED_WITHOUT_ASKING, speech) as browser:
        context = browser.new_context()
        context.grant_permissions(["microphone"])
        page = context.new_page()
        told = page.locator(start(page, workbench, room))
        page.wait_for_selector(".wb-interim[data-speaker=student]")
        context.clear_permissions()
        expect(told.filter(has_text="The microphone was lost.")).to_be_visible()
        page.wait_for_selector(".wb-segment[data-speaker=tutor]")
