"""The demo for visitors: what it offers, where its limits are, and what it refuses."""

import json
import re
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from agent.tutor.endpoint import LiveEndpoint
from tests.browser.axe import grave_findings
from tests.browser.harness import Workbench, open_live, running_workbench
from tests.browser.list_routes import listed
from tests.forked import ForkServer
from tests.live_service import endpoint_environment
from workbench.shared.security import is_listed

pytestmark = pytest.mark.browser

LESSON = {"prompt": "tutor@1", "model": "gemini-3.8-live", "patience_ms": 800}
LESSON_SEC = 8
TLS = ssl.create_default_context()  # loading the certificates costs 50 ms a client
KEY = "AIza-a-visitors-own-key-0123456789"
ANSWERED = {
    "GET": {
        "/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json",
        "/static/{path:path}", "/assets/{path:path}", "/gradio_api/heartbeat/{session_hash}",
        "/recordings/{dataset}/{file_name:path}", "/api/workbench", "/api/lessons/{lesson_id}/events",
        "/api/visit", "/api/visit/line", "/api/visit/run", "/api/visit/run/attempts/{number}",
    },
    "HEAD": {"/"},
    "POST": {
        "/api/lessons", "/api/lessons/{lesson_id}/offer", "/api/lessons/{lesson_id}/say",
        "/api/lessons/{lesson_id}/correct", "/api/lessons/{lesson_id}/settings",
        "/api/lessons/{lesson_id}/stop", "/api/visit/key", "/api/visit/run",
    },
    "DELETE": {"/api/visit/key", "/api/visit/run"},
    "WEBSOCKET": {"/api/lessons/{lesson_id}/sound"},
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(
    tmp_path_factory: pytest.TempPathFactory, endpoint: LiveEndpoint, workbench_forks: ForkServer
) -> Iterator[Workbench]:
    """A demo as on a Space, whose owner's key lasts, and whose lessons are short."""
    environment = endpoint_environment(endpoint) | {
        "WORKBENCH_PUBLIC": "1",
        "WORKBENCH_PUBLIC_LESSON_SEC": str(LESSON_SEC),
        "SPACE_HOST": "demo.example",
        "SPACE_ID": "somebody/demo",
        "SYSTEM": "spaces",
    }
    with running_workbench(
        tmp_path_factory.mktemp("demo"), workbench_forks, **environment
    ) as server:
        yield server


def visitor(demo: Workbench, address: str = "192.0.2.1") -> httpx.Client:
    """A browser with the cookie of its visit, as a Space's proxy speaks for it."""
    headers = {"x-forwarded-for": address}
    cookies = httpx.get(f"{demo.url}/api/visit", headers=headers, verify=TLS).cookies
    return httpx.Client(base_url=demo.url, headers=headers, cookies=cookies, verify=TLS)


@contextmanager
def followed(client: httpx.Client, path: str) -> Iterator[httpx.Response]:
    """A page's event stream, open for as long as the block."""
    response = client.send(client.build_request("GET", path), stream=True)
    try:
        yield response
    finally:
        response.close()


@contextmanager
def lesson(client: httpx.Client) -> Iterator[None]:
    """A lesson of this visitor's, followed by a page."""
    began = client.post("/api/lessons", json=LESSON)
    assert began.status_code == 200, began.text
    path = f"/api/lessons/{began.json()['id']}"
    with followed(client, f"{path}/events"):
        yield
        client.post(f"{path}/stop")


@contextmanager
def taken_places(demo: Workbench, n: int) -> Iterator[None]:
    """So many lessons of visitors from all over."""
    with ExitStack() as stack:
        for number in range(n):
            other = stack.enter_context(visitor(demo, f"198.51.100.{number}"))
            stack.enter_context(lesson(other))
        yield


def test_of_all_routes_only_the_listed_are_answered(
    tmp_path: Path, workbench_forks: ForkServer
) -> None:
    """A route that is added later is refused until somebody lists it, here too."""
    answered: dict[str, set[str]] = {}
    n_refused = 0
    for method, path in listed(workbench_forks, tmp_path, "public"):
        example = re.sub(r"\{\w+(:path)?\}", "7", path)
        if is_listed(method, example):
            answered.setdefault(method, set()).add(path)
        else:
            n_refused += 1
    assert answered == ANSWERED
    assert n_refused > 60


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/info"),
        ("POST", "/api/livekit/rooms"),
        ("POST", "/api/transcription"),
        ("GET", "/api/rooms/x/transcript"),
        ("GET", "/student"),
        ("PUT", "/api/visit/key"),
        ("GET", "/api/visit/../runs"),
        ("OPTIONS", "/api/lessons"),
        ("GET", "/api/lessons"),
    ],
)
def test_what_is_not_listed_is_refused(demo: Workbench, method: str, path: str) -> None:
    """Over the wire, whatever the method."""
    assert httpx.request(method, demo.url + path).status_code in (403, 404)


