"""Turns of live lessons, kept with their sound as utterances that can be evaluated."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from agent.audio import Pcm16
from evals.dataset.own import put_utterance

CORRECTIONS = "corrections"  # the dataset of turns whose formula a visitor corrected by a tap


def keep_turn(
    folder: Path, sound: Pcm16, words: str, formulas: Sequence[str], category: str = "correction"
) -> str:
    """Put one turn into the dataset in `folder`; gives the utterance's id.

    `words` are what was heard and `formulas` what was meant, in their order. A turn that is
    kept again replaces what was kept of it. EnvironmentNotReady when the disk is full.
    """
    utterance_id = f"turn-{hashlib.sha256(sound.to_bytes()).hexdigest()[:12]}"
    columns = {
        "transcript": words,
        "latex": _readings(formulas),
        "category": category,
        "speaker": "visitor",
        "licence": "own recording",
    }
    put_utterance(folder, utterance_id, sound, columns)
    return utterance_id


def _readings(formulas: Sequence[str]) -> list[str]:
    """One formula as it is, several as islands of a sentence."""
    if len(formulas) <= 1:
        return list(formulas)
    return [" ".join(f"${latex}$" for latex in formulas)]
