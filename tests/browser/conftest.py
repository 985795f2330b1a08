"""One server, one Chromium and one page for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    Error,
    Page,
    Playwright,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

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

WINDOW = ViewportSize(width=1280, height=900)
PATIENCE_MS = 60_000  # a busy machine takes longer than the usual 5 s
expect.set_options(timeout=PATIENCE_MS)


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


@pytest.fixture(scope="session")
def only_page(browser: Browser) -> Iterator[Page]:
    """The page of all visitors, one after the other: see `page`."""
    with browser.new_context(viewport=WINDOW) as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


@pytest.fixture
def page(only_page: Page) -> Iterator[Page]:
    """A visitor's page; any error in its scripts fails the test.

    Chromium takes three times as long to show the workbench on a new page. So it is the same one
    for all tests, and each leaves it blank: without cookies, storage, routes and other pages.
    """
    errors: list[str] = []

    def keep(error: Error) -> None:
        errors.append(str(error))

    only_page.on("pageerror", keep)
    yield only_page
    only_page.remove_listener("pageerror", keep)
    _make_blank(only_page)
    assert not errors


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    """Another visitor's page, with storage of its own; it may be closed in the test."""
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


def _make_blank(page: Page) -> None:
    page.unroute_all(behavior="ignoreErrors")
    page.goto("about:blank")
    for other in page.context.pages:
        if other != page:
            other.close()
    page.context.clear_cookies()
    everything = {"origin": "*", "storageTypes": "all"}
    protocol = page.context.new_cdp_session(page)
    protocol.send("Storage.clearDataForOrigin", everything)
    protocol.detach()
    page.emulate_media(color_scheme="null")
    page.set_viewport_size(WINDOW)


@pytest.fixture
def requested(page: Page) -> Iterator[list[str]]:
    """The addresses that the page has asked for."""
    addresses: list[str] = []

    def keep(request: Request) -> None:
        addresses.append(request.url)

    page.on("request", keep)
    yield addresses
    page.remove_listener("request", keep)
