"""What other programs see of a running workbench: through gradio_client, MCP and plain HTTP."""

import base64
import doctest
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from agent.local_live.canned import CannedRecogniser, SilentVoice
from tests.browser.harness import running_workbench
from tests.forked import ForkServer
from tests.live_service import endpoint_environment, running_local_live
from tests.paths import PROJECT

PASSWORD = "ein Päßwort"
LOGIN = base64.b64encode(f"student:{PASSWORD}".encode()).decode()
HEADERS = {"Authorization": f"Basic {LOGIN}"}
ENDPOINTS = [
    "compare_formulas",
    "read_run",
    "spoken_to_latex",
    "start_run",
    "transcribe",
    "watch_run",
]
CLIP = PROJECT / "datasets/spoken-math-mini/audio/powers-3-heart.flac"


@pytest.fixture(scope="module")
def url(
    truths: dict[str, str], workbench_forks: ForkServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A workbench with a password, beside a service that hears each recording rightly."""
    home = tmp_path_factory.mktemp("workbench")
    with (
        running_local_live(CannedRecogniser(truths), SilentVoice()) as endpoint,
        running_workbench(
            home, workbench_forks, WORKBENCH_PASSWORD=PASSWORD, **endpoint_environment(endpoint)
        ) as workbench,
    ):
        yield workbench.url


@pytest.fixture(scope="module")
def client(url: str) -> Client:
    return Client(
        url, headers=HEADERS, verbose=False, analytics_enabled=False, download_files=False
    )


def test_a_program_sees_six_endpoints_and_nothing_else(client: Client) -> None:
    """Whatever else the page listens to is no promise to anybody, and no way in."""
    seen: dict[str, Any] = client.view_api(return_format="dict", print_info=False)  # type: ignore[assignment]
    assert sorted(seen["named_endpoints"]) == [f"/{name}" for name in ENDPOINTS]
    assert not seen["unnamed_endpoints"]
    for endpoint in seen["named_endpoints"].values():
        assert endpoint["description"]
        assert all(each["type"] for each in (*endpoint["parameters"], *endpoint["returns"]))


def test_a_listener_of_the_page_is_none_of_them(client: Client) -> None:
    """`private` must mean that a client refuses it, not only that it is left out of the list."""
    names = {each["api_name"] for each in client.config["dependencies"]} - set(ENDPOINTS)
    assert names
    for name in names:
        with pytest.raises(ValueError, match="Cannot find"):
            client.predict(api_name=f"/{name}")


def test_the_examples_of_the_docs_give_what_they_show(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each endpoint but none else is called there, with the password from the environment."""
    monkeypatch.chdir(PROJECT)
    monkeypatch.setenv("WORKBENCH_PASSWORD", PASSWORD)
    text = (PROJECT / "docs" / "programs.md").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r'api_name="/(\w+)"', text))) == ENDPOINTS
    code = "\n".join(re.findall(r"```pycon\n(.*?)```", text, re.DOTALL))
    here = code.replace("http://127.0.0.1:7860", url)
    examples = doctest.DocTestParser().get_doctest(here, {}, "programs.md", None, 0)
    found = doctest.DocTestRunner().run(examples)
    assert found.attempted >= 15
    assert found.failed == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("endpoint", "arguments", "said"),
    [
        ("spoken_to_latex", [""], "words: .*at least 1 character"),
        ("spoken_to_latex", ["x" * 1_001], "words: .*at most 1000 characters"),
        ("spoken_to_latex", [{"a": 1}], "words: .*valid string"),
        ("spoken_to_latex", ["x Quadrat plus eins durch zwei"], "looks like German"),
        ("compare_formulas", ["x" * 4_001, "x"], "reference: .*at most 4000"),
        ("transcribe", ["!"], "expected base64"),
        ("transcribe", [base64.b64encode(b"RIFF, or so").decode()], "no decoder reads"),
        ("transcribe", ["A" * 3_000_001], "clip_base64: .*at most 3000000"),
        ("transcribe", ["AAAA", "../../.env"], "no prompt '../../.env'; there are: "),
        ("transcribe", ["AAAA", "transcribe", "gpt"], "model 'gpt'"),
        ("start_run", ["/etc"], "no dataset '/etc'; there are: spoken-math-mini"),
        ("start_run", ["spoken-math-mini", "x.md"], "no prompt 'x.md'"),
        ("start_run", ["spoken-math-mini", "tutor", "", -1], "limit: .*greater than"),
        ("start_run", ["spoken-math-mini", "tutor", "", 1, 6], "epochs: .*less than"),
        ("watch_run", ["../runs"], "no such run"),
        ("watch_run", ["x", 61], "wait_sec: .*less than"),
        ("read_run", ["../../etc"], "no such run"),
        ("read_run", ["x", 0, 501], "n: .*less than"),
    ],
)
def test_what_is_wrong_comes_back_as_a_sentence(
    client: Client, endpoint: str, arguments: list[object], said: str
) -> None:
    """Too long, of another type, out of range, or a path: refused before anything is done."""
    with pytest.raises(AppError, match=said):
        client.predict(*arguments, api_name=f"/{endpoint}")


async def test_mcp_has_the_same_six_as_tools(url: str) -> None:
    """With every argument described: a model knows nothing else of them."""
    address = f"{url}/gradio_api/mcp/"
    async with (
        httpx.AsyncClient(headers=HEADERS, timeout=60) as http,
        streamable_http_client(address, http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = (await session.list_tools()).tools
        assert sorted(tool.name for tool in tools) == ENDPOINTS
        for tool in tools:
            assert tool.description
            assert all(each["description"] for each in tool.inputSchema["properties"].values())
        heard = await session.call_tool("spoken_to_latex", {"words": "x squared"})
        assert "x^2" in str(heard.content)
        clip = base64.b64encode(CLIP.read_bytes()).decode()
        heard = await session.call_tool("transcribe", {"clip_base64": clip})
        assert "x to the n minus one" in str(heard.content)
        refused = await session.call_tool("watch_run", {"run_id": "../runs"})
        assert refused.isError
        assert "no such run" in str(refused.content)


FOREIGN = [
    ({}, 401),
    ({"Authorization": "Basic " + base64.b64encode(b":guess").decode()}, 401),
    (HEADERS | {"Host": "evil.example"}, 403),
    (HEADERS | {"Origin": "http://evil.example"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), FOREIGN)
@pytest.mark.parametrize("path", ["/gradio_api/info", "/gradio_api/queue/join", "/gradio_api/mcp/"])
def test_the_rules_of_the_page_hold_for_programs(
    url: str, path: str, headers: dict[str, str], status: int
) -> None:
    """A password that programs need not know, or a page of another site, is no protection."""
    body = json.dumps({"data": ["spoken-math-mini"]})
    answer = httpx.post(f"{url}{path}", content=body, headers=headers)
    assert answer.status_code == status
    assert httpx.post(f"{url}{path}", content=body, headers=HEADERS).status_code not in (401, 403)


def test_a_client_without_the_password_is_told_so(url: str) -> None:
    """Before anything else is asked for."""
    with pytest.raises(Exception, match="credentials were not provided"):
        Client(url, verbose=False, analytics_enabled=False, download_files=False)
