"""A dataset spoken by synthetic voices from its manifest."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from agent.audio import STUDENT_RATE_HZ, Pcm16, encoded, read_audio, silence
from agent.files import replace_file
from evals.dataset.utterances import METADATA
from evals.synthesis.manifest import Phrase, Take, read_manifest
from evals.synthesis.perturb import perturb
from evals.synthesis.perturbation import CLEAN, CONDITIONS, Perturbation
from evals.synthesis.voices import VOICES, full_name, speak


def synthesise(manifest: Path, folder: Path) -> int:
    """Speak each phrase in each of its voices into `folder`; gives how many recordings.

    Recordings that are there already are kept, and the metadata written anew. Clean ones are
    FLAC, noisy ones Opus. EnvironmentNotReady without the synthesiser of a voice.
    """
    phrases = read_manifest(manifest)
    rows = list(_rows(phrases, folder))
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    replace_file(folder / METADATA, lines)
    return len(rows)


def _rows(phrases: Sequence[Phrase], folder: Path) -> Iterator[dict[str, object]]:
    takes = [(phrase, take) for phrase in phrases for take in phrase.takes]
    clean = [_spoken(phrase, take.voice) for phrase, take in takes]
    for number, ((phrase, take), pcm) in enumerate(zip(takes, clean, strict=True)):
        noise = CONDITIONS[take.condition].how
        others = [
            each for each, (other, _) in zip(clean, takes, strict=True) if other is not phrase
        ]
        if noise is not None:
            pcm = perturb(pcm, noise, others, number)  # noqa: PLW2901 (the same clip, noisier)
        yield _row(phrase, take, pcm, noise, folder)


def _spoken(phrase: Phrase, voice: str) -> Pcm16:
    pieces = [
        piece.samples
        for words, pause_ms in phrase.parts
        for piece in (speak(words, voice), silence(pause_ms / 1000, STUDENT_RATE_HZ))
    ]
    return Pcm16(np.concatenate(pieces), STUDENT_RATE_HZ)


def _row(
    phrase: Phrase, take: Take, pcm: Pcm16, noise: Perturbation | None, folder: Path
) -> dict[str, object]:
    is_clean = take.condition == CLEAN
    name = f"{phrase.phrase_id}-{take.voice}" + ("" if is_clean else f"-{take.condition}")
    path = folder / "audio" / f"{name}.{'flac' if is_clean else 'opus'}"
    if not path.exists():
        container, subtype = ("FLAC", "PCM_16") if is_clean else ("OGG", "OPUS")
        replace_file(path, encoded(pcm, container, subtype))
    return {
        "file_name": f"audio/{path.name}",
        "id": name,
        "phrase_id": phrase.phrase_id,
        "transcript": phrase.transcript,
        "latex": list(phrase.latex),
        "category": phrase.category,
        "speaker": take.voice,
        "voice": full_name(take.voice),
        "noise": take.condition,
        "language": "en-US",
        "duration_sec": round(read_audio(path).duration_sec, 3),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "licence": f"Apache-2.0 (text), {VOICES[take.voice].licence} (sound)",
        "conversation": phrase.conversation,
        "turn": phrase.turn,
        "perturbation": noise.to_json() if noise else "",
    }
