"""Datasets from elsewhere: folders, tables with recordings, archives, the Hugging Face Hub."""

from evals.dataset.importing.importer import Imported, import_dataset
from evals.dataset.importing.sources import MAX_FILES

__all__ = ["MAX_FILES", "Imported", "import_dataset"]
