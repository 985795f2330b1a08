"""Attacks on a running workbench, as its network brings them."""

import json
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from agent.local_live.canned import CannedRecogniser, SilentVoice
from tests.browser.harness import Workbench, running_workbench
from tests.forked import ForkServer, Program
from tests.live_service import endpoint_environment, environment_without_service, running_local_live
from workbench.shared.security.gradio import GRADIO_ROUTES
from workbench.shared.security.listed import matches

MCP = {"accept": "application/json, text/event-stream"}
USED = {
    "GET": {
        "/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json",
        "/static/{path:path}", "/assets/{path:path}", "/gradio_api/heartbeat/{session_hash}",
        "/gradio_api/info", "/gradio_api/app_id", "/gradio_api/queue/data",
    },
    "HEAD": {"/"},
    "POST": {"/gradio_api/queue/join"},
}  # fmt: skip


@pytest.fixture(scope="module")
def workbench(
    tmp_path_factory: pytest.TempPathFactory, workbench_forks: ForkServer
) -> Iterator[Workbench]:
    """One without a password, on loopback: whoever reaches it may ask for anything."""
    live = running_local_live(CannedRecogniser("x"), SilentVoice())
    home = tmp_path_factory.mktemp("walls")
    with (
        live as endpoint,
        running_workbench(home, workbench_forks, **endpoint_environment(endpoint)) as server,
    ):
        yield server


@pytest.fixture(scope="module", params=["/etc/shadow", "/proc/self/environ", "/dev/zero", "FIFO"])
def foreign_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A secret, or what nobody can read to its end."""
    if request.param != "FIFO":
        return str(request.param)
    fifo = tmp_path_factory.mktemp("fifo") / "fifo"
    os.mkfifo(fifo)
    return str(fifo)


@contextmanager
def raw(workbench: Workbench, request: str, *headers: str) -> Iterator[socket.socket]:
    """A connection on which the head of a request was sent."""
    url = httpx.URL(workbench.url)
    head = (f"{request} HTTP/1.1", f"host: {url.host}", "content-type: application/json", *headers)
    with socket.create_connection((url.host, url.port), timeout=20) as connection:
        connection.sendall("\r\n".join((*head, "\r\n")).encode())
        yield connection


def tool_call(arguments: object) -> dict[str, object]:
    params = {"name": "spoken_to_latex", "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def test_no_file_of_the_machine_is_read_through_gradio(
    workbench: Workbench, foreign_file: str
) -> None:
    """By each of the page's listeners, each endpoint and a tool; the server goes on at once."""
    file = {"path": foreign_file, "meta": {"_type": "gradio.FileData"}}
    with httpx.Client(base_url=workbench.url, timeout=5) as http:
        n_functions = len(http.get("/config").json()["dependencies"])
        assert n_functions >= 14
        for number in range(n_functions):
            call = {"fn_index": number, "session_hash": "s", "data": [file] * 5}
            answer = http.post("/gradio_api/queue/join", json=call)
            assert (answer.status_code, "got a file" in answer.text) == (400, True)
        for arguments in ({"words": file}, {"words": "x", "more": [file]}):
            answer = http.post("/gradio_api/mcp/", json=tool_call(arguments), headers=MCP)
            assert (answer.status_code, "got a file" in answer.text) == (400, True)
        assert http.get("/api/workbench").status_code == 200
    assert not list(workbench.log.parent.rglob("*gradio*"))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/file=/etc/passwd"),
        ("HEAD", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1:7880/"),
        ("GET", "//gradio_api/info"),
        ("GET", "/gradio_api/info/"),
        ("GET", "/gradio_api/heartbeat/a%2Fb"),
        ("POST", "/gradio_api/upload"),
        ("POST", "/gradio_api/upload?upload_id=1"),
        ("POST", "/gradio_api/run/spoken_to_latex"),
        ("POST", "/gradio_api/api/spoken_to_latex"),
        ("POST", "/gradio_api/call/spoken_to_latex"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/process_recording"),
        ("POST", "/gradio_api/mcp/messages/"),
        ("GET", "/gradio_api/mcp/sse"),
        ("GET", "/gradio_api/deep_link?session_hash=s"),
        ("GET", "/gradio_api/custom_component/a/client/b/c"),
        ("GET", "/monitoring"),
        ("POST", "/login"),
    ],
)
def test_what_neither_page_nor_programs_use_is_not_there(
    workbench: Workbench, method: str, path: str
) -> None:
    """Gradio has some seventy routes; each one that nobody needs is a way in."""
    assert httpx.request(method, workbench.url + path).status_code == 404


def test_a_listed_route_answers_its_own_methods_alone(workbench: Workbench) -> None:
    """MCP clients take 405 for "no stream of events here"."""
    for method, path in (("GET", "/gradio_api/mcp/"), ("PUT", "/config")):
        assert httpx.request(method, workbench.url + path).status_code == 405


def test_of_gradios_routes_the_used_ones_alone_are_listed(
    tmp_path: Path, workbench_forks: ForkServer
) -> None:
    """Another version of Gradio brings others: they stay shut until somebody lists them, here too."""
    words = ["-m", "tests.browser.list_routes", str(tmp_path)]
    output, _ = workbench_forks.start(Program(words, environment_without_service())).communicate()
    found: dict[str, set[str]] = {}
    for method, path in json.loads(output):
        if matches(
            GRADIO_ROUTES, method, path.replace("{path:path}", "7").replace("{session_hash}", "7")
        ):
            found.setdefault(method, set()).add(path)
    assert found == USED


