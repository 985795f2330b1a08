"""Show the tutor and its measurements in a browser."""
