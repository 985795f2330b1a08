"""One lesson over any audio in and out: turns, pauses, whose words and formulas."""
