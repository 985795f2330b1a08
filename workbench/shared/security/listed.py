"""Lists of routes: what is not on the list is not there."""

import re
from collections.abc import Collection, Mapping

Routes = Mapping[str, Collection[str]]  # patterns of whole paths, by method


def matches(routes: Routes, method: str, path: str) -> bool:
    """Whether the path is one of the method's; HEAD is a GET."""
    patterns = routes.get("GET" if method == "HEAD" else method, ())
    return any(re.fullmatch(pattern, path) for pattern in patterns)
