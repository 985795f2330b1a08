"""Starting the engine, and what that costs those who don't."""

import asyncio
import subprocess
import sys

import pytest

from agent.errors import EnvironmentNotReady, SettingsError
from agent.local_live import serve
from agent.local_live.engine import open_engine


def test_importing_the_package_loads_nothing_heavy() -> None:
    """`app.py` and the command lines import it even when Gemini is used."""
    code = (
        "import sys; import agent.local_live; "
        "print([m for m in ('google.genai', 'websockets', 'numpy', 'trustme') if m in sys.modules])"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert outcome.stdout.strip() == "[]"


async def test_serving_alone_announces_what_points_a_client_here(free_port: int) -> None:
    """Three lines to paste into a shell."""
    lines: list[str] = []
    announced = asyncio.Event()

    def announce(line: str) -> None:
        lines.append(line)
        if len(lines) == 3:
            announced.set()

    serving = asyncio.create_task(serve(free_port, announce, canned="x squared"))
    async with asyncio.timeout(10):
        await announced.wait()
    assert lines[0] == f"export GOOGLE_GEMINI_BASE_URL=https://localhost:{free_port}"
    assert lines[1].startswith("export SSL_CERT_FILE=/")
    assert lines[2] == "export GOOGLE_API_KEY=embedded"
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


async def test_a_port_that_is_taken_is_one_clear_sentence(free_port: int) -> None:
    """And leaves no folder and no socket behind."""
    async with open_engine(free_port, canned=""):
        with pytest.raises(EnvironmentNotReady, match=f"can't listen on port {free_port}"):
            async with open_engine(free_port, canned=""):
                pass


async def test_an_unknown_fault_stops_the_start() -> None:
    """Before anything listens."""
    with pytest.raises(SettingsError, match="fault 'dorp@setup' is unknown"):
        async with open_engine(canned="", faults=["dorp@setup"]):
            pass
