"""What is posted to a workbench is checked, stored once and shown at once."""

import asyncio
import base64
import contextlib
import json
import socket
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from agent.delivery import Outbox, Receiver, delivering, room_lines, student_lines
from agent.delivery.database import open_database
from agent.settings import Settings
from agent.signing import signed_headers
from agent.transcript import Formula, Transcript
from evals.notation import Katex
from workbench.rooms.transcript_routes import room_routes
from workbench.rooms.webhook_routes import PATH, transcription_routes
from workbench.shared.security import Access, Guard, Unlocked
from workbench.shared.typesetting import Typesetter

SECRET = "whsec_c2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXMuLi4u"
OTHER_SECRET = "whsec_YW5vdGhlciBzZWNyZXQgb2YgdGhpcnR5LXR3byEhISE="
PASSWORD = "open sesame"
ROOM = "algebra/7 b"
HALF = Formula(r"\frac{1}{2}", "model", "student")


def formula(confidence: float) -> dict[str, Any]:
    """A formula with one reading."""
    reading = {"latex": "x", "confidence": confidence, "choices": []}
    return {"latex": "x", "source": "spoken", "speaker": "student", "readings": [reading]}


def body(text: str = "one half", segment_id: str = "s1", version: int = 1, **more: Any) -> str:
    part = {
        "text": text,
        "has_math": True,
        "latex": r"\frac{1}{2}",
        "timestamp": 1_700_000_000.5,
        "segment_id": segment_id,
        "speaker": "student",
        "formulas": [
            {"latex": r"\frac{1}{2}", "source": "model", "speaker": "student", "readings": []}
        ],
        "start_sec": 1.0,
        "end_sec": 2.5,
        "version": version,
        "tutor": "f00d",
    }
    return json.dumps({"room": ROOM, "student_id": "ada", "transcription": part | more})


def signed(
    text: str, message_id: str = "msg_1", secret: str = SECRET, at_sec: float | None = None
) -> dict[str, str]:
    """Headers signed at that Unix time, or now."""
    return signed_headers(secret, message_id, text, time.time() if at_sec is None else at_sec)


def workbench(home: Path, katex: Katex, secret: str | None) -> FastAPI:
    """The two sets of routes behind the guard, as the whole server has them."""
    settings = Settings(
        _env_file=None, workbench_home=home, webhook_secret=SecretStr(secret) if secret else None
    )
    app = FastAPI()
    unlocked = Unlocked(frozenset({PATH} if secret else ()))
    access = Access.of("127.0.0.1", PASSWORD if secret else None)
    app.add_middleware(Guard, access=access, unlocked=unlocked)
    app.include_router(transcription_routes(settings))
    app.include_router(room_routes(home, Typesetter(katex)))
    return app


@contextlib.asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    """A real server on loopback."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1, lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        await running
        listener.close()


@pytest.fixture
async def address(tmp_path: Path, katex: Katex) -> AsyncIterator[str]:
    """A workbench with a secret and a password."""
    async with serving(workbench(tmp_path, katex, SECRET)) as base:
        yield base


@pytest.fixture
async def http(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield client


def texts(home: Path) -> list[str]:
    return [line.posted.transcription.text for line in room_lines(home, ROOM)]


async def test_a_signed_body_is_stored_once_however_often_it_comes(
    http: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Delivery is at least once; no password is asked where the signature speaks."""
    for _ in range(3):
        response = await http.post(PATH, content=body(), headers=signed(body()))
        assert response.status_code == 204
    assert texts(tmp_path) == ["one half"]


MALFORMED = {"webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1"}
LOGIN = {"authorization": "Basic " + base64.b64encode(b"a:open sesame").decode()}


