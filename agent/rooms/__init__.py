"""A tutor and students in LiveKit rooms."""
