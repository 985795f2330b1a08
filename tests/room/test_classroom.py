"""All of a classroom in one command, also under a certificate for other machines."""

import asyncio
import signal
import ssl
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import httpx
import pytest
import trustme

from tests.live_service import endpoint_environment, environment_without_service
from tests.paths import PROJECT
from tests.ports import own_ports
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

START_SEC = 120.0
HERE = "127.0.0.1"


async def classroom(environment: dict[str, str], *options: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "classroom.py",
        *options,
        cwd=PROJECT,
        env=environment_without_service() | environment,
        stdout=PIPE,
        stderr=PIPE,
    )


def pem_files(folder: Path) -> tuple[dict[str, str], ssl.SSLContext]:
    """A certificate of one's own in files, as settings, and what trusts it."""
    authority = trustme.CA()
    made = authority.issue_cert(HERE)
    made.cert_chain_pems[0].write_to_path(folder / "chain.pem")
    made.private_key_pem.write_to_path(folder / "key.pem")
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    return {
        "WORKBENCH_TLS_CERT": str(folder / "chain.pem"),
        "WORKBENCH_TLS_KEY": str(folder / "key.pem"),
    }, trust


async def test_one_command_serves_the_page_and_the_rooms_under_one_certificate(
    local_live: StartLocalLive, tmp_path: Path
) -> None:
    """A phone gets no microphone without HTTPS; and told to stop, all of it ends."""
    files, trust = pem_files(tmp_path)
    ports, others = own_ports(), own_ports()
    process = await classroom(
        endpoint_environment(await local_live(""))
        | files
        | {"WORKBENCH_HOME": str(tmp_path), "WORKBENCH_PORT": "0", "AGENT_PORT": "0"},
        *("--port", str(ports.http), "--tcp-port", str(ports.tcp), "--udp-port", str(ports.udp)),
        *("--tls-port", str(others.http)),
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_SEC):
            line = (await process.stdout.readline()).decode().strip()
        async with httpx.AsyncClient(verify=trust) as browser:
            page = await browser.get(line.removeprefix("The workbench is at "))
            rooms = await browser.get(f"https://{HERE}:{others.http}/")
        assert (page.status_code, rooms.text) == (200, "OK")
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(START_SEC):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"WORKBENCH_HOST": "192.0.2.2"}, "no microphone without HTTPS"),
        ({"WORKBENCH_TLS_CERT": "x.pem"}, "set both or none"),
        ({"WORKBENCH_TLS_CERT": "x.pem", "WORKBENCH_TLS_KEY": "y.pem"}, "No such file"),
        (
            {"WORKBENCH_TLS_CERT": "LICENSE", "WORKBENCH_TLS_KEY": "LICENSE"},
            "expected a certificate and its key",
        ),
    ],
)
async def test_what_phones_could_not_use_is_refused_in_a_sentence(
    tmp_path: Path, wrong: dict[str, str], sentence: str
) -> None:
    """Before anything is started."""
    process = await classroom({"WORKBENCH_HOME": str(tmp_path)} | wrong)
    _, errors = await process.communicate()
    assert process.returncode == 4
    (line,) = errors.decode().splitlines()
    assert sentence in line
