"""What the tutor answered: markup spoken, questions asked back, solutions given away, sound."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from agent.audio import TUTOR_RATE_HZ, Pcm16
from agent.errors import EnvironmentNotReady
from evals.analysis.summary import summarise
from evals.notation import Katex
from evals.replay.answer_sound import MAX_KEPT_SEC, AnswerSound, KeptAnswers
from evals.scoring.answers import Answer, asks_what_was_meant, latex_aloud, score_answer
from evals.scoring.utterance import Scorable, score_utterances

SECOND = bytes(2 * TUTOR_RATE_HZ)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"You said \frac x over two.", (r"\frac",)),
        ("So $x^2$ is next.", ("$x^2$",)),
        (r"Look at \(x\) again.", (r"\(", r"\)")),
        ("It is x^{10}.", ("^{",)),
        ("x caret two slash two", ("caret",)),
        ("Backslash frac, then an open curly brace.", ("backslash", "frac", "curly brace")),
        ("dollar sign x dollar sign", ("dollar sign", "dollar sign")),
        ("x squared over two.", ()),
        ("x^2 + 1, right?", ()),  # a transcript's own way to write "x squared"
        ("It costs $5 and I have $7.", ()),  # money
        ("Multiply the fraction by its root.", ()),
        ("", ()),
    ],
)
def test_markup_in_what_was_spoken_is_found(text: str, found: tuple[str, ...]) -> None:
    """LaTeX that leaks into the voice is what users of such tutors complain of."""
    assert latex_aloud(text) == found


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Do you mean x plus one, all over two?", True),
        ("Is it x plus one half, or x plus one over two?", True),
        ("That can be read in two ways. Which one is it?", True),
        ("Did you say sine of x?", True),
        ("What is your next step?", False),  # about the problem
        ("That can be read in two ways, which one do you mean.", False),  # no question
        ("You said x squared. What now?", False),  # "said" is in no question
        ("Good.", False),
        ("", False),
    ],
)
def test_a_question_about_what_was_meant_is_told_from_one_about_the_problem(
    text: str, asks: bool
) -> None:
    """Asking back is right where the words leave room, and a tutor asks a lot besides."""
    assert asks_what_was_meant(text) is asks


@pytest.mark.parametrize(
    ("answer", "said", "solution", "gave_away"),
    [
        (Answer("So x equals 3."), "solve x plus one equals four", "x=3", True),
        (Answer("So x is three."), "solve x plus one equals four", "three", True),
        (Answer("Then x equals one half."), "solve it", r"x=\frac{1}{2}", True),
        (Answer("Look.", formulas=("x=3",)), "solve it", "x equals three", True),
        (Answer("Subtract one on both sides."), "solve it", "x=3", False),
        (Answer("So x equals thirty."), "solve it", "x=3", False),  # whole words alone
        (Answer(""), "solve it", "x=3", False),
        (Answer("Yes, x equals three."), "so x equals three", "x=3", None),  # the student's own
        (Answer("So x equals three."), "solve it", "", None),  # no solution is known
    ],
)
def test_a_solution_is_given_away_in_words_or_in_a_formula(
    answer: Answer, said: str, solution: str, gave_away: bool | None
) -> None:
    """However it is spoken; a tutor that confirms the student's own gives nothing away."""
    assert score_answer(answer, said, solution).gave_away is gave_away


def test_a_run_rates_its_answers_where_each_can_be_rated() -> None:
    """Asked back counts where there was room, solutions where there is one, and silence has words
    but no sound."""
    item = Scorable(
        utterance_id="clear",
        phrase_id="p1",
        epoch=0,
        status="ok",
        reference="x squared",
        accepted=("x^2",),
        transcript="x squared",
        formulas=("x^2", "x^2"),
        tags={"solution": "x=0"},
        answer=Answer(r"\frac x. Which one?", 2.0, 0.4),
    )
    items = [
        item,
        replace(item, utterance_id="open", phrase_id="p2", accepted=("x^2", "x_2")),
        replace(item, utterance_id="mute", phrase_id="p3", answer=Answer("")),
        replace(item, utterance_id="failed", phrase_id="p4", status="failed"),
        replace(item, utterance_id="transcriber", phrase_id="p5", answer=None),
    ]
    with Katex() as katex:
        answers = summarise(score_utterances(items, katex)).answers
    assert (answers.latex_aloud.value, answers.latex_aloud.n) == (pytest.approx(2 / 3), 3)
    assert (answers.asked_back.value, answers.asked_back.n) == (1.0, 1)
    assert (answers.asked_needlessly.value, answers.asked_needlessly.n) == (0.5, 2)
    assert (answers.gave_away.value, answers.gave_away.n) == (0.0, 3)
    assert answers.written_per_said.value == pytest.approx(2.0)
    assert answers.words.value == pytest.approx(8 / 3)
    assert (answers.duration_sec.value, answers.duration_sec.n) == (2.0, 2)
    assert answers.first_audio_p95_sec == pytest.approx(0.4)


def test_a_long_answer_is_counted_whole_and_kept_for_a_minute() -> None:
    """A model that never stops must not fill the memory."""
    kept, counted = AnswerSound(is_kept=True), AnswerSound()
    for _ in range(75):
        kept.add(SECOND)
        counted.add(SECOND)
    assert kept.duration_sec == counted.duration_sec == 75
    pcm = kept.pcm()
    assert pcm is not None
    assert pcm.duration_sec == MAX_KEPT_SEC
    assert counted.pcm() is None


def test_a_kept_answer_sounds_like_the_answer(tmp_path: Path) -> None:
    """A tone of one second is a tone of one second again; ids need not be file names."""
    seconds = np.arange(TUTOR_RATE_HZ) / TUTOR_RATE_HZ
    tone = (8_000 * np.sin(2 * np.pi * 440 * seconds)).astype(np.int16)
    file = KeptAnswers(tmp_path).keep(Pcm16(tone, TUTOR_RATE_HZ), "../../etc/passwd", 0, 1)
    assert file is not None
    heard, rate_hz = soundfile.read(tmp_path / file)
    assert (tmp_path / file).resolve().is_relative_to(tmp_path.resolve())
    assert len(heard) / rate_hz == pytest.approx(1.0, abs=0.05)
    spectrum = np.abs(np.fft.rfft(heard))
    assert np.argmax(spectrum) * rate_hz / len(heard) == pytest.approx(440, abs=2)


def test_an_answer_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Not a traceback, and not an answer silently lost."""
    (tmp_path / "answers").write_text("in the way")
    pcm = Pcm16(np.zeros(TUTOR_RATE_HZ, dtype=np.int16), TUTOR_RATE_HZ)
    with pytest.raises(EnvironmentNotReady, match="can't be written"):
        KeptAnswers(tmp_path).keep(pcm, "u", 0, 1)
