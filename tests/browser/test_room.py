"""The Room tab: a tutor and a student brought together on one page, and what can go wrong."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from agent.delivery import room_lines
from agent.rooms.people import LOST_SEC
from agent.rooms.server import RoomServer
from agent.rooms.tokens import room_pass
from agent.tutor.endpoint import LiveEndpoint
from tests.browser.harness import Workbench, running_workbench
from tests.browser.rooms import INSIDE, JOINED, LiveKit, livekit_environment, open_room
from tests.forked import ForkServer
from tests.live_service import endpoint_environment, on_a_thread
from tests.room.harness import lesson
from tests.room.worker_harness import worker

pytestmark = [pytest.mark.browser, pytest.mark.room]

FORMULA = ".wb-formula:not(.wb-provisional) math"
STATUS = "#room-status"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def workbench(
    home: Path, endpoint: LiveEndpoint, livekit: LiveKit, workbench_forks: ForkServer
) -> Iterator[Workbench]:
    environment = endpoint_environment(endpoint) | livekit_environment(livekit.address)
    with running_workbench(home, workbench_forks, **environment) as server:
        yield server


def people(workbench: Workbench, room: str) -> set[str]:
    """The roles of those in the room, as the server tells."""
    body = {"entry": {"by": "environment"}}
    rooms = httpx.post(f"{workbench.url}/api/livekit/rooms", json=body).raise_for_status().json()
    return {
        person["role"] for found in rooms if found["name"] == room for person in found["people"]
    }


def until_people(workbench: Workbench, room: str, wanted: set[str]) -> None:
    """Fails half a minute before LiveKit would take somebody who is lost for gone."""
    began = time.monotonic()
    while (found := people(workbench, room)) != wanted:
        assert time.monotonic() - began < LOST_SEC / 2, f"{found} are still in the room"
        time.sleep(0.1)


def test_a_tutor_and_a_student_meet_on_one_page(
    page: Page, workbench: Workbench, home: Path
) -> None:
    """Both ends of a lesson in a real room, without a second computer."""
    open_room(page, workbench, "both")
    page.click("#room-teach")
    page.wait_for_selector(INSIDE)
    page.click("#room-student")
    student = page.frame_locator("#room-frame")
    student.locator("#student-join").click()
    student.locator(f".wb-segment[data-speaker=student] {FORMULA}").first.wait_for()
    page.wait_for_selector(f"#room-board .wb-segment[data-speaker=student] {FORMULA}")
    expect(page.locator("#room-board .wb-who").first).to_have_text("Student")
    lines = [line.posted.transcription for line in room_lines(home, "both")]
    assert [formula.latex for line in lines for formula in line.formulas][:1] == ["x^2+2x+1=0"]

    page.click("#room-student")  # the only student leaves: the lesson is over
    expect(page.locator(STATUS)).to_contain_text("The lesson is over")
    until_people(workbench, "both", set())


def test_a_closed_page_leaves_the_room_within_seconds(other: Page, workbench: Workbench) -> None:
    """A tutor that nobody sees would go on costing."""
    open_room(other, workbench, "closed")
    other.click("#room-teach")
    other.wait_for_selector(INSIDE)
    other.click("#room-student")
    student = other.frame_locator("#room-frame")
    student.locator("#student-join").click()
    student.locator(JOINED).wait_for()  # LiveKit lists who is still joining, and could not leave
    until_people(workbench, "closed", {"tutor", "student"})
    other.close(run_before_unload=True)
    until_people(workbench, "closed", set())


def test_leaving_leaves(page: Page, workbench: Workbench) -> None:
    open_room(page, workbench, "left")
    page.click("#room-teach")
    page.wait_for_selector(INSIDE)
    until_people(workbench, "left", {"tutor"})
    page.get_by_role("button", name="Leave", exact=True).click()
    expect(page.locator(STATUS)).to_have_text("You have left the room.")
    until_people(workbench, "left", set())
    expect(page.locator("#room-teach")).to_have_text("Join as tutor")


def test_a_watcher_reads_and_is_not_seen(
    page: Page, workbench: Workbench, livekit: LiveKit, endpoint: LiveEndpoint
) -> None:
    """Somebody who looks in must not become the student, nor disturb one."""
    with on_a_thread(lesson(livekit.address, endpoint, room_name="watched")):
        open_room(page, workbench, "watched")
        page.click("#room-watch")
        page.wait_for_selector(INSIDE)
        assert people(workbench, "watched") == {"tutor"}
        page.click("#room-student")
        page.frame_locator("#room-frame").locator("#student-join").click()
        page.wait_for_selector(f"#room-board {FORMULA}")
        assert people(workbench, "watched") == {"tutor", "student"}


def test_rooms_and_people_are_listed(page: Page, workbench: Workbench) -> None:
    """One joins what is there; a room's name may be anything."""
    name = "<b>Übung</b> & 1"
    open_room(page, workbench, name)
    page.click("#room-teach")
    page.wait_for_selector(INSIDE)
    page.click("#room-list")
    page.fill("#room-name", "")
    page.get_by_role("button", name=name).click()
    expect(page.locator("#room-name")).to_have_value(name)
    expect(page.locator("#room-rooms")).to_contain_text("tutor tutor-")


