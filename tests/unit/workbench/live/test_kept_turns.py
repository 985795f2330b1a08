"""Corrected turns become a dataset like any other."""

from pathlib import Path

import numpy as np

from agent.audio import STUDENT_RATE_HZ, Pcm16
from evals.dataset.own import create_dataset
from evals.dataset.utterances import load_dataset
from workbench.live.kept_turns import keep_turn


def sound(seed: int) -> Pcm16:
    noise = np.random.default_rng(seed).integers(-9_000, 9_000, STUDENT_RATE_HZ)
    return Pcm16(noise.astype(np.int16), STUDENT_RATE_HZ)


def test_a_kept_turn_can_be_evaluated(tmp_path: Path) -> None:
    """What a visitor corrected by a tap is what the next prompt is measured on."""
    folder = create_dataset(tmp_path, "kept")
    keep_turn(folder, sound(1), "x plus one\nover two", [r"\frac{x+1}{2}"])
    keep_turn(folder, sound(2), "x and y", ["x", "y"])
    first, second = load_dataset(folder).utterances
    assert first.transcript == "x plus one\nover two"
    assert first.latex == (r"\frac{x+1}{2}",)
    assert second.latex == ("$x$ $y$",)
    assert np.array_equal(first.audio().samples, sound(1).samples)


def test_a_turn_that_is_corrected_again_is_kept_once(tmp_path: Path) -> None:
    """The last tap is what was meant."""
    folder = create_dataset(tmp_path, "kept")
    for latex in ("a", "b"):
        keep_turn(folder, sound(1), "words", [latex])
    (only,) = load_dataset(folder).utterances
    assert only.latex == ("b",)
