"""Who may talk to the server, how much at a time, and what its pages may load."""

from workbench.shared.security.access import Access, check_address
from workbench.shared.security.gradio import GradioWall
from workbench.shared.security.guard import Guard
from workbench.shared.security.headers import CONTENT_SECURITY_POLICY, HEADERS
from workbench.shared.security.public import is_listed

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "HEADERS",
    "Access",
    "GradioWall",
    "Guard",
    "check_address",
    "is_listed",
]