def test_a_pasted_token_opens_its_room(page: Page, workbench: Workbench, livekit: LiveKit) -> None:
    """Whoever runs the server need not give away the key."""
    open_room(page, workbench, "")
    token = room_pass(livekit.address, "by token", "tutor").token
    type_entry(page, "token", livekit.address.url, token=token)
    page.click("#room-teach")
    expect(page.locator(STATUS)).to_have_text("The tutor is in the room by token.")


def type_entry(page: Page, by: str, url: str, **fields: str) -> None:
    page.select_option("#room-by", by)
    page.fill("#room-url", url)
    for name, value in fields.items():
        page.fill(f"#room-{name}", value)


def test_a_wrong_key_is_one_sentence(page: Page, workbench: Workbench, livekit: LiveKit) -> None:
    """On each of the ways; the secret is in none of them."""
    open_room(page, workbench, "r")
    type_entry(page, "key", livekit.address.url, key="devkey", secret="not the secret, but long")
    for button in ("#room-list", "#room-watch"):
        page.evaluate(f"document.querySelector('{STATUS}').textContent = ''")
        page.click(button)
        expect(page.locator(STATUS)).to_contain_text("No LiveKit server took this key")
        assert "not the secret" not in page.inner_text("body")
    assert "not the secret" not in workbench.log.read_text()


def test_an_expired_or_foreign_token_is_one_sentence(
    page: Page, workbench: Workbench, livekit: LiveKit
) -> None:
    """Tokens live ten minutes; this is what people will meet."""
    open_room(page, workbench, "")
    old = room_pass(livekit.address, "r", "tutor", life=timedelta(seconds=-60)).token
    type_entry(page, "token", livekit.address.url, token=old)
    page.click("#room-teach")
    expect(page.locator(STATUS)).to_have_text("The token has expired. Ask for a new one.")
    stranger = RoomServer(livekit.address.url, "devkey", "another secret, quite long enough")
    foreign = room_pass(stranger, "r", "tutor").token
    page.fill("#room-token", foreign)
    page.click("#room-teach")
    expect(page.locator(STATUS)).to_contain_text("signature is wrong")
    assert foreign not in workbench.log.read_text()


def test_no_server_is_one_sentence(page: Page, workbench: Workbench, free_port: int) -> None:
    """The most usual mistake of all."""
    open_room(page, workbench, "r")
    type_entry(page, "key", f"ws://127.0.0.1:{free_port}", key="devkey", secret="secret")
    page.click("#room-teach")
    expect(page.locator(STATUS)).to_contain_text("No LiveKit server took this key")


def test_a_dispatch_brings_a_workers_tutor(
    page: Page, workbench: Workbench, livekit: LiveKit, endpoint: LiveEndpoint
) -> None:
    """The worker teaches with the prompt that is chosen here."""
    with on_a_thread(ready_worker(livekit.address, endpoint)):
        open_room(page, workbench, "served")
        page.click("#room-dispatch")
        expect(page.locator(STATUS)).to_have_text("A tutor is in the room.")
        assert people(workbench, "served") == {"tutor"}


@asynccontextmanager
async def ready_worker(server: RoomServer, endpoint: LiveEndpoint) -> AsyncIterator[None]:
    """A worker that LiveKit knows of."""
    async with worker(server, endpoint) as process:
        await process.until_ready()
        yield


def test_no_worker_is_one_sentence(page: Page, workbench: Workbench) -> None:
    """LiveKit accepts a dispatch and loses it when nobody is there."""
    open_room(page, workbench, "dispatched")
    page.click("#room-dispatch")
    expect(page.locator(STATUS)).to_contain_text("Asking for a tutor")
    expect(page.locator(STATUS)).to_contain_text("No worker named 'math-tutor' took the room.")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_tab_fits(page: Page, workbench: Workbench, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_room(page, workbench, "r" * 256)
    page.click("#room-invite")
    page.wait_for_selector("#room-link:visible")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
