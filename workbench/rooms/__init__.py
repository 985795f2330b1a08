"""The Room tab's and the student's page's server side."""
