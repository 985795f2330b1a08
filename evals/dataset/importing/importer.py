"""What came from outside as a dataset of one's own: all of it, or nothing."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from agent.audio import AUDIO_TYPES, Pcm16, read_audio
from agent.errors import AudioFormatError, DatasetError
from agent.files import replace_file
from evals.dataset.importing.arrow import holds_arrow, read_arrow_clips
from evals.dataset.importing.columns import columns_of
from evals.dataset.importing.sources import MAX_TOTAL_BYTES, open_source
from evals.dataset.importing.tables import TABLES, Clip, read_clips
from evals.dataset.own import MAX_UTTERANCES, file_stem, flac_bytes, new_dataset
from evals.dataset.utterances import METADATA, read_row

MAX_CHUNKS = 1_000  # of a WAV before its sound
STREAMED = 0xFFFFFFFF  # what a WAV claims whose writer could not know its length


class Imported(NamedTuple):
    """The new dataset's folder, and how many utterances are in it."""

    folder: Path
    n_utterances: int


def import_dataset(
    source: Path,
    datasets: Path,
    name: str,
    *,
    only: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> Imported:
    """Make the dataset `name` below `datasets` of what lies at `source`.

    That is a folder, an archive, a table beside its recordings, or Arrow or Parquet files.

    `only` takes rows whose columns have these values, `limit` the first so many of them.
    DatasetError in a sentence for the first thing that is wrong; then nothing is left.
    """
    with new_dataset(datasets, name) as folder:
        if source.is_dir() and holds_arrow(source):
            n_utterances = _write(folder, read_arrow_clips(source), only or {}, limit)
        else:
            is_table = source.suffix.lower() in TABLES and source.is_file()
            with open_source(source.parent if is_table else source) as files:
                clips = read_clips(files, source.name if is_table else None)
                n_utterances = _write(folder, clips, only or {}, limit)
    return Imported(datasets / name, n_utterances)


def _write(folder: Path, clips: Iterator[Clip], only: Mapping[str, str], limit: int | None) -> int:
    wanted = (c for c in clips if all(str(c.row.get(k)) == v for k, v in only.items()))
    lines: list[str] = []
    n_used: Counter[str] = Counter()
    recordings = _Recordings(folder)
    for clip in islice(wanted, limit):
        if len(lines) == MAX_UTTERANCES:
            raise DatasetError(f"A dataset holds at most {MAX_UTTERANCES:,}; import it in parts.")
        columns = columns_of(clip.row, clip.file_name)
        utterance_id = _free(str(columns["id"])[:150], n_used)
        kept = recordings.keep(clip, file_stem(utterance_id))
        row = {
            "file_name": kept.file_name,
            **columns,
            "id": utterance_id,
            "duration_sec": round(kept.duration_sec, 3),
            "sha256": kept.sha256,
        }
        line = json.dumps(row, ensure_ascii=False)
        read_row(line, clip.where)
        lines.append(line)
    if not lines:
        raise DatasetError("There is no utterance in it that was asked for.")
    replace_file(folder / METADATA, "".join(f"{line}\n" for line in lines))
    return len(lines)


class _Kept(NamedTuple):
    """A recording that is in the new dataset."""

    file_name: str
    duration_sec: float
    sha256: str


class _Recordings:
    """The new dataset's recordings: each is read, decoded and stored once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_source: dict[str, _Kept] = {}
        self._by_content: dict[str, _Kept] = {}
        self._n_bytes = 0

    def keep(self, clip: Clip, stem: str) -> _Kept:
        """The clip's recording, stored under `stem` if it is new; DatasetError when it is none."""
        if clip.source in self._by_source:
            return self._by_source[clip.source]
        content = clip.read()
        digest = hashlib.sha256(content).hexdigest()
        kept = self._by_content.get(digest) or self._store(clip, content, stem)
        self._by_content[digest] = kept
        if clip.source:
            self._by_source[clip.source] = kept
        return kept

    def _store(self, clip: Clip, content: bytes, stem: str) -> _Kept:
        content, suffix, sound = _checked(clip, content)
        self._n_bytes += len(content)
        if self._n_bytes > MAX_TOTAL_BYTES:
            raise DatasetError(f"{clip.where}: too much sound by now; import it in parts.")
        file_name = f"audio/{stem}{suffix}"
        replace_file(self._folder / file_name, content)
        return _Kept(file_name, sound.duration_sec, hashlib.sha256(content).hexdigest())


def _free(utterance_id: str, n_used: Counter[str]) -> str:
    """The id, with a number behind it where it was used before; `n_used` counts each."""
    free = utterance_id
    while n_used[free]:
        n_used[utterance_id] += 1
        free = f"{utterance_id}-{n_used[utterance_id]}"
    n_used[free] += 1
    return free


def _checked(clip: Clip, content: bytes) -> tuple[bytes, str, Pcm16]:
    """The recording to keep, its file's suffix, and its sound; DatasetError when it is none."""
    _check_wav_length(clip, content)
    try:
        sound = read_audio(content)
    except AudioFormatError as error:
        said = str(error).removeprefix("audio: ")
        raise DatasetError(f"{clip.where}: {clip.file_name[:100]}: {said}") from error
    suffix = PurePosixPath(clip.file_name).suffix.lower()
    if suffix in AUDIO_TYPES:
        return content, suffix, sound
    return flac_bytes(sound), ".flac", sound


def _check_wav_length(clip: Clip, content: bytes) -> None:
    """A header that promises sound which isn't there: cut off, or made to deceive."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        return
    at = 12
    for _ in range(MAX_CHUNKS):
        if at + 8 > len(content):
            return
        size, held = int.from_bytes(content[at + 4 : at + 8], "little"), len(content) - at - 8
        if content[at : at + 4] == b"data":
            if held < size != STREAMED:
                raise DatasetError(
                    f"{clip.where}: {clip.file_name[:100]} says that it holds {size:,} bytes of "
                    f"sound, and {held:,} are there; save it again."
                )
            return
        at += 8 + size + size % 2
