"""Who may talk to the server, how much at a time, and what its pages may load."""

from workbench.shared.security.access import Access, check_address
from workbench.shared.security.bodies import BodyBounds
from workbench.shared.security.gradio import CALLS, GradioWall
from workbench.shared.security.guard import Guard, Unlocked
from workbench.shared.security.headers import CONTENT_SECURITY_POLICY, HEADERS
from workbench.shared.security.public import MAX_PUBLIC_BODY_BYTES, is_listed

__all__ = [
    "CALLS",
    "CONTENT_SECURITY_POLICY",
    "HEADERS",
    "MAX_PUBLIC_BODY_BYTES",
    "Access",
    "BodyBounds",
    "GradioWall",
    "Guard",
    "Unlocked",
    "check_address",
    "is_listed",
]
