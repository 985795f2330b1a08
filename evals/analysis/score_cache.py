"""The scores of a run kept beside it, for as long as nothing they were made from changes."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import agent
from agent.errors import EnvironmentNotReady
from agent.files import read_file, replace_file
from evals.dataset.utterances import Dataset
from evals.runs.folder import ATTEMPTS, MAX_FILE_BYTES, Run
from evals.scoring.utterance import UtteranceScore

FILE = "scores/utterances.jsonl"
_SCORES = TypeAdapter(UtteranceScore)


def read_scores(run: Run, dataset: Dataset, *, equivalent: bool) -> list[UtteranceScore] | None:
    """The scores that were kept; None where none were, or the attempts, the references or this
    program are others now.
    """
    try:
        content = read_file(run.folder / FILE, MAX_FILE_BYTES, below=run.folder)
        key, *lines = content.splitlines()
        if key.decode() != _key(run, dataset, equivalent=equivalent):
            return None
        return [_SCORES.validate_json(line) for line in lines]
    except (OSError, ValueError, ValidationError):
        return None


def keep_scores(
    run: Run, dataset: Dataset, scores: Sequence[UtteranceScore], *, equivalent: bool
) -> None:
    """Keep them; a folder that can't be written costs the next command its time, no more."""
    key = _key(run, dataset, equivalent=equivalent)
    lines = [key, *(_SCORES.dump_json(score).decode() for score in scores)]
    try:
        replace_file(run.folder / FILE, "\n".join(lines) + "\n", below=run.folder)
    except EnvironmentNotReady:
        return


@lru_cache(maxsize=1)
def code_hash() -> str:
    """A version that nobody can forget to raise."""
    found = hashlib.sha256()
    for package in (Path(str(agent.__file__)).parent, Path(__file__).parents[1]):
        for path in sorted(package.rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()


def _key(run: Run, dataset: Dataset, *, equivalent: bool) -> str:
    """What the scores were made from: attempts, references, tutor, and the code itself."""
    try:
        attempts = read_file(run.folder / ATTEMPTS, MAX_FILE_BYTES, below=run.folder)
    except OSError:
        attempts = b""
    parts = (
        hashlib.sha256(attempts).hexdigest(),
        dataset.content_hash,
        run.info.tutor.model,
        code_hash(),
        "equivalent" if equivalent else "",
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
