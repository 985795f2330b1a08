"""Lessons on this server."""

from workbench.lesson import Lesson
from workbench.places import Places

MAX_LESSONS = 8  # what one core carries without the tutor's voice breaking up


class Lessons(Places[Lesson]):
    """Those of the Live tab's visitors."""

    at_most = MAX_LESSONS
    full = f"All {MAX_LESSONS} places are taken at the moment. Try again in a few minutes."
    gone = "This lesson is over. Press Start to begin another."
