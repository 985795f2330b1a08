"""Turns whose meaning a visitor made clear, kept as a dataset that can be evaluated."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import soundfile

from agent.audio import Pcm16
from evals.runs import replace_file
from evals.utterances import METADATA

DATASET = "corrections"
_writing = Lock()


def keep_turn(datasets: Path, sound: Pcm16, words: str, formulas: Sequence[str]) -> str:
    """Put one turn into `datasets/corrections`, an AudioFolder; gives the utterance's id.

    `words` are what was heard and `formulas` what was meant, in their order. A turn that is
    corrected again replaces what was kept of it. EnvironmentNotReady when the disk is full.
    """
    utterance_id = f"turn-{hashlib.sha256(sound.to_bytes()).hexdigest()[:12]}"
    folder = datasets / DATASET
    path = folder / "audio" / f"{utterance_id}.flac"
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound.samples, sound.sample_rate_hz, subtype="PCM_16")
    row = {
        "file_name": f"audio/{path.name}",
        "id": utterance_id,
        "phrase_id": utterance_id,
        "transcript": words,
        "latex": [_reading(formulas)],
        "category": "correction",
        "speaker": "visitor",
        "language": "en",
        "duration_sec": round(sound.duration_sec, 3),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "licence": "own recording",
    }
    with _writing:
        _put(folder / METADATA, row)
    return utterance_id


def _put(metadata: Path, row: dict[str, object]) -> None:
    lines = metadata.read_text(encoding="utf-8").splitlines() if metadata.exists() else []
    others = [line for line in lines if json.loads(line)["id"] != row["id"]]
    replace_file(metadata, "\n".join([*others, json.dumps(row, ensure_ascii=False)]) + "\n")


def _reading(formulas: Sequence[str]) -> str:
    """One formula as it is, several as islands of a sentence."""
    return formulas[0] if len(formulas) == 1 else " ".join(f"${latex}$" for latex in formulas)
