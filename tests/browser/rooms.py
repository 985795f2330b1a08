"""A LiveKit server beside the workbench, and students who come by a link."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass

import httpx
from playwright.sync_api import Page

import agent.tutor.realtime  # noqa: F401 (LiveKit wants its plugins imported on the main thread)
from agent.rooms.server import RoomServer
from agent.service.dev_server import DevServer
from agent.service.dev_server_binary import ensure_server
from tests.browser.harness import Workbench
from tests.live_service import on_a_thread
from tests.ports import own_ports

JOINED = "#student-status:is([data-state=listening], [data-state=thinking], [data-state=speaking])"
INSIDE = "#room-status[data-state=listening]"
PATIENCE_SEC = 20.0


@dataclass(frozen=True)
class LiveKit:
    """A real server on a thread of its own."""

    address: RoomServer
    server: DevServer
    loop: asyncio.AbstractEventLoop

    def restart(self) -> None:
        """As after a crash: nothing of its rooms is left."""
        for step in (self.server.kill, self.server.start):
            asyncio.run_coroutine_threadsafe(step(), self.loop).result(PATIENCE_SEC)


def running_livekit() -> AbstractContextManager[LiveKit]:
    """A server on free ports for as long as the block."""
    return on_a_thread(_livekit())


@asynccontextmanager
async def _livekit() -> AsyncIterator[LiveKit]:
    async with DevServer(ensure_server(print), own_ports()) as server:
        yield LiveKit(server.address, server, asyncio.get_running_loop())


def livekit_environment(server: RoomServer) -> dict[str, str]:
    """What points a workbench at that server."""
    return {
        "LIVEKIT_URL": server.url,
        "LIVEKIT_API_KEY": server.api_key,
        "LIVEKIT_API_SECRET": server.api_secret,
    }


def join_link(workbench: Workbench, room: str, password: str = "") -> str:
    """A fresh link for one student, from the server that the workbench knows."""
    body = {"entry": {"by": "environment"}, "room": room}
    answer = httpx.post(f"{workbench.url}/api/livekit/links", json=body, auth=("any", password))
    return f"{workbench.url}{answer.raise_for_status().json()['path']}"


def join(page: Page, workbench: Workbench, room: str) -> None:
    """A student in the room, by a link, as soon as the page says so."""
    page.goto(join_link(workbench, room))
    page.click("#student-join")
    page.wait_for_selector("#student-mute:not(:disabled)")


def open_room(page: Page, workbench: Workbench, name: str) -> None:
    """The Room tab with that room's name in it, ready."""
    page.goto(workbench.url)
    page.wait_for_selector("#live-status[data-state=idle]")
    page.get_by_role("tab", name="Room").click()
    page.wait_for_function("() => document.querySelector('#room-prompt')?.options.length > 0")
    page.fill("#room-name", name)