@pytest.mark.parametrize(
    ("headers_at", "why"),
    [
        (lambda _now_sec: {}, "unsigned"),
        (lambda _now_sec: MALFORMED, "malformed"),
        (lambda now_sec: signed(body(), secret=OTHER_SECRET, at_sec=now_sec), "signed by another"),
        (lambda now_sec: signed(body("other words"), at_sec=now_sec), "signed for another body"),
        (
            lambda now_sec: signed(body(), at_sec=now_sec) | {"webhook-id": "msg_2"},
            "replayed under another key",
        ),
        (lambda now_sec: signed(body(), at_sec=now_sec - 301), "replayed too late"),
        (lambda now_sec: signed(body(), at_sec=now_sec + 600), "from the future"),
        (lambda _now_sec: LOGIN, "password"),
    ],
)
async def test_what_is_not_freshly_signed_is_refused(
    http: httpx.AsyncClient,
    tmp_path: Path,
    headers_at: Callable[[float], dict[str, str]],
    why: str,
) -> None:
    """Whoever reaches the address could write into a lesson else."""
    response = await http.post(PATH, content=body(), headers=headers_at(time.time()))
    assert response.status_code == 401, why
    assert texts(tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "",
        "[]",
        "{}",
        '{"room": "algebra/7 b"}',
        body(speaker="somebody"),
        body(version=0),
        body(version=2**70),
        body(timestamp="yesterday"),
        body(timestamp=1e300),
        body(segment_id=""),
        body().replace("1700000000.5", "NaN"),
        body().replace("one half", "\\ud800"),
        body(formulas=[formula(float("nan"))]),  # was answered 204, and the room with 500
        body(formulas=[formula(float("inf"))]),
        body(formulas=[formula(2.0)]),
        body(start_sec=float("-inf")),
        body("x" * 20_000),
        body(formulas=[formula(0.5)] * 1_000),
        "[" * 100_000,
    ],
)
async def test_what_is_no_transcript_is_refused_for_good(
    http: httpx.AsyncClient, tmp_path: Path, text: str
) -> None:
    """With a status that makes it a dead letter, not one that is tried for ever."""
    response = await http.post(PATH, content=text, headers=signed(text))
    assert response.status_code == 422
    assert texts(tmp_path) == []


