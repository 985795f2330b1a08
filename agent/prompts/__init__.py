"""The tutor's instructions: shipped ones, versions of one's own, and the settings they bring."""
