"""Datasets from elsewhere: folders, tables with recordings, archives, the Hugging Face Hub."""

from evals.importing.importer import Imported, import_dataset
from evals.importing.sources import MAX_FILES

__all__ = ["MAX_FILES", "Imported", "import_dataset"]