def test_a_foreign_page_or_name_changes_nothing(demo: Workbench) -> None:
    """A visitor's cookie works in a frame, so that the Origin must be checked each time."""
    with visitor(demo) as client:
        for headers in ({"origin": "https://evil.example"}, {"host": "evil.example"}):
            for method, path in (("POST", "/api/lessons"), ("DELETE", "/api/visit/key")):
                assert client.request(method, path, json=LESSON, headers=headers).status_code == 403
    named = httpx.get(f"{demo.url}/", headers={"host": "demo.example"})
    assert named.status_code == 200
    assert (
        "frame-ancestors 'self' https://huggingface.co" in named.headers["content-security-policy"]
    )


def test_a_cookie_is_kept_from_scripts_and_works_in_a_frame(demo: Workbench) -> None:
    """Behind a Space's proxy the page is a frame of another site's page."""
    own = httpx.get(f"{demo.url}/api/visit").headers["set-cookie"]
    assert own.endswith("Path=/; HttpOnly; SameSite=Strict")
    framed = httpx.get(f"{demo.url}/api/visit", headers={"x-forwarded-proto": "https"})
    assert framed.headers["set-cookie"].endswith("HttpOnly; SameSite=None; Secure; Partitioned")


def test_a_large_body_is_refused_unread(demo: Workbench) -> None:
    """One request must not fill the memory of a small machine."""
    with visitor(demo) as client:
        assert client.post("/api/visit/key", json={"key": "x" * 300_000}).status_code == 413
        chunked = client.post("/api/visit/key", content=iter([b" " * 100_000] * 3))
        assert chunked.status_code == 413


def test_a_visitors_key_is_never_given_back(demo: Workbench) -> None:
    """It comes in and goes nowhere: not into an answer, a message, a file or the log."""
    with visitor(demo) as client:
        texts = [
            client.post("/api/visit/key", json={"key": KEY}).text,
            client.post("/api/visit/key", json={"key": KEY, "more": 1}).text,
            client.post("/api/visit/key", json={"key": KEY * 20}).text,
            client.get("/api/visit").text,
        ]
        assert "with your own key" in texts[-1]
        assert client.delete("/api/visit/key").status_code == 204
        assert not client.get("/api/visit").json()["has_key"]
    home = demo.log.parent
    texts += [path.read_text(errors="replace") for path in home.rglob("*") if path.is_file()]
    assert not any("visitors-own" in text for text in texts)


def test_a_visitor_knows_nothing_of_others(demo: Workbench) -> None:
    """Whose run it is, the cookie says; without one there is no lesson and no run."""
    with visitor(demo) as one, visitor(demo) as other:
        assert one.post("/api/visit/run", json={"prompt": "tutor@1", "n_clips": 1}).is_success
        assert other.get("/api/visit/run").json() == {"state": None}
        assert other.delete("/api/visit/run").status_code == 400
        assert one.get("/api/visit/run").json()["state"] in ("waiting", "running", "complete")
    for path in ("/api/lessons", "/api/visit/run"):
        body = LESSON if path == "/api/lessons" else {"prompt": "tutor@1", "n_clips": 1}
        assert httpx.post(demo.url + path, json=body).status_code == 404
    with pytest.raises(InvalidStatus, match="403"):
        connect(f"{demo.url.replace('http', 'ws')}/api/lessons/guessed/sound")


