"""The Datasets tab's server side."""
