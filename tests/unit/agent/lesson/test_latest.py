"""Events on their way: the newest words of each segment, and nothing out of turn."""

from agent.lesson.latest import Latest
from agent.transcript import Speaker, Transcript


def words(text: str, speaker: Speaker = "student") -> Transcript:
    return Transcript(f"1-{speaker}", speaker, text)


async def taken(*events: Transcript | str) -> list[Transcript | str]:
    """What comes out of a queue that was filled before anybody looked."""
    queue: Latest[Transcript | str] = Latest()
    for event in events:
        queue.put(event)
    first = await queue.get()
    return [first, *queue.rest()]


async def test_newer_words_take_the_place_of_those_that_wait() -> None:
    """A slow page gets the newest, and the queue does not grow."""
    events = [words("x" * n) for n in range(1, 1_000)]
    assert await taken(*events) == events[-1:]


async def test_a_segment_that_came_first_stays_first() -> None:
    """The student's words before the tutor's answer to them."""
    first, answer, whole = words("x"), words("Good.", "tutor"), words("x squared")
    assert await taken(first, answer, whole) == [whole, answer]


async def test_words_do_not_overtake_a_change_of_state() -> None:
    """The tutor's last words come after it began to speak."""
    first, last = words("You", "tutor"), words("You said x.", "tutor")
    assert await taken(first, "speaking", last) == [first, "speaking", last]