@pytest.mark.parametrize("n_clips", [0, 11, 1_000_000])
def test_a_run_is_small(demo: Workbench, n_clips: int) -> None:
    """Ten recordings at most: others wait."""
    with visitor(demo) as client:
        answer = client.post("/api/visit/run", json={"prompt": "tutor@1", "n_clips": n_clips})
        assert answer.status_code == 422


def test_a_lesson_shows_its_time_and_ends_with_it(
    page: Page, requested: list[str], demo: Workbench
) -> None:
    """A visitor sees what is left, and one sentence when it is over; nothing is kept."""
    open_live(page, demo)
    expect(page.get_by_role("tab")).to_have_text(["Live", "Evaluate"])
    page.click("#live-play")
    page.wait_for_selector(".wb-formula:not(.wb-provisional) math")
    expect(page.locator("#live-left")).to_have_text(re.compile(r"^[1-8] s left$"))
    expect(page.locator("#live-status")).to_have_text(
        f"A lesson ends after {LESSON_SEC} seconds. Press Start for another.", timeout=12_000
    )
    expect(page.locator("#live-left")).to_be_empty()
    assert all(url.startswith((demo.url, "blob:", "data:")) for url in requested)
    kept = {path.name for path in demo.log.parent.iterdir()}
    assert kept <= {"server.log", "public.json", "visits"}
    (used_sec,) = json.loads((demo.log.parent / "public.json").read_text()).values()
    assert used_sec > LESSON_SEC - 1


def test_the_sixth_visitor_waits_in_line_and_then_enters_by_itself(
    page: Page, demo: Workbench
) -> None:
    """One press of Start is enough; Stop leaves the line."""
    open_live(page, demo)
    with taken_places(demo, 5):
        page.click("#live-start")
        status = page.locator("#live-status[data-state=waiting]")
        expect(status).to_have_text(
            "All 5 places are taken. You are number 1 in line: your lesson begins by itself, in "
            "about a minute."
        )
        expect(page.locator("#live-play")).to_be_disabled()
        assert grave_findings(page) == []
        page.click("#live-start")
        page.wait_for_selector("#live-status[data-state=idle]")
        page.click("#live-start")
        expect(status).to_contain_text("You are number 1 in line")
    page.wait_for_selector("#live-status[data-state=listening]")
    page.click("#live-start")


def test_a_visitor_has_one_lesson_at_a_time(demo: Workbench) -> None:
    """A second window must not take a second place."""
    with visitor(demo, "203.0.113.2") as client, lesson(client):
        again = client.post("/api/lessons", json=LESSON)
        assert "another window" in again.json()["message"]


def test_one_address_has_three_places_and_others_go_before_its_fourth(demo: Workbench) -> None:
    """60 cookies had put an honest visitor at number 56."""
    with ExitStack() as stack:
        crowd = [stack.enter_context(visitor(demo, "203.0.113.9")) for _ in range(41)]
        for each in crowd[:3]:
            stack.enter_context(lesson(each))
        refused = crowd[3].post("/api/lessons", json=LESSON)
        assert refused.status_code == 503
        assert "Your network has 3 lessons" in refused.json()["message"]
        for each in crowd[3:40]:
            stack.enter_context(followed(each, "/api/visit/line"))
        assert "of your network" in crowd[40].get("/api/visit/line").json()["message"]
        with taken_places(demo, 2), visitor(demo, "203.0.113.10") as honest:
            last = honest.post("/api/lessons", json=LESSON).json()
            assert "You are number 1 in line" in last["message"]


def test_a_killed_demo_has_paid_for_what_was_under_way_and_keeps_no_visit(
    tmp_path: Path, endpoint: LiveEndpoint, workbench_forks: ForkServer
) -> None:
    """Whoever makes the demo crash must not have the owner's key for nothing."""
    environment = endpoint_environment(endpoint) | {"WORKBENCH_PUBLIC": "1"}
    with (
        running_workbench(tmp_path, workbench_forks, **environment) as server,
        visitor(server) as client,
    ):
        run = {"prompt": "tutor@1", "n_clips": 10}
        assert client.post("/api/visit/run", json=run).is_success
        while client.get("/api/visit/run").json()["state"] == "waiting":
            pass
        assert client.post("/api/lessons", json=LESSON).is_success
        server.process.kill()
    (used_sec,) = json.loads((tmp_path / "public.json").read_text()).values()
    assert used_sec >= 90 + 180
    assert any((tmp_path / "visits").rglob("run.json"))
    with running_workbench(tmp_path, workbench_forks, **environment) as server:
        assert "has 25 minutes" in httpx.get(f"{server.url}/api/visit").json()["engine"]
        assert not (tmp_path / "visits").exists()


