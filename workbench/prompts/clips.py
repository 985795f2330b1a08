"""The utterances of the datasets at hand, remembered: a clip is tried again and again."""

from pathlib import Path

from agent.errors import DatasetError
from evals.dataset.utterances import METADATA, Dataset, Utterance, load_dataset
from workbench.shared.recordings import Recordings


class Clips:
    """Reads the metadata of one dataset at a time, anew when it has changed."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings
        self._read: tuple[tuple[Path, int], Dataset] | None = None

    def of(self, dataset: str) -> Dataset:
        """The dataset of that name, its recordings unread; DatasetError for none."""
        folder = self._recordings.datasets().get(dataset)
        if folder is None:
            raise DatasetError("There is no such dataset; reload the page.")
        state = folder, (folder / METADATA).stat().st_mtime_ns
        if self._read is None or self._read[0] != state:
            self._read = state, load_dataset(folder, with_recordings=False)
        return self._read[1]

    def find(self, dataset: str, utterance_id: str) -> Utterance:
        """One of its utterances; DatasetError for none."""
        for utterance in self.of(dataset).utterances:
            if utterance.id == utterance_id:
                return utterance
        raise DatasetError("The dataset holds no such clip any more; reload the page.")

    def matching(self, dataset: str, text: str, at_most: int) -> list[Utterance]:
        """The first whose id or words hold `text`, upper and lower case alike."""
        wanted = text.casefold().strip()
        found = (
            utterance
            for utterance in self.of(dataset).utterances
            if wanted in utterance.id.casefold() or wanted in utterance.transcript.casefold()
        )
        return [utterance for utterance, _ in zip(found, range(at_most), strict=False)]
