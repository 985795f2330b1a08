"""Ways to replay a recorded utterance through the Live service."""
