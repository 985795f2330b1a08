"""What a lesson says of its connection is true, whatever the service does."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from agent.errors import LiveError
from agent.lesson.session import TutorSession
from agent.local_live.canned import SilentVoice
from agent.tutor.endpoint import LiveEndpoint
from tests.wire.conftest import StartLocalLive
from tests.wire.session_harness import TUTOR, finished, state, talk_to, words

pytestmark = [
    pytest.mark.wire,
    # LiveKit's plugin reads it of a connection that breaks while it sends.
    pytest.mark.filterwarnings("ignore:ConnectionClosed.code is deprecated:DeprecationWarning"),
]

Pcm = Callable[[float], bytes]
LONG_ANSWER_SEC = 60.0
END_SEC = 5.0  # far from the answer's length and from the patience with a service


@pytest.mark.parametrize(
    "fault",
    [
        "drop@ready",
        "drop@utterance",
        "drop@answer",
        "1011@ready",
        "1011@utterance",
        "1011@answer",
        "1008@ready",
        "1008@utterance",
        "1008@answer",
        "go_away@ready",
        "go_away@utterance",
        "go_away@answer",
    ],
)
async def test_a_lost_connection_is_told_and_made_again(
    local_live: StartLocalLive, speech: Pcm, fault: str
) -> None:
    """The status line must be true, and the lesson must go on."""
    endpoint = await local_live("x squared", faults=(f"{fault}#1",))
    async with talk_to(endpoint) as talk:
        await talk.until(state("listening"))
        await talk.say(speech(2))
        await talk.until(state("reconnecting"), state("listening"))
        await talk.say(speech(2))
        await talk.until(finished("tutor"), state("speaking"), state("listening"))
    assert talk.states[:2] == ["connecting", "listening"]


@pytest.mark.parametrize("fault", ["go_away@utterance", "go_away@answer"])
async def test_an_answer_under_way_is_ended_before_the_connection_is_made_anew(
    local_live: StartLocalLive, speech: Pcm, fault: str
) -> None:
    """A notice of ten seconds is no reason to drop a question."""
    async with talk_to(await local_live("x squared", faults=(f"{fault}#1",))) as talk:
        await talk.say(speech(2))
        await talk.until(finished("tutor"), state("reconnecting"), state("listening"))
    (student,), (tutor,) = talk.transcripts("student"), talk.transcripts("tutor")
    assert [f.latex for f in student.formulas] == ["x^2"]
    assert tutor.text == "You said x squared. What is your next step?"


async def test_the_tutor_still_speaks_while_the_connection_is_made_anew(
    local_live: StartLocalLive, speech: Pcm
) -> None:
    """Its voice is here already: afterwards the lesson is not listening yet."""
    endpoint = await local_live(
        "x squared", voice=SilentVoice(LONG_ANSWER_SEC), faults=("go_away@answer#1",)
    )
    async with talk_to(endpoint) as talk:
        await talk.say(speech(2))
        await talk.until(state("reconnecting"), state("speaking"))
    assert talk.states == ["connecting", "listening", "speaking", "reconnecting", "speaking"]


@pytest.mark.parametrize(
    ("fault", "code", "sentence"),
    [
        ("wrong_key", 401, "GOOGLE_API_KEY"),
        ("1007@setup", 1007, "refused what it was sent"),
        ("1008@setup", 1008, "as its native-audio models do"),
        ("unknown_model", 1008, "Choose another model"),
        ("location", 1007, "supported region"),
        ("no_credit", 429, "Add credit"),
        ("spending_cap", 429, "spending cap"),
        ("leaked_key", 401, "made public"),
        ("denied_project", 403, "another project"),
        ("daily_quota", 429, "day's quota"),
        ("expired_session@setup", 1008, "Start again"),
        ("1011@setup", 1011, "failed"),
        ("drop@setup", 1006, "was lost"),
        ("1007@ready", 1007, "refused what it was sent"),
        ("1007@utterance", 1007, "refused what it was sent"),
        ("1007@answer", 1007, "refused what it was sent"),
        ("1011@ready", 1011, "failed"),
        ("drop@ready", 1006, "was lost"),
    ],
)
async def test_a_lesson_that_cannot_go_on_ends_with_one_sentence(
    local_live: StartLocalLive, speech: Pcm, fault: str, code: int, sentence: str
) -> None:
    """Whoever mistyped a key must not search a log for it; each connection is refused."""
    async with talk_to(await local_live("x", faults=(fault,))) as talk:
        saying = asyncio.create_task(talk.say(speech(2)))
        with pytest.raises(LiveError, match=sentence) as caught:
            await talk.until(lambda _: False)
        await saying
    assert caught.value.code == code


async def test_no_service_at_all_is_one_sentence(free_port: int) -> None:
    """The network may be down, or the address wrong."""
    endpoint = LiveEndpoint("gemini", "key", f"https://localhost:{free_port}")
    async with talk_to(endpoint) as talk:
        with pytest.raises(LiveError, match="could not be reached"):
            await talk.until(lambda _: False)


@pytest.fixture
async def mute_service() -> AsyncIterator[LiveEndpoint]:
    """Takes connections and never answers."""
    release = asyncio.Event()

    async def wait(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.close()

    async with await asyncio.start_server(wait, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield LiveEndpoint("gemini", "key", f"https://127.0.0.1:{port}")
        release.set()


async def test_a_service_that_never_answers_is_given_up(mute_service: LiveEndpoint) -> None:
    """LiveKit would say that it listens, for ever."""
    async with talk_to(mute_service, connect_sec=0.2) as talk:
        with pytest.raises(LiveError, match=r"did not answer within 0\.2 s"):
            await talk.until(lambda _: False)
    assert talk.states == ["connecting"]


async def test_typing_without_a_connection_is_refused(mute_service: LiveEndpoint) -> None:
    """A question that nobody gets must not stand there as if it had been asked."""
    async with talk_to(mute_service, connect_sec=0.2) as talk:
        with pytest.raises(LiveError, match="not connected"):
            await talk.session.say("x squared")
    assert talk.transcripts("student") == []


async def test_a_lesson_ends_at_once_while_the_tutor_speaks_to_nobody(
    local_live: StartLocalLive, speech: Pcm
) -> None:
    """A closed tab takes no sound any more, and the place is wanted."""
    endpoint = await local_live("x squared", voice=SilentVoice(LONG_ANSWER_SEC))
    async with asyncio.timeout(None) as ending:
        async with talk_to(endpoint) as talk:
            await talk.say(speech(2))
            await talk.until(state("speaking"))
            talk.is_listening = talk.is_sending = False
            ending.reschedule(asyncio.get_running_loop().time() + END_SEC)


async def test_a_lesson_ends_at_once_while_nobody_answers(mute_service: LiveEndpoint) -> None:
    """Impatience with a service that hangs must not be punished by more waiting."""
    async with asyncio.timeout(None) as ending:
        async with talk_to(mute_service) as talk:
            await talk.until(state("connecting"))
            ending.reschedule(asyncio.get_running_loop().time() + END_SEC)


async def test_a_lesson_that_is_over_at_once_leaves_nothing(local_live: StartLocalLive) -> None:
    """Start and stop are next to each other."""
    async with TutorSession(TUTOR, await local_live("x")):
        pass
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert not [name for name in names if "realtime" in name]


async def test_two_lessons_know_nothing_of_each_other(
    local_live: StartLocalLive, speech: Pcm
) -> None:
    """Visitors share the process, the service and nothing else."""
    one, other = await local_live("x squared"), await local_live("y cubed")
    async with talk_to(one) as here, talk_to(other) as there:
        await here.say(speech(2))
        await here.until(finished("tutor"))
        assert not there.events
        await there.say(speech(2))
        await there.until(words("student"), finished("tutor"))
    assert [t.text for t in here.transcripts("student")] == ["x squared"]
    assert [t.text for t in there.transcripts("student")] == ["y cubed"]
