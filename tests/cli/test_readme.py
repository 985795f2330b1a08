"""The commands of README and guide, run as a stranger would type them."""

import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import PROJECT

START_TIMEOUT_SEC = 180


def documented_commands() -> list[str]:
    """Every command of the shell blocks, comments removed; the README's first."""
    text = "".join((PROJECT / path).read_text() for path in ("README.md", "docs/guide.md"))
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = (
        line.split("  #")[0].split(" # ")[0].strip()
        for block in blocks
        for line in block.splitlines()
    )
    return [line for line in lines if line]


RUN_ELSEWHERE = {
    "make run",
    "make test",
    "make livekit",
    "make classroom",
    ".venv/bin/python -m agent start",
    ".venv/bin/python -m agent guard",
    "cp .env.example .env",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("readme")


def environment(home: Path) -> dict[str, str]:
    keyless = {k: v for k, v in os.environ.items() if k not in {"GOOGLE_API_KEY", "GEMINI_API_KEY"}}
    return {**keyless, "WORKBENCH_HOME": str(home / "workspace")}


def test_the_documented_commands_work_in_their_order(home: Path) -> None:
    """A README that drifted from the program costs a stranger their first hour."""
    commands = [command for command in documented_commands() if command not in RUN_ELSEWHERE]
    assert len(commands) >= 12
    for command in commands:
        here = command.replace("workspace/", f"{home}/workspace/")
        done = subprocess.run(
            ["sh", "-c", here],
            cwd=PROJECT,
            env=environment(home),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    report = (home / "workspace" / "first.md").read_text()
    assert "embedded" in report


def test_make_run_opens_the_workbench(home: Path, free_port: int) -> None:
    """The first command of the README ends in a page that answers, and Ctrl-C in silence."""
    env = {**environment(home), "WORKBENCH_PORT": str(free_port)}
    with subprocess.Popen(
        ["make", "run"],
        cwd=PROJECT,
        env=env,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as server:
        try:
            page = wait_for_page(f"http://127.0.0.1:{free_port}/", server)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            _, errors = server.communicate(timeout=20)
    assert "Spoken Maths Workbench" in page
    assert b"Traceback" not in errors


def wait_for_page(url: str, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + START_TIMEOUT_SEC
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer within {START_TIMEOUT_SEC} s")


def test_every_entry_of_the_example_environment_is_a_setting() -> None:
    """`.env.example` promises to explain every variable and no other."""
    from agent.settings import Settings

    named = set(re.findall(r"^#?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    known = {name.upper() for name in Settings.model_fields}
    assert named == known
