"""What the embedded engine hears with: recogniser, endpointer, language model."""
