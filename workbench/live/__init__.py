"""The Live tab's server side: a lesson's sound and what its page shows."""
