"""A whole dataset made worse in a known way."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from agent.audio import Pcm16, encoded
from agent.errors import DatasetError
from agent.files import replace_file
from evals.dataset.utterances import METADATA, Utterance, load_dataset, read_metadata
from evals.synthesis.perturb import perturb
from evals.synthesis.perturbation import Perturbation


def perturb_dataset(source: Path, folder: Path, how: Perturbation) -> int:
    """Write the recordings of `source`, made worse, into a new `folder`; gives how many.

    Their metadata say what was done. DatasetError when the folder exists already.
    """
    dataset = load_dataset(source)
    if folder.exists():
        raise DatasetError(f"{folder} exists already; choose another place")
    lines = read_metadata(source).split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    clips = [utterance.audio() for utterance in dataset.utterances]
    worse = [
        perturb(clip, how, _others(dataset.utterances, clips, number), number)
        for number, clip in enumerate(clips)
    ]
    written = []
    for number, (pcm, row) in enumerate(zip(worse, rows, strict=True), start=1):
        path = folder / "audio" / f"{number:04d}.flac"
        content = encoded(pcm, "FLAC", "PCM_16")
        replace_file(path, content)
        changed = {
            "file_name": f"audio/{path.name}",
            "noise": f"{how.noise} {how.snr_db:g} dB" if how.noise else row.get("noise", ""),
            "duration_sec": round(pcm.duration_sec, 3),
            "sha256": hashlib.sha256(content).hexdigest(),
            "perturbation": how.to_json(),
        }
        written.append(json.dumps(row | changed, ensure_ascii=False) + "\n")
    replace_file(folder / METADATA, "".join(written))
    return len(written)


def _others(utterances: Sequence[Utterance], clips: Sequence[Pcm16], number: int) -> list[Pcm16]:
    """What babbles behind a recording: those of other phrases."""
    phrase_id = utterances[number].phrase_id
    return [
        clip
        for clip, utterance in zip(clips, utterances, strict=True)
        if utterance.phrase_id != phrase_id
    ]
