"""What the embedded engine speaks with."""
