"""What a page is sent: words as they come, and each formula once."""

import json

from agent.transcript import Formula, Transcript
from workbench.live.screen import Screen
from workbench.shared.events import EventLog


class Typist:
    """Typesets, and counts how often."""

    def __init__(self) -> None:
        self.n_typeset = 0

    def __call__(self, latex: str) -> str:
        self.n_typeset += 1
        return f"<math>{latex}</math>"


def turn(n_formulas: int, *, is_final: bool = True) -> Transcript:
    formulas = tuple(Formula(f"x_{i}", "model", "tutor") for i in range(n_formulas))
    return Transcript("1-tutor", "tutor", "Well.", formulas, is_final)


async def shown(*transcripts: Transcript) -> tuple[list[dict], Typist]:
    """The transcript events that a page gets of these."""
    events, typist = EventLog(), Typist()
    screen = Screen(events, typist, "engine")
    for transcript in transcripts:
        await screen.show(transcript, None)
    events.close()
    texts = [text async for text in events.follow(0) if "event: transcript" in text]
    return [json.loads(text.split("data: ")[1]) for text in texts], typist


async def test_a_formula_is_sent_and_typeset_once() -> None:
    """A turn of a hundred formulas was sent a hundred times, each time with all of them."""
    told, typist = await shown(*(turn(n) for n in range(1, 101)))
    formulas = [formula for each in told for formula in each["formulas"] if formula]
    assert [formula["latex"] for formula in formulas] == [f"x_{i}" for i in range(100)]
    assert typist.n_typeset == 100


async def test_words_without_a_new_formula_are_sent_alone() -> None:
    """The page keeps what it shows."""
    first, again = (await shown(turn(2), turn(2)))[0]
    assert [formula["latex"] for formula in first["formulas"]] == ["x_0", "x_1"]
    assert again["formulas"] is None


async def test_formulas_that_go_away_are_told() -> None:
    """What the model writes replaces the parser's guess, and may be less."""
    *_, last = (await shown(turn(2), turn(1)))[0]
    assert last["formulas"] == [None]


async def test_no_text_breaks_the_stream() -> None:
    """A lone surrogate ended the stream at each reconnection: UTF-8 can't carry it."""
    lone = Transcript("1-student", "student", "x \ud800", (), True)
    (told,), _ = await shown(lone)
    assert told["text"] == "x \ud800"