def test_a_visitors_run_shows_verdicts_and_leaves_no_file(page: Page, demo: Workbench) -> None:
    """Evaluate in small: replay, look at one recording, and all of it is gone with the server."""
    page.goto(demo.url)
    page.get_by_role("tab", name="Evaluate").click()
    page.get_by_label("Recordings, spread").fill("3")
    page.click("#demo-begin")
    expect(page.locator("#demo-state")).to_have_text(
        "Complete with gemini-3.8-live: 3 of 3 recordings, 0 without an answer, 0 failed."
    )
    expect(page.locator("#demo-rates")).to_contain_text("Word error rate")
    page.locator("#demo-table button").first.click()
    expect(page.locator("#demo-utterance .wb-verdict")).to_be_visible()
    page.locator("#demo-utterance audio").evaluate("clip => clip.play()")
    page.get_by_text("Use a Gemini key of your own").click()
    assert grave_findings(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert grave_findings(page) == []
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    assert list((demo.log.parent / "visits").iterdir())


def test_the_embedded_engine_answers_when_the_minutes_are_used_up(
    page: Page, tmp_path: Path, endpoint: LiveEndpoint, workbench_forks: ForkServer
) -> None:
    """A demo without minutes is still a demo; its owner's key is not touched."""
    environment = endpoint_environment(endpoint) | {
        "WORKBENCH_PUBLIC": "1",
        "WORKBENCH_PUBLIC_MINUTES_PER_DAY": "0",
    }
    with running_workbench(tmp_path, workbench_forks, **environment) as server:
        open_live(page, server)
        expect(page.locator("#demo-note")).to_contain_text("The embedded engine answers.")
        page.click("#live-play")  # which starts the engine, too: half a minute on a quiet machine
        page.wait_for_selector(".wb-formula:not(.wb-provisional) math", timeout=240_000)
        expect(page.locator("#live-engine")).to_have_text("embedded engine")
        page.click("#live-start")
        page.goto("about:blank")
    assert not (tmp_path / "visits").exists()


def test_a_visitor_hears_of_a_lost_server_and_goes_on_when_it_is_back(
    page: Page, demo: Workbench
) -> None:
    """A Space restarts when it likes: every request fails meanwhile, and none in silence."""
    page.goto(demo.url)
    page.get_by_role("tab", name="Evaluate").click()
    expect(page.locator("#demo-begin")).to_be_enabled()
    page.get_by_label("Recordings, spread").fill("1")
    page.route("**/api/**", lambda route: route.abort())
    page.click("#demo-begin")
    lost = "The server does not answer. Is it still running?"
    expect(page.locator("#demo-state")).to_have_text(lost)
    expect(page.locator("#demo-note")).to_have_text(lost)
    page.unroute("**/api/**")
    page.click("#demo-begin")
    expect(page.locator("#demo-stop")).to_be_enabled()
    page.route("**/api/**", lambda route: route.abort())
    expect(page.locator("#demo-state")).to_have_text(lost)
    page.click("#demo-stop")
    page.unroute("**/api/**")
    expect(page.locator("#demo-state")).to_contain_text("Complete")
    expect(page.locator("#demo-note")).not_to_have_text(lost)


def test_the_demo_opens_while_its_server_starts(page: Page, demo: Workbench) -> None:
    """What a page asks for when it opens is asked for again until it comes."""
    page.route("**/api/**", lambda route: route.abort())
    page.goto(demo.url)
    expect(page.locator("#demo-note")).to_have_text(
        "The server does not answer. Is it still running?"
    )
    page.unroute("**/api/**")
    page.get_by_role("tab", name="Evaluate").click()
    expect(page.locator("#demo-begin")).to_be_enabled()
