"""The run folder: what was asked, every attempt, a listener's remarks."""
