"""A clip from a program: bounded in number and length, heard as a run hears it."""

import asyncio
import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from agent.audio import STUDENT_RATE_HZ, silence, write_wav
from agent.errors import AudioFormatError
from agent.settings import Settings
from agent.tutor.endpoint import LiveEndpoint
from tests.costly_sound import silent
from tests.paths import DATASET
from tests.wire.conftest import StartLocalLive
from workbench.programs.clips import MAX_CLIPS, ClipEndpoint
from workbench.shared.engine import Engine
from workbench.shared.places import NoPlaceLeftError


def encoded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


CLIP = encoded(DATASET / "audio" / "powers-3-heart.flac")


@pytest.fixture
async def clips(local_live: StartLocalLive, tmp_path: Path) -> AsyncIterator[ClipEndpoint]:
    """The endpoint of a workbench whose engine hears "x squared plus one"."""
    live = await local_live()

    @asynccontextmanager
    async def embedded(_: Sequence[str]) -> AsyncIterator[LiveEndpoint]:
        yield live

    settings = Settings(agent_engine="embedded", workbench_home=tmp_path)
    engine = Engine(settings, embedded)
    running = asyncio.create_task(engine.run())
    while engine.state.state == "starting":  # noqa: ASYNC110 (nothing tells of it)
        await asyncio.sleep(0)
    yield ClipEndpoint(settings, engine)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_one_clip_too_many_is_sent_away_and_the_place_is_given_back(
    clips: ClipEndpoint,
) -> None:
    """A loop in somebody's program must not fill memory with clips."""
    calls = (clips.transcribe(CLIP) for _ in range(MAX_CLIPS + 1))
    *heard, refused = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(refused, NoPlaceLeftError)
    assert all(isinstance(each, dict) and each["formulas"] == ["x^2+1"] for each in heard)
    assert (await clips.transcribe(CLIP))["transcript"] == "x squared plus one"


@pytest.mark.parametrize(
    "content",
    [silent(655_350, 8, 65_535), b"ffconcat version 1.0\nfile 'datasets/a.wav'\n"],
    ids=["655 kHz", "list of files"],
)
async def test_a_clip_that_is_made_to_cost_is_refused(clips: ClipEndpoint, content: bytes) -> None:
    """It is read as every recording is; the place is given back."""
    for _ in range(MAX_CLIPS + 1):
        with pytest.raises(AudioFormatError, match="expected"):
            await clips.transcribe(base64.b64encode(content).decode())


async def test_a_clip_may_last_a_minute(clips: ClipEndpoint, tmp_path: Path) -> None:
    """Compressed silence is short in characters and long in seconds."""
    long = tmp_path / "long.wav"
    write_wav(long, silence(61.0, STUDENT_RATE_HZ))
    with pytest.raises(AudioFormatError, match="at most 60 s of audio, got 61 s"):
        await clips.transcribe(encoded(long))
    assert (await clips.transcribe(CLIP))["engine"] == "embedded engine"
