"""What the page asks of the server, by subject."""
