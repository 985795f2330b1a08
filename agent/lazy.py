"""Names that a package hands on from its modules, each loaded when it is first used."""

from collections.abc import Callable, Mapping
from importlib import import_module


def handed_on(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The package's `__getattr__`: `homes` has the module of each name.

    Whoever imports one module of a package runs its `__init__`, and must not load the rest.
    """

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    return find
