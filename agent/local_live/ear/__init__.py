"""What the embedded engine hears with: recogniser, endpointer, the text that it learns from."""
