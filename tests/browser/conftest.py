"""One server, one Chromium and a visitor's page for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from agent.local_live.canned import CannedRecogniser
from agent.tutor.endpoint import LiveEndpoint
from tests.browser.harness import (
    WORDS,
    ToneVoice,
    Workbench,
    launch_chromium,
    running_workbench,
    write_microphone,
)
from tests.browser.rooms import LiveKit, running_livekit
from tests.forked import ForkServer
from tests.live_service import endpoint_environment, running_local_live


@pytest.fixture(scope="session")
def microphone_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of the dataset with quiet around it, for Chromium to play in a circle."""
    return write_microphone(tmp_path_factory.mktemp("microphone"))


@pytest.fixture(scope="module")
def endpoint() -> Iterator[LiveEndpoint]:
    """A Live service that hears WORDS and answers with a long tone."""
    with running_local_live(CannedRecogniser(WORDS), ToneVoice()) as running:
        yield running


@pytest.fixture(scope="module")
def livekit() -> Iterator[LiveKit]:
    """A LiveKit server on ports of its own."""
    with running_livekit() as server:
        yield server


@pytest.fixture(scope="session")
def workbench(
    tmp_path_factory: pytest.TempPathFactory, workbench_forks: ForkServer
) -> Iterator[Workbench]:
    """The page over a Live service that hears WORDS and answers with a long tone."""
    home = tmp_path_factory.mktemp("home")
    live = running_local_live(CannedRecogniser(WORDS), ToneVoice())
    with (
        live as endpoint,
        running_workbench(home, workbench_forks, **endpoint_environment(endpoint)) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, microphone_wav: Path) -> Iterator[Browser]:
    """Chromium whose microphone plays `microphone_wav` again and again."""
    running = launch_chromium(playwright, microphone_wav)
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor's page; any error in its scripts fails the test."""
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visitor = context.new_page()
    visitor.on("pageerror", lambda error: errors.append(str(error)))
    yield visitor
    context.close()
    assert not errors
