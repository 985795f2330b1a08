"""The microphone where WebRTC does not get through: the same lesson over a WebSocket."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.browser.harness import HEARD, LOUD, WORDS, Workbench, launch_chromium, open_live

pytestmark = pytest.mark.browser

LISTENING = "#live-status[data-state=listening]"
SPEAKING = "#live-status[data-state=speaking]"
LESSON = {"prompt": "tutor@1", "model": "gemini-3.8-live", "patience_ms": 800}
FRAME = b"\0" * 640


@pytest.fixture(scope="module")
def firewalled(playwright: Playwright, microphone_wav: Path) -> Iterator[Browser]:
    """A browser that sends no UDP, as behind a company's firewall."""
    blocked = "--webrtc-ip-handling-policy=disable_non_proxied_udp"
    running = launch_chromium(playwright, microphone_wav, blocked)
    yield running
    running.close()


@pytest.fixture
def firewalled_page(firewalled: Browser) -> Iterator[Page]:
    errors: list[str] = []
    page = firewalled.new_page(viewport={"width": 1280, "height": 900})
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close(run_before_unload=True)
    assert not errors


@pytest.fixture
def lesson(workbench: Workbench) -> Iterator[str]:
    """The address of a lesson's sound, begun and stopped."""
    answer = httpx.post(f"{workbench.url}/api/lessons", json=LESSON).json()
    yield f"{workbench.url.replace('http', 'ws')}/api/lessons/{answer['id']}/sound"
    httpx.post(f"{workbench.url}/api/lessons/{answer['id']}/stop")


def test_a_lesson_goes_on_over_a_websocket_where_udp_is_blocked(
    firewalled_page: Page, workbench: Workbench
) -> None:
    """Heard, written, answered aloud, interrupted, and said so: all that WebRTC gives."""
    page = firewalled_page
    open_live(page, workbench)
    page.click("#live-play")
    page.wait_for_selector(LISTENING, timeout=10_000)
    expect(page.locator("#live-detour")).to_contain_text("takes a WebSocket")
    page.wait_for_selector(".wb-formula:not(.wb-provisional) math")
    expect(page.locator(".wb-segment[data-speaker=student] .wb-words").first).to_have_text(WORDS)
    page.wait_for_selector(SPEAKING)
    page.wait_for_function(f"({HEARD})() > {LOUD}")
    page.wait_for_function("!document.querySelector('#live-play').disabled")
    page.click("#live-play")
    page.wait_for_selector(LISTENING, timeout=4_000)
    page.wait_for_function(f"({HEARD})() < {LOUD}", timeout=1_000)


def test_the_next_lesson_of_a_blocked_page_does_not_wait_again(
    firewalled_page: Page, workbench: Workbench
) -> None:
    """Five seconds of waiting are spent once; stopping ends the lesson on the server too."""
    page = firewalled_page
    open_live(page, workbench)
    page.click("#live-start")
    page.wait_for_selector(LISTENING, timeout=10_000)
    page.click("#live-start")
    expect(page.locator("#live-status")).to_have_attribute("data-state", "idle")
    offers: list[str] = []
    page.on("request", lambda request: "/offer" in request.url and offers.append(request.url))
    page.click("#live-start")
    page.wait_for_selector(LISTENING)
    assert offers == []
    page.wait_for_selector(".wb-formula:not(.wb-provisional) math")


def test_the_tutors_sound_comes_at_its_own_pace(lesson: str) -> None:
    """Silence too: a browser plays what comes, and no faster than it is spoken."""
    with connect(lesson) as socket:
        began = time.monotonic()
        n_frames = 0
        while time.monotonic() - began < 1.0:
            socket.send(FRAME)
            assert len(socket.recv(timeout=2)) == 960
            n_frames += 1
    assert 45 <= n_frames <= 60


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"\0" * 638, 1003),
        (b"\0" * 642, 1003),
        (b"", 1003),
        ("hello", 1003),
        (b"\0" * 10_000, 1009),  # larger than any message may be
    ],
)
def test_what_is_no_frame_of_sound_ends_the_connection(
    lesson: str, message: bytes | str, code: int
) -> None:
    """Whoever sends anything else is no browser of ours."""
    with connect(lesson) as socket:
        socket.send(message)
        assert _closed_with(socket) == code


def test_sound_faster_than_the_clock_ends_the_connection(lesson: str) -> None:
    """A lesson is paid for by the second: nobody may push in an hour within one."""
    with connect(lesson) as socket:
        code = None
        for _ in range(500):
            try:
                socket.send(FRAME)
            except ConnectionClosed:
                break
        code = _closed_with(socket)
    assert code == 1008


def test_a_stranger_gets_no_sound(workbench: Workbench, lesson: str) -> None:
    """Neither with a guessed address nor from a page of another site."""
    guessed = f"{workbench.url.replace('http', 'ws')}/api/lessons/guessed/sound"
    with pytest.raises(InvalidStatus, match="403"):
        connect(guessed)
    with pytest.raises(InvalidStatus, match="403"):
        connect(lesson, origin="https://evil.example")


def _closed_with(socket: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed):
        while True:
            socket.recv(timeout=5)
    return socket.close_code