async def test_bytes_that_are_no_text_are_refused(http: httpx.AsyncClient) -> None:
    """The signature is of text."""
    response = await http.post(PATH, content=b"\xff\xfe", headers=signed("?"))
    assert response.status_code == 401


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 204),
        ("::1", {}, 204),
        ("192.0.2.7", {}, 403),
        ("127.0.0.1", {"x-forwarded-for": "192.0.2.7"}, 403),  # through a proxy
        ("127.0.0.1", {"origin": "https://evil.example"}, 403),
        ("127.0.0.1", {"host": "evil.example"}, 403),
    ],
)
async def test_without_a_secret_only_this_machine_may_post(
    tmp_path: Path, katex: Katex, peer: str, headers: dict[str, str], status: int
) -> None:
    """Not a page of another site in its browser either."""
    transport = httpx.ASGITransport(workbench(tmp_path, katex, None), client=(peer, 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        sent = {"webhook-id": "msg_1"} | headers
        response = await http.post(PATH, content=body(), headers=sent)
    assert response.status_code == status
    assert len(texts(tmp_path)) == (status == 204)


@pytest.mark.parametrize("path", ["transcript", "events"])
async def test_a_signature_opens_no_other_route(http: httpx.AsyncClient, path: str) -> None:
    """Reading a lesson asks for the password."""
    response = await http.get(f"/api/rooms/{ROOM}/{path}", headers=signed(""))
    assert response.status_code == 401


async def next_events(lines: AsyncIterator[str], n_events: int) -> list[Any]:
    found: list[Any] = []
    async with asyncio.timeout(20):
        async for line in lines:
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
            if len(found) == n_events:
                return found
    return found


async def test_a_watching_page_sees_lines_as_they_come_typeset(
    http: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Posted from elsewhere or written by a worker of the same home, in order."""
    async with http.stream("GET", f"/api/rooms/{ROOM}/events", auth=("", PASSWORD)) as stream:
        lines = stream.aiter_lines()
        await http.post(PATH, content=body(), headers=signed(body()))
        (posted,) = await next_events(lines, 1)
        with Outbox(tmp_path, False) as outbox:
            outbox.add(ROOM, "ada", Transcript("s2", "tutor", "good", (), True), "f00d")
            outbox.add("another", "bob", Transcript("s3", "tutor", "secret", (), True), "f00d")
            outbox.add(ROOM, "ada", Transcript("s4", "student", "half", (HALF,), True), "f00d")
        written = await next_events(lines, 2)
    assert posted["text"] == "one half"
    assert posted["formulas"][0]["mathml"].startswith("<math")
    assert [each["text"] for each in written] == ["good", "half"]


async def test_a_page_that_comes_back_goes_on_with_the_latest_versions(
    http: httpx.AsyncClient, tmp_path: Path
) -> None:
    """And a version that comes late does not undo a later one."""
    for number, version in enumerate((2, 1)):
        text = body(f"version {version}", version=version)
        await http.post(PATH, content=text, headers=signed(text, f"msg_{number}"))
    text = body("afterwards", "s2")
    await http.post(PATH, content=text, headers=signed(text, "msg_9"))
    headers = {"last-event-id": "0"}
    address = f"/api/rooms/{ROOM}/events"
    async with http.stream("GET", address, auth=("", PASSWORD), headers=headers) as stream:
        found = await next_events(stream.aiter_lines(), 2)
    assert [each["text"] for each in found] == ["version 2", "afterwards"]
    assert texts(tmp_path) == ["version 2", "afterwards"]


async def test_a_workbench_takes_what_a_deliverer_of_another_home_posts(
    address: str, http: httpx.AsyncClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The two ends of the same program understand each other."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with Outbox(elsewhere, True) as outbox:
        for formulas in ((), (HALF,)):
            half = Transcript("s1", "student", "half", formulas, True)
            outbox.add(ROOM, "ada", half, "f00d")
    page = http.stream("GET", f"/api/rooms/{ROOM}/events", auth=("", PASSWORD))
    async with delivering(elsewhere, Receiver(address + PATH, SECRET)), page as stream:
        lines = stream.aiter_lines()
        found = (await next_events(lines, 1))[-1]
        while not found["formulas"]:
            found = (await next_events(lines, 1))[-1]
    assert found["formulas"][0]["latex"] == HALF.latex


async def transcript(http: httpx.AsyncClient, how: str) -> httpx.Response:
    address = f"/api/rooms/{ROOM}/transcript"
    return await http.get(address, params={"format": how}, auth=("", PASSWORD))


async def test_a_lesson_is_read_as_json(http: httpx.AsyncClient) -> None:
    """With all that was posted."""
    await http.post(PATH, content=body(), headers=signed(body()))
    told = (await transcript(http, "json")).json()
    expected = {"student_id": "ada", **json.loads(body())["transcription"]}
    assert told == {"room": ROOM, "lines": [expected], "unreadable": 0}


@pytest.mark.parametrize("bad", ["{", '{"a": NaN}', body().replace("1.0", "NaN"), "[" * 10_000])
async def test_a_row_that_cannot_be_read_hides_no_other(
    http: httpx.AsyncClient, tmp_path: Path, bad: str
) -> None:
    """Rows of an earlier version, or of another hand: the rest of the lesson is read."""
    for text, message_id in ((body(), "msg_1"), (body("one third", "s2"), "msg_2")):
        await http.post(PATH, content=text, headers=signed(text, message_id))
    with contextlib.closing(open_database(tmp_path)) as database:
        database.execute("UPDATE transcripts SET body = ? WHERE segment_id = 's1'", (bad,))
    told = (await transcript(http, "json")).json()
    assert ([line["text"] for line in told["lines"]], told["unreadable"]) == (["one third"], 1)
    for written_as in ("markdown", "webvtt"):
        told_so = (await transcript(http, written_as)).text
        assert "one third" in told_so
        assert "1 line of this room can't be read" in told_so
    (line,) = [each for each in student_lines(tmp_path, ROOM, "ada", 0.0) if each.posted]
    assert line.posted.transcription.text == "one third"


async def test_a_lesson_is_read_as_markdown(http: httpx.AsyncClient) -> None:
    """Words can't become headings, links or markup."""
    text = body("# a [b](c) <script>\n*d*")
    await http.post(PATH, content=text, headers=signed(text))
    answer = await transcript(http, "markdown")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert answer.text == (
        "# algebra/7 b\n\n**Student:** \\# a \\[b\\]\\(c\\) \\<script\\> \\*d\\*\n"
        "\n$$\n\\frac{1}{2}\n$$\n"
    )


async def test_a_lesson_is_read_as_captions(http: httpx.AsyncClient) -> None:
    """In wall-clock time from its first words; words can't end a cue."""
    later = {"timestamp": 1_700_003_661.0, "start_sec": None, "end_sec": None}
    for number, text in enumerate((body("a --> <b>\n\nc"), body("d", "s2", **later))):
        await http.post(PATH, content=text, headers=signed(text, f"msg_{number}"))
    answer = await transcript(http, "webvtt")
    assert answer.headers["content-type"].startswith("text/vtt")
    assert answer.text == (
        "WEBVTT\n"
        "\n00:00:00.000 --> 00:00:01.500\n<v Student>a --&gt; &lt;b&gt; c\n"
        "\n01:01:01.000 --> 01:01:02.000\n<v Student>d\n"
    )


@pytest.mark.parametrize(("how", "status"), [("json", 404), ("pdf", 422)])
async def test_a_room_or_format_that_is_not_there_is_said(
    http: httpx.AsyncClient, how: str, status: int
) -> None:
    """Not an empty lesson."""
    assert (await transcript(http, how)).status_code == status
