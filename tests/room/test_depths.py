"""The same recordings at three depths: a bare session, a lesson, a lesson in a room."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from livekit.api import ListRoomsRequest

from agent.errors import RoomError
from agent.lesson.student import student_in_session
from agent.local_live.canned import CannedRecogniser, SilentVoice
from agent.rooms.admin import administrating
from agent.rooms.replay_room import student_with_tutor_here, student_with_worker
from agent.rooms.server import RoomServer
from agent.service.dev_server import DevServer
from agent.service.dispatch import dispatch_for
from agent.tutor.endpoint import LiveEndpoint
from evals.replay.lesson import Student, replay
from tests.cli.conftest import TIMEOUT_SEC, Commands
from tests.forked import ForkServer
from tests.live_service import (
    endpoint_environment,
    environment_without_service,
    running_local_live,
)
from tests.room.harness import TUTOR, pcm
from tests.room.worker_harness import worker
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

Pcm = Callable[[float], bytes]
NAME = "spoken-math-mini"
FORMULAS = {
    "arithmetic-1-heart": ["12+35=47"],
    "arithmetic-1-rms": ["12+35=47"],
    "arithmetic-2-heart": [r"6 \times 7-2"],
}


CommandsFor = Callable[..., Commands]


@pytest.fixture
def commands_for(command_forks: ForkServer) -> CommandsFor:
    """Makes commands that know the LiveKit server, and a Live service or none."""

    def make(
        server: RoomServer, home: Path, service: LiveEndpoint | None = None, **settings: str
    ) -> Commands:
        rooms = {
            "LIVEKIT_URL": server.url,
            "LIVEKIT_API_KEY": server.api_key,
            "LIVEKIT_API_SECRET": server.api_secret,
            "WORKBENCH_HOME": str(home),
        }
        live = endpoint_environment(service) if service else {}
        return Commands(command_forks, environment_without_service() | rooms | live | settings)

    return make


def attempts(folder: Path) -> list[dict[str, object]]:
    path = folder / "attempts.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def info(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "run.json").read_text())
    return found


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


def entered(
    depth: str, server: RoomServer, endpoint: LiveEndpoint
) -> Callable[[], AbstractAsyncContextManager[Student]]:
    """A lesson at that depth."""
    if depth == "session":
        return lambda: student_in_session(TUTOR, endpoint)
    return lambda: student_with_tutor_here(server, TUTOR, endpoint)


async def test_words_and_formulas_arrive_at_every_depth_and_can_be_compared(
    dev_server: DevServer, tmp_path: Path, commands_for: CommandsFor
) -> None:
    """Where one depth loses what another has, the difference is the depth's."""
    commands = commands_for(dev_server.address, tmp_path)
    folders = {depth: tmp_path / depth for depth in ("direct", "session", "room")}
    for depth, folder in folders.items():
        words = ("run", NAME, "--engine", "embedded", "--limit", "3", "-c", "3")
        done = await asyncio.to_thread(
            commands.run, "evals", *words, "--depth", depth, "--out", str(folder)
        )
        assert done.returncode == 0, done.stderr
        assert "Warning" not in done.stderr
        rows = {str(row["utterance_id"]): row for row in attempts(folder)}
        latex = {
            key: [f["latex"] for f in row["formulas"]]  # type: ignore[attr-defined]
            for key, row in rows.items()
        }
        assert [row["status"] for row in rows.values()] == ["ok"] * 3
        assert all(row["transcript"] and row["answer"] for row in rows.values())
        if depth == "room":  # what Opus and late packets leave of the sound is not the same twice
            assert any(latex.values())
        else:
            assert latex == FORMULAS
        assert info(folder)["depth"] == depth
        assert "secret" not in (folder / "run.json").read_text()
    async with administrating(dev_server.address) as admin:
        assert not (await admin.client.room.list_rooms(ListRoomsRequest())).rooms
    compared = commands.run("evals", "compare", *map(str, folders.values()), "--json")
    assert compared.returncode == 0, compared.stderr
    found = json.loads(compared.stdout)
    assert [each["depths"] for each in found] == [["direct", "session"], ["direct", "room"]]
    assert [each["n_pairs"] for each in found] == [3, 3]
    shown = commands.run("evals", "compare", *map(str, folders.values())).stdout
    assert "(depth direct) -> room (depth room)" in " ".join(shown.split())


async def test_a_killed_run_in_rooms_goes_on(
    dev_server: DevServer, tmp_path: Path, commands_for: CommandsFor
) -> None:
    """Rooms take as long as the clips last: nothing of that may be spent twice."""
    folder = tmp_path / "run"
    with running_local_live(CannedRecogniser("x squared plus one"), SilentVoice()) as service:
        commands = commands_for(dev_server.address, tmp_path, service)
        words = ("run", NAME, "--depth", "room", "--limit", "3", "-c", "1", "--out", str(folder))
        process = commands.start("evals", *words)
        deadline = time.monotonic() + TIMEOUT_SEC
        while not attempts(folder):
            assert time.monotonic() < deadline, "no attempts came"
            await asyncio.sleep(0.05)
        process.kill()
        await asyncio.to_thread(process.communicate)
        before = attempts(folder)
        assert 1 <= len(before) < 3
        done = await asyncio.to_thread(commands.run, "evals", "run", "--resume", str(folder))
    assert done.returncode == 0, done.stderr
    assert attempts(folder)[: len(before)] == before
    assert [row["status"] for row in attempts(folder)] == ["ok"] * 3
    assert info(folder)["depth"] == "room"
    assert info(folder)["status"] == "complete"


