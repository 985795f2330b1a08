"""The student's page: from the link to the typeset formula, with a real LiveKit server."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from livekit import rtc
from playwright.sync_api import Page, expect

from agent.rooms.connection import connected
from agent.rooms.server import RoomServer
from agent.rooms.text import RoomText
from agent.rooms.tokens import room_pass
from agent.transcript import Formula, Transcript
from agent.tutor.endpoint import LiveEndpoint
from tests.browser.harness import (
    WORDS,
    Workbench,
    running_workbench,
)
from tests.browser.rooms import (
    JOINED,
    LiveKit,
    join,
    join_link,
    livekit_environment,
    running_livekit,
)
from tests.forked import ForkServer
from tests.live_service import endpoint_environment, on_a_thread
from tests.room.harness import lesson

pytestmark = [pytest.mark.browser, pytest.mark.room]

FORMULA = ".wb-segment[data-speaker=student] .wb-formula:not(.wb-provisional) math"
LOUD = 0.02  # of full scale; the tutor's tone has 0.24
HEARD = """async () => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  const { srcObject } = document.querySelector("#student-loudspeaker");
  context.createMediaStreamSource(srcObject).connect(analyser);
  const wave = new Float32Array(2048);
  let peak = 0;
  for (let i = 0; i < 40 && peak < 0.02; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatTimeDomainData(wave);
    peak = Math.max(...wave.map(Math.abs));
  }
  return peak;
}"""


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


def test_a_formula_spoken_into_the_microphone_comes_back_typeset(
    page: Page, workbench: Workbench, livekit: LiveKit, endpoint: LiveEndpoint
) -> None:
    """All of it: code, token, microphone, room, tutor, text streams, KaTeX, the tutor's voice."""
    with on_a_thread(lesson(livekit.address, endpoint, room_name="spoken")):
        join(page, workbench, "spoken")
        page.wait_for_selector(FORMULA)
        student = page.locator(".wb-segment[data-speaker=student]").first
        expect(student.locator(".wb-who")).to_have_text("You")
        expect(student.locator(".wb-words")).to_have_text(WORDS)
        assert student.locator("math msup").count() == 1
        page.wait_for_selector("#student-status[data-state=speaking]")
        assert page.evaluate(HEARD) > LOUD


def test_a_typed_question_is_shown_and_answered(
    page: Page, workbench: Workbench, livekit: LiveKit, endpoint: LiveEndpoint
) -> None:
    """Not everybody may speak where they are; the keyboard alone must do."""
    with on_a_thread(lesson(livekit.address, endpoint, room_name="typed")):
        page.goto(join_link(workbench, "typed"))
        page.keyboard.press("Enter")  # the button has the focus when the page opens
        page.wait_for_selector(JOINED)
        page.focus("#student-mute")
        page.keyboard.press("Space")
        expect(page.locator("#student-mute")).to_have_text("Unmute")
        page.focus("[name=text]")
        page.keyboard.type("what is three squared")
        page.keyboard.press("Enter")
        words = page.locator(".wb-segment[data-speaker=student] .wb-words")
        expect(words.filter(has_text="what is three squared")).to_have_count(1)
        page.wait_for_selector(".wb-segment[data-speaker=tutor] .wb-words:not(:empty)")


def test_formulas_too_long_for_a_header_are_shown(
    page: Page, workbench: Workbench, livekit: LiveKit
) -> None:
    """They come on a topic of their own; one that may not be typeset is shown as LaTeX."""
    typeset, too_long = "x^{2}" + "+x" * 1_900, "y" * 4_001
    latex = (typeset, typeset, too_long)
    formulas = tuple(Formula(each, "model", "tutor") for each in latex)
    said = Transcript("long", "tutor", "Look at this.", formulas, is_final=True)
    join(page, workbench, "long")
    with on_a_thread(writing(livekit.address, "long", said)):
        expect(page.locator(".wb-segment .wb-formula")).to_have_count(3)
        expect(page.locator(".wb-segment .wb-formula math")).to_have_count(2)
        expect(page.locator(".wb-segment .wb-formula code")).to_have_text(too_long)


@asynccontextmanager
async def writing(server: RoomServer, room_name: str, said: Transcript) -> AsyncIterator[None]:
    """A tutor that writes one thing, as every tutor writes, in two versions."""
    room = rtc.Room()
    async with connected(room, server.url, room_pass(server, room_name, "tutor").token):
        text = RoomText(room)
        await text.write(replace(said, formulas=()))
        await text.write(said)
        yield


