"""`python -m agent`: the embedded engine and the spoken-maths parser from the command line."""
