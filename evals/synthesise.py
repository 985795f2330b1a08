"""Speak the phrases of a dataset again: `python -m evals.synthesise datasets/spoken-math-mini`."""

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import soundfile

from agent.audio import read_audio
from evals.utterances import METADATA

VOICES = ("rms", "slt")  # two speakers of CMU ARCTIC, as Debian's flite carries them
LICENCE = "Apache-2.0 (text), CMU ARCTIC voice through flite (sound)"


def synthesise(folder: Path) -> int:
    """Write a FLAC of each phrase in each voice, and the metadata; gives how many."""
    rows: list[dict[str, object]] = []
    (folder / "audio").mkdir(exist_ok=True)
    with (folder / "phrases.tsv").open(encoding="utf-8", newline="") as phrases:
        for phrase in csv.DictReader(phrases, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows += [_speak(folder, phrase, voice) for voice in VOICES]
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / METADATA).write_text("".join(lines), encoding="utf-8")
    return len(rows)


def _speak(folder: Path, phrase: dict[str, str], voice: str) -> dict[str, object]:
    utterance_id = f"{phrase['phrase_id']}-{voice}"
    path = folder / "audio" / f"{utterance_id}.flac"
    with TemporaryDirectory() as scratch:
        wav = Path(scratch) / "speech.wav"
        subprocess.run(
            ["flite", "-voice", voice, "-t", phrase["transcript"], "-o", str(wav)], check=True
        )
        pcm = read_audio(wav)
    soundfile.write(path, pcm.samples, pcm.sample_rate_hz, subtype="PCM_16")
    return {
        "file_name": f"audio/{path.name}",
        "id": utterance_id,
        "phrase_id": phrase["phrase_id"],
        "transcript": phrase["transcript"],
        "latex": [reading.strip() for reading in phrase["latex"].split(" | ") if reading.strip()],
        "category": phrase["category"],
        "speaker": voice,
        "voice": f"flite-{voice}",
        "noise": "none",
        "language": "en-US",
        "duration_sec": round(pcm.duration_sec, 3),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "licence": LICENCE,
    }


if __name__ == "__main__":
    print(f"{synthesise(Path(sys.argv[1]))} utterances")  # noqa: T201