@pytest.mark.parametrize(
    ("settings", "options", "refusal"),
    [
        ({"LIVEKIT_URL": ""}, (), (4, "LIVEKIT_URL is not set")),
        ({"LIVEKIT_API_KEY": ""}, (), (4, "LIVEKIT_API_KEY is not set")),
        ({"LIVEKIT_API_SECRET": ""}, (), (4, "LIVEKIT_API_SECRET is not set")),
        ({"LIVEKIT_URL": "ws://127.0.0.1:1"}, (), (4, "could not be reached")),
        ({"LIVEKIT_API_SECRET": "wrong-wrong-wrong"}, (), (4, "does not accept the key")),
        ({"AGENT_NAME": ""}, ("--worker",), (4, "AGENT_NAME is empty")),
        ({}, ("-c", "9"), (2, "at most 8 rooms at a time, got 9")),
        ({}, ("--model", "gemini-3.5-transcribe-live"), (2, "never answers")),
        ({}, ("--keep-answers",), (2, "leave --keep-answers out")),
    ],
)
async def test_what_rooms_need_is_told_in_a_sentence_and_nothing_is_left(  # noqa: PLR0917 (what pytest gives)
    dev_server: DevServer,
    tmp_path: Path,
    settings: dict[str, str],
    options: tuple[str, ...],
    refusal: tuple[int, str],
    commands_for: CommandsFor,
) -> None:
    """A failure for each clip would say about the tutor what is wrong with the server."""
    with running_local_live(CannedRecogniser("x"), SilentVoice()) as service:
        commands = commands_for(dev_server.address, tmp_path, service, **settings)
        done = await asyncio.to_thread(
            commands.run, "evals", "run", NAME, "--depth", "room", "--limit", "1", *options
        )
    assert (done.returncode, refusal[1] in done.stderr) == (refusal[0], True), done.stderr
    assert "wrong-wrong" not in done.stderr
    assert is_empty(tmp_path)


@pytest.mark.parametrize("depth", ["session", "room"])
async def test_a_service_that_refuses_the_key_ends_the_run(
    dev_server: DevServer, tmp_path: Path, depth: str, commands_for: CommandsFor
) -> None:
    """As at depth direct: it is no utterance's outcome."""
    folder = tmp_path / "run"
    with running_local_live(CannedRecogniser("x"), SilentVoice(), ["wrong_key"]) as service:
        commands = commands_for(dev_server.address, tmp_path, service)
        words = ("run", NAME, "--depth", depth, "--limit", "2", "--out", str(folder))
        done = await asyncio.to_thread(commands.run, "evals", *words)
    assert done.returncode == 4, done.stderr
    assert "does not accept the key" in done.stderr
    assert not attempts(folder)


@pytest.mark.parametrize("depth", ["session", "room"])
async def test_a_tutor_that_never_answers_has_failed(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, depth: str
) -> None:
    """Nothing heard must never look like something heard wrongly."""
    endpoint = await local_live("x squared", faults=("stall@utterance",))
    enter = entered(depth, dev_server.address, endpoint)
    prediction = await replay(pcm(speech(1)), enter, answer_sec=2)
    assert prediction.status == "failed"
    assert prediction.error == "The tutor gave no answer within 2 s."
    assert not prediction.transcript
    assert not prediction.formulas


@pytest.mark.parametrize("depth", ["session", "room"])
async def test_a_pause_makes_two_turns_of_one_clip_and_both_are_kept(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, quiet: Pcm, depth: str
) -> None:
    """The service decides where a turn ends; what was said after that was said too."""
    endpoint = await local_live(["x squared", "y cubed"])
    enter = entered(depth, dev_server.address, endpoint)
    clip = pcm(speech(1) + quiet(2) + speech(1))
    prediction = await replay(clip, enter)
    assert (prediction.status, prediction.transcript) == ("ok", "x squared y cubed")
    assert [formula.latex for formula in prediction.formulas] == ["x^2", "y^3"]


async def test_a_lost_service_in_the_middle_is_no_answer(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """The reason is the service's, so that the runner knows whether to try again."""
    endpoint = await local_live("x squared", faults=("1007@utterance",))
    enter = entered("room", dev_server.address, endpoint)
    prediction = await replay(pcm(speech(2)), enter)
    assert prediction.status == "failed"
    assert "1007" in str(prediction.error)


async def test_a_running_worker_takes_the_prompt_and_says_who_answers(
    dev_server: DevServer, tmp_path: Path, commands_for: CommandsFor
) -> None:
    """Its answers must not be recorded under another engine's name."""
    folder = tmp_path / "run"
    words = ("run", NAME, "--depth", "room", "--worker", "--limit", "1")
    with running_local_live(CannedRecogniser("x squared plus one"), SilentVoice()) as service:
        async with worker(dev_server.address, service) as running:
            await running.until_ready()
            commands = commands_for(dev_server.address, tmp_path, service)
            done = await asyncio.to_thread(
                commands.run, "evals", *words, "--prompt", "transcribe", "--out", str(folder)
            )
            other = await asyncio.to_thread(
                commands.run, "evals", *words, "--engine", "embedded", "--out", str(folder) + "2"
            )
    assert done.returncode == 0, done.stderr
    (row,) = attempts(folder)
    assert (row["status"], row["transcript"]) == ("ok", "x squared plus one")
    assert info(folder)["by_worker"] is True
    assert other.returncode == 4
    assert "The worker's engine is gemini, this run's is embedded." in other.stderr


async def test_no_worker_is_told_in_a_sentence(dev_server: DevServer) -> None:
    """A dispatch that finds no worker is lost without a word."""
    with pytest.raises(RoomError, match="No worker named 'nobody' sent a tutor"):
        async with student_with_worker(
            dev_server.address, "nobody", dispatch_for(TUTOR), "gemini", arrival_sec=1
        ):
            pass
