"""Hear a student, answer, write the maths: what every other package shares."""
