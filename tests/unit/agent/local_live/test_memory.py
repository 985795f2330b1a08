"""What a conversation keeps, and for how long."""

from agent.local_live.memory import (
    MAX_CONVERSATIONS,
    MAX_TURN_CHARS,
    MAX_TURNS,
    Conversations,
    Memory,
)


def test_a_memory_keeps_the_last_turns_and_the_last_formula() -> None:
    """An hour's lesson must not grow without end."""
    memory = Memory().add("user", "x squared", "x squared")
    for n in range(2 * MAX_TURNS):
        memory = memory.add("model", f"{n}" + "z" * 2 * MAX_TURN_CHARS)
    assert len(memory.turns) == MAX_TURNS
    assert memory.n_chars == MAX_TURNS * MAX_TURN_CHARS
    assert memory.last_formula == "x squared"


def test_the_oldest_conversations_are_forgotten() -> None:
    """Handles are free for anybody who connects."""
    conversations = Conversations()
    handles = [
        conversations.save(Memory().add("user", str(n))) for n in range(MAX_CONVERSATIONS + 1)
    ]
    assert conversations.find(handles[0]) is None
    assert conversations.find(handles[1]) == Memory((("user", "1"),))
    assert conversations.find("of-nobody") is None