def test_without_a_tutor_the_page_says_that_it_waits(page: Page, workbench: Workbench) -> None:
    """A silent room looks broken."""
    join(page, workbench, "nobody")
    expect(page.locator("#student-status")).to_have_text("Waiting for the tutor …")


def test_a_link_works_once(page: Page, workbench: Workbench) -> None:
    """A link may be seen by others; whoever comes second must not become the student."""
    link = join_link(workbench, "once")
    page.goto(link)
    page.click("#student-join")
    page.wait_for_selector("#student-mute:not(:disabled)")
    assert "code" not in page.url
    page.goto(link)
    page.click("#student-join")
    expect(page.locator("#student-status")).to_contain_text("This link has been used")
    expect(page.locator("#student-mute")).to_be_disabled()


def test_a_student_needs_no_password(
    page: Page,
    tmp_path: Path,
    endpoint: LiveEndpoint,
    livekit: LiveKit,
    workbench_forks: ForkServer,
) -> None:
    """Nothing of the page lies behind the workbench's password, and nothing else before it."""
    environment = endpoint_environment(endpoint) | livekit_environment(livekit.address)
    secret = {"WORKBENCH_PASSWORD": "open sesame"}
    with running_workbench(tmp_path, workbench_forks, **environment, **secret) as shut:
        page.goto(join_link(shut, "shut", "open sesame"))
        page.click("#student-join")
        expect(page.locator("#student-status")).to_have_text("Waiting for the tutor …")
        body = {"entry": {"by": "environment"}, "room": "shut"}
        for path in ("/", "/student/", "/api/workbench"):
            assert httpx.get(f"{shut.url}{path}").status_code == 401
        for path in ("links", "rooms", "lessons", "watches", "dispatches"):
            assert httpx.post(f"{shut.url}/api/livekit/{path}", json=body).status_code == 401


def test_without_a_code_the_page_asks_for_a_link(page: Page, workbench: Workbench) -> None:
    """Somebody types the address from memory."""
    page.goto(f"{workbench.url}/student")
    expect(page.locator("#student-status")).to_contain_text("Open this page by the link")
    expect(page.locator("#student-join")).to_be_disabled()


def test_the_page_may_connect_to_the_livekit_server_and_nowhere_else(
    page: Page, workbench: Workbench, livekit: LiveKit
) -> None:
    """The policy names addresses; the browser enforces it."""
    policy = httpx.get(join_link(workbench, "policy")).headers["content-security-policy"]
    connect = next(part for part in policy.split("; ") if part.startswith("connect-src"))
    web = livekit.address.url.replace("ws", "http")
    assert connect == f"connect-src 'self' {livekit.address.url} {web}"
    page.goto(f"{workbench.url}/student")
    with page.expect_console_message(lambda told: "Content Security Policy" in told.text):
        page.evaluate("() => { new WebSocket('ws://127.0.0.1:9/'); }")


def test_no_token_is_stored_or_shown(page: Page, workbench: Workbench) -> None:
    """A shared computer keeps what a page leaves behind."""
    with page.expect_response("**/student/join") as answered:
        join(page, workbench, "forgetful")
    token = answered.value.json()["token"]
    kept = page.evaluate(
        "() => [document.documentElement.outerHTML, location.href, document.cookie,"
        " JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join(' ')"
    )
    assert token
    assert token not in kept


def test_the_page_fits_a_telephone(page: Page, workbench: Workbench) -> None:
    """Students have those."""
    page.set_viewport_size({"width": 390, "height": 844})
    join(page, workbench, "telephone")
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 390


def test_an_outage_of_the_server_is_shown_and_survived(
    page: Page, tmp_path: Path, endpoint: LiveEndpoint, workbench_forks: ForkServer
) -> None:
    """Networks hiccup; a student must see that it is not their fault."""
    with running_livekit() as server:
        environment = endpoint_environment(endpoint) | livekit_environment(server.address)
        with running_workbench(tmp_path, workbench_forks, **environment) as workbench:
            join(page, workbench, "outage")
            page.evaluate(
                "() => { window.seen = []; new MutationObserver(() => window.seen.push("
                "document.querySelector('#student-status').dataset.state))"
                ".observe(document.querySelector('#student-status'), {attributes: true}); }"
            )
            server.restart()
            page.wait_for_function("() => window.seen.includes('reconnecting')", timeout=60_000)
            expect(page.locator("#student-status")).to_have_text(
                "Waiting for the tutor …", timeout=60_000
            )
