"""The Datasets tab's server side."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from workbench.datasets.opened import Datasets, Listed, NoSuchDatasetError, ReadOnlyDatasetError

__all__ = ["Datasets", "Listed", "NoSuchDatasetError", "ReadOnlyDatasetError"]

__getattr__ = handed_on(
    __name__,
    {
        "Datasets": "workbench.datasets.opened",
        "Listed": "workbench.datasets.opened",
        "NoSuchDatasetError": "workbench.datasets.opened",
        "ReadOnlyDatasetError": "workbench.datasets.opened",
    },
)
