"""What people read of a run: documents, tables, views for the page."""
