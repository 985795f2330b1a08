"""A whole dataset made worse in a known way."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from agent.audio import MAX_AUDIO_SEC, Pcm16, encoded
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
    by_path = {each.path: each for each in dataset.utterances}  # rows may share a recording
    sounds = {path: each.audio() for path, each in by_path.items()}
    clips = [sounds[each.path] for each in dataset.utterances]
    try:
        written = [
            _written(folder, number, _perturbed(dataset.utterances, clips, number, how), row, how)
            for number, row in enumerate(rows)
        ]
        replace_file(folder / METADATA, "".join(written))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return len(written)


def _perturbed(
    utterances: Sequence[Utterance], clips: Sequence[Pcm16], number: int, how: Perturbation
) -> Pcm16:
    pcm = perturb(clips[number], how, _others(utterances, clips, number), number)
    if pcm.duration_sec > MAX_AUDIO_SEC:
        raise DatasetError(
            f"{utterances[number].id} would last {pcm.duration_sec:.0f} s, expected at most "
            f"{MAX_AUDIO_SEC:.0f} s; cut it into utterances, or slow it down less"
        )
    return pcm


def _written(
    folder: Path, number: int, pcm: Pcm16, row: dict[str, object], how: Perturbation
) -> str:
    """The recording's line of the metadata, once its file is there."""
    file_name = f"audio/{number + 1:04d}.flac"
    content = encoded(pcm, "FLAC", "PCM_16")
    replace_file(folder / file_name, content)
    changed = {
        "file_name": file_name,
        "noise": f"{how.noise} {how.snr_db:g} dB" if how.noise else row.get("noise", ""),
        "duration_sec": round(pcm.duration_sec, 3),
        "sha256": hashlib.sha256(content).hexdigest(),
        "perturbation": how.to_json(),
    }
    return json.dumps(row | changed, ensure_ascii=False) + "\n"


def _others(utterances: Sequence[Utterance], clips: Sequence[Pcm16], number: int) -> list[Pcm16]:
    """What babbles behind a recording: those of other phrases."""
    phrase_id = utterances[number].phrase_id
    return [
        clip
        for clip, utterance in zip(clips, utterances, strict=True)
        if utterance.phrase_id != phrase_id
    ]