def test_every_listener_of_the_page_waits_in_the_queue(workbench: Workbench) -> None:
    """The page would call another at once, by a route that is not there."""
    listeners = httpx.get(f"{workbench.url}/config").json()["dependencies"]
    private = [each for each in listeners if each["api_visibility"] == "private"]
    assert len(private) >= 8
    assert all(each["queue"] for each in private if each["backend_fn"])


@pytest.mark.parametrize(
    "sent",
    [
        '{"data": [{"path": "/etc/shadow"}], "session_hash": "s"}'.encode("utf-16"),
        rb'{"data": [{"p\u0061th": "/etc/shadow"}], "session_hash": "s"}',
        b"[" * 15_000 + b"]" * 15_000,
        b"data=%7B%22path%22%3A+%22%2Fetc%2Fshadow%22%7D",
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/mcp/"])
def test_no_encoding_brings_a_file_through(
    workbench: Workbench, sent: bytes, kind: str, path: str
) -> None:
    """In one piece or in many, and never a traceback."""
    for content in (sent, iter([sent[:50], sent[50:]])):
        headers = MCP | {"content-type": kind}
        answer = httpx.post(workbench.url + path, content=content, headers=headers)
        assert answer.status_code == 400
        assert set(answer.json()) == {"message"}
    assert "Traceback" not in workbench.log.read_text()


def test_what_gradio_does_not_expect_is_a_line_in_the_log(workbench: Workbench) -> None:
    """Tracebacks of thousands of characters, one a request, fill a disk."""
    before = len(workbench.log.read_text())
    call = {"fn_index": 999, "session_hash": "s", "data": []}
    with httpx.Client(base_url=workbench.url) as http:
        for _ in range(5):
            assert http.post("/gradio_api/queue/join", json=call).status_code == 500
            lost = http.get("/gradio_api/queue/data", params={"session_hash": "unknown"})
            assert "session_not_found" in lost.text
            assert http.get("/assets/" + "a" * 5_000).status_code == 404
    added = workbench.log.read_text()[before:]
    assert "Traceback" not in added
    assert len(added) < 5 * 500


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/lessons", b"[" * 900_000),
        ("POST", "/api/lessons", b'{"prompt":' + b"1" * 6_000 + b"}"),
        ("POST", "/api/lessons", b"\xff\xfe"),
        ("POST", "/student/join", rb'{"code":"\ud800"}'),
        ("PATCH", "/api/workbench", b""),
        ("DELETE", "/api/lessons", b""),
    ],
)
def test_nonsense_is_one_sentence_for_our_own_routes_too(
    workbench: Workbench, method: str, path: str, body: bytes
) -> None:
    """Deep nesting, endless numbers and methods that are none end in no traceback."""
    headers = {"content-type": "application/json"}
    answer = httpx.request(method, workbench.url + path, content=body, headers=headers)
    assert answer.status_code in (400, 404, 405, 422)
    assert set(answer.json()) == {"message"}
    assert "Traceback" not in workbench.log.read_text()


@pytest.mark.parametrize(
    ("path", "n_bytes"),
    [
        ("/student/join", 1_001),
        ("/student/join", 600_000_000),
        ("/api/lessons", 1_000_001),
        ("/api/prompts", 600_000_000),
        ("/api/transcription", 1_000_001),
        ("/api/livekit/rooms", 600_000_000),
        ("/gradio_api/queue/join", 3_100_001),
        ("/api/datasets/new/recordings?transcript=x", 4_000_000),
        ("/api/datasets/import?name=new", 400_000_001),
        ("/a-route-of-tomorrow", 1_000_001),
    ],
)
def test_a_body_that_says_it_is_large_is_refused_unread(
    workbench: Workbench, path: str, n_bytes: int
) -> None:
    """None of it is sent here, and the answer is there all the same."""
    with raw(workbench, f"POST {path}", f"content-length: {n_bytes}") as connection:
        assert connection.recv(100_000).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("path", ["/student/join", "/gradio_api/mcp/", "/api/lessons"])
def test_a_body_without_a_size_is_counted_while_it_comes(workbench: Workbench, path: str) -> None:
    """Chunk after chunk of white space fills memory as well as anything."""
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with raw(workbench, f"POST {path}", "transfer-encoding: chunked") as connection:
        connection.sendall(chunk * 55)  # 3.6 MB, and it does not end
        assert connection.recv(100_000).startswith(b"HTTP/1.1 413 ")


def test_gradios_folder_is_private_and_gone_at_the_end(
    tmp_path: Path, workbench_forks: ForkServer
) -> None:
    """Whatever it writes there does not lie among one's runs and recordings."""
    with running_workbench(tmp_path, workbench_forks) as server:
        name = f"workbench-{server.process.pid}-*"
        (folder,) = Path(tempfile.gettempdir()).glob(name)
        assert httpx.get(server.url).status_code == 200
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not list(Path(tempfile.gettempdir()).glob(name))
    assert not list(tmp_path.rglob("*gradio*"))


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-gradio-server", "x-forwarded-proto"])
def test_the_page_lies_where_it_was_asked_for(workbench: Workbench, name: str) -> None:
    """Nobody in front is believed, so no header moves the page to another server."""
    value = {"x-forwarded-proto": "https"}.get(name, "http://evil.example")
    config = httpx.get(f"{workbench.url}/config", headers={name: value}).json()
    assert config["root"] == workbench.url
